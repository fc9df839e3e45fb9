"""What flows through Thaw: Query -> Scores -> Ranking; checked once, when made."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import pandas as pd

from recsys.errors import QueryError

MOST_DIVERSE = 0.95

MAX_TEXT = 10_000
"""Longest text accepted from a visitor, in characters."""

MIN_WEIGHT = 1e-6
"""The least weight of a signal that is heard at all."""
MAX_WEIGHT = 1e6
"""The greatest weight of a signal: only shares of the sum count, and greater ones mean nothing."""

SIMILARITIES = ("cosine", "dot", "euclidean", "manhattan")
"""How nearness of meaning can be measured, the usual one first."""

SCALES = ("z-score", "min-max", "ranks")
"""How signals are put on one scale before they are added up, the usual one first."""

Scores: TypeAlias = pd.DataFrame
"""Index ``item`` (row numbers), one float32 column per signal; NaN is no opinion."""

Ranking: TypeAlias = pd.DataFrame
"""Index ``item``, sorted; ``rank`` from 1, ``score``, and one contribution column per signal."""

Progress = Callable[[int, int, str], None]
"""Called with (done, total, what) by long work."""


def no_progress(done: int, total: int, what: str) -> None:
    """The Progress of somebody who does not watch."""


def clean_text(text: str) -> str:
    """The text with control characters read as spaces and the ends trimmed.

    Raises QueryError when it has no letter or digit, or more than MAX_TEXT characters.

    >>> clean_text("  space\\x00opera ")
    'space opera'
    """
    if len(text) > MAX_TEXT:
        raise QueryError(f"The text has {len(text):,} characters; at most {MAX_TEXT:,} are read.")
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)
    kept = re.sub(r" {2,}", " ", kept).strip()
    if not any(c.isalnum() for c in kept):
        raise QueryError("There are no words to go by: type a few.")
    return kept


@dataclass(frozen=True)
class Filters:
    """Which items may be shown; an empty filter lets everything through."""

    categories: tuple[str, ...] = ()
    """Any one of these is enough."""
    year_from: int | None = None
    year_to: int | None = None

    def __bool__(self) -> bool:
        return bool(self.categories) or self.year_from is not None or self.year_to is not None


@dataclass(frozen=True)
class Query:
    """What is known of the newcomer; ``liked`` and ``disliked`` are row numbers.

    Raises QueryError for a text without words, k below 1, or an item both liked and disliked.
    """

    text: str
    liked: tuple[int, ...] = ()
    disliked: tuple[int, ...] = ()
    seen: tuple[int, ...] = ()
    """Not to be shown again; they say nothing about the taste."""
    muted: tuple[str, ...] = ()
    """Parts of the text that are not to count."""
    softened: tuple[str, ...] = ()
    """Parts of the text that are to weigh, where they would rule out."""
    filters: Filters = Filters()
    k: int = 10
    without: tuple[tuple[int, ...], ...] = ()
    """Facts that are not to count: nodes of the knowledge graph, or pairs of them that are tied."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean_text(self.text))
        if self.k < 1:
            raise QueryError(f"k is {self.k}; it must be at least 1.")
        if set(self.liked) & set(self.disliked):
            raise QueryError("The same item is among the likes and the dislikes.")


@dataclass(frozen=True)
class NewItem:
    """An item that the catalogue does not have: a description and what else is known of it.

    ``facts``: relation of the knowledge graph -> names, such as directed_by or has_theme. Raises
    QueryError for a text without words or one that is too long.
    """

    text: str
    title: str = ""
    year: int | None = None
    categories: tuple[str, ...] = ()
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean_text(self.text))
        if self.title:
            object.__setattr__(self, "title", clean_text(self.title))


@dataclass(frozen=True)
class Strategy:
    """How signals become a ranking; ``weights`` replaces the defaults of the signals it names.

    ``diversity`` runs from 0 (the best scores) to 0.95 (anything but the same again);
    ``similarity`` is one of SIMILARITIES, ``scale`` one of SCALES. Raises QueryError for a
    diversity or a curiosity out of range, an unknown similarity or scale, or a weight that is no
    number from 0 to MAX_WEIGHT.
    """

    name: str = ""
    fusion: str = "weighted"
    weights: Mapping[str, float] = field(default_factory=dict)
    diversity: float = 0.0
    similarity: str = SIMILARITIES[0]
    scale: str = SCALES[0]
    curiosity: float = 0.0
    """The share of the places that are drawn, from 0 (none) to 1, and ``draw`` which draw it is."""
    draw: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.curiosity <= 1:
            raise QueryError(f"The curiosity is {self.curiosity}; it must be from 0 to 1.")
        if not 0 <= self.diversity <= MOST_DIVERSE:
            raise QueryError(
                f"The diversity is {self.diversity}; it must be from 0 to {MOST_DIVERSE}."
            )
        if self.similarity not in SIMILARITIES:
            known = ", ".join(SIMILARITIES)
            raise QueryError(
                f"There is no similarity called {self.similarity!r}. There are: {known}."
            )
        if self.scale not in SCALES:
            known = ", ".join(SCALES)
            raise QueryError(f"There is no scale called {self.scale!r}. There are: {known}.")
        for name, weight in self.weights.items():
            check_weight(name, weight)


