"""Entity linking: which nodes of the knowledge graph a visitor's words name.

By the name itself (*exact*), by another word for it (*alias*: "scary", "the nineties", a last
name), or by what it is about (*meaning*). A name that is also an ordinary word is one only when
it is written as a name: with a capital inside a sentence, or in quotes.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

import numpy as np
import pandas as pd
from scipy import sparse

from recsys.datatypes import Link
from recsys.knowledge.graph import Graph
from recsys.knowledge.names import PROPER, fold

TIMELESS = PROPER | {"country", "decade"}
"""Kinds that are not about anything: nobody means them without naming them."""
MIN_ITEMS = 5
"""An entity has a meaning of its own when so many items share it."""
MAX_WORDS = 8
"""Words of the longest name that is looked for."""
EXACT_STRENGTH = 1.0
"""Of a link by the name itself."""
ALIAS_STRENGTH = 0.8
"""Of a link by another word for it."""
SHARED_STRENGTH = 0.4
"""Of a link by a last name that two people have."""
MEANING_STRENGTH = 0.5
"""Of a link by meaning, at a cosine of 1."""
MIN_TIES_OF_FAMOUS = 3
"""A person with so many ties is known by a last name in small letters."""
MIN_LEAD = 2.0
"""Who is meant by a last name has so many times the ties of the next."""
MAX_BY_MEANING = 2
"""How many links a clause gets by meaning."""
MIN_COSINE = 0.35
"""The least cosine of a link by meaning."""
SAMPLE = 2000
"""Texts that are read to learn which names are ordinary words."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_QUOTED = re.compile(r"[\"“”«„]([^\"“”«»„]+)[\"“”»]")
"""The twenties are years; twenty is a number."""


class Language(Protocol):
    """What a language tells of names: other words for them, and words that name nothing."""

    ALIASES: dict[str, str]
    ARTICLES: tuple[str, ...]
    SILENT: frozenset[str]


@dataclass(frozen=True)
class _Token:
    key: str
    start: int
    end: int
    capital: bool
    first: bool
    """Of a sentence, so that its capital says nothing."""


def _key(text: str) -> str:
    return " ".join(map(fold, _WORD.findall(text)))


class Linker:
    """Finds the nodes that words name.

    ``nodes`` has index node, name, kind, degree; ``texts`` are read for words that stand there in
    small letters; ``centroids`` (m, d), unit rows, say what the nodes ``topics`` (m,) are about.
    """

    def __init__(
        self,
        nodes: pd.DataFrame,
        texts: Iterable[str],
        topics: np.ndarray,
        centroids: np.ndarray,
        language: Language,
    ):
        self._kind = nodes["kind"].to_numpy()
        self._degree = nodes["degree"].to_numpy()
        self._topics, self._centroids = topics, centroids
        self._silent = language.SILENT
        self._named: dict[str, dict[int, tuple[str, float]]] = defaultdict(dict)
        last: dict[str, list[int]] = defaultdict(list)
        names = nodes["name"].tolist()  # an Arrow array that is walked is slow
        for node, name, kind in zip(nodes.index.tolist(), names, self._kind, strict=True):
            key = _key(name)
            for other in _other_names(name, key, kind, language.ARTICLES):
                self._named[other].setdefault(node, ("alias", ALIAS_STRENGTH))
            self._named[key][node] = ("exact", EXACT_STRENGTH)
            if kind == "person":
                for family in _families(key):
                    last[family].append(node)
        self._add_aliases(language.ALIASES)
        self._family = {key: self._best_known(people) for key, people in last.items()}
        self._ordinary = self._ordinary_names(list(islice(texts, SAMPLE)))

    def link(
        self, text: str, clauses: Sequence[tuple[str, bool]], vectors: np.ndarray
    ) -> list[Link]:
        """The links of each clause (its text, whether it is wanted) of ``text``, in order.

        ``vectors`` (c, d) are the clauses' meanings, unit rows.
        """
        text, position, found = text.replace("’", "'"), 0, []
        for number, (clause, wanted) in enumerate(clauses):
            position = max(text.find(clause, position), 0)
            before = text[:position].rstrip()
            opens = not before or before[-1] in ".!?:;"
            links = self._by_name(number, clause, wanted, opens)
            taken = {link.node for link in links}
            found += links
            if wanted and len(self._topics):
                found += self._by_meaning(number, clause, vectors[number], taken)
        return found

    def _by_name(self, number: int, clause: str, wanted: bool, opens: bool) -> list[Link]:
        tokens = _tokens(clause, opens)
        quoted = {_key(match) for match in _QUOTED.findall(clause)}
        free, links = [True] * len(tokens), []
        for length in range(min(MAX_WORDS, len(tokens)), 0, -1):
            for start in range(len(tokens) - length + 1):
                span = tokens[start : start + length]
                if not all(free[start : start + length]):
                    continue
                around = tokens[max(start - 1, 0) : start] + tokens[start + length :][:1]
                nodes = self._nodes(span, around, quoted)
                if nodes:
                    free[start : start + length] = [False] * length
                    said = clause[span[0].start : span[-1].end]
                    links += [
                        Link(number, node, said, how, strength, wanted)
                        for node, (how, strength) in nodes.items()
                    ]
        return links

    def _nodes(
        self, span: Sequence[_Token], around: Sequence[_Token], quoted: set[str]
    ) -> dict[int, tuple[str, float]]:
        key = " ".join(token.key for token in span)
        named = self._named.get(key, {})
        if key in quoted:
            return named
        written = _as_name(span, self._silent)
        if key in self._silent and not written:
            return {}
        # "Christmas Day" is not about Doris Day.
        cut = written and len(span) == 1 and any(t.capital and not t.first for t in around)
        found = {
            node: link
            for node, link in named.items()
            if self._kind[node] not in PROPER or (not cut and self._is_meant(key, node, written))
        }
        if found or cut:
            return found
        return {
            node: ("alias", strength)
            for node, strength in self._family.get(key, {}).items()
            if self._is_meant(key, node, written)
        }

    def _is_meant(self, key: str, node: int, written: bool) -> bool:
        """Whether a name that may be an ordinary word stands for this node."""
        if written:
            return len(key) > 1
        if key in self._ordinary or len(key) < 4 or key.isdigit():
            return False
        if " " in key:
            return True
        known = self._kind[node] == "person" and self._degree[node] >= MIN_TIES_OF_FAMOUS
        return bool(known or self._kind[node] == "set in")

    def _by_meaning(
        self, number: int, clause: str, vector: np.ndarray, taken: set[int]
    ) -> Iterator[Link]:
        cosine = self._centroids @ vector  # (m,)
        for place in np.argsort(-cosine, kind="stable")[:MAX_BY_MEANING]:
            node = int(self._topics[place])
            if cosine[place] >= MIN_COSINE and node not in taken:
                strength = MEANING_STRENGTH * float(cosine[place])
                yield Link(number, node, clause, "meaning", strength, True)

    def _add_aliases(self, aliases: Mapping[str, str]) -> None:
        meant = {}  # all of them before any is added, or one alias would lead to another
        for names in aliases:
            keys = [_key(name) for name in names.split(" / ")]
            nodes = [node for key in keys for node in self._named.get(key, ())]
            meant[names] = [node for node in nodes if self._kind[node] not in PROPER]
        for names, words in aliases.items():
            nodes = meant[names]
            for word in words.split(", "):
                for node in nodes:
                    self._named[_key(word)].setdefault(node, ("alias", ALIAS_STRENGTH))

    def _best_known(self, people: list[int]) -> dict[int, float]:
        """Who is meant by a last name: the one with by far the most ties, or two as one (Coen)."""
        ranked = sorted(people, key=lambda node: -self._degree[node])
        ties = [*self._degree[ranked[:3]].tolist(), 0, 0]
        if ties[0] >= max(MIN_LEAD * ties[1], 1):
            return {ranked[0]: ALIAS_STRENGTH}
        if ties[1] == ties[0] >= MIN_LEAD * ties[2]:
            return dict.fromkeys(ranked[:2], SHARED_STRENGTH)
        return {}

    def _ordinary_names(self, texts: list[str]) -> set[str]:
        words = [word for text in texts for word in (*_WORD.findall(text.replace("’", "'")), ".")]
        keys = [fold(word) if word.islower() else "" for word in words]
        found = set(keys)
        for length in range(2, 5):
            grams = zip(*(keys[start:] for start in range(length)), strict=False)
            found |= {" ".join(gram) for gram in set(grams)} & self._named.keys()
        return found


