"""A workspace is built in one step, opens or says why not, and survives a killed build."""

import multiprocessing
import os
import random
import signal
import time
from dataclasses import replace

import numpy as np
import pytest

from recsys.building.build import build, is_current
from recsys.datatypes import Query
from recsys.errors import WorkspaceError
from recsys.ranking.engine import Engine
from recsys.store.workspace import Workspace, names, read_manifest
from tests.dying import die_at
from tests.worlds import ITEMS, FakeEncoder, tables

NEWCOMER = ("reef", "The Reef", 2022, ["Drama"], "A horse swims; a ghost watches.")


WHOLE = [
    "catalogue.duckdb", "centre.npz", "index.bin", "index.json", "kept", "rejected.csv",
    "vectors.npy",
]  # fmt: skip
"""The files of a version."""


def version_folder(root, name="small"):
    return root / name / read_manifest(root / name).version


def contents(folder):
    return sorted(path.name for path in folder.iterdir())


def first_for(workspace, text):
    row = Engine(workspace, FakeEncoder()).recommend(Query(text, k=1)).shown.index[0]
    return workspace.catalogue.items.loc[row, "id"]


def test_what_is_built_can_be_opened_again(root):
    built = build("small", tables(), FakeEncoder())
    opened = Workspace.open("small")
    assert names() == ["small"]
    assert opened.manifest == built.manifest
    assert opened.notices == []
    np.testing.assert_array_equal(opened.vectors, built.vectors)
    np.testing.assert_allclose(np.linalg.norm(opened.vectors, axis=1), 1, atol=1e-5)
    assert first_for(opened, "space") == "star"
    assert contents(version_folder(root)) == WHOLE


def test_only_a_changed_text_is_read_again(workspace):
    items = [list(item) for item in ITEMS]
    items[3][4] = "Love by telegram."
    encoder = FakeEncoder()
    again = build("small", tables(items, likes={"moon": 3}), encoder)
    [read] = encoder.encoded
    assert "Love by telegram." in read
    assert again.catalogue.likes.tolist() == [0, 0, 0, 0, 0, 0, 0, 3]
    untouched = [0, 1, 2, 4, 5, 6, 7]
    np.testing.assert_array_equal(
        again.catalogue.embeddings("fake")[untouched],
        workspace.catalogue.embeddings("fake")[untouched],
    )


def test_twins_are_read_once_and_both_found(root):
    source = tables([*ITEMS, ("star2", *ITEMS[0][1:])])
    source = replace(source, items=source.items.assign(facts=[{} for _ in range(9)]))
    encoder = FakeEncoder()
    workspace = build("small", source, encoder)
    assert len(encoder.encoded) == 8
    rows, _ = workspace.index.search(workspace.vectors[0], 2)
    assert set(rows.tolist()) == {0, 8}


def test_a_removed_item_leaves_the_index(workspace):
    again = build("small", tables(ITEMS[1:]), FakeEncoder())
    rows, _ = again.index.search(workspace.vectors[0], 100)
    assert sorted(rows.tolist()) == list(range(7))
    assert "star" not in again.catalogue.items["id"].tolist()
    assert first_for(again, "space") == "orbit"


@pytest.mark.parametrize(
    ("items", "encoder", "expected"),
    [(ITEMS, "fake", True), (ITEMS[:7], "fake", False), (ITEMS, "other", False)],
)
def test_a_workspace_is_current_for_the_same_tables_and_encoder(
    workspace, items, encoder, expected
):
    assert is_current("small", tables(items), encoder) is expected


def test_what_is_not_built_or_damaged_is_not_current(workspace, root):
    assert not is_current("nowhere", tables(), "fake")
    (root / "small" / "manifest.json").write_text("{")
    assert not is_current("small", tables(), "fake")


def test_another_encoder_reads_everything_again(workspace):
    encoder = FakeEncoder("other")
    assert build("small", tables(), encoder).manifest.encoder == "other"
    assert len(encoder.encoded) == 8


