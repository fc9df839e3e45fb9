"""Judged tastes are kept whole or not at all, and belong to a workspace, not to a version of it."""

import multiprocessing
import signal
import sqlite3

import pandas as pd
import pytest

from recsys.building.build import build
from recsys.building.publish import publish
from recsys.datatypes import NewItem, Strategy
from recsys.errors import DiskFull, QueryError, WorkspaceError
from recsys.store.judged import of_personas, of_table, unknown
from recsys.store.judgements import Figures, Judgements
from recsys.store.versions import delete, rename
from recsys.store.workspace import Workspace
from recsys.tables import GRADED_COLUMNS
from tests.store import judging
from tests.worlds import ITEMS, FakeEncoder, shelf, tables

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.store.judging"])


def rows(*lines) -> pd.DataFrame:
    return pd.DataFrame(lines, columns=GRADED_COLUMNS)


@pytest.fixture
def kept(workspace) -> Judgements:
    """The small world's sets: one, with two judges."""
    found = Judgements("small")
    found.make("mine")
    found.add(
        "mine",
        rows(
            ("space", "star", 3, "ann"), ("space", "star", 2, "bob"), ("space", "attic", 0, "ann")
        ),
    )  # fmt: skip
    return found


def lines(kept, name="mine"):
    return [tuple(line) for line in kept.table(name).itertuples(index=False)]


def test_looking_keeps_nothing(workspace, root):
    found = Judgements("small")
    assert found.sets().empty
    assert (found.teaching, found.tries("mine")) == ("", [])
    with pytest.raises(QueryError, match=r"called 'mine'\. There are: none"):
        found.table("mine")
    assert not found.path.exists()


def test_a_set_holds_what_was_judged(kept):
    assert kept.sets().to_dict("index") == {
        "mine": {"tastes": 1, "judgements": 3, "judges": 2, "teaches": False}
    }
    kept.judge("mine", "space", "star", "ann", 1)  # thought better of
    kept.judge("mine", " love  stories", "letters", " bob ", 3)
    kept.judge("mine", "space", "attic", "ann", None)
    kept.judge("mine", "space", "attic", "ann", None)  # there is nothing left to take back
    assert lines(kept) == [
        ("love stories", "letters", 3, "bob"), ("space", "star", 1, "ann"),
        ("space", "star", 2, "bob"),
    ]  # fmt: skip


def test_sets_are_renamed_and_deleted_with_all_that_is_theirs(kept):
    kept.teach("mine")
    kept.keep_try("mine", Strategy(), Figures(0.5, 1, 3, 0.2))
    assert kept.rename("mine", " yours\t") == "yours"
    assert (kept.teaching, len(kept.tries("yours")), len(lines(kept, "yours"))) == ("yours", 1, 3)
    kept.make("mine")
    with pytest.raises(QueryError, match="already"):
        kept.rename("mine", "yours")
    assert kept.rename("mine", "mine") == "mine"
    kept.delete("yours")
    assert list(kept.sets().index) == ["mine"]
    assert (kept.teaching, kept.tries("yours")) == ("", [])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda kept: kept.make("mine"), "already"),
        (lambda kept: kept.make(" \n"), "no name"),
        (lambda kept: kept.make("x" * 61), "has 61 characters; at most 60"),
        (lambda kept: kept.delete("other"), "called 'other'. There are: 'mine'"),
        (lambda kept: kept.teach("other"), "called 'other'"),
        (lambda kept: kept.judge("other", "space", "star", "ann", 1), "called 'other'"),
        (lambda kept: kept.judge("mine", "space", "star", "ann", 4), "grade is 4; it must be one"),
        (lambda kept: kept.judge("mine", "?!", "star", "ann", 1), "no words"),
        (lambda kept: kept.judge("mine", "space", "star", " ", 1), "judge has no name"),
        (
            lambda kept: kept.add("mine", rows(("a", "tin", 1, "x"), ("b", "tin", -1, "x"))),
            "grade is -1",
        ),
    ],
)
def test_what_cannot_be_kept_is_told_and_changes_nothing(kept, change, words):
    before = lines(kept), kept.sets()
    with pytest.raises(QueryError, match=words):
        change(kept)
    assert lines(kept) == before[0]
    pd.testing.assert_frame_equal(kept.sets(), before[1])


def test_a_try_comes_back_as_it_was(kept):
    odd = Strategy("", "cascade", {"content": 0.25, "graph": 0.0}, 0.5, "dot")
    figures = Figures(0.75, 2, 9, 0.4, "held out")
    kept.keep_try("mine", Strategy(), Figures(0.5, 1, 3, 0.2))
    kept.keep_try("mine", odd, figures)
    latest, first = kept.tries("mine")
    assert (latest.strategy, latest.figures) == (odd, figures)
    assert first.made <= latest.made
    kept.drop_try(first.number)
    assert [each.number for each in kept.tries("mine")] == [latest.number]


