"""python -m recsys import: from a person's files to a workspace that answers."""

import pandas as pd
import pytest

from recsys.__main__ import main
from recsys.store.workspace import Workspace

BOOKS = """sku,name,blurb,published,genre
b1,The Long Orbit,A crew crosses deep space and forgets why.,1987,Science fiction
b2,Bread and Salt,A baker rebuilds a village after the war.,1999,Drama
,Nameless,This row has no number.,2001,Drama
b4,Empty,,2003,Drama
b1,Again,The same number a second time.,2004,Drama
b6,Harbour Ghosts,A drowned sailor haunts the harbour.,2010,Horror
"""


def run(capsys, *arguments):
    status = main(["import", *map(str, arguments)])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_a_table_of_books_is_imported_says_what_it_guessed_and_answers(capsys, tmp_path):
    path = tmp_path / "books.csv"
    path.write_text(BOOKS)
    status, out, _ = run(capsys, "table", "--items", path, "--workspace", "books")
    assert status == 0
    assert "text = blurb" in out
    assert "5 items" in out
    assert "tied in the graph by: genre, published (10 facts)" in out
    workspace = Workspace.open("books")
    assert workspace.catalogue.items["id"].tolist() == ["b1", "b2", "nameless", "b4", "b6"]
    rejected = pd.read_csv(workspace.rejected)
    assert rejected["line"].tolist() == [6]
    assert str(workspace.rejected) in out
    assert main(["recommend", "--workspace", "books", "--text", "spaceships", "-k", "1"]) == 0
    assert "The Long Orbit (1987)" in capsys.readouterr().out


def test_the_encoding_and_the_part_are_said_and_can_be_chosen(capsys, tmp_path):
    path = tmp_path / "books.txt"
    path.write_bytes("title;year\nDas Mädchen;1990\nDer Fluß;1991\n".encode("cp1252"))
    status, out, _ = run(capsys, "table", "--items", path, "--workspace", "books")
    assert status == 0
    assert "books.txt: the encoding is Windows-1252 (Western Europe)." in out
    assert Workspace.open("books").catalogue.items["title"].tolist() == ["Das Mädchen", "Der Fluß"]
    run(capsys, "table", "--items", path, "--workspace", "books", "--encoding", "cp1251")
    assert Workspace.open("books").catalogue.items["title"][0] == "Das Mдdchen"
    path = tmp_path / "shelf.json"
    path.write_text('{"films": [{"title": "Ida"}], "books": [{"title": "Ran"}, {"title": "Ode"}]}')
    run(capsys, "table", "--items", path, "--workspace", "films", "--part", "films")
    assert Workspace.open("films").catalogue.items["title"].tolist() == ["Ida"]


def test_what_ties_items_can_be_named_or_switched_off(capsys, tmp_path):
    path = tmp_path / "books.csv"
    path.write_text(BOOKS)
    assert run(capsys, "table", "--items", path, "--workspace", "books", "--ties", "genre")[0] == 0
    assert set(Workspace.open("books").catalogue.triples["relation"]) == {"has_genre"}
    assert run(capsys, "table", "--items", path, "--workspace", "books", "--ties")[0] == 0
    assert Workspace.open("books").catalogue.triples.empty


def test_an_import_again_embeds_nothing_and_drops_what_is_gone(capsys, tmp_path):
    path = tmp_path / "books.csv"
    path.write_text(BOOKS)
    assert run(capsys, "table", "--items", path, "--workspace", "books")[0] == 0
    status, out, _ = run(capsys, "table", "--items", path, "--workspace", "books")
    assert status == 0
    assert "up to date" in out
    path.write_text(BOOKS.rpartition("b6")[0])
    status, _, err = run(capsys, "table", "--items", path, "--workspace", "books", "--limit", "0.9")
    assert status == 0
    assert "reading texts" not in err
    assert Workspace.open("books").catalogue.items["id"].tolist() == [
        "b1", "b2", "nameless", "b4",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("", [], "books.csv"),
        ("id,text\n,\n,\n", [], "2 neither id nor title"),
        (BOOKS, ["--map", "text=nowhere"], "nowhere"),
        (BOOKS, ["--workspace", "Not A Name"], "not a workspace name"),
    ],
)
def test_what_cannot_be_imported_gets_one_line_and_builds_nothing(
    capsys, tmp_path, root, text, options, words
):
    path = tmp_path / "books.csv"
    path.write_text(text)
    status, _, err = run(capsys, "table", "--items", path, "--workspace", "books", *options)
    assert status == 2
    lines = [line for line in err.splitlines() if line and "it/s" not in line]
    assert len(lines) == 1
    assert words in lines[0]
    assert not list(root.glob("*/manifest.json"))


def test_a_missing_file_is_one_line(capsys, tmp_path):
    status, _, err = run(capsys, "table", "--items", tmp_path / "nothing.csv")
    assert status == 2
    assert "nothing.csv" in err
    assert "Traceback" not in err
