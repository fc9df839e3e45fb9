"""Building a workspace: catalogue, embeddings, index and models, beside the version in use."""

import hashlib
import shutil
from collections.abc import Collection
from contextlib import closing
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from recsys.building.publish import carry_over, shared_copy
from recsys.building.train import outdated, requested, stale, stamps, train
from recsys.datatypes import Progress, no_progress
from recsys.disk import full_disk_told
from recsys.encoders import TextEncoder
from recsys.errors import WorkspaceError
from recsys.indexes import usual
from recsys.models.new_item import Config, items_read_alone, title_and_text
from recsys.ranking.engine import Engine
from recsys.store import arrays, vectors
from recsys.store.catalogue import Catalogue
from recsys.store.judged import JudgedSet, of_personas, of_table
from recsys.store.judgements import Judgements
from recsys.store.schema import digest
from recsys.store.versions import change_over, empty_folder, only_writer, stamp
from recsys.store.workspace import (
    CATALOGUE,
    FORMAT,
    INDEX,
    REJECTED,
    Manifest,
    Workspace,
    folder_of,
    read_manifest,
)
from recsys.tables import Tables

PATIENCE = 1.0
"""Seconds that a build waits for somebody who is publishing."""


def fingerprint(tables: Tables, encoder: str) -> str:
    """A digest of everything that a build depends on."""
    settings = f"{FORMAT} {encoder} {tables.like_from} {tables.about}"
    hasher = hashlib.blake2b(settings.encode(), digest_size=16)
    for field in fields(tables):
        frame = getattr(tables, field.name)
        if isinstance(frame, pd.DataFrame):
            hasher.update(f"{field.name} {len(frame)}".encode())
            for name in frame:
                hasher.update(f"{name} ".encode())
                _add_cells(hasher, frame[name])
    return hasher.hexdigest()


def _add_cells(hasher: hashlib.blake2b, cells: pd.Series) -> None:
    """Adds a column, as one text with the lengths of its cells, without an object for each."""
    if pd.api.types.is_numeric_dtype(cells.dtype):
        hasher.update(cells.to_numpy(dtype=np.float64, na_value=np.nan).tobytes())
        return
    plain = cells.map(str) if cells.dtype == object else cells  # lists cannot be hashed
    texts = pa.array(plain, pa.large_string())
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    _, offsets, letters = texts.buffers()
    ends = np.frombuffer(offsets, np.int64)[texts.offset :][: len(texts) + 1]
    hasher.update(np.diff(ends).tobytes())
    if letters is not None:
        hasher.update(memoryview(letters)[ends[0] : ends[-1]])


def is_current(name: str, tables: Tables, encoder: str) -> bool:
    """Whether the workspace was built from exactly these tables, by this encoder and code."""
    return has_source(name, tables, encoder) and not stale_models(name)


def has_source(name: str, tables: Tables, encoder: str) -> bool:
    """Whether the workspace was built from exactly these tables by this encoder, whatever its
    models were trained for."""
    try:
        manifest = read_manifest(folder_of(name))
    except WorkspaceError:
        return False
    return manifest is not None and manifest.source == fingerprint(tables, encoder)


def stale_models(name: str) -> list[str]:
    """The models of the workspace ``name`` that another setting, signal or code has made stale.

    Raises WorkspaceError when it is missing or damaged.
    """
    manifest = read_manifest(folder_of(name))
    return stale(manifest.models if manifest else {})


def outdated_models(name: str) -> list[str]:
    """The models of the workspace ``name`` that were trained on request by other code.

    Raises WorkspaceError when it is missing or damaged.
    """
    manifest = read_manifest(folder_of(name))
    return outdated(manifest.models if manifest else {})


def build(
    name: str,
    tables: Tables,
    encoder: TextEncoder,
    progress: Progress = no_progress,
    home: Path | None = None,
    index: str | None = None,
) -> Workspace:
    """Builds ``name`` from ``tables`` beside the version in use, then changes over in one step.

    Texts that the version in use has embedded are not embedded again, and what was published there
    stays published. Killed at any moment, the version in use stays. ``home`` is the folder of the
    workspaces if not the usual one, ``index`` the search backend if not the usual one for so many
    items. Raises WorkspaceError when somebody else is building it, and DiskFull where there is no
    room for it.
    """
    folder = folder_of(name, home)
    with full_disk_told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with only_writer(folder, PATIENCE):
        working, previous = empty_folder(folder), _previous(folder)
        with closing(Catalogue.create(working / CATALOGUE, tables)) as catalogue:
            _embed(catalogue, encoder, previous, progress)
            vectors.write(working, len(catalogue), catalogue.each_embedding(encoder.name))
        tables.rejected.to_csv(working / REJECTED, index=False)
        built = datetime.now(UTC).isoformat(timespec="seconds")
        source = fingerprint(tables, encoder.name)
        index = index or usual(len(tables.items))
        trained = _requested(folder, working) | stamps()
        manifest = Manifest(stamp(), encoder.name, source, built, index=index, models=trained)
        progress(0, 1, "building the index")
        with closing(Workspace(name, manifest, Catalogue.open(working / CATALOGUE))) as workspace:
            if not (working / INDEX).is_file():
                workspace.index.save(working / INDEX)  # opening it could not, and this says why
            progress(1, 1, "building the index")
            progress(0, 1, "indexing words")
            Engine(workspace, encoder)  # keeps what opening it would make
            progress(1, 1, "indexing words")
            _train(workspace, encoder, working, progress, judged_of(workspace, home))
            if previous is not None:
                carry_over(previous, workspace, working, encoder)
                previous.close()
        change_over(folder, working, manifest)
    return Workspace.open(name, home)


