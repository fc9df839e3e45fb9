"""What of a long text is read by meaning: the pieces that tell most, within a budget of tokens."""

import re
from collections.abc import Sequence
from itertools import pairwise

MAX_TOKENS = 600
"""About so many tokens of one text are embedded: two to five windows of a language model."""
BEGINNING = 0.3
"""The share of them that the beginning gets: what a text is about comes first."""

_TOKEN = re.compile(r"[^\W_]+")
_WIDE = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff]"
)
"""Letters of scripts without spaces between words; about a token each."""
_END = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？；…])|\n+")
_LONG = 300
"""Characters from which a sentence is read in pieces."""


def pieces(text: str) -> list[str]:
    """The sentences of a text in any script; of very long ones, pieces.

    >>> pieces("A war film. It rains! 下雨了。没有人赢。")
    ['A war film.', 'It rains!', '下雨了。', '没有人赢。']
    """
    found = []
    for sentence in _END.split(text):
        left = sentence.strip()
        while len(left) > _LONG:
            cut = max(left.rfind(mark, 1, _LONG) for mark in " ,，、") + 1
            found.append(left[: cut or _LONG].strip())
            left = left[cut or _LONG :].strip()
        found.append(left)
    return [piece for piece in found if piece]


def tokens(text: str) -> int:
    """About how many tokens a language model makes of the text.

    >>> tokens("A war film"), tokens("下雨了")
    (4, 3)
    """
    wide = len(_WIDE.findall(text))
    return wide + round(1.3 * len(_TOKEN.findall(_WIDE.sub(" ", text))))


def telling(parts: Sequence[str], budget: int = MAX_TOKENS) -> list[int]:
    """The places of the ``parts`` that tell most within ``budget`` tokens, in their order; all of
    them where they fit.

    First the beginning, up to its share; then, again and again, the part with most words for its
    length that no part before it has said.
    """
    sizes = list(map(tokens, parts))
    if sum(sizes) <= budget:
        return list(range(len(parts)))
    kept: list[int] = []
    left = budget
    for place, size in enumerate(sizes):
        left -= size
        if left < (1 - BEGINNING) * budget:
            left += size
            break
        kept.append(place)
    for place in most_telling(parts, len(parts), kept):
        if sizes[place] <= left:
            kept.append(place)
            left -= sizes[place]
    return sorted(kept) or [0]


def most_telling(parts: Sequence[str], most: int, kept: Sequence[int] = ()) -> list[int]:
    """The places of up to ``most`` parts, the one first that has most words for its length that
    none before it has, nor any that is ``kept``; those that have none come last.

    >>> most_telling(["a war film", "a war film", "it rains"], 2)
    [0, 2]
    """
    words = list(map(_words, parts))
    sizes = [max(tokens(part), 1) for part in parts]
    said = set[str]().union(*(words[place] for place in kept))
    left = [place for place in range(len(parts)) if place not in set(kept)]
    found: list[int] = []
    while left and len(found) < most:
        best = max(left, key=lambda place: (len(words[place] - said) / sizes[place], -place))
        left.remove(best)
        found.append(best)
        said |= words[best]
    return found


def excerpt(text: str, budget: int = MAX_TOKENS) -> tuple[str, int, int]:
    """The text as far as it is read, and how many of its sentences that are, of how many."""
    parts = pieces(text)
    kept = telling(parts, budget)
    if len(kept) == len(parts):
        return text, len(parts), len(parts)
    return " ".join(parts[place] for place in kept), len(kept), len(parts)


def _words(part: str) -> set[str]:
    """The words of a part; in scripts without spaces, pairs of letters."""
    wide = _WIDE.findall(part)
    pairs = {first + second for first, second in pairwise(wide)}
    return {word.casefold() for word in _TOKEN.findall(_WIDE.sub(" ", part))} | pairs
