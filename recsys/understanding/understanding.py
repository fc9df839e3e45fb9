"""What a text stands for in one catalogue, ready to be acted on: arrays over the items' rows."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from recsys.datatypes import Clause
from recsys.intents import HARD, SOFT, Correction, Intent

ANY_OF = ("time", "language")
"""Kinds of which one that fits is enough: "from the 60s or the 70s"."""
NAMED = ("example", "seen", "liked", "disliked")
"""Kinds whose items are not shown: who names them knows them."""


@dataclass(frozen=True, eq=False)
class Part:
    """One intent, and what it stands for here.

    ``label`` says it in words; ``nodes`` are of the knowledge graph, ``rows`` the items named.
    ``fit`` (n,) float32 from 0 to 1: how much each item has what is said (1 by a fact, less by
    its text or by resemblance), whether that is wanted or turned down. ``allowed`` (n,) bool: the
    items that a filter on it lets through. Either is None where it does not apply. ``acted`` is
    False when the catalogue cannot act on it; ``why`` is the reason, or a remark.
    """

    intent: Intent
    label: str
    nodes: tuple[int, ...] = ()
    rows: tuple[int, ...] = ()
    fit: np.ndarray | None = None
    allowed: np.ndarray | None = None
    acted: bool = True
    why: str = ""

    @property
    def state(self) -> str:
        """How its chip looks: wanted, not, aside, or grey."""
        if not self.acted:
            return "grey"
        return {1: "wanted", -1: "not"}.get(self.intent.polarity, "aside")


@dataclass(frozen=True, eq=False)
class Understanding:
    """All parts of a text, and what follows from them; arrays are over the items' rows.

    ``score`` from 0 to 1 says how much was understood, ``understood`` whether that is enough;
    ``language`` is what the text is written in, as far as can be told. ``sentence`` says it all.
    ``trimmed`` takes from what is left of a clause the words that only tied it in.
    """

    text: str
    count: int
    parts: tuple[Part, ...] = ()
    clauses: tuple[Clause, ...] = ()
    read_as: tuple[Correction, ...] = ()
    understood: bool = True
    score: float = 1.0
    language: str = "English"
    sentence: str = ""
    trimmed: Callable[[str], str] = str.strip

    def without(self, muted: Collection[str]) -> "Understanding":
        """The same with the parts of these texts switched off, and out of its clauses."""
        if not muted:
            return self  # with what follows from it, which may be known
        kept = tuple(part for part in self.parts if part.intent.text not in muted)
        clauses = []
        for clause in self.clauses:
            text = _left(clause.text, muted, self.trimmed)
            if text:
                clauses.append(replace(clause, text=text))
        return replace(self, parts=kept, clauses=tuple(clauses))

    def softened(self, texts: Collection[str]) -> "Understanding":
        """The same with the parts of these ``texts`` no stronger than SOFT: they weigh."""
        if not texts:
            return self
        parts = []
        for part in self.parts:
            if part.intent.text in texts:
                strength = min(part.intent.strength, SOFT)
                part = replace(part, intent=replace(part.intent, strength=strength))
            parts.append(part)
        return replace(self, parts=tuple(parts))

    @cached_property
    def allowed(self) -> np.ndarray:
        """(n,) bool: the items that every hard statement lets through; a filter."""
        hard = [part for part in self._filters() if part.intent.strength >= HARD]
        return _together(hard, self.count)

    @cached_property
    def penalty(self) -> np.ndarray:
        """(n,) float32 from 0 to 1: how strongly what is said speaks against each item.

        From 0.8 on it is to come after all others; below, the penalty weighs. It is the worst of:
        strength times fit of what is turned down, and the strength of a firm filter not passed.
        """
        worst = np.zeros(self.count, dtype=np.float32)
        for part in self.parts:
            if part.intent.polarity < 0 and part.fit is not None and part.acted:
                worst = np.maximum(worst, part.intent.strength * part.fit)
        for kind in dict.fromkeys(part.intent.kind for part in self._filters()):
            same = [part for part in self._filters() if part.intent.kind == kind]
            strength = max(part.intent.strength for part in same)
            worst = np.maximum(worst, np.where(_together(same, self.count), 0, strength))
        return worst.astype(np.float32)

    @cached_property
    def wanted(self) -> np.ndarray:
        """(n,) float32 from 0 to 1: the mean fit of what is wanted, by strength; it weighs. Times
        are apart, see ``in_time``."""
        parts = [part for part in self._wanted() if part.intent.kind != "time"]
        total = np.zeros(self.count, dtype=np.float32)
        weights = [part.intent.strength * part.intent.confidence for part in parts]
        for part, weight in zip(parts, weights, strict=True):
            if part.fit is not None:
                total += weight / sum(weights) * part.fit
        return total

    @property
    def aspects(self) -> tuple[tuple[str, np.ndarray], ...]:
        """The phrases that are wanted, each with its fit (n,); times are apart."""
        kept = [part for part in self._wanted() if part.intent.kind != "time"]
        return tuple((part.intent.text, part.fit) for part in kept if part.fit is not None)

    @cached_property
    def in_time(self) -> np.ndarray:
        """(n,) float32 from -1 to 1: how well the year fits, the best of what is wanted less the
        worst of what is not; NaN where nothing is said of when. No year known fits no time."""
        wanted, unwanted = self._times(1), self._times(-1)
        if not wanted and not unwanted:
            return np.full(self.count, np.nan, dtype=np.float32)
        best = np.max(wanted, axis=0) if wanted else np.zeros(self.count)
        worst = np.max(unwanted, axis=0) if unwanted else np.zeros(self.count)
        return np.asarray(best - worst, dtype=np.float32)

    @cached_property
    def excluded(self) -> np.ndarray:
        """Rows, sorted: the items named, and those already seen; they are not shown."""
        return np.unique(np.array(self.rows(*NAMED), dtype=np.int64))

    def rows(self, *kinds: str) -> tuple[int, ...]:
        """The items that parts of these ``kinds`` name: example, seen, liked, disliked."""
        named = [row for part in self.parts if part.intent.kind in kinds for row in part.rows]
        return tuple(dict.fromkeys(named))

    def _times(self, sign: int) -> list[np.ndarray]:
        kept = [p for p in self.parts if p.intent.kind == "time" and p.intent.polarity == sign]
        return [part.fit for part in kept if part.fit is not None and part.acted]

    def _wanted(self) -> list[Part]:
        return [p for p in self.parts if p.intent.polarity > 0 and p.fit is not None and p.acted]

    def _filters(self) -> list[Part]:
        return [p for p in self.parts if p.allowed is not None and p.acted and p.intent.polarity]


def _left(text: str, muted: Collection[str], trimmed: Callable[[str], str]) -> str:
    """The text without what is muted, as one phrase or word by word, and what only tied it in.

    >>> _left("horses in space", ["horses"], lambda text: text.removeprefix("in "))
    'space'
    """
    left = text
    for phrase in muted:
        whole = re.compile(_edged(phrase))
        words = [re.compile(_edged(word)) for word in phrase.split()]
        if whole.search(left):
            left = whole.sub(" ", left)
        elif all(word.search(left) for word in words):
            for word in words:
                left = word.sub(" ", left)
    return text if left == text else trimmed(" ".join(left.split()))


def _edged(words: str) -> str:
    """A pattern of these words: an edge of a word is an edge of what is cut."""
    return rf"(?<!\w){re.escape(words)}(?!\w)"


def _together(parts: Sequence[Part], count: int) -> np.ndarray:
    """(count,) bool: the items that pass all of these, or of some kinds any."""
    passed = np.ones(count, dtype=bool)
    either: dict[str, np.ndarray] = {}
    for part in parts:
        kind = part.intent.kind
        if part.allowed is None:
            continue
        if kind in ANY_OF and part.intent.polarity > 0:
            before = either.get(kind, np.zeros(count, dtype=bool))
            either[kind] = before | part.allowed
        else:
            passed &= part.allowed
    for mask in either.values():
        passed &= mask
    return passed
