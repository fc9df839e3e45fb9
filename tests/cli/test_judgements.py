"""judgements on the command line, and what can be done with what was imported."""

import io
import json
from contextlib import nullcontext

import numpy as np
import pandas as pd
import pytest

from recsys import __main__
from recsys.building.build import build, retrain
from recsys.cli import _common
from recsys.datatypes import no_progress
from recsys.models import gate
from recsys.store.judgements import Judgements
from recsys.store.workspace import Workspace
from tests.worlds import FakeEncoder, shelf


@pytest.fixture
def command(capsys, monkeypatch):
    """Runs a command, without bars; returns the exit status and both outputs."""
    monkeypatch.setattr(_common, "ready", FakeEncoder)
    monkeypatch.setattr(__main__, "Bar", lambda: nullcontext(no_progress))

    def ran(*arguments):
        status = __main__.main([*map(str, arguments)])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return ran


@pytest.fixture
def world(root):
    """Forty items, and nobody's judgement."""
    build("shelf", shelf(), FakeEncoder()).close()
    return ["--workspace", "shelf", "--set", "mine"]


def many(count: int) -> pd.DataFrame:
    """So many tastes; each wants one of two sorts, and two items of it were judged good."""
    lines = []
    for number in range(count):
        wanted, other = ("space", "horse") if number % 2 else ("horse", "space")
        taste = f"{wanted} number {number}"
        lines += [
            (taste, f"{wanted}-{number % 10}", 3),
            (taste, f"{wanted}-{(number + 1) % 10}", 1),
        ]
        lines += [(taste, f"{other}-{number % 10}", 0)]
    return pd.DataFrame(lines, columns=["taste", "item", "grade"])


def test_a_set_goes_in_and_comes_out_as_it_was(command, world, tmp_path):
    path = tmp_path / "judged.csv"
    path.write_text("taste,item,grade\nspace,space-1,3\nspace,gone,2\nspace,horse-1,7\n")
    status, out, _ = command("judgements", "import", path, *world, "--judge", "ann")
    assert status == 0
    assert "1 rejected: grade is none of 0, 1, 2, 3" in out
    assert "1 are of items that are not in the catalogue: they wait until they are." in out
    assert out.endswith("The set mine has 2 judgements of 1 tastes more, or anew.\n")
    status, out, _ = command("judgements", "export", *world)
    assert status == 0
    table = pd.read_csv(io.StringIO(out))
    assert table.to_numpy().tolist() == [
        ["space", "gone", 2, "ann"], ["space", "space-1", 3, "ann"],
    ]  # fmt: skip
    status, _, err = command("judgements", "export", *world, "--out", tmp_path / "out.csv")
    assert (status, err) == (0, f"2 judgements are in {tmp_path / 'out.csv'}.\n")
    again = [*world[:3], "again"]
    command("judgements", "import", tmp_path / "out.csv", *again)
    kept = Judgements("shelf")
    pd.testing.assert_frame_equal(kept.table("again"), kept.table("mine"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["export", "--set", "none", "--workspace", "shelf"], "no set of judged tastes called"),
        (["import", "nowhere.csv", "--set", "x", "--workspace", "shelf"], "no file 'nowhere.csv'"),
        (["import", "x.csv", "--set", "x", "--workspace", "gone"], "no workspace called 'gone'"),
        (
            ["import", "x.csv", "--set", "x", "--map", "grade", "--workspace", "shelf"],
            "'grade' is not KEY=COLUMN",
        ),
    ],
)
def test_a_mistake_is_one_line(command, world, arguments, words):
    status, _, err = command("judgements", *arguments)
    assert (status, err.count("\n")) == (2, 1)
    assert words in err


def test_a_set_is_measured_and_attention_by_what_others_taught(command, world, tmp_path):
    path = tmp_path / "judged.csv"
    many(30).to_csv(path, index=False)
    command("judgements", "import", path, *world)
    status, out, err = command(
        "evaluate", "judged", *world, "--json", "--out", tmp_path / "report.json"
    )
    assert status == 0
    assert "Attention ranks each taste by what the others of 5 folds have taught it." in err
    answer = json.loads(out)
    assert answer["n"] == 30
    means = {line["name"]: line["ndcg@10"]["mean"] for line in answer["strategies"]}
    assert means["content"] > means["random"]
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["title"], report["set"]) == ("Judged tastes: mine", "mine")
    assert report["command"] == "python -m recsys evaluate judged --workspace shelf --set mine"
    status, out, _ = command("evaluate", "judged", *world, "--whole", "--strategy", "content")
    assert status == 0
    assert {line.split()[0] for line in out.splitlines()[2:]} == {"default", "content"}


def test_a_small_set_is_measured_without_attention(command, world, tmp_path):
    path = tmp_path / "judged.csv"
    many(4).to_csv(path, index=False)
    command("judgements", "import", path, *world)
    status, _, err = command("evaluate", "judged", *world)
    assert status == 0
    assert "too few judged tastes to train attention" in err
    Judgements("shelf").make("empty")
    status, _, err = command("evaluate", "judged", "--workspace", "shelf", "--set", "empty")
    assert status == 2
    assert "Nothing that the set 'empty' judges is worth anything" in err


def test_attention_learns_from_the_set_that_was_chosen_for_it(world):
    kept = Judgements("shelf")
    kept.make("mine")
    kept.add("mine", many(30).assign(judge="ann"))
    assert "gate" not in Workspace.open("shelf").models
    _, trained = retrain("shelf", FakeEncoder(), also=["gate"])
    assert trained == ["gate"]
    assert "gate" not in Workspace.open("shelf").models  # no set was chosen for it
    kept.teach("mine")
    now, _ = retrain("shelf", FakeEncoder(), also=["gate"])
    assert gate.learned_from(now.models["gate"]) == ("the set “mine”", 30)
    before = now.models["gate"]
    built = build("shelf", shelf(), FakeEncoder())  # a build goes on learning from it
    for name, array in built.models["gate"].items():
        np.testing.assert_array_equal(array, before[name])
    kept.delete("mine")
    now, _ = retrain("shelf", FakeEncoder(), also=["gate"])
    assert "gate" not in now.models
