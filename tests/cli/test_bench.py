"""The benches say how many times faster than what, with the spread of their rounds."""

import re

import pandas as pd
import pytest

from recsys.__main__ import main
from recsys.building.build import build
from recsys.cli.bench import start, tasks
from recsys.cli.bench.encode import _ratios
from recsys.errors import TrainingError
from recsys.models import configured
from recsys.models.multi_task import FIGURES
from recsys.store.workspace import Workspace
from tests.worlds import FakeEncoder, shelf, tables


def test_a_ratio_has_the_least_and_the_most_of_its_rounds():
    lines = []
    for done, (theirs, ours) in enumerate([(6.0, 2.0), (8.0, 2.0), (4.0, 2.0)], start=1):
        lines.append({"way": "sentence-transformers", "round": done, "read": theirs, "taste": 0.1})
        lines.append({"way": "thaw", "round": done, "read": ours, "taste": 0.05})
    assert _ratios(pd.DataFrame(lines)) == (
        "faster than sentence-transformers: many texts 3.00 times (2.00 to 4.00);"
        " a taste 2.00 times (2.00 to 2.00)"
    )


@pytest.mark.slow
def test_reading_is_compared_in_one_run(capsys, demo_root, monkeypatch):
    monkeypatch.setenv("THAW_WORKSPACES", str(demo_root))
    assert main(["bench", "encode", "--texts", "6", "--rounds", "1", "--device", "cpu"]) == 0
    out = capsys.readouterr().out
    assert "sentence-transformers" in out
    assert "faster than sentence-transformers: many texts" in out
    assert "worst 1.0000" in out or "worst 0.9999" in out
    assert "asked for cpu" in out


@pytest.mark.slow
def test_the_start_is_timed_step_by_step_in_a_process_of_its_own(capsys, demo_root, monkeypatch):
    monkeypatch.setenv("THAW_WORKSPACES", str(demo_root))
    monkeypatch.setattr(start, "_in_browser", lambda rounds, progress: [])
    assert main(["bench", "start", "--rounds", "1"]) == 0
    out = capsys.readouterr().out
    for step in (*start.STEPS, "process start to first ranking"):
        assert step in out
    assert "of torch, sentence_transformers" in out


@pytest.mark.slow
def test_visitors_are_served_and_none_meets_an_error(capsys, demo_root, monkeypatch):
    monkeypatch.setenv("THAW_WORKSPACES", str(demo_root))
    told = ["--visitors", "2", "--seconds", "8", "--every", "1"]
    assert main(["bench", "serve", *told]) == 0
    out = capsys.readouterr().out
    header, line, *_ = out.splitlines()
    found = dict(zip(re.split(r"\s{2,}", header.strip()), line.split(), strict=True))
    assert found["visitors"] == "2"
    assert int(found["lists"]) > 0
    assert float(found["median s"]) > 0
    assert found["errors"] == "0"
    assert "a taste every 1 s for 8 s; demo" in out


def test_the_tasks_are_measured_at_each_mix_and_nothing_is_put_into_the_workspace(root):
    workspace = build("shelf", shelf(), FakeEncoder())
    quick = {"epochs": 4, "profiles": 40, "batch": 32, "words": 4, "rate": 0.02, "device": "cpu"}
    quick |= {"behaviour_factors": 3, "factors": 8, "steps": 8}
    asked = {name: quick | settings for name, settings in list(tasks.mixes().items())[:2]}
    found = tasks.bench(workspace, FakeEncoder(), asked)
    table = found.lines.set_index(list(found.keys))
    assert table.index.tolist() == [("shelf", "behaviour"), ("shelf", "attributes")]
    assert table[FIGURES[1]].iloc[0] == 0.5 < table[FIGURES[1]].iloc[1]
    assert table[FIGURES[0]].iloc[1] == 0 < table[FIGURES[0]].iloc[0]
    assert "multi_task" not in Workspace.open("shelf").models
    with pytest.raises(TrainingError, match="too little in small to learn multi_task from"):
        tasks.bench(build("small", tables(), FakeEncoder()), FakeEncoder(), asked)


def test_every_mix_is_one_that_the_model_has():
    for settings in tasks.mixes().values():
        configured("multi_task", settings)
