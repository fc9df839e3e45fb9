"""Numeric columns: what the catalogue's facts say in numbers, such as minutes and players."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from recsys.intents import Bounds

MIN_SHARE = 0.5
"""A fact is a number when this share of the items that have it write it as one."""
UNITS = {
    "minutes": (
        "minutes",
        "minute",
        "min",
        "mins",
        "time",
        "runtime",
        "running time",
        "duration",
        "length",
        "playing time",
    ),
    "players": ("players", "player"),
    "dollars": ("dollars", "usd", "$", "price", "cost"),
    "euros": ("euros", "eur", "€"),
    "pounds": ("pounds", "gbp", "£"),
    "pages": ("pages", "page", "page count"),
    "stars": ("stars", "rating", "score"),
    "seasons": ("seasons", "season"),
    "episodes": ("episodes", "episode"),
    "years": ("age", "ages", "minimum age"),
}
"""Unit -> words after a number, or names of a fact, that mean it."""
CALLED = {
    "minutes": "running times",
    "players": "numbers of players",
    "dollars": "prices",
    "euros": "prices",
    "pounds": "prices",
    "pages": "numbers of pages",
    "stars": "ratings",
    "seasons": "numbers of seasons",
    "episodes": "numbers of episodes",
}
"""Unit -> what a catalogue lacks without it, in words."""
SHORT, LONG = 1 / 3, 2 / 3
"""Quantiles below which an item is short, above which it is long."""

_NUMBER = re.compile(
    r"^\s*(?P<sign>[$€£])?\s*(?P<low>\d+(?:[.,]\d+)?)(?:\s*[-–]\s*(?P<high>\d+(?:[.,]\d+)?))?\s*\+?"
    r"\s*(?P<unit>[a-z]*)\.?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Column:
    """The fact ``name`` in numbers: (n,) least and most of each item, NaN where unknown."""

    name: str
    low: np.ndarray
    high: np.ndarray

    def allowed(self, bounds: Bounds, examples: Sequence[int] = ()) -> np.ndarray:
        """(n,) bool: the items within ``bounds``; those of unknown size are not.

        A range of players must hold all that are asked for; anything else must end within.
        """
        low = -np.inf if bounds.low is None else bounds.low
        high = np.inf if bounds.high is None else bounds.high
        if bounds.relative:
            low, high = self._relative(bounds.relative, examples)
        if bounds.unit == "players" and np.isfinite([low, high]).all():
            return (self.low <= low) & (self.high >= high)
        if bounds.unit == "players" and np.isfinite(low):
            return self.high >= low
        return (self.low >= low) & (self.high <= high)

    def _relative(self, way: int, examples: Sequence[int]) -> tuple[float, float]:
        known = self.high[list(examples)]
        known = known[~np.isnan(known)]
        if len(known):
            return (-np.inf, known.min() - 1) if way < 0 else (known.max() + 1, np.inf)
        if way < 0:
            return -np.inf, float(np.nanquantile(self.high, SHORT))
        return float(np.nanquantile(self.low, LONG)), np.inf


def numeric_columns(facts: Sequence[Mapping[str, Sequence[str]]]) -> dict[str, Column]:
    """Unit -> the column that tells it, of those facts that are numbers."""
    labels = dict.fromkeys(label for row in facts for label in row)
    found: dict[str, Column] = {}
    for label in labels:
        cells = [row[label][0] if row.get(label) else "" for row in facts]
        matches = [_NUMBER.match(cell) for cell in cells]
        said = sum(cell != "" for cell in cells)
        read = [match for match in matches if match]
        if len(read) < MIN_SHARE * said:
            continue
        unit = _unit(label, read[0])
        if unit and unit not in found:
            found[unit] = Column(label, *_values(matches))
    return found


def _unit(label: str, first: re.Match[str]) -> str:
    """The unit: that of the numbers, or what the label says in brackets, or else as a whole."""
    _, _, told = label.lower().rstrip(")").rpartition(" (")
    for said in (first["unit"].lower(), first["sign"] or "", told):
        for unit, words in UNITS.items():
            if said in words:
                return unit
    return ""


def _values(matches: Sequence[re.Match[str] | None]) -> tuple[np.ndarray, np.ndarray]:
    low = np.full(len(matches), np.nan)
    high = np.full(len(matches), np.nan)
    for row, match in enumerate(matches):
        if match:
            low[row] = float(match["low"].replace(",", "."))
            high[row] = float((match["high"] or match["low"]).replace(",", "."))
    return low, high
