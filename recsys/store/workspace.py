"""A workspace: one folder on disk = one catalogue, its index and its models.

data/workspaces/NAME/
    manifest.json       names the current version; replaced in one step when a build is whole
    VERSION/            catalogue.duckdb, vectors.npy, centre.npz, index.bin, index.json,
                        MODEL.safetensors, kept/NAME.safetensors, rejected.csv, published.duckdb
    .building           a version that is being made, or the remains of one that was killed
    .lock               held by the one process that may make a version
data/workspaces/.gone-NAME-STAMP is what is left of one that was deleted.
data/workspaces/.encoders holds language models as this machine runs them (recsys/encoders).

A version is never changed: building, publishing and withdrawing make another. What is published
stands in a file of its own, and what a build made is the same files under another folder (hard
links), so that publishing costs what it adds. Whoever opens a version holds its folder (shared), so
that it is not swept away before all of it is open.
"""

import copy
import fcntl
import json
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from safetensors import SafetensorError

from recsys import folders, postings
from recsys.errors import QueryError, WorkspaceError
from recsys.indexes import Extended, Identity, Index, StaleIndex, indexes
from recsys.knowledge.graph import Graph
from recsys.languages import language
from recsys.postings import Inverted, Postings
from recsys.registry import pick
from recsys.store import arrays, vectors
from recsys.store.catalogue import Catalogue, CatalogueInUse
from recsys.store.interactions import Interactions

FORMAT = 6
"""Raised when the files on disk change their meaning, so that old ones are built again."""

CATALOGUE = "catalogue.duckdb"
INDEX = "index.bin"
KEPT = "kept"
"""The folder of what follows from the built items and is made once."""
PREDICTED = "predicted-"
"""So begins there what follows from the published ones as well: another version makes its own."""
MANIFEST = "manifest.json"
REJECTED = "rejected.csv"
"""What the source could not use, with the reasons; beside the catalogue."""


@dataclass(frozen=True)
class Manifest:
    """What the current version was built from, and what each of its models was trained for."""

    version: str
    encoder: str
    source: str
    built: str
    format: int = FORMAT
    index: str = "hnsw"
    models: Mapping[str, Any] = field(default_factory=dict)


_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


def folder_of(name: str, home: Path | None = None) -> Path:
    """The folder of the workspace ``name``, in ``home`` or where workspaces live.

    Raises WorkspaceError unless it is a plain name.
    """
    if not _NAME.fullmatch(name):
        raise WorkspaceError(
            f"{name!r} is not a workspace name: use up to 64 of a-z, 0-9, - and _,"
            " with a letter or digit first."
        )
    return (home or folders.workspaces()) / name


def names() -> list[str]:
    """The workspaces that have been built, sorted."""
    found = (path.parent.name for path in folders.workspaces().glob(f"*/{MANIFEST}"))
    return sorted(name for name in found if _NAME.fullmatch(name))


