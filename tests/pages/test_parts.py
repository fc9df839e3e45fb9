"""The plan of the pages: what may stand where, and what is forgotten with a workspace."""

import ast
from pathlib import Path

import pytest

from pages.shared.strategies import presets
from recsys.building.build import build
from recsys.signals import signals
from tests.pages.conftest import act, drawn, unfolded, visited
from tests.worlds import FakeEncoder, tables

PAGES = Path(__file__).parents[2] / "pages"
FILES = sorted(PAGES.glob("*/*.py"))
SHARED = ("visit_", "compare_", "copy_link")
"""How keys begin that the pages have in common; what stands in Compare is put there by others."""


def names_of(path: Path) -> str:
    return path.relative_to(PAGES).as_posix()


def start(node: ast.expr) -> str | None:
    """How a piece of text begins, as far as it is written there."""
    if isinstance(node, ast.JoinedStr):
        node = node.values[0] if node.values else ast.Constant("")
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def keys(tree: ast.AST):
    """How the keys of widgets and of the visit begin, wherever they are written out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            of_state = isinstance(node.func, ast.Attribute) and is_state(node.func.value)
            written = [argument.value for argument in node.keywords if argument.arg == "key"]
            written += node.args[:1] if of_state else []
        elif isinstance(node, ast.Subscript) and is_state(node.value):
            written = [node.slice]
        else:
            continue
        yield from (found for found in map(start, written) if found)


def is_state(node: ast.expr) -> bool:
    return ast.unparse(node) in {"st.session_state", "state"}


@pytest.mark.parametrize("path", FILES, ids=names_of)
def test_a_key_begins_with_the_name_of_its_page(path):
    page = path.parent.name
    allowed = SHARED if page == "shared" else (f"{page}_", "visit_")
    found = set(keys(ast.parse(path.read_text(encoding="utf-8"))))
    assert {key for key in found if not key.startswith(allowed)} == set()


@pytest.mark.parametrize("path", sorted(PAGES.glob("*/page.py")), ids=names_of)
def test_a_page_reads_from_top_to_bottom(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert functions == []


def test_a_part_of_a_page_belongs_to_that_page_alone():
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("pages."):
                assert node.module.split(".")[1] in {"shared", path.parent.name}, path


def test_what_two_pages_use_is_used_by_two():
    """Of pages/shared: each file by two pages, or by others there."""
    for part in PAGES.glob("shared/[a-z]*.py"):
        name = part.stem
        users = {
            path.parent.name if path.parent.name != "shared" else path.stem
            for path in FILES
            if path != part and imports(path, name)
        }
        assert len(users) >= 2, name


def imports(path: Path, name: str) -> bool:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            if node.module == f"pages.shared.{name}":
                return True
            if node.module == "pages.shared" and name in {alias.name for alias in node.names}:
                return True
    return False


def test_with_another_workspace_goes_what_means_nothing_there(small_world):
    build("other", tables(), FakeEncoder()).close()
    app = unfolded(visited("new_user"), "filters")
    act(app, "liked", "star")
    act(app, "why", "vault")
    app.text_area(key="visit_taste").set_value("a robot")
    app.slider(key="visit_k").set_value(5).run()
    app.session_state["compare_here_item"] = 3
    app.selectbox(key="visit_workspace").set_value("other").run()
    assert not app.exception
    assert app.multiselect(key="visit_here_liked").value == []
    assert "new_user_here_why" not in app.session_state
    assert "compare_here_item" not in app.session_state
    assert app.text_area(key="visit_taste").value == "a robot"
    assert app.slider(key="visit_k").value == 5


def test_presets_are_found_whatever_they_are_called(small_world, monkeypatch):
    app = visited("compare")
    assert len(app.session_state["compare_slots"]) == 2
    for name in ("content", "lexical"):
        monkeypatch.setattr(signals()[name], "TITLE", f"Another title of {name}")
    app = visited("compare")
    called = [field.value for field in app.text_input if field.key.endswith("_name")]
    assert called[1:] == ["Another title of lexical only"]
    chips = app.button_group(key="compare_chip").proto.options
    assert "Another title of content only" in chips[0].content
    assert next(iter(presets())) == "usual"
    assert {f"signal:{name}" for name in signals()} < set(presets())


def test_the_parts_of_a_score_are_told_apart_in_the_legend(small_world):
    app = visited("new_user", diversity="0.5")
    legend = drawn(app, "new_user_list")["legend"]
    assert len(legend) == len({part["css"] for part in legend}) >= 5
