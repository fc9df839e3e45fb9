"""Words in the items' own texts: which items speak of something, and do not deny it."""

import re
from functools import lru_cache

import numpy as np
import Stemmer

from recsys.postings import Inverted

MAX_SHARE = 0.2
"""A word that more than this share of the texts have says nothing."""
MIN_LETTERS = 3
"""Letters of the shortest word that is looked for."""
REACH = 3
"""Words after a denial in which it holds: "hardly a drop of blood"."""
DENIALS = frozenset(
    "no not never without nothing hardly barely neither nor rather less instead isn't"
    " aren't".split()
)
"""Words after which what is said is not so; "creepy rather than gory"."""

_STEMMER = Stemmer.Stemmer("english")
_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")


class MentionIndex:
    """Word -> rows of the items whose texts have it, other than to deny it; ``said`` has the stems
    of ``affirmed`` for each."""

    def __init__(self, said: Inverted):
        self._said = said
        self._most = max(MAX_SHARE * len(said.lengths), 1)

    def rows(self, word: str) -> np.ndarray:
        """The rows whose texts have a form of ``word``; none for one that says nothing."""
        rows, counts = self._said.of(_stem(word.lower()))
        return rows if counts.sum() <= self._most else rows[:0]


def affirmed(text: str) -> list[str]:
    """The stems of the words of ``text`` that no denial stands before."""
    return [_stem(word) for word in _affirmed(text.lower())]


@lru_cache(maxsize=1 << 17)
def _stem(word: str) -> str:
    stem: str = _STEMMER.stemWord(word)
    return stem


def _affirmed(text: str) -> set[str]:
    """The words of ``text`` that no denial stands before.

    >>> sorted(_affirmed("creepy rather than gory, and sad"))
    ['and', 'creepy', 'sad']
    """
    found: set[str] = set()
    for part in re.split(r"[.;,!?]", text):
        denied = 0
        for word in _WORD.findall(part):
            if word in DENIALS:
                denied = REACH
            elif denied:
                denied -= 1
            elif len(word) >= MIN_LETTERS:
                found.add(word)
    return found
