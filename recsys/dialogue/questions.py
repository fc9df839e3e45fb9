"""What to ask next: a facet, or one of two items; and what each answer would do to the list."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from recsys.datatypes import Query, Ranking, Strategy
from recsys.dialogue.belief import belief, facet_gains, pair_gains
from recsys.dialogue.facets import Facet
from recsys.ranking.engine import Engine
from recsys.understanding.understanding import Understanding

PAIRED = 12
"""A choice is between two of so many items, the best of the list."""


@dataclass(frozen=True)
class Answer:
    """What can be answered, ``label``, how likely it is, and what it adds to what is known: words,
    a liked item (row), or nothing."""

    label: str
    chance: float
    said: str = ""
    liked: tuple[int, ...] = ()

    def added(self, query: Query) -> Query:
        """The query that knows this answer, too."""
        text = f"{query.text.rstrip('. ')}. {self.said}" if self.said else query.text
        liked = tuple(dict.fromkeys([*query.liked, *self.liked]))
        return replace(query, text=text, liked=liked)


@dataclass(frozen=True)
class Question:
    """``about`` what: the name of a facet, or the titles of two items; ``bits`` it is expected to
    tell."""

    text: str
    about: str
    answers: tuple[Answer, ...]
    bits: float


@dataclass(frozen=True)
class Promise:
    """How many of the k items shown would be others: by each answer, and as it is expected."""

    by_answer: tuple[int, ...]
    expected: float


class Asker:
    """What can be asked in one workspace."""

    def __init__(self, engine: Engine, facets: Sequence[Facet]):
        self.engine, self.facets = engine, tuple(facets)
        count = len(engine.workspace.catalogue)
        fits = [facet.fit for facet in self.facets]
        self._fits = np.stack(fits) if fits else np.zeros((0, count), dtype=np.float32)  # (m, n)

    def believed(self, ranking: Ranking, said: Collection[str]) -> np.ndarray:
        """(n,) ``belief`` in each item, after what was ``said`` in answers to questions."""
        answers = []
        for facet in self.facets:
            answers += [
                (facet.fit, more) for more in (True, False) if self.said(facet, more) in said
            ]
        return belief(ranking, len(self.engine.workspace.catalogue), answers)

    def said(self, facet: Facet, more: bool) -> str:
        """The words that ask for more of ``facet``, or for less."""
        less: str = self.engine.workspace.language.remarks.LESS
        return facet.name if more else less.format(facet.name)

    def stated(self, understanding: Understanding) -> list[str]:
        """What a text says already of what could be asked, by its name."""
        nodes = {node for part in understanding.parts for node in part.nodes}
        return [facet.name for facet in self.facets if facet.node in nodes]

    def best(
        self, ranking: Ranking, probability: np.ndarray, asked: Collection[str] = ()
    ) -> Question | None:
        """The question that tells most and is not about what was ``asked``; None where no question
        would tell anything."""
        options = [*self._facets(probability, asked), *self._pairs(ranking, probability, asked)]
        best = max(options, key=lambda question: question.bits, default=None)
        return best if best and best.bits > 1e-9 else None

    def at_random(
        self, ranking: Ranking, asked: Collection[str], rng: np.random.Generator
    ) -> Question | None:
        """A question drawn at random: about a facet, or between two of the best."""
        facets = [facet for facet in self.facets if facet.name not in asked]
        rows = ranking.index[:PAIRED].to_numpy()
        if len(rows) > 1 and (not facets or rng.random() < 0.5):
            return self._choice(rng.choice(rows, 2, replace=False), 0.0)
        if not facets:
            return None
        even = np.full(len(self.engine.workspace.catalogue), 0.0)
        even[ranking.index] = 1 / len(ranking)
        return self.about_facet(facets[int(rng.integers(len(facets)))], even, 0.0)

    def promise(
        self, query: Query, shown: Ranking, question: Question, strategy: Strategy
    ) -> Promise:
        """What the answers to ``question`` would do to the items ``shown``: each is tried out."""
        moved = []
        for answer in question.answers:
            after = shown.index
            if answer.said or answer.liked:
                after = self.engine.recommend(answer.added(query), strategy).shown.index
            moved.append(changed(shown.index, after))
        expected = sum(
            answer.chance * many for answer, many in zip(question.answers, moved, strict=True)
        )
        return Promise(tuple(moved), expected)

    def _facets(self, probability: np.ndarray, asked: Collection[str]) -> Iterator[Question]:
        free = [place for place, facet in enumerate(self.facets) if facet.name not in asked]
        if not free:
            return
        gains = facet_gains(probability, self._fits[free])
        best = int(gains.argmax())
        yield self.about_facet(self.facets[free[best]], probability, float(gains[best]))

    def about_facet(self, facet: Facet, probability: np.ndarray, bits: float) -> Question:
        """Whether more or less of ``facet`` is wanted."""
        chance = float(probability @ facet.fit)
        answers = (
            Answer("More of it", chance, self.said(facet, True)),
            Answer("Rather not", 1 - chance, self.said(facet, False)),
            Answer("Either way", 0.0),
        )
        text = (
            f"{facet.name[:1].upper()}{facet.name[1:]} ({facet.kind}): more of it, or rather not?"
        )
        return Question(text, facet.name, answers, bits)

    def _pairs(
        self, ranking: Ranking, probability: np.ndarray, asked: Collection[str]
    ) -> Iterator[Question]:
        rows = ranking.index[:PAIRED].to_numpy()
        pairs = combinations(range(len(rows)), 2)
        free = [pair for pair in pairs if self._about(rows[list(pair)]) not in asked]
        if not free:
            return
        vectors = self.engine.workspace.vectors
        similarity = np.asarray(vectors[rows], np.float32) @ np.asarray(vectors, np.float32).T
        gains = pair_gains(probability, similarity, np.array(free))
        best = int(gains.argmax())
        yield self._choice(rows[list(free[best])], float(gains[best]))

    def _choice(self, rows: np.ndarray, bits: float) -> Question:
        titles = self.engine.workspace.catalogue.items["title"][rows].tolist()
        answers = [
            Answer(title, 0.5, liked=(int(row),)) for title, row in zip(titles, rows, strict=True)
        ]
        text = f"{titles[0]}, or {titles[1]}?"
        return Question(text, self._about(rows), (*answers, Answer("Neither", 0.0)), bits)

    def _about(self, rows: np.ndarray) -> str:
        return " / ".join(sorted(self.engine.workspace.catalogue.items["title"][rows]))


def changed(before: Sequence[int], after: Sequence[int]) -> int:
    """How many of the items ``before`` are not among those ``after``.

    >>> changed([1, 2, 3], [3, 1, 4])
    1
    """
    return len(set(before) - set(after))
