"""Fusions: each file turns Scores into contributions that add up to the score.

A file here has ``TITLE`` and ``HELP`` (in a visitor's words), ``TERM`` (the field's), ``MODEL``,
the trained model that it needs or "", and ``fuse(scores, weights, context)``, which returns a frame
of the same shape: one contribution per row and signal, 0 for no opinion.
"""

from types import ModuleType

from recsys.registry import plugins


def fusions() -> dict[str, ModuleType]:
    """Every fusion by name, in sorted order."""
    return plugins(__name__, ("TITLE", "TERM", "HELP", "MODEL", "fuse"))
