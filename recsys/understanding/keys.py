"""Words as they are compared: folded tokens with their places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from recsys.knowledge.names import fold

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")
_SENTENCE_END = re.compile(r"[.!?:;\n]")


@dataclass(frozen=True)
class Token:
    """A word of a text: its ``key``, the ``word`` in small letters, its place, and its capital.

    ``first`` of a sentence: its capital says nothing.
    """

    key: str
    word: str
    start: int
    end: int
    capital: bool
    first: bool


def tokens(text: str) -> list[Token]:
    """The words of ``text`` in order.

    >>> [token.key for token in tokens("Amélie's zombies")]
    ['amely', 'zomby']
    """
    shouted = text.isupper()
    found: list[Token] = []
    at = 0
    for match in _WORD.finditer(text):
        between = text[at : match.start()]
        first = not found or _SENTENCE_END.search(between) is not None
        capital = match[0][0].isupper() and not shouted
        found.append(Token(_fold(match[0]), match[0].lower(), *match.span(), capital, first))
        at = match.end()
    return found


def keyed(text: str) -> list[tuple[str, str]]:
    """Each word of ``text`` in small letters, and its key: what tells a name, without its place.

    >>> keyed("Amélie's zombies")
    [("amélie's", 'amely'), ('zombies', 'zomby')]
    """
    return [(word.lower(), _fold(word)) for word in _WORD.findall(text)]


def key(text: str) -> str:
    """The text as the keys of its words."""
    return " ".join(_fold(word) for word in _WORD.findall(text))


def _fold(word: str) -> str:
    return "and" if word == "&" else fold(word)


def spans(count: int, longest: int) -> Iterator[tuple[int, int]]:
    """Every (start, end) of at most ``longest`` of ``count`` things, the longest first."""
    for length in range(min(longest, count), 0, -1):
        for start in range(count - length + 1):
            yield start, start + length