def check_weight(name: str, weight: float) -> None:
    """Raises QueryError unless the weight of the signal ``name`` is 0, or a number that can be
    divided by and added up: from MIN_WEIGHT to MAX_WEIGHT."""
    if weight != 0 and not MIN_WEIGHT <= weight <= MAX_WEIGHT:
        raise QueryError(
            f"The weight of {name} is {weight:g}; it must be a number of 0 or more, from"
            f" {MIN_WEIGHT:g} to {MAX_WEIGHT:g} if it is not 0."
        )


@dataclass(frozen=True, eq=False)
class Context:
    """What a fusion may know beside the scores: ``features`` (f,) of the query by their names, the
    arrays of the trained model that it names in ``MODEL``, and the ``scale``, one of SCALES."""

    features: pd.Series | None = None
    model: Mapping[str, np.ndarray] | None = None
    scale: str = SCALES[0]


@dataclass(frozen=True)
class Clause:
    """A piece of the visitor's text; ``wanted`` is False for "nothing gory"."""

    text: str
    wanted: bool = True


@dataclass(frozen=True)
class Link:
    """``node`` of the knowledge graph is what the words ``said`` in a clause stand for.

    ``how`` is exact, alias or meaning; ``strength`` is above 0, up to 1.
    """

    clause: int
    node: int
    said: str
    how: str
    strength: float
    wanted: bool


@dataclass(frozen=True)
class Reason:
    """Why a signal speaks for an item, in a visitor's words, and the ``phrases`` of the taste that
    it answers. Without a text it is no reason, and false."""

    text: str = ""
    phrases: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, eq=False)
class EncodedQuery(Query):
    """A Query with its meaning: one unit vector per clause, and what its words name.

    ``feedback`` (n,) is pseudo-relevance feedback: the items that stand for the query, as the
    signals that read the text propose them. ``similarity`` is how nearness of meaning is measured.
    Of each item, (n,): ``stated``, from 0 to 1, how much it has of what is said; ``in_time``, how
    well its year fits, NaN for no opinion; ``penalty``, from 0 to 1, how strongly what is said
    rules it out. ``aspects`` are the phrases that are wanted, each with how much every item has of
    it, (n,) from 0 to 1. ``excluded`` are rows not to be shown: who names them knows them.

    Two are equal only when they are the same: a Query says nothing of what was made of it.
    """

    clauses: tuple[Clause, ...] = ()
    clause_vectors: np.ndarray = field(
        default_factory=lambda: np.zeros((0, 0), np.float32)
    )  # (c, d)
    links: tuple[Link, ...] = ()
    feedback: np.ndarray = field(default_factory=lambda: np.zeros(0, np.float32))  # (n,)
    similarity: str = SIMILARITIES[0]
    stated: np.ndarray = field(default_factory=lambda: np.zeros(0, np.float32))
    in_time: np.ndarray = field(default_factory=lambda: np.zeros(0, np.float32))
    penalty: np.ndarray = field(default_factory=lambda: np.zeros(0, np.float32))
    excluded: tuple[int, ...] = ()
    aspects: tuple[tuple[str, np.ndarray], ...] = ()

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    @property
    def wanted_text(self) -> str:
        """The text without what it turns down."""
        return ". ".join(clause.text for clause in self.clauses if clause.wanted)


def make_scores(rows: np.ndarray, signals: Mapping[str, np.ndarray]) -> Scores:
    """Scores of the candidate ``rows``; each signal is (len(rows),).

    Raises ValueError when a signal's shape is off or it says infinity.
    """
    columns = {name: values.astype(np.float32) for name, values in signals.items()}
    for name, values in columns.items():
        if values.shape != rows.shape or np.isinf(values).any():
            raise ValueError(
                f"signal {name}: expected {rows.shape} finite or NaN, got {values.shape}"
            )
    return pd.DataFrame(columns, index=pd.Index(rows, name="item"))


def best_first(score: np.ndarray, rows: np.ndarray | pd.Index) -> np.ndarray:
    """The places (n,) of the scores, the best first; ties go to the lower of ``rows`` (n,)."""
    return np.lexsort((rows, -score))


def make_ranking(contributions: pd.DataFrame) -> Ranking:
    """Ranking from contributions: score is their row sum, ties go to the lower row number."""
    score = contributions.sum(axis=1).to_numpy()
    order = best_first(score, contributions.index)
    ranking = contributions.take(order)
    ranking.insert(0, "rank", np.arange(1, len(order) + 1))
    ranking.insert(1, "score", score[order])
    return ranking
