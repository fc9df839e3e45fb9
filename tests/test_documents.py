"""What the documents point to is there, and papers are those that the code names."""

import re
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "docs/terms.md"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name):
    document = HOME / name
    for target in re.findall(r"\]\(([^)]+)\)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


def rows():
    """The lines of the table of terms: page, field, files, source."""
    lines = (HOME / "docs" / "terms.md").read_text(encoding="utf-8").splitlines()
    cells = [line.strip("| ").split(" | ") for line in lines if line.startswith("|")]
    return cells[2:]


def test_there_are_terms():
    assert len(rows()) > 30


@pytest.mark.parametrize("row", [row for row in rows() if len(row) == 4], ids=lambda row: row[0])
def test_a_source_is_named_in_one_of_the_files(row):
    files = re.findall(r"\]\(\.\./([^)]+)\)", row[2])
    text = " ".join((HOME / name).read_text(encoding="utf-8") for name in files)
    for source in row[3].split(";"):
        year = re.search(r"[0-9]{4}", source)[0]
        surname = re.search(r"[A-Z]\w+", source.rpartition(":")[2])[0]
        assert re.search(rf"{surname}.{{0,60}}{year}", text, re.DOTALL), source


def test_what_the_readme_says_is_where_is_there():
    """Every path in the plan of the house exists, and every room is in it."""
    text = (HOME / "README.md").read_text(encoding="utf-8")
    plan = text.partition("## Where things are")[2].partition("\n## ")[0]
    named = {line.split()[0] for line in plan.splitlines() if re.match(r"    \S+/ ", line)}
    for path in named:
        assert (HOME / path).is_dir(), path
    rooms = {f"recsys/{path.parent.name}/" for path in HOME.glob("recsys/*/__init__.py")}
    assert rooms <= named
