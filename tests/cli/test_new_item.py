"""new-item and similar on the command line: one JSON object, or lines; one for a mistake."""

import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest

from recsys.__main__ import main
from recsys.building.build import build
from recsys.cli import _common
from recsys.datatypes import NewItem
from recsys.new_item.judge import NewItems
from recsys.new_item.landing import to_json
from tests.conftest import real_encoder
from tests.new_item.test_judge import CABIN
from tests.worlds import FakeEncoder, shelf, tables

GHOST = ("--text", "A ghost in the attic. A whisper in the cellar at midnight.")
KEYS = ["assumed", "neighbours", "attributes", "audience", "rank", "duplicates", "encoder"]


@pytest.fixture(scope="module")
def shelf_root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("command")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(folder))
        build("shelf", shelf(), FakeEncoder())
        build("small", tables(), FakeEncoder())
    return folder


@pytest.fixture
def run(shelf_root, capsys, monkeypatch):
    """Status, standard output and standard error of a command on the shelf."""
    monkeypatch.setenv("THAW_WORKSPACES", str(shelf_root))
    monkeypatch.setattr(_common, "ready", FakeEncoder)

    def ran(command, *arguments, workspace="shelf"):
        status = main([command, "--workspace", workspace, *map(str, arguments)])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return ran


@pytest.fixture
def answer(run):
    status, out, err = run("new-item", *GHOST, "--title", "Nobody", "--json")
    assert (status, err) == (0, "")
    return json.loads(out, parse_constant=pytest.fail)  # no NaN, no Infinity


def test_json_is_one_object_of_these_parts(answer):
    assert list(answer) == KEYS
    assert answer["encoder"] == {"model": "fake", "device": "paper", "why": "a person can read it"}
    assert answer["assumed"] == {"kind": ["Horror"], "theme": ["haunting"], "mood": ["tense"]}
    assert answer["audience"].keys() == {"expected_likes", "low", "high", "users", "segments"}
    assert {key: answer["audience"][key] for key in ("expected_likes", "low", "high", "users")} == {
        "expected_likes": 16, "low": 16, "high": 16, "users": 40
    }  # fmt: skip
    for segment in answer["audience"]["segments"]:
        assert segment.keys() == {
            "name", "users", "expected_likes", "rate", "low", "high", "lift",
        }  # fmt: skip
    assert answer["rank"].keys() == {
        "median", "quartiles", "top_10", "top_20", "top_100", "among", "users"
    }  # fmt: skip


def test_neighbours_have_contributions_that_add_up(answer):
    assert len(answer["neighbours"]) == 10
    for line in answer["neighbours"]:
        assert list(line) == ["item", "title", "similarity", "contributions", "shared"]
        assert sum(line["contributions"].values()) == pytest.approx(line["similarity"], abs=1e-5)
        assert line["item"].startswith("ghost-")
        assert line["title"].startswith("Ghost ")
        assert line["shared"].startswith("kind: Horror · theme: haunting")
    similarities = [line["similarity"] for line in answer["neighbours"]]
    assert similarities == sorted(similarities, reverse=True)


def test_attributes_name_the_items_that_say_so(answer):
    first = answer["attributes"][0]
    assert first.keys() == {
        "attribute", "value", "probability", "predicted", "likely", "named", "threshold",
        "neighbours",
    }  # fmt: skip
    assert (first["attribute"], first["value"], first["predicted"]) == ("kind", "Horror", True)
    assert set(first["neighbours"]) == {f"ghost-{i}" for i in range(10)}


def test_the_rank_is_the_distribution_of_the_places(answer):
    rank = answer["rank"]
    low, high = rank["quartiles"]
    assert 1 <= low <= rank["median"] <= high <= 41
    assert 0 < rank["top_10"] <= rank["top_20"] <= rank["top_100"] == 1
    assert (rank["among"], rank["users"]) == (40, 40)


