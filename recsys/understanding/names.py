"""Names: which items and people a text names, exactly or nearly, and whether that is sure."""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache

import pandas as pd
from symspellpy import SymSpell, Verbosity

from recsys.arrays import greatest
from recsys.intents import Name
from recsys.understanding.keys import Token, key, keyed, tokens

KEPT = 64
"""Texts whose names are kept: one text is looked at several times."""
MAX_WORDS = 9
"""Words of the longest name that is looked for."""
MIN_TIES_OF_FAMOUS = 3
"""A person with so many items is known by a last name in small letters."""
MIN_LEAD = 2.0
"""Who is meant by a last name has so many times the items of the next."""
RARE = 4_000_000
"""A word counted less often in English is seldom used by chance."""
VERY_RARE = 50_000
"""A word in small letters that stands for a whole title by itself is counted less often."""
TELLING = 20_000
"""A word that only one title has stands for it when it is counted less often than this."""
LETTERS_OF_A_SLIP, MAX_SLIPS = 5, 2
"""A title may be a slip away for each so many letters that are typed of it, and at most two."""
MAX_FAMILIAR = 50_000
"""So many items' titles may be misspelt: an index of the slips of more would take gigabytes."""
MIN_LETTERS = 4
"""Letters of a last name, or of a title of one word, in small letters."""

_YEAR = re.compile(r"\s*\(?\b((?:18|19|20)\d\d)\b\)?")
_SMALL = frozenset("a an and at by de der for from in la le les of on or the to with".split())
_COMPANY = frozenset(
    "animation company entertainment film films group inc international media picture pictures"
    " production productions studio studios walt".split()
)
_GENERATIONS = ("jr", "sr", "ii", "iii")
_PARTICLES = ("da", "de", "del", "di", "la", "le", "van", "von")


