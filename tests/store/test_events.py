"""An event that is acknowledged is kept, once; a visitor who is forgotten leaves nothing."""

import multiprocessing
import os
import random
import signal
import sqlite3
import time

import pytest

import recsys
from recsys.building.build import build
from recsys.building.publish import publish
from recsys.datatypes import NewItem
from recsys.errors import DiskFull, QueryError, WorkspaceError
from recsys.ranking.engine import Engine
from recsys.store import events
from recsys.store.events import COLUMNS, DAY, Event, EventLog
from recsys.store.versions import rename
from recsys.store.workspace import Workspace
from tests.store import logging
from tests.worlds import ITEMS, FakeEncoder, tables

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.store.logging"])


def event(number=0, visitor="ann", kind="impression", item="star", **more) -> Event:
    return Event(1000.0 + number, visitor, kind, more.pop("list_id", "first"), item, **more)


@pytest.fixture
def log(root) -> EventLog:
    """The log of a workspace: nothing in it is read, so an empty folder will do."""
    (root / "small").mkdir(parents=True)
    return EventLog("small")


def test_looking_keeps_nothing(log):
    assert log.table().empty
    kept = log.summary()
    assert (kept.events, kept.visitors, kept.first, log.days) == (0, 0, None, events.USUAL_DAYS)
    assert log.forget("ann") == log.sweep(1e9) == log.append([]) == 0
    assert not log.path.exists()


def test_events_come_back_as_they_were_in_their_order(log):
    full = event(1, place=2, strategy="usual", propensity=0.25, signals={"content": 0.5}, id="b")
    assert log.append([full, event(0, "bob", "like", id="a", list_id="")]) == 2
    assert log.table().to_numpy().tolist() == [
        ["b", 1001.0, "ann", "impression", "first", "star", 2, "usual", 0.25, '{"content": 0.5}'],
        ["a", 1000.0, "bob", "like", "", "star", 0, "", 1.0, ""],
    ]
    assert log.table(visitor="bob")["id"].tolist() == ["a"]
    assert log.table(after=1)["id"].tolist() == ["a"]
    assert log.table(limit=1)["id"].tolist() == ["b"]
    kept = log.summary()
    assert (kept.events, kept.visitors, kept.first, kept.last) == (2, 2, 1000.0, 1001.0)
    assert kept.kinds == {"impression": 1, "like": 1}


def test_what_is_sent_twice_or_read_from_a_copy_counts_once(log, root):
    sent = [event(n) for n in range(3)]
    assert log.append(sent[:2]) == 2
    assert log.append(sent) == 1
    (root / "copy").mkdir()
    other = EventLog("copy")
    other.append(sent)
    assert log.append([logging.read(line) for line in other.table()[COLUMNS].itertuples()]) == 0
    assert len(log.table()) == 3


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"kind": "click"}, "no event called 'click'. There are: impression, like"),
        ({"visitor": ""}, "visitor of an event must have 1"),
        ({"item": "x" * 201}, "item of an event must have 1 to 200"),
        ({"list_id": "x" * 201}, "list_id"),
        ({"propensity": 0.0}, "propensity is 0.0; it must be above 0"),
        ({"propensity": float("nan")}, "propensity is nan"),
        ({"place": -1}, "place"),
        ({"number": float("inf")}, "time a number"),
        ({"signals": {"content": float("nan")}}, "no number"),
    ],
)
def test_an_event_that_cannot_be_is_told(more, words):
    with pytest.raises(QueryError, match=words):
        event(**more)


def test_the_log_belongs_to_no_version(root):
    films = recsys.Recommender(Engine(build("small", tables(), FakeEncoder()), FakeEncoder()))
    assert films.events.append([recsys.Event(0.0, "ann", "like", "", "star")]) == 1
    publish(Workspace.open("small"), FakeEncoder(), NewItem("A horse.", title="Reef"))
    build("small", tables(ITEMS[1:]), FakeEncoder()).close()  # without the star
    assert EventLog("small").table()["item"].tolist() == ["star"]
    rename("small", "little")
    assert len(EventLog("little").table()) == 1
    with pytest.raises(WorkspaceError, match="'small' is not there"):
        EventLog("small").append([event()])


