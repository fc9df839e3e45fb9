"""Who will like the items of which no like is known: what stands in for their likes."""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from recsys.models.new_item import part
from recsys.models.new_item.kernel import ItemKernel
from recsys.models.new_item.likes import ItemLikes
from recsys.store.workspace import Workspace


@dataclass(frozen=True, eq=False)
class Predicted:
    """``rows`` (p,) of the items that were published or are held out; ``users`` (k,), rows of the
    interactions, of whom it is known how probably each likes each, ``likes`` (k, p); and the
    ``share`` (p,) of all people who are expected to."""

    rows: np.ndarray
    users: np.ndarray
    likes: np.ndarray
    share: np.ndarray

    def of(self, users: np.ndarray) -> np.ndarray:
        """(m, p): how probably each of ``users`` (m,), rows of the interactions, likes each item;
        of whom nothing is known, as everybody."""
        place = np.searchsorted(self.users, users)
        known = self.users[np.minimum(place, len(self.users) - 1)] == users
        found = np.tile(self.share, (len(users), 1))
        found[known] = self.likes[place[known]]
        return found


_KNOWN: WeakKeyDictionary[Workspace, Predicted | None] = WeakKeyDictionary()


def predicted_likes(workspace: Workspace) -> Predicted | None:
    """What the model of new items says of the items whose likes nobody knows, worked out when it is
    first asked for; None without such items, or without the model."""
    if "new_item" not in workspace.models or not len(workspace.interactions.unknown):
        return None
    if workspace not in _KNOWN:
        _KNOWN[workspace] = _predict(workspace)
    return _KNOWN[workspace]


def _predict(workspace: Workspace) -> Predicted:
    arrays = workspace.models["new_item"]
    model = ItemLikes(part(arrays, "likes"), ItemKernel(workspace, part(arrays, "kernel")))
    rows, people = workspace.interactions.unknown, len(workspace.interactions.users)
    kernel = model.of_rows(rows)
    share = model.counts(kernel)[:, 0] / people  # (p,)
    likes = model.probabilities(model.scores(kernel), share * len(model.users))
    return Predicted(rows, model.users, likes.astype(np.float32), share.astype(np.float32))
