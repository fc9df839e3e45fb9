"""Sources: each file turns something on disk into Tables.

A file here has ``TITLE`` and ``HELP`` (in a visitor's words), ``OPTIONS`` (the name of each option
and how argparse reads it), and ``load(**options, progress)``, which returns Tables.
"""

from types import ModuleType

from recsys.registry import plugins


def sources() -> dict[str, ModuleType]:
    """Every source by name, in sorted order."""
    return plugins(__name__, ("TITLE", "HELP", "OPTIONS", "load"))
