"""docxtpl's ordinary way, for templates that add pictures, links or whole documents."""

import importlib.util
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, RichText
from jinja2.exceptions import TemplateRuntimeError

from toolkit.render import package
from toolkit.render.docx.fast import filled_part
from toolkit.render.docx.slots import Whole
from toolkit.render.docx.template import WordTemplate
from toolkit.render.docx.xml import clean, escaped

_SCHEMES = ("http://", "https://", "mailto:")


def parts(
    word: WordTemplate, names: Mapping[str, Any], plugin: str, folders: Sequence[Path]
) -> dict[str, bytes]:
    """Fill the whole document by docxtpl; give all its parts.

    Besides the names of every template there are ``image(file, width, description)``,
    ``link(text, address)`` and ``subdoc(file)``; files are those of the template folders,
    the width is in mm.

    Raises:
        TemplateError: says where in the Word file.
    """
    document = _Document(word, plugin)
    document.init_docx()
    offered = {
        "image": lambda file, width, description="": _Picture(
            document, str(inside(folders, file)), Mm(width), description
        ),
        "link": document.link,
        "subdoc": lambda file: document.whole(inside(folders, file)),
    }
    document.render({**names, **offered})
    target = BytesIO()
    document.save(target)
    return package.read(target.getvalue())


def inside(folders: Sequence[Path], file: str) -> Path:
    """Find a file of the template folders.

    Raises:
        TemplateRuntimeError: there is none, or the name leads out of them.
    """
    for folder in folders:
        found = (folder / file).resolve()
        if found.is_relative_to(folder.resolve()) and found.is_file():
            return found
    raise TemplateRuntimeError(f"{file}: no such file in the template folders")


class _Picture(InlineImage):  # type: ignore[misc]  # docxtpl has no types
    """A picture in the line, with its alternative text."""

    def __init__(self, document: DocxTemplate, file: str, width: Mm, description: str) -> None:
        super().__init__(document, file, width=width)
        self._description = description

    def __html__(self) -> str:
        words = f'<wp:docPr descr="{escaped(self._description)}" '
        return str(self._insert_image()).replace("<wp:docPr ", words, 1)


class _Document(DocxTemplate):  # type: ignore[misc]
    """docxtpl's document, filled by the same prepared parts as the fast way."""

    def __init__(self, word: WordTemplate, plugin: str) -> None:
        super().__init__(BytesIO(word.data))
        self._word = word
        self._plugin = plugin
        self.render_init()

    def render_xml_part(
        self, src_xml: str, part: Part, context: Mapping[str, Any], jinja_env: object = None
    ) -> str:
        """Fill a part; one without tags stays as it is."""
        self.current_rendering_part = part
        source = self._word.sources.get(str(part.partname).lstrip("/"))
        if source is None:
            return src_xml
        return filled_part(self._word, source, context, self._plugin, self)

    def render_properties(self, context: Mapping[str, Any], jinja_env: object = None) -> None:
        """Leave them: both ways write the properties alike, afterwards."""
        _ = self.docx.core_properties

    def link(self, words: str, address: str) -> RichText:
        """Make a hyperlink in the part being filled."""
        if not address.startswith(_SCHEMES):
            raise TemplateRuntimeError(f"{address}: a link begins with {', '.join(_SCHEMES)}")
        part = self.current_rendering_part
        known = part.relate_to(clean(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return RichText(clean(words), url_id=known)

    def whole(self, file: Path) -> Whole:
        """Take in another document."""
        if importlib.util.find_spec("docxcompose") is None:
            raise TemplateRuntimeError("subdoc() needs docxcompose: pip install docxtpl[subdoc]")
        return Whole(self.new_subdoc(str(file)))
