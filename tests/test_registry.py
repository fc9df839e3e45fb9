"""A plug-in is found by its name and must be whole; imports run downward only."""

import ast
from functools import cache
from pathlib import Path

import pytest

from recsys.errors import QueryError, RegistryError
from recsys.registry import pick, plugins

HOME = Path(__file__).parent.parent


@pytest.fixture
def package(tmp_path, monkeypatch, request):
    """Writes files into a package of its own and returns the package's name."""
    name = f"plugins_of_{request.node.originalname}"
    (tmp_path / name).mkdir()
    monkeypatch.syspath_prepend(tmp_path)

    def write(**files):
        for stem, text in {"__init__": "", **files}.items():
            path = tmp_path / name / f"{stem.replace('__in__', '/')}.py"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        return name

    return write


def test_plugins_are_found_by_file_name_in_sorted_order(package):
    name = package(beta="TITLE = 'B'", alpha="TITLE = 'A'", gamma="TITLE = 'C'")
    found = plugins(name, ("TITLE",))
    assert list(found) == ["alpha", "beta", "gamma"]
    assert found["beta"].TITLE == "B"


def test_a_folder_is_a_plugin_as_a_file_is(package):
    name = package(file="TITLE = 'A file'", folder__in____init__="TITLE = 'A folder'")
    found = plugins(name, ("TITLE",))
    assert [module.TITLE for module in found.values()] == ["A file", "A folder"]


def test_names_with_an_underscore_are_helpers(package):
    name = package(alpha="TITLE = 'A'", _shared="HELPS = True")
    assert list(plugins(name, ("TITLE",))) == ["alpha"]


def test_a_plugin_that_lacks_a_piece_is_named_with_the_piece(package):
    name = package(whole="TITLE = HELP = fuse = 1", half="HELP = 'Half of it.'")
    with pytest.raises(RegistryError) as caught:
        plugins(name, ("TITLE", "HELP", "fuse"))
    assert "half.py lacks TITLE, fuse." in str(caught.value)


def test_picking_what_is_not_there_says_what_is(package):
    found = plugins(package(alpha="", beta=""), ())
    assert pick("fusion", found, "beta") is found["beta"]
    with pytest.raises(QueryError, match=r"no fusion called 'magic'. There are: alpha, beta\."):
        pick("fusion", found, "magic")


FLOORS = [
    {"app"},
    {"pages", "recsys"},
    {"recsys.cli"},
    {"recsys.library"},
    {"recsys.protocols", "recsys.charts"},
    {"recsys.evaluation", "recsys.online"},
    {"recsys.building", "recsys.reports"},
    {"recsys.new_item"},
    {"recsys.ranking"},
    {"recsys.signals", "recsys.fusion"},
    {"recsys.understanding"},
    {"recsys.models"},
    {"recsys.store", "recsys.datasets", "recsys.learning"},
    {
        "recsys.encoders",
        "recsys.indexes",
        "recsys.knowledge",
        "recsys.languages",
        "recsys.reading",
    },
    {"recsys.metrics"},
    {"recsys.arrays", "recsys.folders", "recsys.postings", "recsys.registry", "recsys.tables"},
    {"recsys.intents"},
    {"recsys.datatypes", "recsys.disk", "recsys.excerpts"},
    {"recsys.errors"},
]
"""From the top of the house to the ground; a room imports only from the floors below its own."""

FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
PLUGINS = {
    "recsys.cli",
    "recsys.datasets",
    "recsys.encoders",
    "recsys.fusion",
    "recsys.indexes",
    "recsys.languages",
    "recsys.models",
    "recsys.protocols",
    "recsys.signals",
}
"""Rooms of plug-ins, which do not know each other."""
LONGEST = 14
"""The longest chain of imports."""
ONLY_ON_PAGES = {"streamlit"}
SLOW = {"torch", "sentence_transformers", "transformers"}
"""Imported where they are used, since they take seconds."""


def room_of(module):
    """The room that a module, or a name inside one, belongs to; None for somebody else's."""
    parts = module.split(".")
    if parts[:2] == ["recsys", "__version__"]:
        return None
    own = ".".join(parts[:2])
    if own in FLOOR:
        return own
    if parts[0] == "recsys" and len(parts) > 1 and parts[1] not in ("__init__", "__main__"):
        return None
    return parts[0] if parts[0] in FLOOR else None


def plugin_of(module):
    """The file or folder of a plug-in room that a module lies in; "" for a helper, or the room."""
    parts = module.split(".")
    name = parts[2] if len(parts) > 2 else ""
    return "" if name.startswith("_") else name


def imports(tree, at_start_only=False):
    """Full names of what the code imports, "a.b.c" for ``from a.b import c``."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            dots = "." * node.level
            yield from (f"{dots}{node.module or ''}.{alias.name}" for alias in node.names)
        elif not (at_start_only and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)):
            yield from imports(node, at_start_only)


def complaints(module, source):
    """What in the module's imports breaks the plan of the house."""
    tree, room = ast.parse(source), room_of(module)
    if room is None:
        return [f"{module} has no room"]
    found = []
    for name in imports(tree):
        other = room_of(name)
        if name.startswith("."):
            found.append(f"{module} imports {name} without its full name")
        elif other is None:
            if name.startswith("recsys.") and name != "recsys.__version__":
                found.append(f"{module} imports {name}, which has no room")
        elif other == room:
            strange = module_of(name)
            if room in PLUGINS and plugin_of(strange) not in ("", plugin_of(module)):
                found.append(f"{module} imports {name}, its neighbour")
        elif FLOOR[other] <= FLOOR[room]:
            found.append(f"{module} imports {name}, which is not below it")
        elif room == "recsys.fusion" and FLOOR[other] < FLOOR["recsys.arrays"]:
            found.append(f"{module} imports {name}, but a fusion knows columns only")
        if name.split(".")[0] in ONLY_ON_PAGES and room not in {"app", "pages"}:
            found.append(f"{module} imports {name}, which belongs to pages")
    slow = {name for name in imports(tree, at_start_only=True) if name.split(".")[0] in SLOW}
    return found + [f"{module} imports {name} at its start" for name in sorted(slow)]


