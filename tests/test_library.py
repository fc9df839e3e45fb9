"""Thaw as a library: lazy, and the README's five lines give an answer with titles."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import recsys
from recsys.errors import QueryError, WorkspaceError
from recsys.library import Recommender
from recsys.ranking.engine import Engine
from tests.worlds import FakeEncoder, shelf

README = Path(__file__).parents[1] / "README.md"


@pytest.fixture
def stories(root):
    return Recommender(
        Engine(recsys.build("shelf", shelf(personas=True), FakeEncoder()), FakeEncoder())
    )


def test_importing_takes_nothing_with_it():
    script = (
        "import sys, recsys\n"
        "assert callable(recsys.open) and recsys.Query('space').k == 10\n"
        "print({'torch', 'streamlit', 'sentence_transformers'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"


def test_every_public_name_is_there_and_no_other():
    for name in recsys.__all__:
        assert getattr(recsys, name) is not None
    with pytest.raises(AttributeError, match=r"recsys has no 'magic'; it has Event, Filters"):
        recsys.magic  # noqa: B018


def test_a_recommendation_has_titles_and_ids_in_and_out(stories):
    table = stories.recommend("space", liked=["heist-0"], k=3).table
    assert table["title"].str.startswith("Space").all()
    assert len(table) == 3
    with pytest.raises(QueryError, match="no item 'magic'"):
        stories.recommend("space", liked=["magic"])


def test_a_new_item_is_described_and_its_neighbours_have_titles(stories):
    landing = stories.describe("A ghost in the cellar whispers at midnight.", year=1975)
    assert landing.neighbours_table["title"].str.startswith("Ghost").all()
    assert 0 <= landing.likes.expected <= landing.likes.users


def test_what_is_measured_comes_as_a_table(stories):
    table = stories.evaluate("personas")
    assert list(table) == ["strategy", "metric", "mean", "low", "high"]
    assert "default" in table["strategy"].tolist()
    with pytest.raises(QueryError, match=r"no protocol called 'magic'. There are: conversation"):
        stories.evaluate("magic")


def test_a_workspace_that_is_neither_built_nor_bundled_is_named(root):
    with pytest.raises(WorkspaceError, match="no workspace called 'attic'"):
        recsys.open("attic")


@pytest.mark.slow
def test_the_lines_of_the_readme(demo_root, monkeypatch, capsys):
    monkeypatch.setenv("THAW_WORKSPACES", str(demo_root))
    (code,) = re.findall(r"```python\n(import recsys.*?)```", README.read_text(), re.DOTALL)
    assert code.startswith("import recsys")
    exec(code, {})
    said = capsys.readouterr().out
    assert "title" in said
    assert "ndcg@10" in said
