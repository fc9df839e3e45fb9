"""Spelling: words that nobody knows, read as the word that was most likely meant.

SymSpell (Garbe 2012; the library symspellpy) finds what is one edit away among common English
words, and up to two edits away among the words of a catalogue. What is told from the others by
how frequent it is and how such slips happen: a doubled letter is left out more often than the
first letter is wrong. A word that is known, or a name of the catalogue, is never changed.
"""

import unicodedata
from collections.abc import Callable, Collection, Mapping
from functools import cached_property, lru_cache
from importlib.resources import files
from math import log10

from symspellpy import SymSpell, Verbosity

DICTIONARY = "frequency_dictionary_en_82_765.txt"
"""The list of words and their counts that comes with symspellpy."""
MIN_COUNT = 1_000_000
"""A word is read as another only when that one is at least so frequent in the list."""
MIN_LENGTH = 4
"""Shorter words are left as they are: too many others are near."""
MIN_LENGTH_OF_FAR = 6
"""Letters of a word that may be two edits away from what is meant."""
MIN_LENGTH_OF_NAME = 5
"""Letters of a word with a capital that may be a misspelt name."""
MIN_SCORE = 3.4
"""Least score of a correction: log10 of its count, less what the slip costs."""
LABEL_BONUS = 1.5
"""What is added to the score of a word of the catalogue's own labels."""
COST = 2.0
"""What one slip of cost 1 takes from the score."""
FAR_COST, KEPT_BONUS, MAX_KEPT = 2.6, 0.4, 3
"""Cost of two slips together, less this for each of the first letters that is right."""
FIRST_LETTER_COST = 0.9
"""What is added when the first letter changes: it is seldom wrong."""
COUNT_OF_NAME = 300_000
"""The count that a word of the catalogue has when English does not know it."""

COMMON = 80_000_000
"""A word with a capital at the start of a sentence is read as another only when that one is
counted so often, or the slip is slight: it may as well be a name."""
SLIGHT = 0.6
"""Cost of a slip that is slight: two letters swapped, or one doubled."""
MAX_NAME_COST = 0.9
"""Most that a slip in a name costs."""
STRANGER_COST = 1.3
"""What a word that no text of the catalogue has loses."""
EXTRA = frozenset(
    """anime arthouse badass binge biopic bromance cgi chick cliche cyberpunk docu dramedy fave
    faves feelgood fu giallo haha hahaha heh hmm imax imdb indie kaiju kung lgbt lgbtq lol manga
    meh mindfuck mockumentary mumblecore netflix neo-noir noir oscar pixar popcorn rom-com romcom
    romcoms sci schmaltz scifi shitty slapstick slasher spoiler steampunk superhero superheroes
    telenovela tearjerker trippy ugh vfx vibe vibes weepie whodunit wuxia yeah yep""".split()
)
"""Words that people type and the list lacks."""
STRANGER_BONUS = 2.0
"""How much more sure a correction must be of a word that is also somebody's name."""

_VOWELS = frozenset("aeiouy")
_ENDINGS = (
    ("'s", ""),
    ("s'", "s"),
    ("s", ""),
    ("ish", ""),
    ("ness", ""),
    ("less", ""),
    ("esque", ""),
    ("in'", "ing"),
    ("men", "man"),
    ("or", "our"),
    ("ors", "ours"),
    ("ored", "oured"),
    ("orful", "ourful"),
    ("orite", "ourite"),
    ("orites", "ourites"),
    ("og", "ogue"),
    ("ogs", "ogues"),
    ("yze", "yse"),
)
"""Ending -> what stands in its place in a plain or British word."""
_PREFIXES = ("un", "non", "anti", "re", "over", "under", "super", "post", "pre", "sub", "mid")


