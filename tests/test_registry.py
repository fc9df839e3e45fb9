"""A plug-in is found by its file's name and must be whole; imports run downward only."""

import ast
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
            (tmp_path / name / f"{stem}.py").write_text(text)
        return name

    return write


def test_plugins_are_found_by_file_name_in_sorted_order(package):
    name = package(beta="TITLE = 'B'", alpha="TITLE = 'A'", gamma="TITLE = 'C'")
    found = plugins(name, ("TITLE",))
    assert list(found) == ["alpha", "beta", "gamma"]
    assert found["beta"].TITLE == "B"


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


ROOMS = [
    {"app", "pages", "recsys.__main__"},
    {"recsys.cli.new_item"},
    {"recsys.cli.evaluate"},
    {"recsys.charts.metrics"},
    {"recsys.reports.learning_curve"},
    {"recsys.reports.figures"},
    {"recsys.reports.store"},
    {"recsys.protocols"},
    {"recsys.evaluation"},
    {
        "recsys.charts.catalogue",
        "recsys.charts.compare",
        "recsys.charts.graph",
        "recsys.charts.new_item",
        "recsys.charts.new_item_map",
        "recsys.charts.sweep",
    },
    {"recsys.new_item.judge", "recsys.ranking.sweep"},
    {"recsys.new_item.landing", "recsys.new_item.segments"},
    {
        "recsys.cli.bench",
        "recsys.charts.contributions",
        "recsys.ranking.compare",
        "recsys.ranking.explain",
        "recsys.ranking.why_not",
    },
    {"recsys.building.build"},
    {"recsys.building.publish", "recsys.building.train"},
    {"recsys.ranking.engine"},
    {"recsys.signals", "recsys.fusion"},
    {"recsys.models"},
    {"recsys.store.browse", "recsys.evaluation.index_recall", "recsys.store.versions"},
    {"recsys.store.workspace"},
    {
        "recsys.store.catalogue",
        "recsys.languages.english.clauses",
        "recsys.datasets",
        "recsys.encoders.sentence",
        "recsys.knowledge.graph",
        "recsys.indexes.hnsw",
        "recsys.store.interactions",
    },
    {
        "recsys.reading.archives",
        "recsys.reading.sieve",
        "recsys.knowledge.linking",
        "recsys.store.schema",
    },
    {
        "recsys.reading.columns",
        "recsys.reading.download",
        "recsys.reading.files",
        "recsys.tables",
        "recsys.reading.titles",
        "recsys.languages.english.aliases",
        "recsys.evaluation.files",
    },
    {
        "recsys.reading.cleaning",
        "recsys.ranking.diversity",
        "recsys.metrics.lists",
        "recsys.metrics.accuracy",
        "recsys.registry",
        "recsys.arrays",
        "recsys.metrics.statistics",
    },
    {"recsys.datatypes"},
    {"recsys.errors"},
]
"""From the top of the house to the ground; a room imports only from the floors below its own."""

FLOOR = {room: floor for floor, rooms in enumerate(ROOMS) for room in rooms}
SHARED = {"pages", "recsys.evaluation", "recsys.models"}
"""Rooms whose files may import each other."""
ONLY_ON_PAGES = {"streamlit"}
SLOW = {"torch", "sentence_transformers", "transformers"}
"""Imported where they are used, since they take seconds."""


def room_of(module):
    """The room that a module, or a name inside one, belongs to; None for somebody else's."""
    parts = module.split(".")
    for length in (2, 1):
        if ".".join(parts[:length]) in FLOOR:
            return ".".join(parts[:length])
    return None


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
        return [f"{module} has no room"] if module != "recsys.__init__" else []
    found = []
    for name in imports(tree):
        other = room_of(name)
        if name.startswith("."):
            found.append(f"{module} imports {name} without its full name")
        elif other is None:
            if name.startswith("recsys."):
                found.append(f"{module} imports {name}, which has no room")
        elif other == room:
            if room not in SHARED:
                found.append(f"{module} imports {name}, its neighbour")
        elif FLOOR[other] <= FLOOR[room]:
            found.append(f"{module} imports {name}, which is not below it")
        elif room == "recsys.fusion" and FLOOR[other] < FLOOR["recsys.arrays"]:
            found.append(f"{module} imports {name}, but a fusion knows columns only")
        if name.split(".")[0] in ONLY_ON_PAGES and room not in {"app", "pages"}:
            found.append(f"{module} imports {name}, which belongs to pages")
    slow = {name for name in imports(tree, at_start_only=True) if name.split(".")[0] in SLOW}
    return found + [f"{module} imports {name} at its start" for name in sorted(slow)]


def modules():
    for path in [HOME / "app.py", *HOME.glob("pages/**/*.py"), *HOME.glob("recsys/**/*.py")]:
        parts = path.relative_to(HOME).with_suffix("").parts
        yield ".".join(parts if parts[-1] != "__init__" or len(parts) == 2 else parts[:-1]), path


@pytest.mark.parametrize(("module", "path"), [pytest.param(*m, id=m[0]) for m in modules()])
def test_imports_run_downward(module, path):
    assert complaints(module, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("module", "source", "broken"),
    [
        ("recsys.ranking.engine", "from recsys.signals import signals", False),
        ("recsys.signals.graph", "from recsys.workspace import Workspace", False),
        ("recsys.signals.graph", "from recsys.signals import content", True),
        ("recsys.signals.graph", "from recsys.signals.content import Signal", True),
        ("recsys.signals.graph", "from recsys.engine import Engine", True),
        ("recsys.signals.graph", "from recsys.fusion import weighted", True),
        ("recsys.fusion.attention", "from recsys.errors import DataError", False),
        ("recsys.fusion.attention", "def fuse():\n    from recsys.workspace import names", True),
        ("recsys.fusion.attention", "import recsys.catalogue", True),
        ("recsys.store.workspace", "from recsys import catalogue, index", False),
        ("recsys.store.catalogue", "from recsys import index", True),
        ("recsys.cli.bench", "from recsys.datasets import table", False),
        ("recsys.charts.catalogue", "from recsys.charts import COLOURS", False),
        ("recsys.charts.contributions", "from recsys.catalogue_charts import lengths", True),
        ("recsys.store.browse", "from recsys.catalogue import Catalogue", False),
        ("recsys.evaluation.index_recall", "from recsys.workspace import Workspace", False),
        ("recsys.evaluation.index_recall", "from recsys.engine import Engine", True),
        ("recsys.store.workspace", "from recsys import health", True),
        ("recsys.store.workspace", "from recsys.models import behaviour", True),
        ("recsys.building.build", "from recsys.models import behaviour", False),
        ("recsys.datasets.demo", "from recsys.tables import Tables", False),
        ("recsys.datasets.demo", "from recsys.catalogue import Catalogue", True),
        ("recsys.datasets.demo", "from recsys.builder import build", True),
        ("recsys.reading.archives", "from recsys.download import Archive", False),
        ("recsys.tables", "from recsys.download import Archive", True),
        ("recsys.datatypes", "from recsys.errors import DataError", False),
        ("recsys.datatypes", "from recsys.registry import pick", True),
        ("recsys.errors", "from recsys.datatypes import Query", True),
        ("recsys.charts.contributions", "import streamlit as st", True),
        ("recsys.charts.contributions", "from recsys.explain import sentence", True),
        ("pages.compare.page", "import streamlit as st\nfrom pages.shared import taste", False),
        ("pages.compare.page", "from recsys import __main__", True),
        ("recsys.models.tower", "from recsys.models import layers", False),
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
