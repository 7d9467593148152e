"""docxtpl's ordinary way, for templates that add pictures, links or whole documents."""

import importlib.util
import random
import re
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.parts.story import StoryPart
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, RichText
from jinja2.exceptions import TemplateRuntimeError
from lxml import etree

from toolkit.messages import text
from toolkit.render import package
from toolkit.render.docx import files
from toolkit.render.docx.fast import filled_part
from toolkit.render.docx.grids import with_grids
from toolkit.render.docx.opened import Unfit, opened
from toolkit.render.docx.slots import Misplaced, Whole
from toolkit.render.docx.template import WordTemplate
from toolkit.render.docx.xml import clean, escaped

_SCHEMES = ("http://", "https://", "mailto:")
_BARE = re.compile(r"[\w.+-]+(?:@[\w-]+)?(?:\.[\w-]+)+(?:/\S*)?\Z", re.ASCII)
"""An address as people write it, without its scheme."""


def parts(
    word: WordTemplate, names: Mapping[str, Any], plugin: str, folders: Sequence[Path]
) -> dict[str, bytes]:
    """Fill the whole document by docxtpl; give all its parts.

    Besides the names of every template there are ``image(file, width, description)``,
    ``link(text, address)``, which prints nothing where the address is blank, and
    ``subdoc(file)``; files are those of the template folders,
    the width is in mm.

    Raises:
        TemplateError: says where in the Word file.
    """
    document = _Document(word, plugin)
    document.init_docx()
    offered = {
        "image": lambda file, width, description="": document.picture(
            files.picture(folders, file), files.width(width), description
        ),
        "link": document.link,
        "subdoc": lambda file: document.whole(files.inside(folders, file), str(file)),
    }
    document.contact = frozenset(map(str, names["contact"].values()))
    document.render({**names, **offered})
    target = BytesIO()
    document.save(target)
    return package.read(target.getvalue())


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
        self._taken = 0
        self.contact: frozenset[str] = frozenset()
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

    def fix_tables(self, xml: str) -> etree._Element:
        """Fit the grids of tables to their rows, as the fast way does."""
        return with_grids(xml)

    def picture(self, file: Path, width: float, description: str) -> _Picture:
        """Put a picture into the part being filled."""
        if not isinstance(self.current_rendering_part, StoryPart):
            raise Misplaced(
                text("a picture cannot stand in a footnote"),
                text("Put it into the text, a header or a footer."),
            )
        return _Picture(self, str(file), Mm(width), description)

    def link(self, words: object, address: object = None) -> RichText | str:
        """Make a hyperlink in the part being filled; nothing for a blank address.

        Where the data file has 无 for an address, the words are printed, and no link is made.
        """
        written = clean(str(words if address is None else address)).strip()
        target = _whole(written) if written in self.contact else _address(written)
        if not target:
            return ""
        part = self.current_rendering_part
        if not target.startswith(_SCHEMES):
            return RichText(clean(str(words)))
        known = part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return RichText(clean(str(words)) or target, url_id=known)

    def whole(self, file: Path, name: str) -> Whole:
        """Take in another document. docxcompose numbers lists by chance: always the same one."""
        if importlib.util.find_spec("docxcompose") is None:
            raise TemplateRuntimeError("subdoc() needs docxcompose: pip install 'nianbao[subdoc]'")
        data = file.read_bytes()
        try:
            whole = opened(data, name)
        except Unfit as error:
            raise Misplaced(error.message, error.remedy) from error
        before = random.getstate()
        self._taken += 1
        random.seed(zlib.crc32(data) + self._taken)
        try:
            return Whole(self.new_subdoc(BytesIO(whole)))
        finally:
            random.setstate(before)


def _whole(written: str) -> str:
    """Put the scheme before an address that people write without; leave what is none."""
    if _BARE.match(written):
        return f"{'mailto:' if '@' in written else 'http://'}{written}"
    return written


def _address(written: str) -> str:
    """Return a whole address: ``www.a.gov.cn`` and ``a@b.gov.cn`` are addresses, too.

    Raises:
        Misplaced: it is none.
    """
    target = _whole(written)
    if not target or target.startswith(_SCHEMES):
        return target
    message = text("a link begins with {schemes}, not “{address}”",
                   schemes=", ".join(_SCHEMES), address=written)  # fmt: skip
    raise Misplaced(message, text("Write the whole address."))
