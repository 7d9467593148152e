"""The shape of the house: rooms, who may look at whom, how large a module may be."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from toolkit.registry import Registry
from toolkit.registry.registry import COUNTRY
from toolkit.rules import regions

ROOT = Path(__file__).resolve().parent.parent
CORE = ROOT / "toolkit"
FLOORS = (
    ("limits", "resources", "notation"),
    ("messages",),
    ("diagnostics",),
    ("errors",),
    ("isolation",),
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
    ("api",),
    ("cli",),
)
FLOOR = {room: height for height, floor in enumerate(FLOORS) for room in floor}
MODULES = [file for file in sorted(CORE.rglob("*.py")) if file != CORE / "__init__.py"]
INNER_FLOORS = {
    "render": (
        ("names", "package", "request", "sandbox", "typesetting"),
        ("charts", "workbook"),
        ("html",),
        ("docx", "pdf"),
        ("lint",),
        ("word",),
    ),
    "importers": (
        ("blocks", "faults", "radicals"),
        ("labels", "spans"),
        ("formats", "numbers"),
        ("reading",),
        ("emptied", "tables", "texts", "writer"),
        ("choose_form", "review"),
        ("recognise",),
        ("read",),
    ),
}
"""The same inside the two largest rooms."""
HOMES = {
    "cerberus": ("validation",),
    "distributed": ("batch",),
    "docx": ("render/docx",),
    "docxtpl": ("render/docx", "render/lint"),
    "fontTools": ("fonts",),
    "jinja2": ("render",),
    "lxml": ("sources", "render", "importers/formats", "extract"),
    "markupsafe": ("render",),
    "matplotlib": ("render/charts",),
    "openpyxl": ("render/workbook",),
    "pdfminer": ("importers/formats",),
    "pdfplumber": ("importers/formats",),
    "pikepdf": ("extract",),
    "pluggy": ("registry", "hookspecs.py"),
    "pydyf": ("render/pdf",),
    "pytest": ("testing",),
    "rich": ("cli",),
    "shtab": ("cli",),
    "cssselect2": ("render/pdf",),
    "uharfbuzz": ("fonts",),
    "watchfiles": ("cli",),
    "weasyprint": ("render/pdf",),
    "yaml": ("sources",),
}
"""Third-party package → where it lives. XML is read where files are read, written and compared."""


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


def foreign(module: Path) -> set[str]:
    """Collect the third-party packages a module imports, by name or by a string."""
    names = set(imports(module))
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        called = node.func if isinstance(node, ast.Call) else None
        by_name = getattr(called, "id", getattr(called, "attr", ""))
        if by_name in ("import_module", "resolve_name") and isinstance(node.args[0], ast.Constant):
            names.add(node.args[0].value)
    tops = {name.partition(".")[0] for name in names}
    return tops - sys.stdlib_module_names - {"toolkit", "__future__"}


@pytest.mark.parametrize("module", MODULES, ids=lambda m: str(m.relative_to(CORE)))
def test_each_third_party_package_has_its_rooms(module):
    place = module.relative_to(CORE).as_posix()
    for package in foreign(module):
        assert package in HOMES, f"{place}: say where {package} lives"
        at_home = any(place == home or place.startswith(f"{home}/") for home in HOMES[package])
        assert at_home, f"{package} lives in {HOMES[package]}, not in {place}"


def test_every_imported_distribution_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    lines = [*project["dependencies"], *(line for extra in extras for line in extra)]
    declared = {re.match(r"[\w.-]+", line)[0].lower() for line in lines}
    owners = packages_distributions()
    used = {package for module in MODULES for package in foreign(module)}

    missing = {
        package
        for package in used - {"pytest"}  # which loads us, not we it
        if not declared & {owner.lower() for owner in owners[package]}
    }

    assert len(used) > 15
    assert missing == set()


@pytest.mark.parametrize("room", INNER_FLOORS)
def test_a_module_inside_a_large_room_looks_only_down(room):
    heights = {one: height for height, floor in enumerate(INNER_FLOORS[room]) for one in floor}
    for module in MODULES:
        parts = module.relative_to(CORE).parts
        if parts[0] != room or parts[1:] == ("__init__.py",):
            continue
        own = parts[1].removesuffix(".py")
        assert own in heights, f"{room}: say on which floor {own} is"
        for name in imports(module):
            other = (name.split(".") + [""] * 3)[2]
            if name.startswith(f"toolkit.{room}.") and other != own:
                assert heights[other] < heights[own], f"{module.name} looks up at {other}"


@pytest.mark.parametrize("folder", ["", *INNER_FLOORS])
def test_a_readme_lists_its_rooms_from_the_ground_up(folder):
    floors = INNER_FLOORS[folder] if folder else FLOORS
    page = (CORE / folder / "README.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if re.match(r"\| \[?`", line)]
    names = (name for row in rows for name in re.findall("`(.+?)`", row))
    listed = [name.strip("/").removesuffix(".py") for name in names]

    assert listed == [room for floor in floors for room in floor]
    assert set(listed) == {
        entry.stem
        for entry in (CORE / folder).iterdir()
        if (entry.suffix == ".py" or (entry / "__init__.py").exists()) and entry.stem != "__init__"
    }


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
