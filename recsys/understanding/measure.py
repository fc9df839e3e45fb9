"""How much of a text was understood, and in which language it is."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np

FEATURES = ("bias", "known", "ours", "other", "found", "length")
"""What is looked at: 1; the share of letters in words that are known; the share of English stop
words; that of another language's, less those that English has too; parts found in the catalogue
for each word that says something; log of 1 + the number of words."""
WEIGHTS = np.array([-3.38, 8.96, 3.19, -15.99, 4.44, -1.09])
"""(f,) learned by tools/learn_understood.py."""
THRESHOLD = 0.5
"""From this score on a text is understood."""
MIN_OTHER = 0.15
"""Least share of another language's stop words for a text to be called that."""
MAX_STRANGE = 0.3
"""More unknown words than this share, and one stop word of another language tells."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def words_of(text: str) -> list[str]:
    """The words of ``text`` in small letters, but for single letters."""
    return [word for word in _WORD.findall(text.lower()) if len(word) > 1]


def language_of(
    words: Sequence[str],
    own: str,
    shares: Callable[[Sequence[str]], Mapping[str, float]],
    stop: Collection[str],
    known: Callable[[str], bool],
) -> str:
    """The language of ``words`` by those of its stop words that are none of the ``own`` language.

    One alone may be a part of a name ("de Niro"): it tells where most other words are not known.
    """
    ours, other, name = _foreign(words, own, shares, stop)
    hits = round(other * len(words))
    strange = sum(not known(word) for word in words) / max(len(words), 1)
    if other < MIN_OTHER or other <= ours:
        return own
    return name if hits > 1 or (hits == 1 and strange > MAX_STRANGE) else own


def _foreign(
    words: Sequence[str],
    own: str,
    shares: Callable[[Sequence[str]], Mapping[str, float]],
    stop: Collection[str],
) -> tuple[float, float, str]:
    """The share of the ``own`` stop words; the greatest of another language, and which."""
    ours = shares(words).get(own, 0.0)
    others = [word for word in words if word not in stop]
    found = dict(shares(others))
    found.pop(own, None)
    best = max(found, key=lambda name: found[name])
    return ours, found[best] * len(others) / max(len(words), 1), best


def features(
    words: Sequence[str],
    known: Callable[[str], bool],
    own: str,
    shares: Callable[[Sequence[str]], Mapping[str, float]],
    stop: Collection[str],
    found: int,
) -> np.ndarray:
    """(f,) the FEATURES of a text of these ``words``, in which ``found`` parts were found."""
    letters = sum(map(len, words))
    sure = sum(len(word) for word in words if known(word))
    heavy = max(sum(word not in stop for word in words), 1)
    ours, other, _ = _foreign(words, own, shares, stop)
    return np.array(
        [
            1.0,
            sure / letters if letters else 1.0,
            ours,
            other,
            min(found / heavy, 1.0),
            np.log1p(len(words)),
        ]
    )


def score(values: np.ndarray) -> float:
    """From 0 to 1: how sure it is that a text with these features was understood."""
    return float(1 / (1 + np.exp(-np.clip(values @ WEIGHTS, -30, 30))))
