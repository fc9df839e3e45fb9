"""A disk without room: one clear line from every step that writes, and the version in use stays."""

import errno
import shutil
from datetime import UTC, datetime

import duckdb
import pandas as pd
import pytest
from safetensors import SafetensorError

from recsys.building import build as building
from recsys.building.build import build, retrain
from recsys.building.publish import publish, withdraw
from recsys.datatypes import NewItem
from recsys.disk import full_disk_told, is_full
from recsys.errors import DataError, DiskFull
from recsys.indexes.hnsw import Index
from recsys.reports import store
from recsys.store import arrays, schema, versions
from recsys.store.catalogue import Catalogue, Publications
from recsys.store.workspace import Workspace
from tests.worlds import ITEMS, FakeEncoder, shelf, tables

FULL = OSError(errno.ENOSPC, "No space left on device")
DUCKDB = duckdb.IOException("IO Error: Could not write file: No space left on device")
TENSORS = SafetensorError("I/O error: No space left on device (os error 28)")
COPYING = shutil.Error([("a", "b", str(FULL))])

WRITERS = {
    "catalogue": (schema, "fill", DUCKDB),
    "embeddings": (Catalogue, "add_embeddings", DUCKDB),
    "published items": (Publications, "add_items", DUCKDB),
    "published embeddings": (Publications, "add_embeddings", DUCKDB),
    "withdrawn items": (Publications, "remove_item", DUCKDB),
    "rejected rows": (pd.DataFrame, "to_csv", FULL),
    "index": (Index, "save", FULL),
    "models": (arrays, "save_file", TENSORS),
    "copy": (shutil, "copytree", COPYING),
    "manifest": (versions.json, "dump", FULL),
    "lock": (versions.Path, "open", FULL),
}

NEW = NewItem("a space opera", "Void")


def world(writer):
    """Models take a world of more than eight items."""
    return shelf() if writer == "models" else tables()


def retrained():
    retrain("small", FakeEncoder())


def rebuilt():
    build("small", tables(ITEMS[:7]), FakeEncoder())


def published():
    publish(Workspace.open("small"), FakeEncoder(), NewItem("a ghost opera", "Void"))


def withdrawn():
    withdraw(Workspace.open("small"), "moon-shot")


STEPS = [
    *[(rebuilt, writer) for writer in ("catalogue", "embeddings", "rejected rows", "index")],
    *[(rebuilt, writer) for writer in ("published items", "manifest", "lock")],
    *[(published, writer) for writer in ("published items", "published embeddings")],
    *[(published, writer) for writer in ("copy", "manifest")],
    *[(withdrawn, writer) for writer in ("withdrawn items", "copy", "manifest")],
    *[(retrained, writer) for writer in ("copy", "models", "manifest", "lock")],
]


@pytest.mark.parametrize(("step", "writer"), STEPS)
def test_no_step_that_writes_loses_anything(root, monkeypatch, step, writer):
    build("small", world(writer), FakeEncoder()).close()
    publish(Workspace.open("small"), FakeEncoder(), NEW, "moon-shot")
    before = Workspace.open("small").manifest
    monkeypatch.setattr(building, "stale", lambda models: ["new_item"])

    def fail(*_, **__):
        raise error

    with monkeypatch.context() as full:
        owner, name, error = WRITERS[writer]
        full.setattr(owner, name, fail)
        with pytest.raises(DiskFull, match=r"^No space left on .*small; nothing was changed\.$"):
            step()
    assert Workspace.open("small").manifest == before
    assert not (root / "small" / ".building").exists()
    step()
    assert Workspace.open("small").manifest.version > before.version


def test_an_index_that_is_cut_short_is_noticed(workspace, tmp_path, monkeypatch):
    class Cut:
        def save_index(self, path):
            open(path, "w").close()  # hnswlib says nothing of a write that failed

        def index_file_size(self):
            return 100

    index = Index.build(workspace.vectors, workspace.index.identity)
    monkeypatch.setattr(index, "_graph", Cut())
    with pytest.raises(OSError, match="No space left"):
        index.save(tmp_path / "index.bin")
    assert list(tmp_path.glob("index*")) == []


def test_a_workspace_opens_though_its_index_cannot_be_kept(workspace, root, monkeypatch):
    workspace.close()
    (workspace.catalogue.path.parent / "index.bin").unlink()

    def fail(*_):
        raise FULL

    monkeypatch.setattr(Index, "save", fail)
    opened = Workspace.open("small")
    assert "but cannot be kept (No space left on device)" in opened.notices[0]
    assert len(opened.index.search(opened.vectors[0], 3)[0]) == 3


def test_a_report_is_whole_or_not_there(tmp_path, monkeypatch):
    def fail(*_, **__):
        raise FULL

    monkeypatch.setattr(store.Path, "write_text", fail)
    with pytest.raises(DiskFull, match="the report was not kept"):
        store.write({"made": datetime.now(UTC).isoformat()}, tmp_path / "one.json")
    assert list(tmp_path.glob("*.json")) == []


def test_other_errors_pass(tmp_path):
    with pytest.raises(PermissionError), full_disk_told(tmp_path):
        raise PermissionError(errno.EACCES, "not yours")
    assert not is_full(DataError("a line"))
    assert is_full(OSError(errno.EDQUOT, "quota"))