def topic_centroids(graph: Graph, vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The entities that are about something (m,), and the mean of their items' vectors (m, d).

    ``vectors`` (n, d) are the items'; the centroids are unit rows.
    """
    about = ~graph.nodes["kind"].isin(TIMELESS) & (graph.degree >= MIN_ITEMS)
    topics = np.flatnonzero(about)
    ties: sparse.csr_array = graph.weights[topics][:, : graph.count]
    ties.data[:] = 1
    centroids = ties @ vectors  # (m, d)
    length = np.linalg.norm(centroids, axis=1, keepdims=True)
    return topics, centroids / np.maximum(length, 1e-12)


def _tokens(clause: str, opens: bool) -> list[_Token]:
    shouted = clause.isupper()
    return [
        _Token(
            fold(match[0]),
            match.start(),
            match.end(),
            match[0][0].isupper() and not shouted,
            opens and place == 0,
        )
        for place, match in enumerate(_WORD.finditer(clause))
    ]


def _as_name(span: Sequence[_Token], silent: Container[str]) -> bool:
    """Whether every word that counts has a capital, and not all because a sentence starts."""
    heavy = [token for token in span if token.key not in silent] or span
    return all(token.capital for token in heavy) and not all(token.first for token in heavy)


def _other_names(name: str, key: str, kind: str, articles: Container[str]) -> Iterator[str]:
    """Without "film", an article or a subtitle; the halves of a double theme."""
    words = key.split()
    if kind == "item" and ":" in name:
        main = _key(name.split(":")[0])
        if len(main) < len(key) and " " in main:
            yield main
    if kind == "genre" and len(words) > 1 and words[-1] == "film":
        yield " ".join(words[:-1])
    if len(words) > 1 and words[0] in articles:
        yield " ".join(words[1:])
    joint = {"based on": " by "}.get(kind, " and " if kind not in PROPER else "")
    if joint and joint in key:
        for half in key.split(joint):
            yield half.removeprefix("the ")


def _families(key: str) -> Iterator[str]:
    """The last name, also with its particle: "trier" and "von trier"."""
    words = [word for word in key.split() if word not in ("jr", "sr", "ii", "iii")]
    if len(words) > 1:
        yield words[-1]
    if len(words) > 2 and words[-2] in ("da", "de", "del", "di", "la", "le", "van", "von"):
        yield " ".join(words[-2:])
