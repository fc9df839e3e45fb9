"""How much: numbers with a unit, such as minutes, players or dollars."""

import re
from collections.abc import Iterator

from recsys.intents import FIRM, HARD, Bounds, Intent

UNITS = {
    "minutes": "minutes? min mins",
    "hours": "hours? hrs? hour-long h",
    "players": "players? people persons? friends? adults? of_us",
    "dollars": "dollars? bucks usd",
    "euros": "euros? eur",
    "pounds": "pounds? quid gbp",
    "pages": "pages?",
    "stars": "stars?",
    "seasons": "seasons?",
    "episodes": "episodes?",
}
"""Unit -> how it is written, as patterns; _ is a space."""
SIGNS = {"$": "dollars", "€": "euros", "£": "pounds"}
"""A sign before the number -> its unit."""
TO_MINUTES = 60
"""Minutes of an hour."""
NUMBERS: dict[str, float] = {
    name: place
    for place, name in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
}
NUMBERS |= {"a couple of": 2, "an": 1, "a": 1, "half an": 0.5, "fifteen": 15, "twenty": 20}
NUMBERS |= {"thirty": 30, "forty": 40, "sixty": 60, "ninety": 90, "one and a half": 1.5}
"""Numbers as words."""
AT_MOST = (
    "under|below|less than|shorter than|at most|no more than|not more than|up to"
    "|max(?:imum)?(?: of)?|within|(?:no|not|nothing) (?:longer|over|more) than|(?:not"
    "|nothing) over|cheaper than"
    "|fewer than|in under"
)
"""Words before a number that is the most, as a pattern."""
AT_LEAST = (
    "over|above|more than|longer than|at least|no less than|not under|min(?:imum)?(?: of)?|from"
)
"""Words before a number that is the least, as a pattern."""
LONGER = "longer|longish|long ones"
"""Words for a longer time, where nothing says than what."""
SHORTER = "shorter|quicker|not too long|not so long|nothing too long|not very long|nothing long"
"""Words for a shorter time."""

_NUMBER = rf"\d+(?:[.,]\d+)?(?:k\b)?|{'|'.join(sorted(NUMBERS, key=len, reverse=True))}"
_WORDS = "|".join(w.replace("_", " ") for words in UNITS.values() for w in words.split())
_QUANTITY = re.compile(
    rf"(?P<not>\b(?:not|no|isn't|aren't)\s+)?"
    rf"(?:\b(?P<most>{AT_MOST})\s+|\b(?P<least>{AT_LEAST})\s+|(?P<between>\bbetween\s+))?"
    rf"(?P<lead>\b(?:for|with|by)\s+)?(?P<exact>exactly\s+)?(?P<sign>[$€£])?"
    rf"(?:\b|(?<=[$€£]))(?P<number>{_NUMBER})(?P<plus>\+|\s+or more|\s+or less|\s+or fewer)?"
    rf"(?:\s*(?:-|–|to|or|and)\s*(?P<until>{_NUMBER}))?(?P<plus2>\+)?"
    rf"[\s-]*(?:other |good |close |whole )?(?P<unit>(?:\b|(?<=\d))(?:{_WORDS})\b)?"
    r"(?P<half> and a half)?"
    r"(?P<tail>\s+(?:long|or more|or less|or fewer|and under|or under|or over|max|maximum"
    r"|minimum|tops)\b)?",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"\b(?:(?:for|with|by)\s+(?P<number>two|three|four|five|six|seven|eight"
    r"|(?:just )?the two of us)"
    r"(?!\s*(?:-|to|or)\s*\w+\s*\w*years?)\b(?!\s+(?:minutes|hours|years|days|weeks|kids|decades))"
    r"|(?P<solo>\bsolo\b|on my own|by myself|single[- ]player|one[- ]player)"
    r"|(?P<duo>two[- ]player|head[- ]to[- ]head))",
    re.IGNORECASE,
)
_RELATIVE = re.compile(rf"\b(?:(?P<shorter>{SHORTER})|(?P<longer>{LONGER}))\b", re.IGNORECASE)
_UNIT_OF = {
    re.compile(word.replace("_", " "), re.IGNORECASE): unit
    for unit, words in UNITS.items()
    for word in words.split()
}


