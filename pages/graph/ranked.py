"""The two ways in which a list is ranked here: as the visitor has it, and by known facts alone."""

import math

from pages.shared.strategy import standing_strategy
from recsys.datatypes import Strategy
from recsys.signals import default_weights

SIGNAL = "graph"
"""The signal that walks the facts."""
OWN, ALONE = "As on New user", "By known facts alone"


def strategies() -> dict[str, Strategy]:
    """Name -> strategy; facts alone show most plainly what a fact does."""
    weights = {name: float(name == SIGNAL) for name in default_weights()}
    return {OWN: standing_strategy(), ALONE: Strategy("", weights=weights)}


def moved_words(was: float | None, now: int) -> str:
    """How many places were gained or lost, in a sign and a number.

    >>> moved_words(5, 2), moved_words(2, 5), moved_words(2, 2), moved_words(None, 1)
    ('▲3', '▼3', '=', 'new')
    """
    if was is None or math.isnan(was):
        return "new"
    places = int(was) - now
    return "=" if not places else f"{'▲' if places > 0 else '▼'}{abs(places)}"
