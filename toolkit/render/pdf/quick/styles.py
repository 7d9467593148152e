"""Styles of a page, worked out once for all documents with the same style sheets.

Which rules an element meets depends on its tag and attributes, on its ancestors and on the
siblings around it. All that is drawn together into one number, its place in the tree; the cells
of an official table have the same places in every report. So `Styles` matches rules against a
place once, and lays one style, with all that WeasyPrint works out in it later, on every element
of an equal place, in this document and the next.

Source: `weasyprint.css.StyleFor`, which does the same within one document, for elements without
an id or a language of their own.
"""

import re
from functools import lru_cache
from itertools import count
from math import inf
from typing import Any

from toolkit.render.pdf.weasyprint import (
    ComputedStyle,
    InitialStyle,
    StyleFor,
    declaration_precedence,
    find_style_attributes,
    preprocess_declarations,
)

_MOST_PLACES = 100_000
"""Of one memory; a report has some hundred, most of them those of every report."""

_UNSHARED_TAGS = ("html", "body")
"""WeasyPrint writes into their styles, as into those of tables."""

_CELLS = ("th", "td")
_TELLING = ("style", "lang", "id", "name", "width", "height")
_ASKED = ("a", "{http://www.w3.org/2000/svg}svg")
"""The attributes, and the tags, that say of themselves what a style sheet would."""

_BEYOND = re.compile(
    r":has\(|\d(vw|vh|vi|vb|vmin|vmax|pvw|pvh)\b|target-|@import|:first-l|string\(|content\(|attr\(|(last|only)-of-type",
    re.IGNORECASE,
)
"""What makes styles or letters depend on more than a place: on what is inside, on the page."""

Element = Any
Style = Any
Rules = dict[str | None, dict[str, Any]]
"""Pseudo-element, or None for the element itself → property → value with its weight."""

_numbers = count(1)


def signature(style: Style) -> int | None:
    """Number of a lasting style; None for one made for a single box or document."""
    number: int | None = getattr(style, "lasting", None)
    return number


class Memory:
    """What the documents with one list of style sheets have in common.

    ``sheets`` are WeasyPrint's, as ``(sheet, origin, specificity)``; ``fonts`` stands for the
    font configuration of whichever document is being made.
    """

    def __init__(self, sheets: list[tuple[Any, str, Any]], fonts: Any) -> None:
        self.sheets = sheets
        self.fonts = fonts
        self.page_sizes: dict[str, Any] = {"box": None, "area": None}
        self.forget()

    def forget(self) -> None:
        """Begin anew, so that ten thousand unlike pages do not fill the memory."""
        self.places: dict[Any, int] = {}
        self.rules: dict[int, Rules] = {}
        self.known: dict[Any, Rules] = {}
        self.styles: dict[Any, Style] = {}


@lru_cache(maxsize=64)
def lasting(sources: tuple[str, ...]) -> bool:
    """Check whether styles of these sheets depend on the places of elements alone."""
    return not any(_BEYOND.search(source) for source in sources)


