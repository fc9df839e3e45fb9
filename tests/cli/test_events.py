"""The log of events from the command line."""

import pytest

from recsys.__main__ import main
from recsys.store.events import Event, EventLog


@pytest.fixture
def log(root) -> EventLog:
    (root / "small").mkdir(parents=True)
    found = EventLog("small")
    found.append(
        [
            Event(1.5, "007", "impression", "1", "0042", 1, "a, b", 0.5, {"content": 1.0}),
            Event(2.0, "ann", "impression", "1", "tin", 2),
            Event(3.0, "007", "like", "1", "0042"),
        ]
    )
    return found


def asked(capsys, *words) -> str:
    assert main(["events", *words, "--workspace", "small"]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_what_is_exported_comes_back_once(log, root, tmp_path, capsys, suffix):
    file, before = tmp_path / f"log.{suffix}", log.table()
    assert "3 events are in" in asked(capsys, "export", "--out", str(file))
    assert "0 of 3 events are new" in asked(capsys, "import", str(file))
    for path in root.glob("small/events*"):
        path.unlink()
    assert "3 of 3 events are new" in asked(capsys, "import", str(file))
    assert log.table().to_numpy().tolist() == before.to_numpy().tolist()
    assert asked(capsys, "export").startswith("id,at,visitor,kind")


def test_it_is_learned_from_forgotten_and_kept_for_so_many_days(log, capsys):
    assert "up to event 3: 2 items were shown, and 0 likes" in asked(capsys, "learn")
    assert "2 events are deleted" in asked(capsys, "forget", "007")
    assert "up to event 2: 1 items" in asked(capsys, "learn")
    assert "kept for 30 days; 1 older ones" in asked(capsys, "days", "30")
    assert log.table().empty


def test_what_is_no_log_is_told(log, tmp_path, capsys):
    file = tmp_path / "other.csv"
    file.write_text("id,at\n1,2\n")
    assert main(["events", "import", str(file), "--workspace", "small"]) == 2
    assert "lacks visitor, kind" in capsys.readouterr().err


def test_the_bench_measures_and_loses_nothing(capsys, root):
    few = ["--events", "500", "--kills", "1", "--writers", "2"]
    assert main(["bench", "events", *few]) == 0
    told = capsys.readouterr().out
    assert "events 500" in told
    assert "lost 0, twice 0" in told


def test_drift_and_curiosity_are_measured(capsys, root):
    assert main(["bench", "drift", "--streams", "1"]) == 0
    assert "false alarms" in capsys.readouterr().out
    assert main(["bench", "explore", "--rounds", "30", "--worlds", "1"]) == 0
    assert "simulated people, 30 rounds" in capsys.readouterr().out