@cache
def modules():
    """Full name -> path of every module of the product."""
    found = {}
    for path in [HOME / "app.py", *HOME.glob("pages/**/*.py"), *HOME.glob("recsys/**/*.py")]:
        parts = path.relative_to(HOME).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def module_of(name):
    """The module that an imported name is, or lies in."""
    return name if name in modules() else name.rpartition(".")[0]


@cache
def imported(module):
    """The modules of the product that a module imports."""
    tree = ast.parse(modules()[module].read_text(encoding="utf-8"))
    found = {module_of(name) for name in imports(tree)}
    return {name for name in found if name in modules() and name not in (module, "recsys")}


def longest_chain(module, above=()):
    """The longest chain of imports that starts at ``module``; raises ValueError for a circle."""
    if module in above:
        raise ValueError(f"a circle: {' -> '.join([*above, module])}")
    below = [chain_below(other, (*above, module)) for other in sorted(imported(module))]
    return [module, *max(below, key=len, default=[])]


CHAINS = {}


def chain_below(module, above):
    if module in above:
        return longest_chain(module, above)
    if module not in CHAINS:
        CHAINS[module] = longest_chain(module, above)
    return CHAINS[module]


@pytest.mark.parametrize("module", modules())
def test_imports_run_downward(module):
    assert complaints(module, modules()[module].read_text(encoding="utf-8")) == []


def test_no_chain_of_imports_is_long_or_a_circle():
    chain = max((longest_chain(module) for module in modules()), key=len)
    assert len(chain) - 1 <= LONGEST, " -> ".join(chain)


def test_the_rooms_are_few():
    ground = {
        room for room in FLOOR if modules().get(room) == HOME / f"{room.replace('.', '/')}.py"
    }
    rooms = {room_of(module) for module in modules()} - ground
    assert 20 <= len(rooms) <= 27, sorted(rooms)


@pytest.mark.parametrize(
    ("module", "source", "broken"),
    [
        ("recsys.ranking.engine", "from recsys.signals import signals", False),
        ("recsys.signals.graph", "from recsys.store.workspace import Workspace", False),
        ("recsys.signals.graph", "from recsys.signals import content", True),
        ("recsys.signals.graph", "from recsys.signals.content import Signal", True),
        ("recsys.signals.graph", "from recsys.signals import _shared", False),
        ("recsys.signals.graph", "from recsys.ranking.engine import Engine", True),
        ("recsys.signals.graph", "from recsys.fusion import weighted", True),
        ("recsys.signals.new_one", "from recsys.errors import DataError", False),
        ("recsys.fusion.attention", "from recsys.errors import DataError", False),
        ("recsys.fusion.attention", "def fuse():\n    from recsys.store import schema", True),
        ("recsys.fusion.attention", "import recsys.store.catalogue", True),
        ("recsys.store.workspace", "from recsys.store import catalogue, schema", False),
        ("recsys.store.catalogue", "from recsys.indexes import hnsw", False),
        ("recsys.indexes.hnsw", "from recsys.store import catalogue", True),
        ("recsys.indexes.hnsw", "from recsys.indexes import exact", True),
        ("recsys.indexes.hnsw", "from recsys.knowledge import graph", True),
        ("recsys.charts.sweep", "from recsys.charts.colours import COLOURS", False),
        ("recsys.charts.sweep", "from recsys.ranking.explain import sentence", False),
        ("recsys.charts.sweep", "from recsys.protocols import warm", True),
        ("recsys.charts.sweep", "import streamlit as st", True),
        ("recsys.evaluation.holdout", "from recsys.building.train import train", False),
        ("recsys.building.train", "from recsys.evaluation import holdout", True),
        ("recsys.store.workspace", "from recsys.models import behaviour", True),
        ("recsys.datasets.demo", "from recsys.tables import Tables", False),
        ("recsys.datasets.demo", "from recsys.store.catalogue import Catalogue", True),
        ("recsys.datasets.demo", "from recsys.datasets import table", True),
        ("recsys.tables", "from recsys.reading.download import Archive", True),
        ("recsys.datatypes", "from recsys.errors import DataError", False),
        ("recsys.datatypes", "from recsys.registry import pick", True),
        ("recsys.errors", "from recsys.datatypes import Query", True),
        ("recsys.reports.provenance", "from recsys import __version__", False),
        ("pages.compare.page", "import streamlit as st\nfrom pages.shared import taste", False),
        ("pages.compare.page", "from recsys import __main__", True),
        ("recsys.models.tower", "from recsys.models import behaviour", True),
        ("recsys.models.new_item.likes", "from recsys.models.new_item import kernel", False),
        ("recsys.models.tower", "import torch", True),
        ("recsys.models.tower", "class A:\n    from torch import nn", True),
        ("recsys.models.tower", "def train():\n    import torch", False),
        ("recsys.cli.bench", "from .engine import Engine", True),
        ("recsys.attic", "", True),
        ("recsys.cli.bench", "import recsys.attic", True),
    ],
)
def test_a_broken_direction_is_seen(module, source, broken):
    assert bool(complaints(module, source)) is broken
