"""What a protocol may learn from, and the proof that it learned from nothing else."""

import copy
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy import sparse

from recsys.building.train import train
from recsys.datatypes import Progress
from recsys.encoders import CachedEncoder
from recsys.errors import DataError, QueryError
from recsys.evaluation import files
from recsys.evaluation.people import IdMap, Skipped
from recsys.models import models, on_request
from recsys.ranking.engine import Engine
from recsys.store.workspace import Workspace

OF_NEW_ITEMS = "new_item"
"""The model that a ranking asks of items whose likes nobody knows, and of no others."""


def restricted(
    engine: Engine,
    progress: Progress,
    users: Collection[str] = (),
    items: Collection[int] = (),
) -> Engine:
    """An engine that never met those users, nor any like of those items (rows).

    Raises DataError where it did after all.
    """
    workspace = engine.workspace.without(users=users, items=items)
    return _checked(_trained(workspace, engine, progress), engine, users, items)


def forgetting(engine: Engine, users: np.ndarray, items: np.ndarray, progress: Progress) -> Engine:
    """An engine that never met the like of ``users[i]`` (row of the likes) for ``items[i]``."""
    workspace = copy.copy(engine.workspace.without())
    likes = workspace.interactions.likes.tolil(copy=True)
    likes[users, items] = 0
    likes = sparse.csr_array(likes)
    likes.eliminate_zeros()
    workspace.interactions = replace(workspace.interactions, likes=likes.astype(np.float32))
    other = _checked(_trained(workspace, engine, progress), engine)
    if other.workspace.interactions.likes[users, items].sum():
        raise DataError("A held-out like is among those learned from.")
    return other


def ready(engine: Engine, progress: Progress) -> Engine:
    """The engine as it is, or trained where its workspace has no models."""
    if engine.workspace.models:
        return engine
    return _trained(engine.workspace.without(), engine, progress)


def new_items(
    engine: Engine, path: Path, part: str, skipped: Skipped
) -> tuple[np.ndarray, np.ndarray]:
    """Rows of which nothing may be learned, val and test, and those of the ``part`` of a split.

    Raises QueryError for another part, DataError for a split without items of it or to learn from.
    """
    if part not in ("val", "test"):
        raise QueryError(f"part is {part!r}; it must be val or test.")
    table = files.split(path)
    row = IdMap(engine.workspace.catalogue, skipped).series(table["item"], "items")
    table = table.assign(row=row).dropna(subset="row").astype({"row": np.int64})
    rows = np.sort(table["row"][table["part"] == part].to_numpy())
    if not len(rows):
        raise DataError(f"{path.name} has no item of this catalogue in the part {part}.")
    if not (table["part"] == "warm").any():
        raise DataError(
            f"{path.name} has no item of this catalogue in the part warm to learn from."
        )
    return np.sort(table["row"][table["part"] != "warm"].to_numpy()), rows


def _trained(workspace: Workspace, engine: Engine, progress: Progress) -> Engine:
    encoder = CachedEncoder(engine.encoder)
    # Of those trained on request, the models that the ranking to be measured has.
    own = [name for name in models() if name not in on_request() or name in engine.workspace.models]
    new = len(workspace.interactions.unknown)
    chosen = [name for name in own if new or name != OF_NEW_ITEMS]
    trained = train(workspace, encoder, progress, chosen)
    return Engine(workspace.with_models(trained), encoder)


def _checked(
    engine: Engine, whole: Engine, users: Collection[str] = (), items: Collection[int] = ()
) -> Engine:
    """The engine; raises DataError when anything of those users or items has reached it.

    No model may be one of the ``whole`` workspace's, and one that keeps the histories it learned
    from may keep only such as are allowed.
    """
    interactions = engine.workspace.interactions
    met = interactions.users[np.isin(interactions.users, list(users))]
    if len(met):
        raise DataError(f"The held-out user {met[0]!r} is among those learned from.")
    likes = interactions.likes
    if likes[:, list(items)].nnz:
        raise DataError("A like of a held-out item is among those learned from.")
    allowed = _histories(likes.indptr, likes.indices)
    for name, arrays in engine.workspace.models.items():
        if arrays is whole.workspace.models.get(name):
            raise DataError(f"The model {name} was trained before anything was held out.")
        if "indptr" in arrays and not _histories(arrays["indptr"], arrays["indices"]) <= allowed:
            raise DataError(f"The model {name} learned from a history that is held out.")
    return engine


def _histories(indptr: np.ndarray, indices: np.ndarray) -> set[bytes]:
    rows = np.split(indices.astype(np.int64), indptr[1:-1])
    return {np.sort(row).tobytes() for row in rows}
