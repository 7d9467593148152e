"""Reading data files: what stands in them, and where each key and value stands."""

from toolkit.sources.node import Entry, Mapping, Node, Scalar, Sequence, Source
from toolkit.sources.read import (
    SUFFIXES,
    is_spreadsheet,
    is_workbook,
    offices,
    read,
    read_text,
)

__all__ = [
    "SUFFIXES",
    "Entry",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "Source",
    "is_spreadsheet",
    "is_workbook",
    "offices",
    "read",
    "read_text",
]