def test_a_place_counts_among_the_first_so_many(run):
    new = NewItems(_common.open_engine("shelf"))
    landing = replace(new.describe(NewItem("ghosts")), ranks=np.array([10, 20, 100, 101]))
    rank = to_json(landing)["rank"]
    assert [rank[f"top_{k}"] for k in (10, 20, 100)] == [0.25, 0.5, 0.75]
    assert (rank["median"], rank["quartiles"], rank["users"]) == (60, [17.5, 100.25], 4)


def test_what_is_given_counts(run):
    given = (
        "--year", "1975", "--category", "Crime", "--category", "Horror", "--fact",
        "directed_by=Bo Crane", "--fact", "directed_by=A = B", "--fact", "has_theme=haunting",
    )  # fmt: skip
    status, out, _ = run("new-item", *GHOST, *given, "--json")
    assert status == 0
    answer = json.loads(out)
    assert answer["assumed"] == {"mood": ["tense"]}
    assert "director: Bo Crane" in answer["neighbours"][0]["shared"]
    assert answer["neighbours"][0]["contributions"]["period"] > 0


def test_an_item_that_is_there_is_a_duplicate(run):
    text = "A ghost in the forest. The cellar midnight whisper and a ghost."
    arguments = ("--text", text, "--title", "Ghost Forest", "--category", "Horror")
    answer = json.loads(run("new-item", *arguments, "--json")[1])
    assert answer["duplicates"][0].keys() == {"item", "title", "meaning", "words"}
    assert (answer["duplicates"][0]["item"], answer["duplicates"][0]["words"]) == ("ghost-3", 1)
    assert answer["neighbours"][0]["item"] == "ghost-3"
    assert "Almost the same as Ghost Forest (ghost-3)." in run("new-item", *arguments)[1]


def test_people_get_lines(run):
    status, out, err = run("new-item", *GHOST)
    lines = out.splitlines()
    assert (status, err) == (0, "")
    assert lines[0] == "Predicted:"
    assert "  kind: Horror (100%)" in lines
    like = lines[lines.index("Like it:") + 1 :][:10]
    assert all("  Ghost " in line and "kind: Horror" in line for line in like)
    assert any(line.startswith("Likes to expect: 16.0 of 40 people (16 to 16,") for line in lines)
    assert "times the average item: " in out
    assert "Place among 40: " in out


def test_in_the_bundled_world(demo_root, capsys, monkeypatch):
    monkeypatch.setenv("THAW_WORKSPACES", str(demo_root))
    monkeypatch.setattr(_common, "ready", lambda name: real_encoder())
    assert main(["new-item", "--workspace", "demo", "--text", CABIN.text, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert list(answer) == KEYS
    assert answer["attributes"][0]["value"] == "Horror"
    assert answer["audience"]["segments"][0]["name"] == "Callum, horror nut"
    assert answer["audience"]["users"] == 1500
    assert answer["rank"]["among"] == 605


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--text", "   "), "no words"),
        (("--text", "!?"), "no words"),
        (("--text", "word " * 50_000), "The text has 250,000 characters; at most 10,000 are read."),
        (("--text", "ghosts", "--title", "..."), "no words"),
        (
            ("--text", "ghosts", "--category", "Horor"),
            "the category 'Horor'. There are, for exampl",
        ),
        (("--text", "ghosts", "--fact", "has_theme"), "--fact 'has_theme' is not RELATION=NAME"),
        (("--text", "ghosts", "--fact", "has_theme="), "--fact 'has_theme=' is not RELATION=NAME"),
        (("--text", "ghosts", "--fact", "=haunting"), "the relation ''"),
        (
            ("--text", "ghosts", "--fact", "has_them=haunting"),
            "There are, for example: 'has_theme'",
        ),
        (("--text", "ghosts", "--fact", "has_theme=hunting"), "There are, for example: 'haunting'"),
        (("--text", "ghosts", "--year", "20555"), "The year is 20555; it must be from 1000 to"),
    ],
)
def test_bad_input_gets_one_clear_line(run, arguments, words):
    status, out, err = run("new-item", *arguments)
    assert (status, out) == (2, "")
    assert err.startswith("error: ")
    assert words in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("workspace", "words"),
    [
        ("small", "The workspace 'small' has too few items or likes"),
        ("nowhere", "no workspace called 'nowhere'"),
        ("../x", "not a workspace name"),
    ],
)
def test_a_workspace_that_cannot_answer_is_one_clear_line(run, tmp_path, workspace, words):
    pairs = tmp_path / "pairs.csv"
    pairs.write_text("a,b\nstar,tin\n")
    for command in (("new-item", *GHOST), ("similar", "--pairs", pairs)):
        status, out, err = run(*command, workspace=workspace)
        assert (status, out) == (2, "")
        assert words in err
        assert err.count("\n") == 1


