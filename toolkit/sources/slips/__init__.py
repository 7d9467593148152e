"""Slips of the keyboard in a YAML file, found by its lines: full-width signs, indentation, quotes.

The reader of YAML stops at the first place where nothing fits, often a line too late. Here the
lines are looked through for what people mistype; each slip has its own place, a remedy, and the
edits that mend it, so that the rest of the file can be checked as well.
"""

from toolkit.sources.slips.scan import find
from toolkit.sources.slips.slip import Edit, Slip, mended

__all__ = ["Edit", "Slip", "find", "mended"]
