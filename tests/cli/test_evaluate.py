"""evaluate on the command line: one JSON object, a table for people, one line for a mistake."""

import json
import sys
from contextlib import nullcontext

import pytest

from recsys import __main__
from recsys import protocols as room
from recsys.building.build import build
from recsys.cli import _common
from recsys.datatypes import no_progress
from recsys.models import new_item
from recsys.models.new_item import attributes as item_attributes
from recsys.registry import plugins
from recsys.reports.store import Report
from tests.protocols.test_protocols import EVERY, NEW_ITEMS, RATINGS, files, split, world  # noqa: F401
from tests.worlds import SORTS, FakeEncoder, shelf


@pytest.fixture
def fail(capsys, monkeypatch):
    """Runs evaluate, without bars; returns the exit status and both outputs."""
    monkeypatch.setattr(_common, "ready", FakeEncoder)
    monkeypatch.setattr(__main__, "Bar", lambda: nullcontext(no_progress))

    def ran(*arguments):
        status = __main__.main(["evaluate", *map(str, arguments)])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return ran


@pytest.fixture
def run(fail):
    def ran(*arguments):
        status, out, err = fail(*arguments)
        assert status == 0
        return out, err

    return ran


def test_json_is_one_object_with_the_main_figures(run, files, tmp_path):  # noqa: F811
    world(RATINGS)
    out, err = run(
        "new-user", "--workspace", "six", "--profiles", files[0], "--ratings", files[1], "--json",
        "--out", tmp_path / "report.json",
    )  # fmt: skip
    answer = json.loads(out)
    assert answer.keys() == {"protocol", "workspace", "n", "strategies"}
    assert (answer["protocol"], answer["workspace"], answer["n"]) == ("new-user", "six", 2)
    assert {line["name"] for line in answer["strategies"]} == EVERY
    for line in answer["strategies"]:
        assert line.keys() == {"name", "ndcg@10", "recall@100", "auc"}
        assert line["ndcg@10"].keys() == {"mean", "low", "high"}
    assert err == f"The report is in {tmp_path / 'report.json'}.\n"
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["command"] == (
        "python -m recsys evaluate new-user --workspace six"
        f" --profiles {files[0].name} --ratings {files[1].name}"
    )


def test_people_get_a_table_and_the_notes(run, split):  # noqa: F811
    world(NEW_ITEMS)
    out, err = run("new-item", "--workspace", "six", "--split", split, "--strategy", "random")
    head, names, *lines = out.splitlines()
    assert head.startswith("new-item on six: 3 measured in")
    assert names.split() == ["ndcg@20", "recall@20"]
    assert {line.split()[0] for line in lines} == {"default", "random"}
    assert err.splitlines()[0] == "note: 1 items are not in the catalogue."


def test_forecasts_of_new_items_are_compared_with_the_truth(run, tmp_path, monkeypatch):
    config = new_item.Config(attributes=item_attributes.Config(min_items=5))
    monkeypatch.setattr(new_item, "Config", lambda: config)
    build("shelf", shelf(), FakeEncoder())
    split = tmp_path / "split.csv"  # noqa: F811
    parts = {"space-0": "test", "ghost-0": "test", "heist-1": "val"}
    items = [f"{topic}-{i}" for topic in SORTS for i in range(10)]
    lines = [f"{item},{parts.get(item, 'warm')}" for item in items]
    split.write_text("\n".join(["movieId,part", *lines]))
    out, _ = run("landing", "--workspace", "shelf", "--split", split, "--json")
    answer = json.loads(out)
    assert (answer["protocol"], answer["n"]) == ("landing", 2)
    default, *others = answer["strategies"]
    assert default["name"] == "default"
    assert default["f1_micro"] == {"mean": 1.0, "low": 1.0, "high": 1.0}
    assert [line["name"] for line in others] == ["20 nearest neighbours", "activity alone"]


def test_what_is_unknown_is_said_in_a_table(run):
    world("a star 5  a vault 5")
    out, _ = run("warm", "--workspace", "six", "--strategy", "random")
    assert all(line.endswith("unknown") for line in out.splitlines()[2:])


def test_a_mistake_is_one_line(fail, files, tmp_path):  # noqa: F811
    world(RATINGS)
    given = ["--workspace", "six", "--profiles", files[0], "--ratings", files[1]]
    missing = tmp_path / "none.csv"
    mistakes = {
        ("new-user", *given, "--likes", "1,x"): "--likes '1,x' is not numbers such as 0,1,3,5,10.",
        ("new-user", *given, "--likes=-1"): "The number of likes is -1; it must be 0 or more.",
        ("new-user", *given, "--exclude", missing): "none.csv cannot be read: No such file",
        ("personas", "--workspace", "six"): "The workspace 'six' has no personas",
    }
    for arguments, words in mistakes.items():
        status, out, err = fail(*arguments)
        assert (status, out) == (2, "")
        assert err.startswith("error: ")
        assert words in err
        assert err.count("\n") == 1


DROPPED = """
TITLE = "A toss of a coin"
HELP = "half of them like it"
PEOPLE = "coins"


def add(parser):
    parser.add_argument("--throws", type=int, help="how many")


def run(engine, options):
    from recsys.evaluation.report import to_json

    figure = {"mean": 0.5, "low": 0.5, "high": 0.5}
    line = {"name": "default", "likes": None, "text": True, "hit_rate@1": figure}
    return to_json(
        {
            "protocol": "coin-toss", "title": TITLE, "people": PEOPLE, "workspace": "six",
            "n": options.throws, "metrics": ["hit_rate@1"], "strategies": [line], "notes": [],
            "seconds": 0,
        }
    )
"""


def test_a_protocol_that_is_dropped_in_can_be_measured(run, tmp_path, monkeypatch):
    (tmp_path / "coin_toss.py").write_text(DROPPED)
    monkeypatch.setattr(room, "__path__", [*room.__path__, str(tmp_path)])
    plugins.cache_clear()
    try:
        world(RATINGS)
        out, _ = run(
            "coin-toss", "--workspace", "six", "--throws", 7, "--json",
            "--out", tmp_path / "report.json",
        )  # fmt: skip
    finally:
        sys.modules.pop("recsys.protocols.coin_toss", None)
        plugins.cache_clear()
    assert json.loads(out)["strategies"][0]["hit_rate@1"]["mean"] == 0.5
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["command"] == "python -m recsys evaluate coin-toss --workspace six --throws 7"
    shown = Report("made", True, report | {"made": "2026-03-01T10:00:00+00:00"})
    assert shown.title.startswith("A toss of a coin · six · measured on this machine")
    assert shown.who == "coins"
