"""A guess at what a column is: which, why, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass

CHOSEN, REMEMBERED = "chosen", "as corrected last time"
"""Reasons that are no guess."""
SURE, LIKELY = 0.8, 0.6
"""From here on a guess is called so."""

Columns = str | Sequence[str]
"""One column, several, or none: ""."""


@dataclass(frozen=True)
class Guess:
    """The ``columns`` that hold something, the reason in words, and how ``sure`` that is (0 to 1).

    Only a text has more than one.
    """

    columns: tuple[str, ...]
    why: str
    sure: float

    @property
    def column(self) -> str:
        """The first of them."""
        return self.columns[0]

    @property
    def told(self) -> str:
        """How sure it is and why, in words."""
        if self.why in (CHOSEN, REMEMBERED):
            return self.why
        sure = "sure" if self.sure >= SURE else "likely" if self.sure >= LIKELY else "a guess"
        return f"{sure}: {self.why}"


def as_columns(given: Columns) -> tuple[str, ...]:
    """The columns that are meant.

    >>> as_columns("sku"), as_columns(["plot", "cast"]), as_columns("")
    (('sku',), ('plot', 'cast'), ())
    """
    return tuple(filter(None, [given] if isinstance(given, str) else given))
