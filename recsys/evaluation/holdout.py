"""What a protocol may learn from, and the proof that it learned from nothing else."""

import copy
from collections.abc import Collection
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy import sparse

from recsys.building.train import train
from recsys.datatypes import Progress
from recsys.encoders.cached import Remembering
from recsys.errors import DataError
from recsys.ranking.engine import Engine
from recsys.store.workspace import Workspace


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


def ratings(engine: Engine) -> pd.DataFrame:
    """Every rating: user, item (row), rating, timestamp; of several for one item, the last."""
    frame = engine.workspace.catalogue.select(
        'SELECT "user", item, rating, timestamp FROM interactions WHERE rating IS NOT NULL'
        ' ORDER BY "user", timestamp, item, rating'
    )
    return frame.drop_duplicates(["user", "item"], keep="last").reset_index(drop=True)


def _trained(workspace: Workspace, engine: Engine, progress: Progress) -> Engine:
    encoder = Remembering(engine.encoder)
    return Engine(workspace.with_models(train(workspace, encoder, progress)), encoder)


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