def everything(log) -> bytes:
    return b"".join(path.read_bytes() for path in log.path.parent.glob("events.sqlite*"))


def test_who_is_forgotten_leaves_no_byte(log):
    secret = "4e1c7f8d0a"
    log.append([event(n, secret if n % 3 else "bob", list_id=f"list {n}") for n in range(900)])
    with sqlite3.connect(log.path) as reader:  # keeps the write-ahead log from being swept away
        reader.execute("SELECT 1 FROM events").fetchone()
        log.append([event(n, secret) for n in range(20)])
        assert secret.encode() in everything(log)
        assert log.forget(secret) == 620
        assert secret.encode() not in everything(log)
    reader.close()
    assert set(log.table()["visitor"]) == {"bob"}
    assert log.forget(secret) == 0


def test_bytes_that_a_reader_keeps_are_told(log, monkeypatch):
    log.append([event()])
    monkeypatch.setattr("recsys.store.sqlite.PATIENCE", 0.05)
    with sqlite3.connect(log.path, isolation_level=None) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT 1 FROM events").fetchone()
        with pytest.raises(WorkspaceError, match="until everybody who is reading"):
            log.forget("ann")
        reader.execute("COMMIT")
    reader.close()
    assert log.table().empty


def test_events_are_kept_for_so_many_days(log):
    log.append([event(n * DAY) for n in range(5)])
    log.keep_for(2)
    assert log.sweep(1000 + 4.5 * DAY) == 3
    assert log.table()["at"].tolist() == [1000 + 3 * DAY, 1000 + 4 * DAY]
    for days in (0, events.MAX_DAYS + 1):
        with pytest.raises(QueryError, match="1 to 3,650 days"):
            log.keep_for(days)
    assert log.days == 2


@pytest.mark.parametrize(("said", "keeps"), [(None, None), ("", None), ("0", False), ("1", True)])
def test_the_host_says_whether_events_are_kept(monkeypatch, said, keeps):
    monkeypatch.delenv(events.HOST, raising=False)
    if said is not None:
        monkeypatch.setenv(events.HOST, said)
    assert events.host_keeps() is keeps


def test_a_host_who_says_something_else_is_told(monkeypatch):
    monkeypatch.setenv(events.HOST, "yes")
    with pytest.raises(QueryError, match="'yes'; it must be 0 or 1"):
        events.host_keeps()


def test_a_full_disk_and_a_damaged_file_are_told(log, monkeypatch):
    log.append([event()])
    usual = sqlite3.connect

    def small(*arguments, **named):
        connection = usual(*arguments, **named)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    with monkeypatch.context() as patch:
        patch.setattr(sqlite3, "connect", small)
        with pytest.raises(DiskFull):
            log.append([event(n) for n in range(2_000)])
    assert len(log.table()) == 1
    log.path.write_bytes(b"not a database, whatever its name says" * 40)
    with pytest.raises(WorkspaceError, match=r"file of events .* is damaged"):
        log.append([event()])


def test_writers_killed_at_any_moment_lose_nothing_that_was_acknowledged(log, root, tmp_path):
    """The bench of events does the same with twenty writers and a hundred moments."""
    chance = random.Random(3)
    for moment in range(4):
        writers = [
            PROCESSES.Process(target=logging.write, args=(root, tmp_path / f"{moment}-{n}"))
            for n in range(4)
        ]
        for writer in writers:
            writer.start()
        deadline = time.monotonic() + 60
        while not any(tmp_path.glob(f"{moment}-*")) and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(chance.random() / 5)
        for writer in writers:
            os.kill(writer.pid, signal.SIGKILL)
            writer.join()
    ids = log.table()["id"]
    told = [line for path in tmp_path.glob("*-*") for line in path.read_text().split("\n")[:-1]]
    assert told
    assert set(told) <= set(ids)
    assert ids.is_unique
