"""English times: decades, spans and bounds, as years."""

import re
from collections.abc import Iterator

import numpy as np

RECENT = 10
"""Recent is within so many years of the newest item."""
OLD = 35
"""Old is more than so many years before it."""

_NAMED = {
    name: 1900 + 10 * place
    for place, name in enumerate(
        "twenties thirties forties fifties sixties seventies eighties nineties".split(), start=2
    )
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
_PARTS = {"early": (0, 3), "mid": (3, 6), "late": (6, 9), None: (0, 9)}


def spans(text: str, newest: int) -> Iterator[tuple[float, float]]:
    """First and last year of every time that ``text`` names; ``newest`` is what recent means.

    >>> list(spans("late 80s thrillers, or before 1960", 2020))
    [(1986, 1989), (-inf, 1959)]
    """
    for match in _WHEN.finditer(text):
        if match["year"]:
            if not (match["bound"] or match["until"]):
                continue  # a film called 1917
            low, high = int(match["year"]), int(match["until"] or match["year"])
        else:
            digits = match["decade"]
            start = int(digits) if digits else _NAMED[match["named"].lower()]
            start += 0 if start > 99 else 2000 if start < 20 else 1900
            first, last = _PARTS[match["part"].lower() if match["part"] else None]
            low, high = start + first, start + last
        bound = (match["bound"] or "").lower()
        if bound in ("before", "older than"):
            yield -np.inf, low - 1
        elif bound in ("until", "up to"):
            yield -np.inf, high
        elif bound in ("after", "newer than"):
            yield high + 1, np.inf
        elif bound == "since":
            yield low, np.inf
        else:
            yield low, high
    if _RECENT.search(text):
        yield newest - RECENT, np.inf
    if _OLD.search(text):
        yield -np.inf, newest - OLD
