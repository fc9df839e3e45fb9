"""Texts as a language model takes them: pieces that fit its window, in batches of like lengths."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Piece:
    """A text that fits the window, and its tokens."""

    text: str
    ids: Sequence[int]


def batches(pieces: Sequence[Piece], most: int) -> Iterator[np.ndarray]:
    """Indices of ``pieces``, the longest first, in batches of up to ``most`` tokens, padding and
    all; a longer piece has a batch of its own.

    >>> pieces = [Piece("a", [1] * size) for size in (2, 5, 3, 2)]
    >>> [batch.tolist() for batch in batches(pieces, 6)]
    [[1], [2, 0], [3]]
    """
    sizes = np.array([len(piece.ids) for piece in pieces])
    order = np.argsort(-sizes, kind="stable")
    start = 0
    while start < len(order):
        count = max(1, most // sizes[order[start]])
        yield order[start : start + count]
        start += count


def cut(text: str, tokens: Callable[[str], int], window: int) -> Iterator[str]:
    """The text between sentences, each piece as long as ``window`` tokens allow."""
    held = ""
    for sentence in _short_sentences(text, tokens, window):
        joined = f"{held} {sentence}".strip()
        if held and tokens(joined) > window:
            yield held
            joined = sentence
        held = joined
    if held:
        yield held


def _short_sentences(text: str, tokens: Callable[[str], int], window: int) -> Iterator[str]:
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", text):
        # Half of any sentence that does not fit, again, until each piece does.
        pending = [sentence.strip()]
        while pending:
            piece = pending.pop(0)
            if len(piece) > 1 and tokens(piece) > window:
                middle = piece.rfind(" ", 1, len(piece) // 2 + 1)
                middle = middle if middle > 0 else len(piece) // 2
                pending[:0] = [piece[:middle].strip(), piece[middle:].strip()]
            elif piece:
                yield piece