def retrain(
    name: str,
    encoder: TextEncoder,
    progress: Progress = no_progress,
    also: Collection[str] = (),
) -> tuple[Workspace, list[str]]:
    """Trains again the models of ``name`` that are stale or named in ``also``, and nothing else;
    with their names.

    It makes a version of its own, as a build does, and raises as one.
    """
    folder = folder_of(name)
    with only_writer(folder, PATIENCE), closing(Workspace.open(name)) as current:
        chosen = list(dict.fromkeys([*stale(current.manifest.models), *also]))
        working = empty_folder(folder)
        shared_copy(current.folder, working)
        _train(current, encoder, working, progress, judged_of(current), chosen)
        trained = requested(current.manifest.models) | stamps()
        change_over(folder, working, replace(current.manifest, version=stamp(), models=trained))
    return Workspace.open(name), chosen


def judged_of(workspace: Workspace, home: Path | None = None) -> JudgedSet:
    """The judged tastes that attention learns from: a set that somebody has chosen for it, or the
    personas."""
    kept = Judgements(workspace.name, home)
    if name := kept.teaching:
        return of_table(workspace.catalogue, name, kept.table(name))
    return of_personas(workspace.catalogue)


def _requested(folder: Path, working: Path) -> dict[str, Any]:
    """What was trained on request on the version in use, its files put into ``working``: opening
    it there leaves out what was trained on other data."""
    try:
        manifest = read_manifest(folder)
    except WorkspaceError:  # what cannot be read is about to be replaced
        return {}
    if manifest is None:
        return {}
    found = requested(manifest.models)
    for name in found:
        path = folder / manifest.version / f"{name}.safetensors"
        if path.is_file():
            shutil.copy(path, working)
    return found


def _previous(folder: Path) -> Catalogue | None:
    # What cannot be read is about to be replaced: nothing of it can be kept.
    try:
        manifest = read_manifest(folder)
        if manifest is None:
            return None
        catalogue = Catalogue.open(folder / manifest.version / CATALOGUE)
        if len(catalogue.published):
            _ = catalogue.items, catalogue.triples  # kept once read: a hole is met now or never
        return catalogue
    except WorkspaceError:
        return None


def _embed(
    catalogue: Catalogue, encoder: TextEncoder, previous: Catalogue | None, progress: Progress
) -> None:
    documents = pd.concat([catalogue.documents(), _read_alone(catalogue)])
    documents = documents.drop_duplicates("digest")
    if previous is not None:
        published = previous.documents().loc[previous.published.index]  # they come back later
        wanted = {*documents["digest"], *published["digest"]}
        known = previous.embedded(encoder.name, list(wanted))
        if known:
            catalogue.add_embeddings(encoder.name, list(known), np.stack(list(known.values())))
            documents = documents[~documents["digest"].isin(known)]
    if len(documents):
        vectors = encoder.encode(documents["document"].tolist(), progress)
        catalogue.add_embeddings(encoder.name, documents["digest"].tolist(), vectors)


def _read_alone(catalogue: Catalogue) -> pd.DataFrame:
    """Title and text, document and digest, of the items from which new ones will be judged."""
    items = catalogue.items.loc[items_read_alone(catalogue.likes, Config())]
    texts = list(map(title_and_text, items["title"], items["text"]))
    return pd.DataFrame({"document": texts, "digest": list(map(digest, texts))})


def _train(
    workspace: Workspace,
    encoder: TextEncoder,
    folder: Path,
    progress: Progress,
    judged: JudgedSet,
    only: Collection[str] | None = None,
) -> None:
    """Puts the arrays of the models into ``folder``, in place of those that lie there."""
    models = train(workspace, encoder, progress, only, judged)
    for path in folder.glob("*.safetensors"):
        path.unlink()
    for model, learned in models.items():
        arrays.save(folder / f"{model}.safetensors", learned)