class Speller:
    """Knows the words of a language and of one catalogue.

    ``labels`` are genres, themes, moods and their other names, of one word; ``names`` are words of
    titles, ``people`` last names that a misspelt one may mean; ``words`` are those of texts,
    ``strangers`` any other words of names; all in small letters.
    """

    def __init__(
        self,
        labels: frozenset[str] = frozenset(),
        names: frozenset[str] = frozenset(),
        people: frozenset[str] = frozenset(),
        words: frozenset[str] = frozenset(),
        strangers: frozenset[str] = frozenset(),
    ):
        self._labels = frozenset(word for word in labels if len(word) >= MIN_LENGTH)
        self._names, self._people = names | people, people
        self._counts = common_words()
        self._strangers = strangers
        self._own = labels | self._names | words | EXTRA

    # Indices take a second: who makes no slip should not wait for them.
    @cached_property
    def _near(self) -> SymSpell:
        return _common_index()

    @cached_property
    def _named(self) -> SymSpell:
        return _index(self._names | self._labels, 1, self.count)

    @cached_property
    def _far(self) -> SymSpell:
        return _index(self._labels, 2, self.count)

    def count(self, word: str) -> int:
        """How frequent a word is, 0 for one that is not known."""
        known = COUNT_OF_NAME if word in self._own else 0
        return max(self._counts.get(word, 0), known)

    def known(self, word: str) -> bool:
        """Whether the word, in small letters, is one, or a form or a compound of one."""
        if word in self._own or word in self._counts:
            return True
        if not word.isascii():
            plain = _without_accents(word)
            return plain != word and self.known(plain)
        if any(char.isdigit() for char in word):
            return True
        if word.endswith("ys") and word[-3:-2] not in _VOWELS:  # comedys
            return False
        stems = [word.removesuffix(old) + new for old, new in _ENDINGS if word.endswith(old)]
        stems += [word.removeprefix(first) for first in _PREFIXES if word.startswith(first)]
        if len(word) > MIN_LENGTH_OF_FAR and word.endswith("er"):
            stems.append(word[:-1])
        known = (stem in self._own or stem in self._counts for stem in stems if len(stem) > 2)
        return any(known)

    def recognises(self, word: str) -> bool:
        """Whether the word is known, or is a word of some name."""
        return word in self._strangers or self.known(word)

    def correct(self, word: str, capital: bool, first: bool = False) -> str:
        """What ``word``, in small letters, was meant to be; itself when it is known or unclear.

        With a ``capital`` inside a sentence it is taken for a name, and only for one; as the
        ``first`` of a sentence it may be either.
        """
        if len(word) < MIN_LENGTH or not word.isascii() or self.known(word):
            return word
        if word in self._strangers and capital:
            return word
        if capital and not first:
            return self._correct_name(word)
        least = MIN_SCORE + (STRANGER_BONUS if word in self._strangers else 0)
        for others in (self._close(word), self._distant(word)):
            scores = {other: self._score(word, other) for other in others}
            best = max(scores, key=lambda other: scores[other], default=word)
            if scores.get(best, 0) < least:
                continue
            plain = slip_cost(word, best) <= SLIGHT or self.count(best) > COMMON
            return best if plain or not (capital and first) else self._correct_name(word)
        return word

    def _correct_name(self, word: str) -> str:
        if len(word) < MIN_LENGTH_OF_NAME:
            return word
        near = [one.term for one in self._named.lookup(word, Verbosity.CLOSEST, 1)]
        people = [one for one in near if one in self._people]
        meant = [one for one in people if slip_cost(word, one) <= MAX_NAME_COST]
        return meant[0] if len(meant) == 1 else word

    def _close(self, word: str) -> set[str]:
        found = {one.term for one in self._near.lookup(word, Verbosity.ALL, 1)}
        found |= {one.term for one in self._named.lookup(word, Verbosity.ALL, 1)}
        return {other for other in found if len(other) >= MIN_LENGTH - 1}

    def _distant(self, word: str) -> set[str]:
        if len(word) < MIN_LENGTH_OF_FAR:
            return set()
        return {one.term for one in self._far.lookup(word, Verbosity.ALL, 2)}

    def _score(self, word: str, other: str) -> float:
        bonus = LABEL_BONUS if other in self._labels else 0.0
        if other not in self._own:
            bonus -= STRANGER_COST
        return log10(max(self.count(other), 1)) + bonus - COST * slip_cost(word, other)


def _without_accents(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word)
    return "".join(char for char in parts if not unicodedata.combining(char))


def slip_cost(word: str, other: str) -> float:
    """How unlikely it is that somebody who means ``other`` types ``word``.

    >>> slip_cost("beter", "better") < slip_cost("beter", "meter")
    True
    """
    first = 0.0 if word[0] == other[0] else FIRST_LETTER_COST
    start = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), None)
    at = min(len(word), len(other)) if start is None else start
    if len(other) == len(word) + 1 and word[at:] == other[at + 1 :]:
        return first + (0.5 if at and other[at] == other[at - 1] else 0.8)
    if len(word) == len(other) + 1 and word[at + 1 :] == other[at:]:
        return first + (0.5 if at and word[at] == word[at - 1] else 0.9)
    if len(word) == len(other):
        if word[at : at + 2] == other[at : at + 2][::-1] and word[at + 2 :] == other[at + 2 :]:
            return first + 0.6
        if word[at + 1 :] == other[at + 1 :]:
            return first + (0.8 if {word[at], other[at]} <= _VOWELS else 1.3)
    return first + FAR_COST - KEPT_BONUS * min(at, MAX_KEPT)


@lru_cache(maxsize=1)
def common_words() -> Mapping[str, int]:
    """English words and how often they were counted."""
    path = files("symspellpy") / DICTIONARY
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    pairs = [line.rsplit(" ", 1) for line in lines]
    return {word: int(count) for word, count in pairs}


@lru_cache(maxsize=1)
def _common_index() -> SymSpell:
    counted = common_words()
    words = {word for word in counted if counted[word] >= MIN_COUNT and word.isalpha()}
    return _index(words, 1, lambda word: counted[word])


def _index(words: Collection[str], reach: int, count: Callable[[str], int]) -> SymSpell:
    """An index that finds those of ``words`` that are up to ``reach`` edits away."""
    index = SymSpell(max_dictionary_edit_distance=reach, prefix_length=7)
    for word in words:
        if len(word) >= MIN_LENGTH:
            index.create_dictionary_entry(word, count(word))
    return index
