"""Languages: each folder knows how tastes and texts are read in one.

A folder here has ``TITLE`` (the language's own name), ``split_clauses(text)``, ``spans(text,
newest)`` (the years that a text names), ``tokens(text)`` and ``stems(text)`` (its words without
what says nothing), ``FILLERS``, and of names ``ALIASES``, ``ARTICLES`` and ``SILENT``.
"""

from types import ModuleType

from recsys.registry import pick, plugins

PIECES = (
    "TITLE", "split_clauses", "spans", "tokens", "stems",
    "FILLERS", "ALIASES", "ARTICLES", "SILENT",
)  # fmt: skip
"""What every language has."""


def languages() -> dict[str, ModuleType]:
    """Every language by name, in sorted order."""
    return plugins(__name__, PIECES)


def language(name: str) -> ModuleType:
    """The language called ``name``; raises QueryError listing those there are."""
    return pick("language", languages(), name)