def test_an_older_version_stays_readable_for_whoever_has_it_open(workspace):
    build("small", tables(ITEMS[1:]), FakeEncoder())
    assert len(workspace.catalogue) == 8
    assert workspace.catalogue.likes.sum() == 20
    assert first_for(workspace, "space") == "star"


def flip_a_bit(data):
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


@pytest.mark.parametrize(
    ("name", "damage", "reason"),
    [
        ("index.bin", flip_a_bit, "damaged"),
        ("index.bin", lambda data: data[:100], "damaged"),
        ("index.bin", None, "could not be read"),
        ("index.json", None, "could not be read"),
        ("index.json", lambda data: data[:50], "could not be read"),
    ],
)
def test_a_damaged_index_is_built_again_and_says_so(workspace, root, name, damage, reason):
    path = version_folder(root) / name
    path.write_bytes(damage(path.read_bytes())) if damage else path.unlink()
    repaired = Workspace.open("small")
    assert len(repaired.notices) == 1
    assert reason in repaired.notices[0]
    assert repaired.notices[0].endswith("It was built again.")
    assert first_for(repaired, "space") == "star"
    assert Workspace.open("small").notices == []


def zero_a_block_of(data):
    """The first block that holds a text of ours, in which DuckDB keeps a column."""
    start = data.index(b"ghost upstairs") // 4096 * 4096
    return data[:start] + bytes(4096) + data[start + 4096 :]


CATALOGUE, MANIFEST = "catalogue.duckdb", "../manifest.json"


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        pytest.param(CATALOGUE, None, id="catalogue missing"),
        pytest.param(CATALOGUE, lambda data: b"", id="catalogue empty"),
        pytest.param(CATALOGUE, lambda data: b"garbage" * 5000, id="catalogue garbage"),
        pytest.param(CATALOGUE, lambda data: data[:8192], id="catalogue cut short"),
        pytest.param(CATALOGUE, lambda data: data[: len(data) // 2], id="catalogue cut in half"),
        pytest.param(CATALOGUE, zero_a_block_of, id="catalogue with a hole"),
        pytest.param(MANIFEST, lambda data: b"", id="manifest empty"),
        pytest.param(MANIFEST, lambda data: data[:-9], id="manifest cut short"),
        pytest.param(MANIFEST, lambda data: b"[1, 2]", id="manifest something else"),
        pytest.param(MANIFEST, lambda data: b"\xff\xfe\x00", id="manifest garbage"),
        pytest.param(
            MANIFEST, lambda data: data.replace(b'"format": 6', b'"format": 5'), id="older format"
        ),
    ],
)
def test_what_cannot_be_opened_says_how_to_build_it_again(workspace, root, name, damage):
    workspace.close()
    path = version_folder(root) / name
    path.write_bytes(damage(path.read_bytes())) if damage else path.unlink()
    with pytest.raises(WorkspaceError, match="python -m recsys build --workspace small") as caught:
        Workspace.open("small")
    assert "\n" not in str(caught.value)
    assert first_for(build("small", tables(), FakeEncoder()), "space") == "star"


def test_a_workspace_that_was_never_built_says_how_and_which_there_are(workspace):
    with pytest.raises(WorkspaceError, match=r"'large' \(built: small\).*build --workspace large"):
        Workspace.open("large")


@pytest.mark.parametrize("name", ["../x", "A", "", ".", "a/b", "a b", "-a", "a\n", "é", "a" * 65])
def test_only_plain_names_are_folders(root, name):
    for use in (lambda: Workspace.open(name), lambda: build(name, tables(), FakeEncoder())):
        with pytest.raises(WorkspaceError, match="is not a workspace name"):
            use()
    assert not root.exists()


