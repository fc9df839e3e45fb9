"""Entity linking: which nodes of the knowledge graph a visitor's words name.

By the name itself (*exact*), by another word for it (*alias*: "scary", "the nineties", a last
name), or by what it is about (*meaning*). A name that is also an ordinary word is one only when
it is written as a name: with a capital inside a sentence, or in quotes.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from recsys.languages.english.aliases import ALIASES, ARTICLES, SILENT

PROPER = {"person", "item", "company", "set in", "based on", "followed by", "follows"}
"""Kinds whose names are names; those of other kinds (themes, moods, countries) are mere words."""
LONGEST = 8
"""Words of the longest name that is looked for."""
SURE, OTHERWISE, SHARED, NEAR = 1.0, 0.8, 0.4, 0.5
"""Strength of an exact link, an alias, a last name of two people, and at most of a meaning."""
FAMOUS, CLEARLY = 3, 2.0
"""Ties of a person known by a last name in small letters, and how many times those of the next."""
MOST_NEAR, NEAREST = 2, 0.35
"""How many links a clause gets by meaning, and the least cosine."""
SAMPLE = 2000
"""Texts that are read to learn which names are ordinary words."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_QUOTED = re.compile(r"[\"“”«„]([^\"“”«»„]+)[\"“”»]")
_TENS = {"twen", "thir", "for", "fif", "six", "seven", "eigh", "nine"}
"""The twenties are years; twenty is a number."""
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


@dataclass(frozen=True)
class Link:
    """``node`` is what the words ``said`` in a clause stand for; ``strength`` above 0, up to 1."""

    clause: int
    node: int
    said: str
    how: str
    strength: float
    wanted: bool


@dataclass(frozen=True)
class _Token:
    key: str
    start: int
    end: int
    capital: bool
    first: bool
    """Of a sentence, so that its capital says nothing."""


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """The word without case, accents, apostrophes, possessive and plural.

    >>> fold("Kurosawa's"), fold("WESTERNS"), fold("zombies") == fold("Zombie"), fold("Amélie")
    ('kurosawa', 'western', True, 'amely')
    """
    plain = unicodedata.normalize("NFKD", word.casefold()).translate(_LETTERS)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("’", "'")
    plain = plain.removesuffix("'s").replace("'", "")
    if plain.isalpha() and len(plain) > 3:
        if plain.endswith(("ches", "shes", "sses", "xes", "oes")):
            plain = plain[:-2]
        elif plain.endswith("ties") and plain[:-4] in _TENS:
            return plain
        elif plain.endswith("s") and not plain.endswith(("ss", "us", "is")):
            plain = plain[:-1]
    return f"{plain[:-2]}y" if len(plain) > 3 and plain.endswith("ie") else plain


def _key(text: str) -> str:
    return " ".join(map(fold, _WORD.findall(text)))


class Linker:
    """Finds the nodes that words name.

    ``nodes`` has index node, name, kind, degree; ``texts`` are read for words that stand there in
    small letters; ``centres`` (m, d), unit rows, say what the nodes ``centred`` (m,) are about.
    """

    def __init__(
        self, nodes: pd.DataFrame, texts: Iterable[str], centred: np.ndarray, centres: np.ndarray
    ):
        self._kind = nodes["kind"].to_numpy()
        self._degree = nodes["degree"].to_numpy()
        self._centred, self._centres = centred, centres
        self._named: dict[str, dict[int, tuple[str, float]]] = defaultdict(dict)
        last: dict[str, list[int]] = defaultdict(list)
        for node, name, kind in zip(nodes.index.tolist(), nodes["name"], self._kind, strict=True):
            key = _key(name)
            for other in _other_names(name, key, kind):
                self._named[other].setdefault(node, ("alias", OTHERWISE))
            self._named[key][node] = ("exact", SURE)
            if kind == "person":
                for family in _families(key):
                    last[family].append(node)
        self._add_aliases()
        self._family = {key: self._best_known(people) for key, people in last.items()}
        self._ordinary = self._ordinary_names(list(texts)[:SAMPLE])

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
            if wanted and len(self._centred):
                found += self._by_meaning(number, clause, vectors[number], taken)
        return found

    def _by_name(self, number: int, clause: str, wanted: bool, opens: bool) -> list[Link]:
        tokens = _tokens(clause, opens)
        quoted = {_key(match) for match in _QUOTED.findall(clause)}
        free, links = [True] * len(tokens), []
        for length in range(min(LONGEST, len(tokens)), 0, -1):
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
        written = _as_name(span)
        if key in SILENT and not written:
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
        known = self._kind[node] == "person" and self._degree[node] >= FAMOUS
        return bool(known or self._kind[node] == "set in")

    def _by_meaning(
        self, number: int, clause: str, vector: np.ndarray, taken: set[int]
    ) -> Iterator[Link]:
        cosine = self._centres @ vector  # (m,)
        for place in np.argsort(-cosine, kind="stable")[:MOST_NEAR]:
            node = int(self._centred[place])
            if cosine[place] >= NEAREST and node not in taken:
                yield Link(number, node, clause, "meaning", NEAR * float(cosine[place]), True)

    def _add_aliases(self) -> None:
        exact = {key: list(nodes) for key, nodes in self._named.items()}
        for names, words in ALIASES.items():
            keys = [_key(name) for name in names.split(" / ")]
            nodes = [n for key in keys for n in exact.get(key, ()) if self._kind[n] not in PROPER]
            for word in words.split(", "):
                for node in nodes:
                    self._named[_key(word)].setdefault(node, ("alias", OTHERWISE))

    def _best_known(self, people: list[int]) -> dict[int, float]:
        """Who is meant by a last name: the one with by far the most ties, or two as one (Coen)."""
        ranked = sorted(people, key=lambda node: -self._degree[node])
        ties = [*self._degree[ranked[:3]].tolist(), 0, 0]
        if ties[0] >= max(CLEARLY * ties[1], 1):
            return {ranked[0]: OTHERWISE}
        if ties[1] == ties[0] >= CLEARLY * ties[2]:
            return dict.fromkeys(ranked[:2], SHARED)
        return {}

    def _ordinary_names(self, texts: list[str]) -> set[str]:
        words = [word for text in texts for word in (*_WORD.findall(text.replace("’", "'")), ".")]
        keys = [fold(word) if word.islower() else "" for word in words]
        found = set(keys)
        for length in range(2, 5):
            grams = zip(*(keys[start:] for start in range(length)), strict=False)
            found |= {" ".join(gram) for gram in set(grams)} & self._named.keys()
        return found


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


def _as_name(span: Sequence[_Token]) -> bool:
    """Whether every word that counts has a capital, and not all because a sentence starts."""
    heavy = [token for token in span if token.key not in SILENT] or span
    return all(token.capital for token in heavy) and not all(token.first for token in heavy)


def _other_names(name: str, key: str, kind: str) -> Iterator[str]:
    """Without "film", an article or a subtitle; the halves of a double theme."""
    words = key.split()
    if kind == "item" and len(main := _key(name.split(":")[0])) < len(key) and " " in main:
        yield main
    if kind == "genre" and len(words) > 1 and words[-1] == "film":
        yield " ".join(words[:-1])
    if len(words) > 1 and words[0] in ARTICLES:
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
