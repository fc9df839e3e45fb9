"""Interactions with a knowledge graph, in the files that recommenders with one are compared on.

A folder with NAME.train.inter, NAME.valid.inter, NAME.test.inter (user and item), NAME.link (item
and entity) and NAME.kg (head, relation and tail), each by tabs below a line of names, as RecBole
has them (Zhao et al. 2021). A file that is missing or off raises DataError with its name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from recsys.errors import DataError

PARTS = ("train", "valid", "test")
INTERACTIONS = ("user", "item")
LINKS = ("item", "entity")
TRIPLES = ("head", "relation", "tail")
"""What the columns of each kind of file are."""


@dataclass(frozen=True, eq=False)
class KnowledgeSplit:
    """``train``, ``valid`` and ``test`` (u, n): who likes what; ``ties``: relation -> adjacency
    (N, N), symmetric, of the items, which are the first n nodes, and all else."""

    train: sparse.csr_array
    valid: sparse.csr_array
    test: sparse.csr_array
    ties: dict[str, sparse.csr_array]


def read(folder: Path) -> KnowledgeSplit:
    """The files in ``folder``; rows, columns and nodes stand in the order of the ids. A tie weighs
    the more, the fewer have its end: log(1 + n / degree)."""
    parts = {part: _table(folder, f"{part}.inter", INTERACTIONS) for part in PARTS}
    linked, triples = _table(folder, "link", LINKS), _table(folder, "kg", TRIPLES)
    every = np.concatenate(list(parts.values()))
    users, items = np.unique(every[:, 0]), np.unique([*every[:, 1], *linked[:, 0]])
    likes = {}
    for part, own in parts.items():
        places = (np.searchsorted(users, own[:, 0]), np.searchsorted(items, own[:, 1]))
        shape = (len(users), len(items))
        table = sparse.csr_array((np.ones(len(own), dtype=np.float32), places), shape=shape)
        table.data[:] = 1  # entries for one place were added up
        likes[part] = table
    return KnowledgeSplit(**likes, ties=_ties(items, linked, triples))


def _ties(
    items: np.ndarray, linked: np.ndarray, triples: np.ndarray
) -> dict[str, sparse.csr_array]:
    """The items are nodes by their place, what else is named after them."""
    item_of = dict(zip(linked[:, 1], np.searchsorted(items, linked[:, 0]).tolist(), strict=True))
    named = pd.unique(np.concatenate([triples[:, 0], triples[:, 2]]))
    others = [name for name in named if name not in item_of]
    node = item_of | {name: place for place, name in enumerate(others, start=len(items))}
    frame = pd.DataFrame(
        {
            "head": [node[name] for name in triples[:, 0]],
            "relation": triples[:, 1],
            "tail": [node[name] for name in triples[:, 2]],
        }
    ).drop_duplicates()
    size = len(items) + len(others)
    degree = np.bincount([*frame["head"], *frame["tail"]], minlength=size)
    # Between two items each is an end: the tie tells what the rarer of them tells.
    ends = np.minimum(degree[frame["head"]], degree[frame["tail"]])
    rarity = np.where(frame["tail"] < len(items), ends, degree[frame["tail"]])
    frame["weight"] = np.log1p(len(items) / rarity).astype(np.float32)
    found = {}
    for name, own in frame.groupby("relation", sort=True):
        places = (own["head"], own["tail"])
        half = sparse.coo_array((own["weight"].to_numpy(), places), shape=(size, size))
        found[str(name)] = sparse.csr_array(half + half.T)
    return found


def _table(folder: Path, ending: str, columns: Sequence[str]) -> np.ndarray:
    """(lines, columns) of text."""
    paths = sorted(folder.glob(f"*.{ending}"))
    if len(paths) != 1:
        raise DataError(f"{folder} has {len(paths)} files *.{ending}; there must be one.")
    try:
        frame = pd.read_csv(paths[0], sep="\t", dtype=str, usecols=range(len(columns)))
    except (ValueError, pd.errors.ParserError, OSError):
        frame = None
    if frame is None or frame.empty or frame.isna().any(axis=None):
        names = " and ".join(columns).replace(" and ", ", ", len(columns) - 2)
        raise DataError(f"{paths[0].name} must have {names} by tabs, below a line of names.")
    return frame.to_numpy(dtype=object)