@pytest.mark.parametrize("missing", [("new-item",), ("similar",)])
def test_what_must_be_given_is_asked_for(run, missing):
    with pytest.raises(SystemExit) as stopped:
        run(*missing)
    assert stopped.value.code == 2


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "'; DROP TABLE items; --", "ghost\x00"]
)
def test_markup_and_sql_are_only_text(run, text):
    status, out, _ = run("new-item", "--text", text, "--title", "<b>x</b>", "--json")
    assert status == 0
    assert len(json.loads(out)["neighbours"]) == 10


def pairs_file(folder, text):
    path = folder / "pairs.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_similar_keeps_the_order_and_repeated_pairs(run, tmp_path):
    path = pairs_file(
        tmp_path,
        "a,b\nghost-3,ghost-4\nspace-0,horse-0\nghost-4,ghost-3\nghost-3,ghost-4\nspace-0,space-0\n",
    )
    status, out, err = run("similar", "--pairs", path, "--json")
    assert (status, err) == (0, "")
    answer = json.loads(out, parse_constant=pytest.fail)
    assert list(answer) == ["pairs"]
    assert [(line["a"], line["b"]) for line in answer["pairs"]] == [
        ("ghost-3", "ghost-4"), ("space-0", "horse-0"), ("ghost-4", "ghost-3"),
        ("ghost-3", "ghost-4"), ("space-0", "space-0"),
    ]  # fmt: skip
    like, unlike, back, again, itself = (line["similarity"] for line in answer["pairs"])
    assert like == again
    assert back == pytest.approx(like, abs=2e-6)
    assert unlike < like < itself
    assert itself == pytest.approx(1, abs=2e-3)


def test_similar_prints_a_csv_for_people(run, tmp_path):
    """Other columns are of no interest, and columns may stand anywhere."""
    path = pairs_file(tmp_path, "b,note,a\nghost-1,x,ghost-0\n")
    out = run("similar", "--pairs", path)[1]
    (line,) = csv.DictReader(io.StringIO(out))
    assert list(line) == ["a", "b", "similarity"]
    assert (line["a"], line["b"]) == ("ghost-0", "ghost-1")
    assert 0 < float(line["similarity"]) < 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\nghost-0,nobody\n", "There is no item 'nobody' in this catalogue."),
        ("a,b\nnobody,ghost-0\n", "There is no item 'nobody' in this catalogue."),
        ("a,c\nghost-0,ghost-1\n", "pairs.csv, line 1: it lacks b; the columns are a, c."),
        ("", "pairs.csv, line 1: it lacks a, b; the columns are none."),
        ("a,b\n", "pairs.csv is empty but for its header."),
        ("a,b\nghost-0,ghost-1\nghost-0\n", "pairs.csv, line 3: 'ghost-0' does not give a, b."),
        ("a,b\nghost-0,\n", "pairs.csv, line 2: 'ghost-0,' does not give a, b."),
    ],
)
def test_pairs_that_are_off_get_one_clear_line(run, tmp_path, text, words):
    status, out, err = run("similar", "--pairs", pairs_file(tmp_path, text), "--json")
    assert (status, out, err) == (2, "", f"error: {words}\n")


def test_a_file_that_is_not_there_is_one_clear_line(run, tmp_path):
    status, _, err = run("similar", "--pairs", tmp_path / "none.csv")
    assert status == 2
    assert err == f"error: {tmp_path / 'none.csv'} cannot be read: No such file or directory.\n"
