"""What benches keep: a line a thing, the latest, with its machine."""

import json

import pandas as pd
import pytest

from recsys.errors import DataError
from recsys.reports import bench
from recsys.reports.bench import Measurement, lines, record
from recsys.reports.provenance import machine


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(bench, "FOLDER", tmp_path / "reports" / "bench")
    return bench.FOLDER


def measured(*found: tuple[int, float]) -> Measurement:
    return Measurement(pd.DataFrame(found, columns=["items", "build"]), ("items",), "")


def test_what_was_measured_again_takes_the_place_of_what_was(folder):
    record("import", measured((1000, 2.5), (10_000, 20.0)))
    path = record("import", measured((100_000, 200.0), (1000, 2.0)))
    assert path == folder / "import.json"
    found = lines("import")
    assert found["items"].tolist() == [10_000, 100_000, 1000]
    assert found["build"].tolist() == [20.0, 200.0, 2.0]
    assert set(found["machine"]) == {machine()}
    assert list(folder.iterdir()) == [path]


def test_lines_are_told_apart_by_all_of_their_keys():
    def step(workspace: str, name: str, ms: float) -> Measurement:
        line = pd.DataFrame([{"workspace": workspace, "step": name, "ms": ms}])
        return Measurement(line, ("workspace", "step"), "")

    record("recommend", step("demo", "fuse", 3.0))
    record("recommend", step("demo", "encode", 9.0))
    record("recommend", step("films", "fuse", 4.0))
    record("recommend", step("demo", "fuse", 2.0))
    assert lines("recommend").drop(columns=list(bench.STAMP)).to_dict("split")["data"] == [
        ["demo", "encode", 9.0], ["films", "fuse", 4.0], ["demo", "fuse", 2.0]
    ]  # fmt: skip


def test_a_disk_that_is_full_leaves_the_old_figures(folder, monkeypatch):
    record("import", measured((1000, 2.5)))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bench.os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        record("import", measured((1000, 9.0)))
    assert lines("import")["build"].tolist() == [2.5]


def test_nothing_recorded_is_no_lines():
    assert lines("import").empty


@pytest.mark.parametrize("text", ["{", "7", '[{"items": 3}]'])
def test_a_damaged_file_is_named(folder, text):
    folder.mkdir(parents=True)
    (folder / "import.json").write_text(text)
    with pytest.raises(DataError, match=r"import\.json is no record of a bench"):
        lines("import")


def test_what_comes_with_the_code_can_be_read(monkeypatch):
    monkeypatch.undo()
    for path in bench.FOLDER.glob("*.json"):
        assert len(lines(path.stem)) == len(json.loads(path.read_text()))
