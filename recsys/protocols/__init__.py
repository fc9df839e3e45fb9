"""Protocols: each file measures how good rankings are for somebody, and how sure that is.

A file here has ``TITLE`` and ``PEOPLE``, what a visitor calls the protocol and those whom it
measures, ``HELP``, ``add(parser)``, which adds its options to a command, and
``run(engine, options)``, which returns a report; ``options`` has ``progress``, too. One that brings
all it needs in files has ``WORKSPACE = False``, and is run without an engine.
"""

from types import ModuleType

from recsys.registry import plugins


def protocols() -> dict[str, ModuleType]:
    """Every protocol by name, in sorted order."""
    return plugins(__name__, ("TITLE", "HELP", "PEOPLE", "add", "run"))
