"""A workspace gets another name, or goes, in one step: whole or not at all, whoever is using it."""

import multiprocessing
import os
import signal
import threading

import pytest

from recsys.building.build import build
from recsys.errors import WorkspaceError
from recsys.store.versions import delete, only_writer, rename
from recsys.store.workspace import Workspace, folder_of, names
from tests.dying import die_at
from tests.worlds import ITEMS, FakeEncoder, tables

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["recsys.store.versions"])


def titles(name):
    opened = Workspace.open(name)
    found = opened.catalogue.items["title"].tolist()
    opened.close()
    return found


ALL = [title for _, title, *_ in ITEMS]


def test_a_new_name_is_the_same_workspace(workspace, root):
    rename("small", "little")
    assert names() == ["little"]
    assert titles("little") == ALL
    with pytest.raises(WorkspaceError, match="no workspace called 'small'"):
        Workspace.open("small")


def test_a_deleted_workspace_leaves_nothing(workspace, root):
    delete("small")
    assert names() == []
    assert list(root.iterdir()) == []


@pytest.mark.parametrize("change", [lambda: rename("small", "little"), lambda: delete("small")])
def test_whoever_has_it_open_keeps_it(workspace, change):
    change()
    assert workspace.catalogue.likes.sum() == 20
    assert len(workspace.catalogue.triples) == 1
    assert workspace.interactions.likes.sum() == 20


def test_the_name_can_be_used_again(workspace):
    rename("small", "little")
    build("small", tables(ITEMS[1:]), FakeEncoder()).close()
    assert (titles("small"), titles("little")) == (ALL[1:], ALL)
    delete("small")
    rename("little", "small")
    assert titles("small") == ALL


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda: rename("nowhere", "other"), "'nowhere' is not there"),
        (lambda: delete("nowhere"), "'nowhere' is not there"),
        (lambda: rename("small", "../x"), "not a workspace name"),
        (lambda: rename("../x", "small"), "not a workspace name"),
        (lambda: delete("../small"), "not a workspace name"),
        (lambda: rename("small", "small"), "There is a workspace 'small' already"),
        (lambda: rename("small", "taken"), "There is a workspace 'taken' already"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(workspace, root, change, words):
    build("taken", tables(ITEMS[1:]), FakeEncoder()).close()
    with pytest.raises(WorkspaceError, match=words):
        change()
    assert (titles("small"), titles("taken")) == (ALL, ALL[1:])


@pytest.mark.parametrize("change", [lambda: rename("small", "little"), lambda: delete("small")])
def test_while_somebody_builds_it_stays(workspace, monkeypatch, change):
    monkeypatch.setattr("recsys.store.versions.PATIENCE", 0.1)
    in_use = only_writer(folder_of("small"), 0.1)
    with in_use, pytest.raises(WorkspaceError, match="being built"):
        change()
    assert titles("small") == ALL


@pytest.mark.parametrize("change", [lambda: rename("small", "little"), lambda: delete("small")])
def test_a_writer_who_waited_does_not_write_into_what_is_gone(workspace, change):
    failed = []

    def wait():
        try:
            with only_writer(folder_of("small"), 30):
                pass
        except WorkspaceError as error:
            failed.append(str(error))

    waiting = threading.Thread(target=wait)
    with only_writer(folder_of("small"), 1):
        waiting.start()
        while not waiting.is_alive():
            pass
        folder = folder_of("small")
        os.rename(folder, folder.with_name("little"))  # as another process does that has the lock
    waiting.join()
    assert failed == ["The workspace 'small' is not there: renamed, or deleted."]


def test_a_damaged_workspace_can_be_deleted(workspace, root):
    (root / "small" / "manifest.json").write_text("{")
    delete("small")
    assert names() == []


def test_whoever_opens_meanwhile_has_all_of_it_or_is_told(workspace):
    stop, found = threading.Event(), []

    def look():
        while not stop.is_set():
            for name in ("small", "little"):
                try:
                    found.append(titles(name))
                except WorkspaceError as error:
                    found.append(str(error).partition("(")[0])

    looking = threading.Thread(target=look)
    looking.start()
    for _ in range(15):
        rename("small", "little")
        rename("little", "small")
    stop.set()
    looking.join()
    told = [f"There is no workspace called {name!r} " for name in ("small", "little")]
    assert all(each in [ALL, *told] for each in found)
    assert ALL in found


def dies_at(step, root, change, *arguments):
    os.environ["THAW_WORKSPACES"] = str(root)
    die_at(step, root)
    change(*arguments)


def killed_at_every_step(root, change, *arguments):
    """What there was after each kill, all of it whole; the last change came through."""
    seen = []
    for step in range(1, 50):
        process = PROCESSES.Process(target=dies_at, args=(step, root, change, *arguments))
        process.start()
        process.join()
        seen.append(names())
        for name in names():
            assert titles(name) == ALL
        if process.exitcode == 0:
            return seen
        assert process.exitcode == -signal.SIGKILL
        if names() != ["small"]:
            build("small", tables(), FakeEncoder()).close()
            if "little" in names():
                delete("little")
    raise AssertionError("it never came through")


def test_a_rename_killed_at_any_step_is_whole_or_was_not(workspace, root):
    seen = killed_at_every_step(root, rename, "small", "little")
    assert seen[0] == ["small"]
    assert seen[-1] == ["little"]
    assert all(each in (["small"], ["little"]) for each in seen)


def test_a_deletion_killed_at_any_step_is_whole_or_was_not(workspace, root):
    seen = killed_at_every_step(root, delete, "small")
    assert seen[0] == ["small"]
    assert seen[-1] == []
    assert all(each in (["small"], []) for each in seen)
    assert list(root.iterdir()) == []  # what the killed ones left went with the last
