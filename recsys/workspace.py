"""A workspace: one folder on disk = one catalogue, its index and its models.

data/workspaces/NAME/
    manifest.json       names the current version; replaced in one step when a build is whole
    VERSION/            catalogue.duckdb, index.bin, index.json, rejected.csv
    .building           a build under way, or the remains of one that was killed
    .lock               held by the one process that may build
"""

import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from recsys.catalogue import Catalogue
from recsys.datatypes import Progress, no_progress
from recsys.encoder import TextEncoder
from recsys.errors import WorkspaceError
from recsys.index import Identity, Index, StaleIndex
from recsys.tables import Tables

FORMAT = 3
"""Raised when the files on disk change their meaning, so that old ones are built again."""

CATALOGUE = "catalogue.duckdb"
REJECTED = "rejected.csv"
"""What the source could not use, with the reasons; beside the catalogue."""


@dataclass(frozen=True)
class Manifest:
    """What the current version was built from."""

    version: str
    encoder: str
    source: str
    built: str
    format: int = FORMAT


def root() -> Path:
    """Where workspaces live: $THAW_WORKSPACES, or data/workspaces beside the code."""
    chosen = os.environ.get("THAW_WORKSPACES")
    return Path(chosen) if chosen else Path(__file__).parent.parent / "data" / "workspaces"


def folder_of(name: str) -> Path:
    """The folder of the workspace ``name``; raises WorkspaceError unless it is a plain name."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,63}", name):
        raise WorkspaceError(
            f"{name!r} is not a workspace name: use up to 64 of a-z, 0-9, - and _,"
            " with a letter or digit first."
        )
    return root() / name


def names() -> list[str]:
    """The workspaces that have been built, sorted."""
    return sorted(path.parent.name for path in root().glob("*/manifest.json"))


class Workspace:
    """An open workspace.

    ``vectors`` (n, d) float32 are the embeddings minus their mean, at unit length: a language
    model puts all texts of one kind in a narrow cone, and what tells them apart is what is left
    without its axis (Mu & Viswanath 2018). ``notices`` are lines that a person should see.
    """

    def __init__(self, name: str, manifest: Manifest, catalogue: Catalogue):
        self.name = name
        self.manifest = manifest
        self.catalogue = catalogue
        self.notices: list[str] = []
        embeddings = catalogue.embeddings(manifest.encoder)
        self._mean = embeddings.mean(axis=0)  # (d,)
        self.vectors = self.centre(embeddings)
        self.index = self._load_index()

    @classmethod
    def open(cls, name: str) -> "Workspace":
        """The workspace called ``name``; raises WorkspaceError when it is missing or damaged.

        An index that is missing or damaged is built again, and ``notices`` says so.
        """
        folder = folder_of(name)
        manifest = read_manifest(folder)
        if manifest is None:
            known = ", ".join(names()) or "none yet"
            raise WorkspaceError(
                f"There is no workspace called {name!r} (built: {known})."
                f" Build it with: python -m recsys build --workspace {name}"
            )
        try:
            return cls(name, manifest, Catalogue.open(folder / manifest.version / CATALOGUE))
        except WorkspaceError as error:
            raise WorkspaceError(
                f"The workspace {name!r} cannot be opened. {error}"
                f" Build it again with: python -m recsys build --workspace {name} --force"
            ) from error

    @property
    def rejected(self) -> Path:
        """The CSV of what the source could not use: file, line, reason, value."""
        return self.catalogue.path.with_name(REJECTED)

    def close(self) -> None:
        """Lets go of the files."""
        self.catalogue.close()

    def centre(self, embeddings: np.ndarray) -> np.ndarray:
        """Embeddings (..., d) as the directions in which they differ from the average item."""
        moved = embeddings - self._mean
        length = np.linalg.norm(moved, axis=-1, keepdims=True)
        return moved / np.maximum(length, 1e-12)

    def _load_index(self) -> Index:
        content = hashlib.blake2b(self.vectors.tobytes(), digest_size=16).hexdigest()
        count, dimension = self.vectors.shape
        identity = Identity(self.manifest.encoder, dimension, count, content)
        path = self.catalogue.path.with_name("index.bin")
        try:
            return Index.load(path, identity)
        except StaleIndex as error:
            index = Index.build(self.vectors, identity)
            index.save(path)
            self.notices.append(f"{error} It was built again.")
            return index


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest in ``folder``, or None when there is none.

    Raises WorkspaceError when it is damaged or of another format.
    """
    try:
        manifest = Manifest(**json.loads((folder / "manifest.json").read_text()))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise WorkspaceError(
            f"The manifest of {folder.name!r} is damaged. {_AGAIN.format(folder.name)}"
        ) from error
    if manifest.format != FORMAT:
        raise WorkspaceError(f"{folder.name!r} is of an older format. {_AGAIN.format(folder.name)}")
    return manifest


_AGAIN = "Build it again with: python -m recsys build --workspace {} --force"


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
        Workspace(name, manifest, Catalogue.open(working / CATALOGUE)).close()
        progress(1, 1, "building the index")
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
