"""Labels: which genres, themes, moods, countries and places words stand for."""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import Stemmer

from recsys.knowledge.names import PROPER
from recsys.understanding.keys import Token, key, spans

MAX_WORDS = 5
"""Words of the longest label that is looked for."""
NAME_WEIGHT = 1.0
"""Of a label named by its own name."""
ALIAS_WEIGHT = 0.8
"""Of a label named by another word for it, or by another form of its name."""
FADE = 0.9
"""Of the labels that answer a word, each weighs this much of the one before."""
MIN_HALF = 2
"""Letters that half of a double label has more than, to be one by itself."""
MIN_STEM = 4
"""Letters of the shortest stem by which a label is found."""
NO_LABEL = frozenset({"decade"}) | (PROPER - {"set in"})
"""Kinds that are found in other ways: years, items, people."""


@dataclass(frozen=True)
class Answer:
    """Items that have all of ``nodes`` answer a word by ``weight`` (0 to 1)."""

    nodes: tuple[int, ...]
    weight: float


@dataclass(frozen=True)
class Mention:
    """What the words from ``start`` to ``end`` stand for; ``key`` is how they are compared."""

    start: int
    end: int
    key: str
    answers: tuple[Answer, ...]


class LabelIndex:
    """Finds labels by their names, by other words for them, and by what people call them.

    ``nodes`` has index node, name, kind, degree; ``aliases``, ``wanted`` and ``refused`` are the
    language's tables.
    """

    def __init__(
        self,
        nodes: pd.DataFrame,
        aliases: Mapping[str, str],
        wanted: Mapping[str, str],
        refused: Mapping[str, str],
    ):
        self._stemmer = Stemmer.Stemmer("english")
        named = nodes[~nodes["kind"].isin(NO_LABEL)]
        self.kind: dict[int, str] = named["kind"].to_dict()
        self._nodes: dict[str, list[int]] = defaultdict(list)
        for node, name, kind in zip(
            named.index.tolist(), named["name"], named["kind"], strict=True
        ):
            for other in _forms(name, kind):
                self._nodes[other].append(node)
        self._answers = {said: _answers(ones, NAME_WEIGHT) for said, ones in self._nodes.items()}
        self._add_aliases(aliases)
        self._add_wanted(wanted)
        self._refused = {key(said): self._listed(words) for said, words in refused.items()}
        self._stems: dict[str, str] = {}
        for said in self._answers:
            if " " not in said and len(stem := self._stem(said)) >= MIN_STEM:
                self._stems.setdefault(stem, said)

    def __contains__(self, said: object) -> bool:
        return said in self._answers

    def keys(self) -> Iterator[str]:
        """Everything that a label is found by."""
        yield from self._answers
        yield from self._refused

    def find(self, words: Sequence[Token]) -> list[Mention]:
        """The labels that the ``words`` name, the longest first, in order."""
        free = [True] * len(words)
        found = []
        for start, end in spans(len(words), MAX_WORDS):
            if not all(free[start:end]):
                continue
            said = " ".join([token.key for token in words[start:end]])
            said = self._known(said, end - start)
            if said:
                free[start:end] = [False] * (end - start)
                place = (words[start].start, words[end - 1].end)
                found.append(Mention(*place, said, self._answers.get(said, ())))
        return sorted(found, key=lambda mention: mention.start)

    def refused(self, mention: Mention, wanted: Container[int] = ()) -> tuple[Answer, ...]:
        """What goes when this is turned down: what the words name, and all that is close to it.

        What is ``wanted`` elsewhere stays, unless it is turned down by its own name.
        """
        close = self._refused.get(mention.key) or mention.answers
        own = [one for one in mention.answers if one.weight == NAME_WEIGHT]
        near = [Answer(one.nodes, NAME_WEIGHT) for one in close]
        kept = [one for one in near if one.nodes[0] not in wanted or len(one.nodes) > 1]
        return tuple(dict.fromkeys([*own, *kept]))

    def listed(self, names: str) -> list[int]:
        """The nodes that have one of these ``names``, which are set apart by commas."""
        return [one.nodes[0] for one in self._listed(names) if len(one.nodes) == 1]

    def _known(self, said: str, length: int) -> str:
        if said in self._answers or said in self._refused:
            return said
        return self._stems.get(self._stem(said), "") if length == 1 else ""

    def _stem(self, word: str) -> str:
        return self._stemmer.stemWord(word)

    def _listed(self, names: str) -> tuple[Answer, ...]:
        found: list[Answer] = []
        weight = NAME_WEIGHT
        for name in filter(None, names.split(", ")):
            parts = [self._nodes.get(key(part), []) for part in name.split(" & ")]
            if len(parts) > 1 and all(parts):
                found.append(Answer(tuple(part[0] for part in parts), weight))
            elif len(parts) == 1:
                found += [Answer((node,), weight) for node in parts[0]]
            weight *= FADE if parts[0] else 1
        return tuple(found)

    def _add_aliases(self, aliases: Mapping[str, str]) -> None:
        for names, words in aliases.items():
            nodes = [node for name in names.split(" / ") for node in self._nodes.get(key(name), [])]
            others = [name for name in names.split(" / ") if key(name) not in self._nodes]
            others = others if len(nodes) == 1 else []  # a romantic comedy is not all comedy
            for word in (*others, *words.split(", ")):
                old = self._answers.get(key(word), ())
                self._answers[key(word)] = _merged(old, _answers(nodes, ALIAS_WEIGHT))
        self._answers = {said: answers for said, answers in self._answers.items() if answers}

    def _add_wanted(self, wanted: Mapping[str, str]) -> None:
        for word, names in wanted.items():
            old = self._answers.get(key(word), ())
            merged = _merged(old, self._listed(names))
            if merged:
                self._answers[key(word)] = merged


def _answers(nodes: Sequence[int], weight: float) -> tuple[Answer, ...]:
    return tuple(Answer((node,), weight) for node in dict.fromkeys(nodes))


def _merged(old: Sequence[Answer], new: Sequence[Answer]) -> tuple[Answer, ...]:
    best: dict[tuple[int, ...], float] = {}
    for one in (*old, *new):
        best[one.nodes] = max(best.get(one.nodes, 0.0), one.weight)
    return tuple(Answer(nodes, weight) for nodes, weight in best.items())


def _forms(name: str, kind: str) -> Iterator[str]:
    """The name, without "film" or an article, and the halves of a double one."""
    whole = key(name)
    yield whole
    words = whole.split()
    if len(words) > 1 and words[-1] in ("film", "game"):
        yield " ".join(words[:-1])
    if len(words) > 1 and words[0] in ("the", "a", "an"):
        yield " ".join(words[1:])
    if " and " in whole and kind != "set in":
        yield from (half for half in whole.split(" and ") if len(half) > MIN_HALF)
    if kind == "set in" and "," in name:
        yield key(name.split(",")[0])


def membership(rows: Sequence[np.ndarray], count: int) -> np.ndarray:
    """(count,) bool: the items that are in all of ``rows``."""
    kept = np.ones(count, dtype=bool)
    for one in rows:
        mask = np.zeros(count, dtype=bool)
        mask[one] = True
        kept &= mask
    return kept
