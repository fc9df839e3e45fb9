"""The bundled worlds: plain CSV in data/NAME that a person can read and edit.

Their people are invented. A *persona* has a taste in words and graded judgements of some items.
*Simulated users* are drawn from mixtures of personas when a workspace is built:

1. An item's features are the tails of its triples, weighted by their rarity (idf), at unit length.
   A persona's affinity to any item is the cosine between the item's features and the sum of those
   of the items that it judged, times their grades; so it knows items that it has not judged.
2. A user mixes one to three personas with Dirichlet(1) shares. The pull of an item is
   TASTE_WEIGHT * affinity + FAME_WEIGHT * fame + noise: affinity standardised within the user,
   fame one normal draw an item (the same for all users), noise a Gumbel draw a user and item.
3. The user meets the items with the strongest pull, about INTERACTIONS of them (Poisson), and
   rates each from 1 to 5: the affinity, with normal noise of half its deviation, cut at fixed
   thresholds. A rating of 4 or 5 is a like.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd

from recsys import folders
from recsys.datatypes import Progress, no_progress
from recsys.errors import DataError
from recsys.tables import Tables

TITLE = "Bundled"
HELP = "A small world that comes with Thaw; its people are simulated."

DATA = folders.bundled()
"""A folder a world."""
COLUMNS = ["id", "title", "year", "categories", "text"]
"""Of items.csv; the others hold facts."""
SEPARATOR = "|"
"""Between the names in one cell."""

TASTE_WEIGHT = 1.2
"""How strongly an item pulls by what it is."""
FAME_WEIGHT = 0.8
"""How strongly it pulls by being known to all."""
INTERACTIONS = 40
"""A user's, on average."""
THRESHOLDS = (-0.5, 0.4, 1.3, 2.2)
"""Standardised affinities at which a rating of 1 becomes 2, 2 becomes 3, and so on."""


def worlds() -> list[str]:
    """The bundled worlds, sorted."""
    return sorted(path.parent.name for path in DATA.glob("*/about.json"))


OPTIONS = {"world": {"choices": worlds(), "default": "demo", "help": "which bundled world"}}


def load(world: str, folder: Path | None = None, progress: Progress = no_progress) -> Tables:
    """The bundled world ``world``, or another in the same form from ``folder``.

    ``items.csv`` has id, title, year, categories, text, and any further columns, which become
    facts under their own names; ``triples.csv`` head, relation, tail; ``personas.csv`` id, name,
    taste; ``judgements.csv`` persona, item, grade. Raises DataError when there is no such world
    or a file is off.
    """
    if folder is None:
        if world not in worlds():
            raise DataError(
                f"There is no bundled world {world!r}. There are: {', '.join(worlds())}."
            )
        folder = DATA / world
    table = _read(folder / "items.csv")
    missing = set(COLUMNS) - set(table)
    if missing:
        raise DataError(f"items.csv of {world!r} lacks the columns {sorted(missing)}.")
    rows = table.drop(columns=COLUMNS).to_dict("records")
    items = table[COLUMNS].assign(
        year=pd.to_numeric(table["year"]).astype("Int32"),
        categories=table["categories"].map(_names),
        facts=[_facts(row) for row in rows],
    )
    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    simulation = about.pop("simulation")
    triples = _read(folder / "triples.csv")
    judgements = _read(folder / "judgements.csv").astype({"grade": int})
    rng = np.random.default_rng(simulation["seed"])
    return Tables(
        items,
        simulate(items["id"], triples, judgements, simulation["users"], rng),
        triples,
        about | {"simulated": True},
        personas=_read(folder / "personas.csv"),
        judgements=judgements,
    )


def simulate(
    ids: pd.Series,
    triples: pd.DataFrame,
    judgements: pd.DataFrame,
    users: int,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Interactions of ``users`` simulated users by the model above."""
    affinity = _affinity(ids, triples, judgements)  # (personas, items)
    shares = _mixtures(users, len(affinity), rng)  # (users, personas)
    taste = shares @ affinity
    taste = (taste - taste.mean(axis=1, keepdims=True)) / taste.std(axis=1, keepdims=True)
    fame = rng.standard_normal(len(ids))
    pull = TASTE_WEIGHT * taste + FAME_WEIGHT * fame + rng.gumbel(size=taste.shape)
    # Half of the deviation of a taste, which is 1, is a rating's own noise.
    noisy = taste + 0.5 * rng.standard_normal(taste.shape)
    count = np.clip(rng.poisson(INTERACTIONS, users), 1, len(ids))
    rank = np.argsort(np.argsort(-pull, axis=1), axis=1)  # 0 for the strongest pull
    user, item = np.nonzero(rank < count[:, None])
    return pd.DataFrame(
        {
            "user": np.char.add("simulated-", (user + 1).astype(str)),
            "item": ids.to_numpy()[item],
            "rating": 1.0 + np.searchsorted(THRESHOLDS, noisy[user, item]),
            "timestamp": rank[user, item],
        }
    )


def _affinity(ids: pd.Series, triples: pd.DataFrame, judgements: pd.DataFrame) -> np.ndarray:
    features = pd.crosstab(triples["head"], triples["tail"]).reindex(ids, fill_value=0)
    idf = np.log(len(ids) / features.sum().to_numpy())  # (tails,)
    weighted = features.to_numpy() * idf  # (items, tails)
    weighted /= np.maximum(np.linalg.norm(weighted, axis=1, keepdims=True), 1e-12)
    grades = judgements.pivot_table(index="persona", columns="item", values="grade", fill_value=0)
    likes = grades.reindex(columns=ids, fill_value=0).to_numpy() @ weighted  # (personas, tails)
    return likes @ weighted.T / np.linalg.norm(likes, axis=1, keepdims=True)


def _mixtures(users: int, personas: int, rng: np.random.Generator) -> np.ndarray:
    shares = rng.exponential(size=(users, personas))  # at unit sum, Dirichlet(1)
    rank = np.argsort(np.argsort(rng.random(shares.shape), axis=1), axis=1)
    shares[rank >= rng.integers(1, 4, size=(users, 1))] = 0
    return shares / shares.sum(axis=1, keepdims=True)


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


def _facts(row: dict[str, str]) -> dict[str, list[str]]:
    return {label.capitalize(): _names(cell) for label, cell in row.items() if cell}


def _names(cell: str) -> list[str]:
    return [name.strip() for name in cell.split(SEPARATOR) if name.strip()]
