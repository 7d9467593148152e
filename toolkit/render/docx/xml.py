"""Text on its way into XML."""

import re

from markupsafe import escape

_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?")


class Xml(str):
    """Finished XML, which Jinja2 puts in as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def clean(value: str) -> str:
    """Replace what XML 1.0 cannot hold by U+FFFD; every line end becomes a line feed."""
    if "\r" in value:
        value = _LINE_END.sub("\n", value)
    return _NOT_IN_XML.sub("\ufffd", value)


def escaped(value: str) -> str:
    """Write text for an element or an attribute."""
    return str(escape(clean(value)))
