"""Building a workspace: catalogue, embeddings, index and models, beside the version in use."""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, fields
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd
from safetensors.numpy import save_file

from recsys.catalogue import Catalogue
from recsys.datatypes import Progress, no_progress
from recsys.encoder import TextEncoder
from recsys.errors import WorkspaceError
from recsys.tables import Tables
from recsys.training import train
from recsys.workspace import (
    CATALOGUE,
    FORMAT,
    REJECTED,
    Manifest,
    Workspace,
    folder_of,
    read_manifest,
)


def fingerprint(tables: Tables, encoder: str) -> str:
    """A digest of everything that a build depends on."""
    settings = f"{FORMAT} {encoder} {tables.like_from} {tables.about}"
    hasher = hashlib.blake2b(settings.encode(), digest_size=16)
    for field in fields(tables):
        frame = getattr(tables, field.name)
        if isinstance(frame, pd.DataFrame):
            plain = frame.map(str) if field.name == "items" else frame  # lists cannot be hashed
            hasher.update(f"{field.name} {list(frame)}".encode())
            hasher.update(pd.util.hash_pandas_object(plain, index=False).to_numpy().tobytes())
    return hasher.hexdigest()


def is_current(name: str, tables: Tables, encoder: str) -> bool:
    """Whether the workspace was built from exactly these tables, by this encoder and code."""
    try:
        manifest = read_manifest(folder_of(name))
    except WorkspaceError:
        return False
    return manifest is not None and manifest.source == fingerprint(tables, encoder)


def build(
    name: str, tables: Tables, encoder: TextEncoder, progress: Progress = no_progress
) -> Workspace:
    """Builds ``name`` from ``tables`` beside the version in use, then changes over in one step.

    Texts that the version in use has embedded are not embedded again. Killed at any moment, the
    version in use stays. Raises WorkspaceError when somebody else is building it.
    """
    folder = folder_of(name)
    folder.mkdir(parents=True, exist_ok=True)
    with _only_builder(folder):
        working = folder / ".building"
        shutil.rmtree(working, ignore_errors=True)
        working.mkdir()
        with closing(Catalogue.create(working / CATALOGUE, tables)) as catalogue:
            _embed(catalogue, encoder, _previous(folder), progress)
        tables.rejected.to_csv(working / REJECTED, index=False)
        source = fingerprint(tables, encoder.name)
        built = datetime.now(UTC)
        manifest = Manifest(
            f"{built:%Y%m%dT%H%M%S%f}", encoder.name, source, built.isoformat(timespec="seconds")
        )
        progress(0, 1, "building the index")
        with closing(Workspace(name, manifest, Catalogue.open(working / CATALOGUE))) as workspace:
            progress(1, 1, "building the index")
            _train(workspace, encoder, working, progress)
        os.replace(working, folder / manifest.version)
        described = folder / ".manifest.json"
        described.write_text(json.dumps(asdict(manifest), indent=1))
        os.replace(described, folder / "manifest.json")
        _sweep(folder, manifest.version)
    return Workspace.open(name)


def _previous(folder: Path) -> Catalogue | None:
    # What cannot be opened is about to be replaced: its embeddings are all that is lost.
    try:
        manifest = read_manifest(folder)
        return Catalogue.open(folder / manifest.version / CATALOGUE) if manifest else None
    except WorkspaceError:
        return None


def _embed(
    catalogue: Catalogue, encoder: TextEncoder, previous: Catalogue | None, progress: Progress
) -> None:
    documents = catalogue.documents().drop_duplicates("digest")
    if previous is not None:
        known = previous.embedded(encoder.name, documents["digest"].tolist())
        if known:
            catalogue.add_embeddings(encoder.name, list(known), np.stack(list(known.values())))
            documents = documents[~documents["digest"].isin(known)]
        previous.close()
    if len(documents):
        vectors = encoder.encode(documents["document"].tolist(), progress)
        catalogue.add_embeddings(encoder.name, documents["digest"].tolist(), vectors)


def _train(workspace: Workspace, encoder: TextEncoder, folder: Path, progress: Progress) -> None:
    for model, arrays in train(workspace, encoder, progress).items():
        save_file(dict(arrays), folder / f"{model}.safetensors")


def _sweep(folder: Path, keep: str) -> None:
    for path in folder.iterdir():
        if path.is_dir() and path.name != keep:
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _only_builder(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("w") as file:
        try:
            fcntl.flock(
                file, fcntl.LOCK_EX | fcntl.LOCK_NB
            )  # let go by the system if we are killed
        except BlockingIOError as error:
            raise WorkspaceError(
                f"The workspace {folder.name!r} is being built by another process."
            ) from error
        yield
