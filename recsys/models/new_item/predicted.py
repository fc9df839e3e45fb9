"""Who will like the items of which no like is known: what stands in for their likes."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from weakref import WeakKeyDictionary

import numpy as np

from recsys.models.new_item import part
from recsys.models.new_item.kernel import ItemKernel
from recsys.models.new_item.likes import ItemLikes
from recsys.store.workspace import PREDICTED, Workspace


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


_KNOWN: WeakKeyDictionary[Workspace, Predicted] = WeakKeyDictionary()


def predicted_likes(workspace: Workspace) -> Predicted | None:
    """What the model of new items says of the items whose likes nobody knows, worked out when it is
    first asked for, and of what was published kept beside the version; None without such items, or
    without the model."""
    if "new_item" not in workspace.models or not len(workspace.interactions.unknown):
        return None
    if workspace not in _KNOWN:
        _KNOWN[workspace] = Predicted(**_kept(workspace))
    return _KNOWN[workspace]


def _kept(workspace: Workspace) -> Mapping[str, np.ndarray]:
    published = workspace.catalogue.published[["id", "published"]]
    if len(published) != len(workspace.interactions.unknown):  # some are held out, for this once
        return _predict(workspace)
    # Another model, such as one that never met somebody, predicts something else.
    hasher = blake2b(workspace.models["new_item"]["likes.weights"].tobytes(), digest_size=16)
    hasher.update(published.to_csv(index=False).encode())
    return workspace.kept(f"{PREDICTED}{hasher.hexdigest()}", lambda: _predict(workspace))


def _predict(workspace: Workspace) -> dict[str, np.ndarray]:
    arrays = workspace.models["new_item"]
    model = ItemLikes(part(arrays, "likes"), ItemKernel(workspace, part(arrays, "kernel")))
    rows, people = workspace.interactions.unknown, len(workspace.interactions.users)
    kernel = model.of_rows(rows)
    share = model.counts(kernel)[:, 0] / people  # (p,)
    likes = model.probabilities(model.scores(kernel), share * len(model.users))
    return {
        "rows": rows,
        "users": model.users,
        "likes": likes.astype(np.float32),
        "share": share.astype(np.float32),
    }