_HINT = re.compile(rf"(?i)[$€£]|(?:\b|(?<=\d))(?:{_WORDS})\b")
"""Without one of these, no number has a unit."""


def find_quantities(text: str) -> Iterator[Intent]:
    """Every number with a unit in ``text``, and words for longer and shorter.

    >>> [one.value for one in find_quantities("under 2 hours")]
    [Bounds(unit='minutes', low=None, high=120.0, relative=0)]
    """
    taken: list[tuple[int, int]] = []
    for intent in _all(text):
        if not any(start < intent.end and intent.start < end for start, end in taken):
            taken.append((intent.start, intent.end))
            yield intent


def _all(text: str) -> Iterator[Intent]:
    hinted = _HINT.search(text) is not None
    for match in _QUANTITY.finditer(text) if hinted else ():
        unit = SIGNS.get(match["sign"] or "") or _unit(match["unit"])
        if unit and not _is_loose(match):
            strength = HARD if match["most"] or match["least"] or match["until"] else FIRM
            yield _intent(match, _bounds(match, unit), strength, match["not"] is not None)
    for match in _ALONE.finditer(text):
        yield _intent(match, _players(match), FIRM, turned=False)
    for match in _RELATIVE.finditer(text):
        way = -1 if match["shorter"] else 1
        yield _intent(match, Bounds("minutes", relative=way), FIRM, turned=False)


def _intent(match: re.Match[str], bounds: Bounds, strength: float, turned: bool) -> Intent:
    sign = -1 if turned and not match["most"] and not match["least"] else 1
    said = match[0][len(match["not"]) :] if sign < 0 else match[0]
    named = match.groupdict().get("unit") or ""
    sure = 0.9 if bounds.unit != "players" or named.lower().startswith("player") else 0.5
    return Intent("number", said.strip(), *match.span(), sign, strength, sure, bounds)


def _is_loose(match: re.Match[str]) -> bool:
    """Whether it is no bound at all: "two people in love", "one man", "a friend"."""
    people = match["unit"] is not None and _unit(match["unit"]) == "players"
    if not people or match["unit"].lower().startswith("player"):
        return bool(match["number"].lower() in ("a", "an") and match["unit"].lower()[0] != "h")
    bound = match["most"] or match["least"] or match["lead"] or match["between"]
    return not bound or match["number"].lower() in ("a", "an", "one")


def _unit(word: str | None) -> str | None:
    if not word:
        return None
    return next((unit for form, unit in _UNIT_OF.items() if form.fullmatch(word)), None)


def _bounds(match: re.Match[str], unit: str) -> Bounds:
    low, high = _value(match["number"]), _value(match["until"] or match["number"])
    if match["half"]:
        low, high = low + 0.5, high + 0.5
    if unit == "hours":
        unit, low, high = "minutes", low * TO_MINUTES, high * TO_MINUTES
    tail = (match["tail"] or match["plus"] or match["plus2"] or "").strip().lower()
    if match["most"] or tail in ("or less", "or fewer", "and under", "or under", "max", "tops"):
        return Bounds(unit, None, high)
    if match["least"] or tail in ("or more", "or over", "+", "minimum"):
        return Bounds(unit, low, None)
    if match["not"] and unit == "minutes":
        return Bounds(unit, low, None)
    return Bounds(unit, low, high)


def _players(match: re.Match[str]) -> Bounds:
    named = match.groupdict()
    if named["solo"]:
        return Bounds("players", 1, 1)
    if named["duo"] or "of us" in (named["number"] or ""):
        return Bounds("players", 2, 2)
    count = float(NUMBERS[named["number"].lower()])
    return Bounds("players", count, count)


def _value(said: str) -> float:
    small = said.lower()
    return float(NUMBERS[small]) if small in NUMBERS else float(small.replace(",", "."))
