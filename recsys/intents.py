"""What a text is read as: intents, each with the span that it came from."""

from dataclasses import dataclass

from recsys.datatypes import Clause

KINDS = (
    "topic",
    "tone",
    "person",
    "example",
    "seen",
    "liked",
    "disliked",
    "time",
    "place",
    "language",
    "audience",
    "number",
    "comparison",
    "filler",
)
"""The kinds of an intent."""

HARD = 1.0
"""Strength of "no", "nothing", "never", "before 1950": it filters, or pushes to the end."""
FIRM = 0.8
"""Strength of "I don't like", "just not tonight", "from the 70s": nearly a filter."""
SOFT = 0.5
"""Strength of "less", "not too", "recent": it weighs."""


@dataclass(frozen=True)
class Years:
    """First and last year, both included; None is open.

    ``last``: the newest so many years of the catalogue, whatever they are. ``unknown``: words
    that name a time which nobody but the visitor knows.
    """

    low: int | None = None
    high: int | None = None
    last: int | None = None
    unknown: bool = False

    def bounds(self, newest: int) -> tuple[float, float]:
        """First and last year where ``newest`` is the newest item's.

        >>> Years(last=5).bounds(2024)
        (2020.0, inf)
        """
        if self.last is not None:
            return float(newest - self.last + 1), float("inf")
        low = float("-inf") if self.low is None else float(self.low)
        high = float("inf") if self.high is None else float(self.high)
        return low, high


@dataclass(frozen=True)
class Bounds:
    """Least and most of a number, both included, None is open; ``unit`` is minutes, players, ..

    ``relative`` is +1 for "longer", -1 for "shorter": than the example, or than most.
    """

    unit: str
    low: float | None = None
    high: float | None = None
    relative: int = 0


@dataclass(frozen=True)
class Audience:
    """Who watches: ``group`` is child, teen, family, elder or adult; ``age`` in years if said."""

    group: str
    age: int | None = None


@dataclass(frozen=True)
class Name:
    """From ``start`` to ``end`` stands the name of an item or a person, as a catalogue finds it.

    ``sure`` is False for what may as well be an ordinary word ("heat", "alien"): it is a name
    only where something says so. ``nodes`` are those of the knowledge graph that it may mean.
    """

    start: int
    end: int
    kind: str
    nodes: tuple[int, ...] = ()
    sure: bool = True


Value = Name | Years | Bounds | Audience | str | None


@dataclass(frozen=True)
class Intent:
    """One thing that a text says: what kind, in which words, from where to where.

    ``polarity`` is +1 for wanted, -1 for turned down, 0 for neither (seen, filler); ``strength``
    runs from 0 to 1, where 1 is hard. ``start`` and ``end`` are places in the text as it was
    typed; ``text`` is as it is read, corrected, and without the words that turn it down.
    """

    kind: str
    text: str
    start: int
    end: int
    polarity: int = 1
    strength: float = FIRM
    confidence: float = 1.0
    value: Value = None
    whole: str = ""
    """The clause with words around that say nothing: a name may be made of such ("first love")."""


@dataclass(frozen=True)
class Correction:
    """``said`` was typed from ``start`` to ``end`` and is ``read`` as another word.

    ``why`` is shorthand or spelling.
    """

    said: str
    read: str
    start: int
    end: int
    why: str


@dataclass(frozen=True)
class Reading:
    """What a text says, in order; ``text`` is the text as it is read."""

    text: str
    intents: tuple[Intent, ...] = ()
    read_as: tuple[Correction, ...] = ()
    clauses: tuple[Clause, ...] = ()
    """Its clauses, without times, numbers, audiences and names of items: what is to be embedded."""
