"""The shape of the house: rooms, who may look at whom, how large a module may be."""

import ast
import re
from pathlib import Path

import pytest

from toolkit.registry import Registry
from toolkit.registry.registry import COUNTRY
from toolkit.rules import regions

ROOT = Path(__file__).resolve().parent.parent
CORE = ROOT / "toolkit"
FLOORS = (
    ("limits", "deadline", "resources", "confinement"),
    ("messages",),
    ("witness",),
    ("diagnostics",),
    ("errors",),
    ("sources",),
    ("forms",),
    ("validation",),
    ("report",),
    ("charts",),
    ("carry",),
    ("rules",),
    ("view",),
    ("fonts",),
    ("render",),
    ("output",),
    ("importers",),
    ("kind",),
    ("province",),
    ("hookspecs",),
    ("formats",),
    ("registry",),
    ("pipeline",),
    ("extract",),
    ("batch",),
    ("scaffold",),
    ("testing",),
    ("cli",),
)
FLOOR = {room: height for height, floor in enumerate(FLOORS) for room in floor}
MODULES = [file for file in sorted(CORE.rglob("*.py")) if file != CORE / "__init__.py"]
HOMES = {
    "cerberus": "validation",
    "yaml": "sources",
    "docxtpl": "render",
    "weasyprint": "render",
    "pikepdf": "extract",
    "cssselect2": "render",
    "pydyf": "render",
    "openpyxl": "render",
    "jinja2": "render",
    "fontTools": "fonts",
    "uharfbuzz": "fonts",
    "matplotlib": "render",
    "pluggy": "registry",
    "pdfplumber": "importers",
    "pdfminer": "importers",
    "shtab": "cli",
    "rich": "cli",
    "watchfiles": "cli",
    "pytest": "testing",
}
"""Third-party package → the room it lives in."""


def imports(module: Path):
    """Give every module named in an import, those inside functions too."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "write the whole name: from toolkit..."
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room_of(module: Path) -> str:
    return module.relative_to(CORE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(CORE)))
def test_a_module_is_short(module):
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(CORE)))
def test_a_module_looks_only_down(module):
    room = room_of(module)
    for name in imports(module):
        top, _, rest = name.partition(".")
        assert top not in ("plugins", "nianbao_plugins"), f"{module.name} knows a province"
        other = rest.split(".")[0]
        if top == "toolkit" and other in FLOOR and other != room:
            assert FLOOR[other] < FLOOR[room], f"{room} looks up at {other}"


def test_no_modules_import_each_other_in_a_ring():
    graph = {name_of(module): targets(module) for module in MODULES}

    assert rings(graph) == []


def name_of(module: Path) -> str:
    dotted = ".".join(module.relative_to(ROOT).with_suffix("").parts)
    return dotted.removesuffix(".__init__")


def targets(module: Path) -> set[str]:
    known = {name_of(other) for other in MODULES}
    found = set()
    for name in imports(module):
        for candidate in (name, name.rpartition(".")[0]):
            if candidate in known:
                found.add(candidate)
                break
    return found - {name_of(module)}


def rings(graph: dict[str, set[str]]) -> list[list[str]]:
    """Strongly connected groups of more than one module (Tarjan)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in graph.get(node, ()):
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            group = stack[stack.index(node) :]
            del stack[stack.index(node) :]
            if len(group) > 1:
                found.append(sorted(group))

    for node in graph:
        if node not in index:
            visit(node)
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(CORE)))
def test_each_third_party_package_has_one_room(module):
    for name in imports(module):
        top = name.partition(".")[0]
        home = HOMES.get(top)
        allowed = {home, "hookspecs"} if top == "pluggy" else {home}
        assert home is None or room_of(module) in allowed, f"{top} lives in {home}"


DOOR = CORE / "render" / "pdf" / "weasyprint.py"
PUBLIC = re.compile(
    r"weasyprint(\.(HTML|CSS|DEFAULT_OPTIONS|urls\.\w+|text\.fonts\.FontConfiguration))?"
    r"|pydyf(\.(PDF|Stream|Dictionary|Array|String))?"
)
"""What the documentation of the two libraries offers."""


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(CORE)))
def test_one_door_leads_to_the_insides_of_weasyprint_and_pydyf(module):
    if module == DOOR:
        return
    tree = ast.parse(module.read_text(encoding="utf-8"))
    libraries = ("weasyprint", "pydyf", "cssselect2", "tinycss2", "tinyhtml5")
    for name in imports(module):
        if name.split(".")[0] in libraries:
            assert PUBLIC.fullmatch(name), f"{module.name}: {name}"
    if "render/pdf" not in module.as_posix():
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
            owner = node.value.id if isinstance(node.value, ast.Name) else ""
            dunder = node.attr.startswith("__")
            assert dunder or owner in ("self", "cls"), f"{module.name}:{node.lineno}: {node.attr}"


def test_only_the_command_line_prints_or_exits():
    for module in MODULES:
        if room_of(module) == "cli":
            continue
        calls = list(ast.walk(ast.parse(module.read_text(encoding="utf-8"))))
        for node in calls:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("print", "exit", "input"), f"{module}:{node.lineno}"
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                called = (node.value.id, node.attr)
                assert called != ("sys", "exit"), f"{module}:{node.lineno}"


def test_the_core_names_no_province():
    """Neither by the folder of its plugin, nor in Chinese, nor by its code of GB/T 2260."""
    registry = Registry()
    folders = [one.name for one in registry.all() if one.province.code != COUNTRY]
    names = {regions.usual(name): code for name, code in regions.provinces().items()}
    words = re.compile("|".join(map(re.escape, (*folders, *names))), re.IGNORECASE)
    codes = re.compile(rf"""code["']?\s*(?:=|==|:)\s*["'](?:{"|".join(names.values())})["']""")

    assert len(folders) >= 5
    assert len(names) == 31
    for module in MODULES:
        source = module.read_text(encoding="utf-8")
        assert not words.search(source), f"{module}: {words.search(source)}"
        assert not codes.search(source), f"{module}: {codes.search(source)}"


def test_no_module_is_a_dumping_place():
    dumps = {"utils", "util", "common", "helpers", "misc"}

    assert not [module for module in MODULES if module.stem in dumps]
