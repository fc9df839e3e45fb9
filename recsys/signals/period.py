"""Year: when something was made, where the newcomer says when."""

import re
from collections.abc import Iterator

import numpy as np

from recsys.datatypes import EncodedQuery
from recsys.store.workspace import Workspace

TITLE = "Year"
HELP = "How well the year fits what was said of it: “from the 70s”, “recent”, “before 1960”."
DEFAULT_WEIGHT = 0.4
SEEDS = False

SOFTNESS = 5.0
"""Years outside of a span after which a fit falls to 1 / e."""
RECENT, OLD = 10, 35
"""Recent is within so many years of the newest item, old more than so many before it."""

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


class Signal:
    """1 inside a span that is asked for, falling outside; the reverse for one turned down.

    Where several spans are asked for, the best counts. Nothing said of when, or no year known:
    no opinion.
    """

    def __init__(self, workspace: Workspace):
        self._year = workspace.catalogue.items["year"].to_numpy(np.float64, na_value=np.nan)
        known = self._year[~np.isnan(self._year)]
        self._newest = int(known.max()) if len(known) else 0

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        return np.empty(0, dtype=np.int64)  # a year alone makes nothing worth a look

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        fits: dict[bool, list[np.ndarray]] = {True: [], False: []}
        for clause in query.clauses:
            for low, high in spans(clause.text, self._newest):
                away = np.maximum(np.maximum(low - self._year[rows], self._year[rows] - high), 0)
                fits[clause.wanted].append(np.exp(-away / SOFTNESS))
        if not (fits[True] or fits[False]):
            return np.full(len(rows), np.nan, dtype=np.float32)
        wanted = np.max(fits[True], axis=0) if fits[True] else np.zeros(len(rows))
        unwanted = np.max(fits[False], axis=0) if fits[False] else np.zeros(len(rows))
        return (wanted - unwanted).astype(np.float32)

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[str]:
        scores = self.score(query, rows)
        return [
            f"from {year:.0f}, as asked" if score > 0.99 else ""
            for year, score in zip(self._year[rows], scores, strict=True)
        ]


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