class Workspace:
    """An open workspace: one version of it, whatever is built or published later.

    The first ``built`` items came with the source; models know these only. Those after them were
    published, and nobody has had the chance to like them. ``vectors`` (n, d) float32 are the
    embeddings minus the mean of the built ones, at unit length: a language model puts all texts of
    one kind in a narrow cone, and what tells them apart is what is left without its axis (Mu &
    Viswanath 2018). ``lengths`` (n,) is how long they were: how far an item is from the average
    one. ``models`` are the arrays of the trained models, by the model's name.
    ``typed`` is what users of it typed of their taste, by their ids, where that is known.
    ``notices`` are lines that a person should see.
    """

    def __init__(self, name: str, manifest: Manifest, catalogue: Catalogue):
        self.name = name
        self.manifest = manifest
        self.catalogue = catalogue
        self.notices: list[str] = []
        self.typed: dict[str, str] = {}
        self.built = catalogue.built
        self.folder = catalogue.path.parent
        rows = np.arange(self.built, len(catalogue))
        published = catalogue.embeddings(manifest.encoder, rows)
        found = vectors.load(self.folder, published)
        self._mean, self.lengths, self.vectors = found.mean, found.lengths, found.rows
        self.index = Extended(self._load_index(found.content), self.vectors[self.built :])
        self.models = self._load_models()

    @classmethod
    def open(cls, name: str, home: Path | None = None) -> "Workspace":
        """The workspace called ``name``, in ``home`` or where workspaces live.

        An index that is missing or damaged is built again, and ``notices`` says so. Raises
        WorkspaceError when it is missing or damaged.
        """
        folder = folder_of(name, home)
        with _kept(folder) as manifest:
            if manifest is None:
                known = ", ".join(names()) or "none yet"
                raise WorkspaceError(
                    f"There is no workspace called {name!r} (built: {known})."
                    f" Build it with: python -m recsys build --workspace {name}"
                )
            try:
                path = folder / manifest.version / CATALOGUE
                return cls(name, manifest, Catalogue.open(path))
            except CatalogueInUse:
                raise
            except WorkspaceError as error:
                raise WorkspaceError(
                    f"The workspace {name!r} cannot be opened. {error}"
                    f" Build it again with: python -m recsys build --workspace {name} --force"
                ) from error

    @property
    def rejected(self) -> Path:
        """The CSV of what the source could not use: file, line, reason, value."""
        return self.catalogue.path.with_name(REJECTED)

    @cached_property
    def interactions(self) -> Interactions:
        """Who likes what."""
        count = len(self.catalogue)
        catalogue = self.catalogue
        found = Interactions.of_pairs(*catalogue.likes_of_users(), count, lambda: catalogue.ratings)
        return replace(found, unknown=np.arange(self.built, count))

    @property
    def language(self) -> ModuleType:
        """The language that tastes and texts are read in."""
        return language(self.catalogue.about.get("language", "english"))

    @cached_property
    def graph(self) -> Graph:
        """The knowledge graph."""
        items = self.catalogue.items
        return Graph(items["id"], self.catalogue.triples, items["title"])

    def _load_models(self) -> dict[str, Mapping[str, np.ndarray]]:
        found: dict[str, Mapping[str, np.ndarray]] = {}
        for name, stamp in self.manifest.models.items():
            if stamp.get("source", self.manifest.source) != self.manifest.source:
                self.notices.append(
                    f"The model {name} was trained on other data and says nothing. Train it again"
                    f" with: python -m recsys train {name} --workspace {self.name}"
                )
        for path in sorted(self.folder.glob("*.safetensors")):
            stamp = self.manifest.models.get(path.stem)
            if stamp is None:  # nobody knows what it was trained for
                continue
            if stamp.get("source", self.manifest.source) != self.manifest.source:
                continue
            try:
                found[path.stem] = arrays.mapped(path)
            except (SafetensorError, OSError) as error:
                self.notices.append(
                    f"The model {path.stem} cannot be read ({error}) and says nothing."
                    f" {_AGAIN.format(self.name)}"
                )
        return found

    def without(
        self,
        users: Collection[str] = (),
        items: Collection[int] = (),
    ) -> "Workspace":
        """The same catalogue as if those users, and any like of those items (rows), were unknown.

        It has no models: those of this workspace have seen what is left out.
        """
        other = self.with_models({})
        other.interactions = self.interactions.without(users, items)
        other.typed = {user: text for user, text in self.typed.items() if user not in users}
        return other

    def with_models(self, models: Mapping[str, Mapping[str, np.ndarray]]) -> "Workspace":
        """The same with other trained models."""
        other = copy.copy(self)
        other.models = dict(models)
        return other

    def with_typed(self, typed: Mapping[str, str]) -> "Workspace":
        """The same, knowing what some users typed of their taste."""
        other = copy.copy(self)
        other.typed = dict(typed)
        return other

    def check_encoder(self, encoder: str) -> None:
        """Raises QueryError for another encoder than the one that embedded the items."""
        if encoder != self.manifest.encoder:
            raise QueryError(
                f"The workspace {self.name!r} was embedded by {self.manifest.encoder!r};"
                f" {encoder!r} speaks another language."
            )

    def close(self) -> None:
        """Lets go of the files."""
        self.catalogue.close()

    def centre(self, embeddings: np.ndarray) -> np.ndarray:
        """Embeddings (..., d) as the directions in which they differ from the average item."""
        return vectors.centred(embeddings, self._mean)

    def kept(
        self, name: str, make: Callable[[], Mapping[str, np.ndarray]]
    ) -> Mapping[str, np.ndarray]:
        """Arrays that follow from the built items, mapped into memory: those that ``make`` gave
        when they were first asked for under this ``name``; made again where they are damaged."""
        path = self.folder / KEPT / f"{name}.safetensors"
        try:
            return arrays.mapped(path)
        except (SafetensorError, OSError):
            made = make()
        try:
            path.parent.mkdir(exist_ok=True)
            arrays.save(path, made)
            return arrays.mapped(path)
        except OSError:  # no room, or an older version whose folder is gone: it serves without
            return made

    def inverted(
        self, name: str, documents: Callable[[range], Iterable[Sequence[str]]]
    ) -> Inverted:
        """Which items have a term: ``documents`` gives the terms of the items in a range of rows.

        Those of the built items are kept under ``name``.
        """
        built, rest = range(self.built), range(self.built, len(self.catalogue))
        kept = self.kept(name, lambda: postings.invert(documents(built)))
        more = postings.invert(documents(rest)) if rest else None
        return Inverted([Postings.read(part) for part in (kept, more) if part is not None])

    def _load_index(self, content: str) -> Index:
        built = self.vectors[: self.built]
        identity = Identity(self.manifest.encoder, built.shape[1], len(built), content)
        path = self.folder / INDEX
        backend = pick("index", indexes(), self.manifest.index)
        try:
            found: Index = backend.Index.load(path, identity, built)
        except StaleIndex as error:
            index: Index = backend.Index.build(built, identity)
            try:
                index.save(path)
            except OSError as full:
                kept = f"but cannot be kept ({full.strerror})."
                self.notices.append(f"{error} It was built again, {kept}")
            else:
                self.notices.append(f"{error} It was built again.")
            return index
        return found


@contextmanager
def _kept(folder: Path) -> Iterator[Manifest | None]:
    """The manifest in ``folder``, whose version is not swept away meanwhile; None without one."""
    while True:
        manifest = read_manifest(folder)
        handle = _shared(folder / manifest.version) if manifest else None
        try:
            if read_manifest(folder) == manifest:  # else another version has taken its place
                yield manifest
                return
        finally:
            if handle is not None:
                os.close(handle)


def _shared(version: Path) -> int | None:
    try:
        handle = os.open(version, os.O_RDONLY)
    except FileNotFoundError:
        return None
    fcntl.flock(handle, fcntl.LOCK_SH)
    return handle


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest in ``folder``, or None when there is none.

    Raises WorkspaceError when it is damaged or of another format.
    """
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text()))
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
