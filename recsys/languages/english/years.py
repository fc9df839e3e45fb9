"""English times: decades, spans and bounds, as years."""

import re
from collections.abc import Iterator

import numpy as np

RECENT_YEARS = 10
"""Recent is within so many years of the newest item."""
OLD_YEARS = 35
"""Old is more than so many years before it."""

_NAMED = {
    "twenties": 1920,
    "thirties": 1930,
    "forties": 1940,
    "fifties": 1950,
    "sixties": 1960,
    "seventies": 1970,
    "eighties": 1980,
    "nineties": 1990,
}
_WHEN = re.compile(
    r"(?:\b(?P<bound>before|until|up to|older than|after|since|newer than|from|in|of|between)\s+)?"
    r"(?:the\s+)?(?:\b(?P<part>early|mid|late)[\s-]+)?"
    r"(?:(?<!\w)(?P<decade>(?:19|20)?\d0)['’]?s\b|\b(?P<named>" + "|".join(_NAMED) + r")\b"
    r"|(?P<year>\b(?:18|19|20)\d\d)\b(?:\s*(?:-|–|to|and)\s*(?P<until>(?:18|19|20)\d\d)\b)?)",
    re.IGNORECASE,
)
_RECENT = re.compile(
    r"\b(?:recent|contemporary|brand[- ]new|newer|modern|latest|new (?:ones|stuff|films|movies))\b",
    re.IGNORECASE,
)
_OLD = re.compile(
    r"\b(?:old(?:er)? (?:ones|stuff|films|movies|classics)|old[- ]fashioned|classics?|vintage"
    r"|golden age)\b",
    re.IGNORECASE,
)
_PARTS = {"early": (0, 3), "mid": (3, 6), "late": (6, 9), "": (0, 9)}
"""First and last year of a part of a decade, or of all of it."""


def spans(text: str, newest: int) -> Iterator[tuple[float, float]]:
    """First and last year of every time that ``text`` names; ``newest`` is what recent means.

    >>> list(spans("late 80s thrillers, or before 1960", 2020))
    [(1986, 1989), (-inf, 1959)]
    """
    for match in _WHEN.finditer(text):
        if not match["year"]:
            yield _bounded(match, *_decade(match))
        elif match["bound"] or match["until"]:  # if neither, it is a film called 1917
            yield _bounded(match, int(match["year"]), int(match["until"] or match["year"]))
    if _RECENT.search(text):
        yield newest - RECENT_YEARS, np.inf
    if _OLD.search(text):
        yield -np.inf, newest - OLD_YEARS


def _decade(named: re.Match[str]) -> tuple[int, int]:
    """First and last year of the decade, or of the part of it, that is named."""
    start = int(named["decade"] or _NAMED[named["named"].lower()])
    if start < 20:  # the 00s and the 10s are of this century, the 20s are not yet
        start += 2000
    elif start < 100:
        start += 1900
    first, last = _PARTS[(named["part"] or "").lower()]
    return start + first, start + last


def _bounded(named: re.Match[str], low: int, high: int) -> tuple[float, float]:
    """From ``low`` to ``high``, or what lies before or after that, as the match says."""
    match (named["bound"] or "").lower():
        case "before" | "older than":
            return -np.inf, low - 1
        case "until" | "up to":
            return -np.inf, high
        case "after" | "newer than":
            return high + 1, np.inf
        case "since":
            return low, np.inf
        case _:
            return low, high
