"""Words in the items' own texts: which items speak of something, and do not deny it."""

import re
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import Stemmer

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

_WORD = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")


class MentionIndex:
    """Stem -> rows of the ``texts`` that have it, other than to deny it."""

    def __init__(self, texts: Iterable[str]):
        self._stem = Stemmer.Stemmer("english").stemWord
        stems: dict[str, str] = {}
        rows: defaultdict[str, list[int]] = defaultdict(list)
        self._count = 0
        for row, text in enumerate(texts):
            self._count += 1
            for word in _affirmed(text.lower()):
                if word not in stems:
                    stems[word] = self._stem(word)
                rows[stems[word]].append(row)
        most = max(MAX_SHARE * self._count, 1)
        self._rows = {stem: np.array(ones) for stem, ones in rows.items() if len(ones) <= most}

    def rows(self, word: str) -> np.ndarray:
        """The rows whose texts have a form of ``word``; none for one that says nothing."""
        found = self._rows.get(self._stem(word.lower()))
        return np.empty(0, dtype=np.int64) if found is None else found


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
