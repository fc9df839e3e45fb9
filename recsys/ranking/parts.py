"""The parts of a score: what the columns of contributions are called."""

from types import ModuleType

from recsys.ranking import curiosity, diversity, limits
from recsys.signals import signals


def part_modules() -> dict[str, ModuleType]:
    """Column -> what has its ``TITLE`` and ``TERM``: the signals in the registry's order, then what
    the words rule out, the diversity, and the curiosity."""
    return signals() | {"limits": limits, "diversity": diversity, "curiosity": curiosity}
