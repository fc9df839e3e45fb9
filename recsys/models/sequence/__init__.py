"""What comes next: self-attention over somebody's last likes (SASRec, Kang & McAuley 2018).

An item is read as a linear map of what its text means, and what was learned of it alone is added
and dropped at random; so an item that nobody has met can be read, and found, by its text.
"""

import numpy as np

from recsys.learning.loop import fit as fit_net
from recsys.models import TrainingContext
from recsys.models.sequence.reading import NextItem
from recsys.models.sequence.training import Config, Task
from recsys.store.workspace import Workspace

__all__ = ["HELP", "NEEDS", "TITLE", "Config", "NextItem", "fit", "histories"]

TITLE = "What comes next"
HELP = "What people like after what they liked last: a network over likes in order (SASRec)."
NEEDS = ("likes",)
ON_REQUEST = True


def fit(workspace: Workspace, config: Config, context: TrainingContext) -> dict[str, np.ndarray]:
    """The arrays that ``NextItem`` reads; empty where fewer than ten people like enough items at
    times that are known."""
    rng = np.random.default_rng(config.seed)
    found = histories(workspace, config.min_likes)
    if len(found) > config.max_users:
        chosen = np.sort(rng.choice(len(found), config.max_users, replace=False))
        found = [found[user] for user in chosen]
    if len(found) < config.min_users:
        return {}
    task = Task(found, workspace.vectors, config, rng)
    history = fit_net(task, config, context.checkpoint, context.progress)
    return task.arrays() | {"history": history}


def histories(workspace: Workspace, min_likes: int) -> list[np.ndarray]:
    """The likes (rows) of each who has at least so many, by time; none where all times are one or
    unknown."""
    interactions = workspace.interactions
    ratings, likes = interactions.ratings, interactions.likes
    if ratings["timestamp"].nunique() < 2:
        return []
    known = ratings[ratings["user"].isin(interactions.users) & ratings["timestamp"].notna()]
    users = np.searchsorted(interactions.users.astype(str), known["user"].astype(str))
    items = known["item"].to_numpy(dtype=np.int64)
    owners = np.repeat(np.arange(likes.shape[0]), np.diff(likes.indptr))
    pairs = owners * likes.shape[1] + likes.indices
    liked = np.isin(users * likes.shape[1] + items, pairs)  # and not held out
    users, items = users[liked], items[liked]
    order = np.lexsort((known["timestamp"].to_numpy()[liked], users))
    counts = np.bincount(users, minlength=len(interactions.users))
    parts = np.split(items[order], np.cumsum(counts)[:-1])
    return [own for own in parts if len(own) >= min_likes]