def test_building_publishing_and_a_new_name_leave_it_alone(kept):
    before = lines(kept)
    publish(Workspace.open("small"), FakeEncoder(), NewItem("A horse.", title="Reef"))
    build("small", tables(ITEMS[1:]), FakeEncoder()).close()  # without the star
    assert lines(kept) == before
    rename("small", "little")
    assert lines(Judgements("little")) == before
    with pytest.raises(WorkspaceError, match="'small' is not there"):
        kept.make("new")
    delete("little")
    build("little", tables(), FakeEncoder()).close()
    assert Judgements("little").sets().empty


def test_an_item_that_is_gone_is_ignored_until_it_is_back(kept):
    small = build("small", tables(ITEMS[1:]), FakeEncoder()).catalogue
    (taste,) = of_table(small, "mine", kept.table("mine")).tastes
    assert (taste.rows.tolist(), taste.worth.tolist()) == ([3], [0.0])  # the attic, one row up
    assert unknown(small, kept.table("mine")) == 2
    whole = build("small", tables(), FakeEncoder()).catalogue
    found = of_table(whole, "mine", kept.table("mine"))
    assert (found.tastes[0].rows.tolist(), found.tastes[0].worth.tolist()) == ([0, 4], [2.5, 0.0])
    assert [taste.text for taste in found.useful] == ["space"]


def test_personas_are_judged_tastes_too(root):
    found = of_personas(build("shelf", shelf(personas=True), FakeEncoder()).catalogue)
    ann, ben = found.tastes
    assert (ann.name, ann.text, ann.rows.tolist()) == ("ann", "Space", [0, 10, 20])
    assert ann.worth.tolist() == [2, -1, 1]
    assert ben.useful
    assert found.fingerprint != of_table(Workspace.open("shelf").catalogue, "x", rows()).fingerprint


def test_a_file_that_is_no_store_is_told(kept):
    kept.path.write_bytes(b"not a database, whatever its name says" * 40)
    with pytest.raises(WorkspaceError, match="damaged") as caught:
        kept.sets()
    assert "\n" not in str(caught.value)


def test_what_was_left_by_one_who_was_killed_at_the_start_is_finished(workspace):
    Judgements("small").path.touch()
    assert Judgements("small").sets().empty
    assert Judgements("small").make("mine") == "mine"


def test_a_full_disk_is_told_and_changes_nothing(kept):
    """SQLite is given no more pages than the file has."""
    before = lines(kept)
    full = sqlite3.connect

    def small(*arguments, **named):
        connection = full(*arguments, **named)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", small)
        many = rows(*[(f"taste {i}", "star", 1, "ann") for i in range(2_000)])
        with pytest.raises(DiskFull, match=str(kept.path.parent)):
            kept.add("mine", many)
    assert lines(kept) == before


def started(target, *arguments):
    process = PROCESSES.Process(target=target, args=arguments)
    process.start()
    return process


def test_two_writers_lose_nothing_while_a_third_reads(kept, root):
    both = [started(judging.judge, root, judge, 40) for judge in ("cat", "dan")]
    seen = []
    while any(process.is_alive() for process in both):
        seen.append(len(kept.table("mine")))
    assert [process.exitcode for process in both] == [0, 0]
    assert seen == sorted(seen)
    table = kept.table("mine")
    assert table["judge"].value_counts().to_dict() == {"cat": 40, "dan": 40, "ann": 2, "bob": 1}


def test_two_who_make_the_file_at_once_both_find_their_set(workspace, root):
    both = [started(judging.make, root, name) for name in ("cat", "dan")]
    for process in both:
        process.join()
    assert [process.exitcode for process in both] == [0, 0]
    assert list(Judgements("small").sets().index) == ["cat", "dan"]


def test_a_writer_killed_at_any_of_its_statements_leaves_all_or_nothing(kept, root):
    """What is added are two lines: both are there, or none."""
    found = []
    for statement in range(1, 100):
        process = started(judging.add_two_and_die_at, root, statement)
        process.join()
        found.append((lines(kept) == BOTH, process.exitcode))
        assert lines(kept) in (BOTH, BEFORE)
        for item in ("tin", "vault"):
            kept.judge("mine", "robots", item, "eve", None)
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
    whole = [whole for whole, _ in found]
    assert whole == sorted(whole)
    assert set(whole) == {False, True}


BEFORE = [
    ("space", "attic", 0, "ann"), ("space", "star", 3, "ann"), ("space", "star", 2, "bob"),
]  # fmt: skip
BOTH = [("robots", "tin", 3, "eve"), ("robots", "vault", 1, "eve"), *BEFORE]
