"""Numbers, dates and signs as Chinese offices write them: read and written once, for all rooms."""

from toolkit.notation.numerals import number as chinese_number

__all__ = ["chinese_number"]