class Styles(StyleFor):  # type: ignore[misc]  # WeasyPrint has no types
    """Tells the style of each element of one document, from what the memory holds."""

    def __init__(self, html: Any, memory: Memory, targets: Any) -> None:
        self._cascaded_styles: dict[Any, Any] = {}
        self._computed_styles: dict[Any, Style] = {}
        self.initial_page_sizes = memory.page_sizes
        self._sheets = memory.sheets
        self.font_config = memory.fonts
        self._memory = memory
        self._html = html
        self._linked = {link.get("href") for link in html.etree_element.iter("a")}
        self._targets = targets
        if len(memory.places) > _MOST_PLACES:
            memory.forget()
        self._initial = InitialStyle(memory.fonts)
        self._walk(html.wrapper_element, 0, 0, 0)

    def texts(self) -> dict[tuple[str, ...], frozenset[str]]:
        """Collect the characters that are set in each list of font families."""
        found: dict[tuple[str, ...], set[str]] = {}
        for (element, pseudo), style in self._computed_styles.items():
            if pseudo is None:
                letters = found.setdefault(tuple(style["font_family"]), set())
                letters.update(element.text or "")
                for child in element:
                    letters.update(child.tail or "")
        return {families: frozenset(letters) for families, letters in found.items()}

    def _walk(self, wrapper: Any, above: int, before: int, after: int) -> int:
        """Style an element and what is in it; return its place.

        ``above`` is the parent's place, ``before`` that of the element before it, and
        ``after`` how many elements follow it: what selectors can ask about.
        """
        element = wrapper.etree_element
        filled = len(element) > 0 or bool(element.text)
        named = element.tag not in _CELLS or f"#{element.get('id')}" in self._linked
        key = (above, before, after, element.tag, filled, named, *element.attrib.items())
        place = self._memory.places.get(key)
        if place is None:
            place = self._memory.places[key] = next(_numbers)
            self._memory.rules[place] = self._match(wrapper, named)
        self._lay(element, wrapper, place, above)
        previous, left = 0, len(element)
        for child in wrapper.iter_children():
            left -= 1
            previous = self._walk(child, place, previous, left)
        return place

    def _match(self, wrapper: Any, named: bool) -> Rules:
        """Find the rules that an element and its pseudo-elements meet.

        Elements that meet the same rules, and declare the same, get one and the same answer.
        """
        attributes = dict(wrapper.etree_element.attrib)
        if not named:
            attributes.pop("id", None)  # WeasyPrint would make a style for each id
        own = wrapper.etree_element.makeelement(wrapper.etree_element.tag, attributes)
        told = tuple((name, own.get(name)) for name in _TELLING)
        met = [
            (sheet, origin, own_specificity or specificity, pseudo, declarations, layer)
            for sheet, origin, own_specificity in self._sheets
            for specificity, _order, pseudo, (declarations, layer) in sheet.matcher.match(wrapper)
        ]
        key = (
            own.tag if own.tag in _ASKED else "",
            told,
            *((id(rule[4]), *rule[2:4]) for rule in met),
        )
        rules = self._memory.known.get(key)
        if rules is None:
            rules = self._memory.known[key] = self._rules(own, met)
        return rules

    def _rules(self, own: Element, met: list[Any]) -> Rules:
        """Put the declarations of an element and of the rules it meets in order of weight."""
        rules: Rules = {None: {}}
        told = find_style_attributes(own, False, self._html.base_url)
        for specificity, _element, declarations, base in told:
            weight = ("author", inf, specificity)
            _declare(rules[None], preprocess_declarations(base, declarations), weight)
        for sheet, origin, specificity, pseudo, declarations, layer in met:
            place = inf if layer is None else sheet.layers.index(layer)
            _declare(rules.setdefault(pseudo, {}), declarations, (origin, place, specificity))
        return rules

    def _lay(self, element: Element, wrapper: Any, place: int, above: int) -> None:
        """Lay its style on an element, and on its pseudo-elements."""
        parent, number = None, above
        if wrapper.parent is not None:
            parent = self._computed_styles[wrapper.parent.etree_element, None]
        rules = self._memory.rules[place]
        for pseudo, cascaded in rules.items():  # the element itself is first
            key = (signature(parent) or -number, id(rules), pseudo)
            style = self._memory.styles.get(key)
            if style is None:
                style = self._new(parent, cascaded, pseudo)
                if element.tag not in _UNSHARED_TAGS and "table" not in style["display"]:
                    self._memory.styles[key] = _last(style)
            self._computed_styles[element, pseudo] = style
            if style["anchor"]:
                self._targets.collect_anchor(style["anchor"])
            if pseudo is None:
                parent, number = style, place

    def _new(self, parent: Style, cascaded: dict[str, Any], pseudo: str | None) -> Style:
        root = self._initial
        if parent is not None:
            root = self._computed_styles[self._html.etree_element, None]
        base, fonts = self._html.base_url, self.font_config
        return ComputedStyle(parent, cascaded, pseudo, root, base, fonts, self.initial_page_sizes)


def _last(style: Style) -> Style:
    """Mark a style, and that of the text in it, as one that will be met again."""
    style.lasting = next(_numbers)
    style.anonymous_style.lasting = next(_numbers)
    return style


def _declare(style: dict[str, Any], declarations: Any, weight: tuple[str, float, Any]) -> None:
    """Take declarations in where none of a greater weight stands already."""
    origin, layer, specificity = weight
    for name, values, importance in declarations:
        heavy = (declaration_precedence(origin, importance), layer, specificity)
        old = style.get(name, (None, None))[1]
        if old is None or old <= heavy:
            style[name] = values, heavy