class Rude(FakeEncoder):
    """Starts a second build in the middle of the first."""

    def encode(self, *arguments):
        with pytest.raises(WorkspaceError, match="is being built by another process"):
            build("small", tables(), FakeEncoder())
        self.refused = True
        return super().encode(*arguments)


def test_a_second_builder_is_refused_and_the_first_goes_on(root):
    encoder = Rude()
    assert len(build("small", tables(), encoder).catalogue) == 8
    assert encoder.refused


class Broken(FakeEncoder):
    def encode(self, *arguments):
        raise RuntimeError("out of memory")


def test_a_build_that_failed_can_be_tried_again(root):
    with pytest.raises(RuntimeError) as kept:  # and with it, whatever the build had open
        build("small", tables(), Broken())
    assert names() == []
    assert first_for(build("small", tables(), FakeEncoder()), "space") == "star"
    assert "out of memory" in str(kept.value)


# A build that is killed, in a process of its own that starts with everything imported.

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["recsys.store.workspace", "tests.worlds"])


class Waiting(FakeEncoder):
    """Says that it is reading, and then reads for longer than anybody waits."""

    def __init__(self, reading):
        super().__init__()
        self.reading = reading

    def encode(self, *arguments):
        self.reading.set()
        time.sleep(600)


def child(root, started, encoder):
    os.environ["THAW_WORKSPACES"] = str(root)
    started.set()
    build("small", tables([*ITEMS, NEWCOMER]), encoder)


def child_that_dies_at(step, root, started, encoder):
    """Kills itself before its file step number ``step``, counted from 1."""
    die_at(step, root)
    child(root, started, encoder)


def start(target, *arguments, encoder=None):
    """A process of ``target`` that has come to its build."""
    started = PROCESSES.Event()
    process = PROCESSES.Process(
        target=target, args=(*arguments, started, encoder or FakeEncoder()), daemon=True
    )
    process.start()
    assert started.wait(60)
    return process


def check_after_kill(root):
    """The workspace answers with the old items, or all the new; returns which it was."""
    workspace = Workspace.open("small")
    count = len(workspace.catalogue)
    assert count in (8, 9)
    assert workspace.index.identity.count == count
    assert workspace.notices == []
    assert first_for(workspace, "space") == "star"
    workspace.close()
    return count


def check_next_build(root):
    """The next build finishes and leaves nothing but its own files."""
    workspace = build("small", tables(), FakeEncoder())
    assert first_for(workspace, "space") == "star"
    assert contents(root / "small") == sorted(
        [".lock", "manifest.json", workspace.manifest.version]
    )
    assert contents(version_folder(root)) == WHOLE
    workspace.close()


def test_a_build_killed_while_it_reads_leaves_the_old_version(workspace, root):
    reading = PROCESSES.Event()
    process = start(child, root, encoder=Waiting(reading))
    assert reading.wait(60)
    with pytest.raises(WorkspaceError, match="is being built by another process"):
        build("small", tables(), FakeEncoder())
    process.kill()
    process.join()
    assert (root / "small" / ".building").is_dir()
    assert check_after_kill(root) == 8
    check_next_build(root)


def test_a_build_killed_before_any_of_its_file_steps_leaves_a_whole_version(workspace, root):
    seen = []
    for step in range(1, 200):
        process = start(child_that_dies_at, step, root)
        process.join()
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        seen.append(check_after_kill(root))
        check_next_build(root)
    assert process.exitcode == 0
    assert seen == sorted(seen)  # old until the change-over, new after it
    assert set(seen) == {8, 9}


def test_a_build_killed_at_any_time_leaves_a_whole_version(workspace, root):
    process = start(child, root)
    begin = time.perf_counter()
    process.join()
    length = time.perf_counter() - begin
    rng = random.Random(8)
    for _ in range(8):
        process = start(child, root)
        time.sleep(rng.uniform(0, length))
        process.kill()
        process.join()
        check_after_kill(root)
        check_next_build(root)