class NameIndex:
    """Finds the names of items and people in texts.

    ``nodes`` has index node, name, kind, degree, the n items first: a node of kind "item" behind
    them is a work that the catalogue lacks. ``years`` (n,) are the items', NaN if unknown.
    ``ordinary`` are keys of one to four words that texts have in small letters; ``labels`` are
    keys that name something else; ``counts`` says how often a word is used in the language.
    """

    def __init__(
        self,
        nodes: pd.DataFrame,
        years: Sequence[float],
        ordinary: Container[str],
        labels: Container[str],
        counts: Mapping[str, int],
    ):
        self._degree = nodes["degree"].to_numpy()
        self._years, self._ordinary = years, ordinary
        self._labels, self._counts = labels, counts
        self._items: dict[str, list[int]] = defaultdict(list)
        self._people: dict[str, list[int]] = defaultdict(list)
        self._add_items(nodes[: len(years)])
        self._add_people(nodes[nodes["kind"] == "person"])
        self._companies: dict[str, list[int]] = defaultdict(list)
        self._add_companies(nodes[nodes["kind"] == "company"])
        self._lengths: dict[str, set[int]] = defaultdict(set)
        self._learn_lengths()
        self._familiar = self._familiar_titles()
        self._spaced = {name.replace(" ", ""): name for name in self._familiar}
        self.find = lru_cache(maxsize=KEPT)(self._find)

    @cached_property
    def _nearly(self) -> SymSpell:
        index = SymSpell(max_dictionary_edit_distance=MAX_SLIPS, prefix_length=7)
        for name in self._spaced:
            index.create_dictionary_entry(name, 1)
        return index

    def _find(self, text: str) -> tuple[Name, ...]:
        """The names in ``text`` in order, without overlaps, the longest first."""
        words = tokens(text)
        free = [True] * len(words)
        found: list[Name] = []
        for start, end in self._possible(words):
            if not all(free[start:end]):
                continue
            before, after = words[max(start - 1, 0) : start], words[end : end + 1]
            name = self._name(words[start:end], [*before, *after], len(words))
            if name is not None:
                free[start:end] = [False] * (end - start)
                found.append(self._of_year(text, name))
        return tuple(sorted(found, key=lambda name: name.start))

    def near(self, text: str, start: int) -> Name | None:
        """The title that nearly stands in ``text`` from ``start`` on, spaces left aside.

        The longest run of words that is a slip or two away from a title ("the glod rush").
        """
        words = tokens(text[start:])[:MAX_WORDS]
        for end in range(len(words), 0, -1):
            said = "".join(token.key for token in words[:end])
            reach = min(len(said) // LETTERS_OF_A_SLIP, MAX_SLIPS)
            if not reach:
                continue
            close = self._nearly.lookup(said, Verbosity.CLOSEST, reach)
            close = [one for one in close if one.term[0] == said[0]]
            if close and (end > 1 or not self._counts.get(words[0].word)):
                nodes = tuple(self._items[self._spaced[close[0].term]])
                place = (start + words[0].start, start + words[end - 1].end)
                return Name(*place, "item", nodes)
        return None

    def _possible(self, words: Sequence[Token]) -> list[tuple[int, int]]:
        """(start, end) of what some name starts with, the longest first."""
        found = []
        for start, word in enumerate(words):
            for length in self._lengths.get(word.key, ()):
                if start + length <= len(words):
                    found.append((start, start + length))
        return sorted(found, key=lambda span: (span[0] - span[1], span[0]))

    def _name(self, span: Sequence[Token], around: Sequence[Token], length: int) -> Name | None:
        said = " ".join(token.key for token in span)
        place = (span[0].start, span[-1].end)
        if self._cut(span, around):
            return None
        for kind, names in (("person", self._people), ("company", self._companies)):
            if said in names and self._is_person(said, span, names):
                known = max(self._degree[node] for node in names[said])
                if said not in self._items or known >= MIN_TIES_OF_FAMOUS:
                    return Name(*place, kind, tuple(names[said]))
        if said in self._items:
            sure = self._is_title(said, span) or (len(span) == length and said not in self._labels)
            return Name(*place, "item", tuple(self._items[said]), sure)
        return None

    def _cut(self, span: Sequence[Token], around: Sequence[Token]) -> bool:
        """Whether it is a part of another name: "Christmas Day" is not about Doris Day."""
        if len(span) > 1 or not span[0].capital:
            return False
        only = span[0]
        beside = [one for one in around if one.start - only.end == 1 or only.start - one.end == 1]
        return any(token.capital and not token.first for token in beside)

    def _is_title(self, said: str, span: Sequence[Token]) -> bool:
        if said in self._labels or len(said) < 2:
            return False
        heavy = [token for token in span if token.key not in _SMALL] or list(span)
        written = all(token.capital for token in heavy)
        if len(heavy) == 1 and not (written and len(span) > 2):
            alone = heavy[0]
            if written and not alone.first and said not in self._ordinary:
                return self._is_rare(alone, RARE)
            return self._is_rare(alone, VERY_RARE) and len(said) >= MIN_LETTERS
        if written and not all(token.first for token in heavy):
            return True
        if said in self._ordinary:
            return False
        return len(heavy) > 3 or any(self._is_rare(token, VERY_RARE) for token in heavy)

    def _is_person(
        self, said: str, span: Sequence[Token], names: Mapping[str, Sequence[int]]
    ) -> bool:
        heavy = [token for token in span if token.key not in _SMALL]
        written = bool(heavy) and all(token.capital for token in heavy)
        if not heavy or said in self._labels:
            return False
        if len(span) > 1:
            return written or (said not in self._ordinary and names is self._people)
        if written and not span[0].first:
            return len(said) > 2
        famous = max(self._degree[node] for node in names[said]) >= MIN_TIES_OF_FAMOUS
        if len(said) < MIN_LETTERS or said in self._ordinary:
            return False
        return bool(famous and self._is_rare(span[0], RARE))

    def _is_rare(self, token: Token, below: int) -> bool:
        return self._is_seldom(token.word, token.key, below)

    def _is_seldom(self, word: str, folded: str, below: int) -> bool:
        count = max(self._counts.get(word, 0), self._counts.get(folded, 0))
        return count < below and folded not in self._ordinary

    def _of_year(self, text: str, name: Name) -> Name:
        """The name with the year that follows it, where items of that year are called so."""
        year = _YEAR.match(text, name.end) if name.kind == "item" else None
        if year is None:
            return name
        near = [node for node in name.nodes if abs(self._years[node] - int(year[1])) <= 1]
        if not near:
            return name
        return Name(name.start, year.end(), "item", tuple(near))

    def _add_items(self, items: pd.DataFrame) -> None:
        telling: dict[str, set[int]] = defaultdict(set)
        for node, title in zip(items.index.tolist(), items["name"].tolist(), strict=True):
            said = keyed(title)
            for other in _titles(title, " ".join([folded for _, folded in said])):
                if node not in self._items[other]:
                    self._items[other].append(node)
            for word, folded in said:
                plain = len(folded) > MIN_LETTERS and word.isalpha()
                if plain and self._is_seldom(word, folded, TELLING):
                    telling[folded].add(node)
        for word, nodes in telling.items():
            if len(nodes) == 1 and word not in self._items:
                self._items[word] = list(nodes)

    def _add_people(self, people: pd.DataFrame) -> None:
        last: dict[str, list[int]] = defaultdict(list)
        for node, name in people["name"].items():
            whole = key(name)
            if whole and whole not in _SMALL:
                self._people[whole].append(node)
            for family in _families(whole):
                last[family].append(node)
        for family, nodes in last.items():
            if family not in self._people and (meant := self._best_known(nodes)):
                self._people[family] = meant

    def _add_companies(self, companies: pd.DataFrame) -> None:
        for node, name in companies["name"].items():
            words = [word for word in key(name).split() if word not in _COMPANY]
            if words and (whole := " ".join(words)) not in _SMALL:
                self._companies[whole].append(node)

    def _learn_lengths(self) -> None:
        for name in (*self._items, *self._people, *self._companies):
            words = name.split()
            if words and len(words) <= MAX_WORDS:
                self._lengths[words[0]].add(len(words))

    def _best_known(self, people: list[int]) -> list[int]:
        ranked = sorted(people, key=lambda node: -self._degree[node])
        ties = [*self._degree[ranked[:3]].tolist(), 0, 0]
        if ties[0] >= max(MIN_LEAD * ties[1], 1):
            return ranked[:1]
        return ranked[:2] if ties[1] == ties[0] >= MIN_LEAD * ties[2] else []

    def _familiar_titles(self) -> Mapping[str, list[int]]:
        """Those that a misspelt one may mean: of the items that are tied to most, if many."""
        ties = self._degree[: len(self._years)]
        if len(ties) <= MAX_FAMILIAR:
            return self._items
        known = set(greatest(ties, MAX_FAMILIAR).tolist())
        return {name: nodes for name, nodes in self._items.items() if not known.isdisjoint(nodes)}

    def words(self) -> set[str]:
        """Every word of a title or a person's name."""
        return set(" ".join([*self._items, *self._people, *self._companies]).split())

    def famous(self) -> set[str]:
        """The last names of people whom a misspelt name may mean."""
        found = set()
        for name, nodes in self._people.items():
            if max(self._degree[nodes]) >= MIN_TIES_OF_FAMOUS:
                found.add(name.split()[-1])
        return found

    def title_words(self) -> set[str]:
        """The words of titles that a misspelt word may mean."""
        return set(" ".join(self._familiar).split()) - _SMALL


def _titles(title: str, whole: str) -> Iterable[str]:
    yield whole
    words = whole.split()
    if len(words) > 1 and words[0] in ("the", "a", "an"):
        yield " ".join(words[1:])
    if "(" in title and (plain := key(title.split("(")[0])):
        yield plain
    if ":" in title:
        main = key(title.split(":")[0])
        if len(main) > MIN_LETTERS:
            yield main
            if main.startswith("the "):
                yield main.removeprefix("the ")


def _families(whole: str) -> Iterable[str]:
    """The last name, also with its particle: "trier" and "von trier"."""
    words = [word for word in whole.split() if word not in _GENERATIONS]
    if len(words) > 1:
        yield words[-1]
    if len(words) > 2 and words[-2] in _PARTICLES:
        yield " ".join(words[-2:])
