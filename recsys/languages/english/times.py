"""When: the years that a text names, and words for recent and old."""

import re
from collections.abc import Callable, Iterator

from recsys.intents import FIRM, HARD, SOFT, Intent, Years

RECENT_YEARS = 10
"""Recent is one of the newest so many years."""
NEWEST_YEARS = 5
"""And the latest are of so many."""
OLD_BEFORE = 1970
"""Old, a classic, vintage: made before this year."""
PARTS = {
    "early": (0, 4),
    "first half of": (0, 4),
    "mid": (3, 7),
    "middle": (3, 7),
    "late": (5, 10),
    "second half of": (5, 10),
    "end of": (7, 10),
}
"""Part of a decade -> its first and last year, counted from the decade's first."""
NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
).split()
"""Numbers as words, from one."""

_NAMED = {
    name: 1900 + 10 * place
    for place, name in enumerate(
        "twenties thirties forties fifties sixties seventies eighties nineties".split(), start=2
    )
}
_NAMED["noughties"] = 2000
_NAMED["ninties"] = 1990
_PART = r"(?:(?P<part>early|mid|middle|late|first half of|second half of|end of)[\s-]+(?:the\s+)?)"
_DECADE = rf"(?:(?:19|20)?\d0['’]?s\b|\b(?:{'|'.join(_NAMED)})\b)"
_YEAR = r"\b(?:18|19|20)\d\d\b(?!['’]?s\b)"
_COUNT = rf"(?:\d{{1,2}}|{'|'.join(NUMBERS)}|couple of|few)"
_BETWEEN = re.compile(
    rf"\b(?:between|from)\s+(?P<low>{_YEAR})\s+(?:and|to|till|until)\s+(?P<high>{_YEAR})"
    rf"|(?<![\d-])(?P<first>{_YEAR})\s?(?:[-–]|to)\s?(?P<last>{_YEAR})",
    re.IGNORECASE,
)
_NEWEST = re.compile(
    r"(?:\b(?:from|in|of|over|within|during)\s+)?(?:\bthe\s+)?"
    rf"\b(?:last|past|latest|newest|previous)\s+(?P<count>{_COUNT})\s+(?P<unit>years?|decades?)\b",
    re.IGNORECASE,
)
_THIS = re.compile(r"\b(?:from |made |in )?this (?:year|(?P<decade>decade))\b", re.IGNORECASE)
_UNKNOWN = re.compile(
    r"\b(?:from |in )?(?:the (?:year|decade) (?:that |in which |when )?(?:i|we|my \w+|she|he)"
    r" (?:was|were|got|had)\b[\w ]*?\b(?:born|married|young|\d+)"
    r"|(?:my|our) (?:birth year|year of birth))\b",
    re.IGNORECASE,
)
_BOUND = (
    r"(?P<bound>before|until|till|up to|older than|earlier than|prior to|pre|after|since"
    r"|newer than|later than|post|from|in|of)"
)
_TAIL = (
    r"(?P<onwards>\s+(?:onwards?\b|on\b|or (?:later|newer|after)\b)|\+)?"
    r"(?P<backwards>\s+(?:and|or) (?:before|earlier|older)\b)?"
)
_BOUNDED = re.compile(
    rf"\b{_BOUND}[\s-]*(?:the\s+)?{_PART}?(?:(?P<decade>{_DECADE})|(?P<year>{_YEAR})){_TAIL}",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?<!\w)(?:the\s+)?{_PART}?(?P<decade>{_DECADE})(?P<bound>){_TAIL}", re.IGNORECASE
)
_RECENT = re.compile(
    r"\b(?:(?:fairly |more )?recent(?:ly made| years| times| ones)?|contemporary|brand[- ]new"
    r"|latest|newest|(?:the |from )?last years|new(?:er)? (?:ones|stuff|films|movies|releases|ish)"
    r"|nothing old|not (?:too )?old(?! (?:m[ae]n|wom[ae]n|people|age|lad|friend))"
    r"|made (?:recently|lately)|this century|21st century)\b",
    re.IGNORECASE,
)
_LATEST = re.compile(r"(?i)\b(?:brand[- ]new|latest|newest)\b")
_OLD = re.compile(
    r"\b(?:old(?:er)? (?:ones|stuff|films|movies|classics|hollywood|cinema|(?=black and white))"
    r"|old[- ]fashioned|vintage|golden age|silent era|classic(?:s| films| movies| hollywood)"
    r"|nothing (?:new|recent|modern)|from way back|back in the day)\b",
    re.IGNORECASE,
)


def find_times(text: str) -> Iterator[Intent]:
    """Every time that ``text`` names, with places in ``text``.

    >>> [intent.value.bounds(2020) for intent in find_times("before 1950, or late 70s")]
    [(-inf, 1949.0), (1975.0, 1980.0)]
    """
    taken: list[tuple[int, int]] = []
    for pattern, read in _FORMS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(first < end and start < last for first, last in taken):
                continue
            taken.append((start, end))
            years, strength = read(match)
            yield Intent("time", match[0].strip(), start, end, 1, strength, 0.9, years)


def _between(match: re.Match[str]) -> tuple[Years, float]:
    low, high = match["low"] or match["first"], match["high"] or match["last"]
    return Years(min(int(low), int(high)), max(int(low), int(high))), HARD


def _newest(match: re.Match[str]) -> tuple[Years, float]:
    years = 10 if "decade" in match["unit"].lower() else 1
    return Years(last=_count(match["count"]) * years), HARD


def _this(match: re.Match[str]) -> tuple[Years, float]:
    return Years(last=10 if match["decade"] else 1), FIRM


def _unknown(match: re.Match[str]) -> tuple[Years, float]:
    return Years(unknown=True), SOFT


def _recent(match: re.Match[str]) -> tuple[Years, float]:
    latest = _LATEST.search(match[0])
    return Years(last=NEWEST_YEARS if latest else RECENT_YEARS), SOFT


def _old(match: re.Match[str]) -> tuple[Years, float]:
    return Years(high=OLD_BEFORE - 1), SOFT


def _bounded(match: re.Match[str]) -> tuple[Years, float]:
    bound, year = match["bound"].lower(), match.groupdict().get("year")
    low, high = (int(year), int(year)) if year else _decade(match["decade"], match["part"])
    if bound in ("before", "older than", "earlier than", "prior to", "pre"):
        return Years(high=low - 1), HARD
    if bound in ("until", "till", "up to") or match["backwards"]:
        return Years(high=high), HARD
    if bound in ("after", "newer than", "later than", "post"):
        return Years(low=high + 1), HARD
    if bound == "since" or match["onwards"]:
        return Years(low=low), HARD
    return Years(low, high), HARD if year else FIRM


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[Years, float]]], ...] = (
    (_UNKNOWN, _unknown),
    (_BETWEEN, _between),
    (_NEWEST, _newest),
    (_THIS, _this),
    (_BOUNDED, _bounded),
    (_BARE, _bounded),
    (_RECENT, _recent),
    (_OLD, _old),
)
"""How a time is written, and what reads it; of two at one place, the first counts."""


def _decade(said: str, part: str | None) -> tuple[int, int]:
    digits = re.sub(r"\D", "", said)
    start = int(digits) if digits else _NAMED[said.lower()]
    if start < 100:
        start += 2000 if start < 20 else 1900
    first, last = PARTS[part.lower()] if part else (0, 9)
    return start + first, start + last


def _count(said: str) -> int:
    if said.isdigit():
        return int(said)
    return {"couple of": 2, "few": 3}.get(said.lower(), 0) or NUMBERS.index(said.lower()) + 1
