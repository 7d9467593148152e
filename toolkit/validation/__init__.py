"""A form's demands on a data file, checked by Cerberus; all faults at once, each in its place."""

from toolkit.validation.names import Place, Record, knows
from toolkit.validation.validate import validate

__all__ = ["Place", "Record", "knows", "validate"]
