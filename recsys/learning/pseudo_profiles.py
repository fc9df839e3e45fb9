"""Pseudo-profiles: what users who typed nothing might have said, drawn from what they like."""

import numpy as np
import pandas as pd
from scipy import sparse

from recsys.store.workspace import Workspace

SAMPLE = (5, 40)
"""From and to how many of a user's likes one profile is drawn."""
SPEAKING, SAID = 0.5, 3
"""How likely a relation is spoken of, and at most how many of its labels are said."""
UNSAID = 2
"""So many labels are turned down, by a share REFUSING of the profiles."""
REFUSING = 0.4
COMMON = 0.03
"""Only what this share of likes has can be missed by its absence."""
ITEMS = 5
"""At most so many items are described."""
REFUSAL, ITEM = -0.5, 0.7
"""What a refusal and an item count beside a label."""


def labels(workspace: Workspace, fewest: int, most: int) -> tuple[sparse.csr_array, pd.DataFrame]:
    """What items can be said to be: (n, a) CSR of 0/1, and a frame of a rows: name, relation.

    Categories, decades and the names that triples tie items to, if they are tied to at least
    ``fewest`` of the built items; the ``most`` used. What is published changes none of that.
    """
    items, triples = workspace.catalogue.items, workspace.catalogue.triples
    row_of = pd.Series(items.index, index=items["id"])
    categories = items["categories"].explode().dropna()
    decades = (items["year"].dropna() // 10 * 10).astype(str) + "s"
    facts = triples[triples["head"].isin(row_of.index) & ~triples["tail"].isin(row_of.index)]
    said = pd.concat(
        [
            pd.DataFrame({"item": categories.index, "relation": "category", "name": categories}),
            pd.DataFrame({"item": decades.index, "relation": "decade", "name": decades}),
            pd.DataFrame(
                {
                    "item": row_of[facts["head"]].to_numpy(),
                    "relation": facts["relation"],
                    "name": facts["tail"],
                }
            ),
        ],
        ignore_index=True,
    )
    said["key"] = said["name"].str.casefold()
    said = said.drop_duplicates(["item", "key"])
    said = said.sort_values("item", key=lambda row: row >= workspace.built, kind="stable")
    count = said.loc[said["item"] < workspace.built, "key"].value_counts()
    chosen = count[count >= fewest].index[:most]
    said = said[said["key"].isin(chosen)]
    codes, keys = pd.factorize(said["key"])
    tied = sparse.csr_array(
        (np.ones(len(said), dtype=np.float32), (said["item"], codes)),
        shape=(len(items), len(keys)),
    )
    return tied, said.drop_duplicates("key").set_index("key").loc[keys, ["name", "relation"]]


def speak(
    likes: sparse.csr_array,
    tied: sparse.csr_array,
    relations: np.ndarray,
    spoken: np.ndarray,
    vectors: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """One profile a user, (u, d) unit rows, from a fresh sample of each user's likes.

    ``likes`` (u, n); ``tied`` (n, a) items to labels; ``relations`` (a,); ``spoken`` (a, d) the
    labels' vectors; ``vectors`` (n, d) the items'. A label is the likelier to be said the more
    standard deviations it lies above its share of everyone's likes (Gumbel noise picks).
    """
    size = rng.integers(*SAMPLE, likes.shape[0])
    sample = _first(likes, size, rng)
    profile = ITEM * (_first(sample, rng.integers(0, ITEMS + 1, len(size)), rng) @ vectors)
    share = np.asarray(likes.sum(axis=0) @ tied).ravel() / max(likes.nnz, 1)  # (a,)
    expected = np.minimum(size, np.diff(sample.indptr))[:, None] * share
    found = (sample @ tied).toarray()  # (u, a)
    noisy = (found - expected) / np.sqrt(expected + 0.5) + 0.5 * rng.gumbel(size=found.shape)
    said = np.where(found > 0, np.where(found > 1, noisy, noisy / 2), -np.inf)
    for relation in np.unique(relations):
        where = np.flatnonzero(relations == relation)
        count = np.where(rng.random(len(size)) < SPEAKING, rng.integers(1, SAID + 1, len(size)), 0)
        profile += _top(said[:, where], count) @ spoken[where]
    missed = np.where(share > COMMON, -noisy, -np.inf)
    refusing = np.where(rng.random(len(size)) < REFUSING, UNSAID, 0)
    profile += REFUSAL * (_top(missed, refusing) @ spoken)
    length = np.linalg.norm(profile, axis=1, keepdims=True)
    return profile / np.maximum(length, 1e-12)


def _first(likes: sparse.csr_array, size: np.ndarray, rng: np.random.Generator) -> sparse.csr_array:
    """``size`` (u,) random entries of each row."""
    user = np.repeat(np.arange(likes.shape[0]), np.diff(likes.indptr))
    order = np.lexsort((rng.random(likes.nnz), user))
    kept = order[np.arange(likes.nnz) - likes.indptr[user] < size[user]]
    return sparse.csr_array(
        (likes.data[kept], (user[kept], likes.indices[kept])), shape=likes.shape
    )


def _top(worth: np.ndarray, size: np.ndarray) -> np.ndarray:
    """(u, a) 0/1: the ``size`` (u,) best of each row, but nothing of minus infinity."""
    most = min(int(size.max(initial=0)), worth.shape[1])
    best = (
        np.argpartition(-worth, range(most), axis=1)[:, :most] if most else worth[:, :0].astype(int)
    )
    said = np.zeros(worth.shape, dtype=np.float32)
    chosen = np.arange(most) < size[:, None]
    np.put_along_axis(said, best, chosen.astype(np.float32), axis=1)
    return said * np.isfinite(worth)
