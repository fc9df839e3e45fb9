"""A visitor's text in clauses: what is wanted, and what is turned down."""

import re

from recsys.datatypes import Clause

_BREAK = re.compile(
    r"[.!?;:\n]+(?=\s|$)|,\s+|(?<!anything)(?<!everything)\s+(?:but|though|although)\s+|\s+[-–—]+\s+",
    re.IGNORECASE,
)
_DO_NOT = (
    r"(?:do not|does not|did not|don't|dont|doesn't|didn't"
    r"|can't|cannot|can not|cant|couldn't|won't)"
)
_AHEAD = re.compile(  # what is turned down follows
    rf"\b(?:{_DO_NOT} (?:really |much |even )*"
    r"(?:like|love|want|enjoy|need|stand|bear|take|watch|care for)"
    r"|(?:really |absolutely )?(?:hate[sd]?|hating|dislikes?|detest|loathe|avoid(?:ing)?)"
    r"|(?:not|never) (?:really |much |so )*"
    r"(?:into|a fan of|fond of|keen on|in the mood for|interested in)"
    r"|(?:sick|tired|bored) of|anything but|everything but|except(?: for)?|other than|rather not"
    r"|without(?: any)?|nothing(?: too| that is)?|none of"
    r"|no more|less|no|not|never|zero)\b(?!-)\s*",
    re.IGNORECASE,
)
_BEHIND = re.compile(  # what is turned down stands before
    rf"\s+(?:(?:is|are|was|were)(?: not|n't) (?:really )?(?:for me|my thing|my cup of tea)"
    rf"|{_DO_NOT} (?:really )?(?:work|do it|interest|appeal)\b.*"
    r"|(?<!n't )bores? me.*|puts? me off.*)\s*$",
    re.IGNORECASE,
)
_LOOK_ALIKES = re.compile(  # not a refusal, though it starts like one
    r"\b(?:not only|not just|no matter|nothing beats|nothing better than|never gets? old|no doubt"
    r"|not bad|can't get enough of|cannot get enough of|never tire of|less known"
    r"|without (?:a )?doubt)\b",
    re.IGNORECASE,
)
FILLERS = frozenset(
    """a also am and any anything be been can could do enough films for give get have i i'd i'm i've
    if in is it just kind like likes looking love loves me movies much my of oh one ones or please
    really show so some something stuff such that the then there they thing things to too want wants
    we well what which with would yes you""".split()
)
"""Words that say nothing about a taste."""


def split_clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of ``text`` in order, those turned down without the words that turn them down.

    A text that only turns things down keeps no wanted clause.

    >>> [(c.text, c.wanted) for c in split_clauses("slow sci-fi about memory, nothing gory")]
    [('slow sci-fi about memory', True), ('gory', False)]
    """
    found: list[Clause] = []
    for piece in _BREAK.split(text.replace("’", "'")):
        found += _split_refusal(piece.strip(" ,.;:!?"))
    return tuple(found) or (Clause(text),)


def _split_refusal(piece: str) -> list[Clause]:
    behind = _BEHIND.search(piece)
    if behind:
        return _clauses(("", False), (piece[: behind.start()], False))
    ahead = _AHEAD.search(piece)
    if not ahead or _LOOK_ALIKES.search(piece):
        return _clauses((piece, True))
    return _clauses((piece[: ahead.start()], True), (piece[ahead.end() :], False))


def _clauses(*parts: tuple[str, bool]) -> list[Clause]:
    return [Clause(text.strip(), wanted) for text, wanted in parts if _says_something(text)]


def _says_something(text: str) -> bool:
    words = re.findall(r"[\w']+", text.lower())
    return words == ["love"] or any(word not in FILLERS for word in words)
