"""evaluate on the command line: one JSON object, a table for people, one line for a mistake."""

import argparse
import json

import pytest

from recsys.building.build import build
from recsys.cli import evaluate as evaluate_command
from recsys.datatypes import no_progress
from recsys.errors import DataError, QueryError
from recsys.models.new_item import attributes as item_attributes
from tests.protocols.test_protocols import EVERY, NEW_ITEMS, RATINGS, files, split, world  # noqa: F401
from tests.worlds import SORTS, FakeEncoder, shelf


class WarmEncoder(FakeEncoder):
    def warm_up(self):
        return self


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.setattr(evaluate_command, "Encoder", WarmEncoder)

    def ran(*arguments):
        top = argparse.ArgumentParser()
        evaluate_command.add(top.add_subparsers())
        options = top.parse_args([str(one) for one in arguments])
        options.progress = no_progress
        options.run(options)
        captured = capsys.readouterr()
        return captured.out, captured.err

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
    monkeypatch.setattr(item_attributes, "FEWEST", 5)
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


def test_a_mistake_is_one_line(run, files, tmp_path):  # noqa: F811
    world(RATINGS)
    given = ["--workspace", "six", "--profiles", files[0], "--ratings", files[1]]
    with pytest.raises(QueryError, match="--likes '1,x' is not numbers such as 0,1,3,5,10"):
        run("new-user", *given, "--likes", "1,x")
    with pytest.raises(QueryError, match="The number of likes is -1; it must be 0 or more"):
        run("new-user", *given, "--likes=-1")
    with pytest.raises(DataError, match=r"none\.csv cannot be read: No such file"):
        run("new-user", *given, "--exclude", tmp_path / "none.csv")
    with pytest.raises(DataError, match="The workspace 'six' has no personas"):
        run("personas", "--workspace", "six")
