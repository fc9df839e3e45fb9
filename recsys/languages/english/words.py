"""English words: those that say something, by their stems (Porter 2; the package PyStemmer)."""

import re
from functools import lru_cache

import bm25s
import Stemmer

FILLERS = frozenset(
    """a also am and any anything be been but can could do enough films for give get have i i'd
    i'm i've if in is it it's just kind like likes looking love loves me movies much my of oh
    one ones or please really show so some something stuff such that the then there they thing
    things to too want wants we well what which with would yes you""".split()
)
"""Words that say nothing about a taste."""

_STEMMER = Stemmer.Stemmer("english")
_WORD = re.compile(r"\w\w+")
_SILENT = frozenset(bm25s.tokenization.STOPWORDS_EN_PLUS) | FILLERS


def tokens(text: str) -> list[tuple[str, str]]:
    """(stem, word as written) of every word that says something."""
    pairs = [(_stem(word), word) for word in _WORD.findall(text)]
    return [pair for pair in pairs if pair[0]]


# Most texts are in the next version of a catalogue, too, and most words in the next text.
@lru_cache(maxsize=1 << 16)
def stems(text: str) -> tuple[str, ...]:
    """The stem of every word that says something, in order."""
    return tuple(filter(None, map(_stem, _WORD.findall(text))))


@lru_cache(maxsize=1 << 17)
def _stem(word: str) -> str:
    """ "" for a word that says nothing."""
    lower = word.lower()
    return "" if lower in _SILENT else _STEMMER.stemWord(lower)
