"""Languages: each folder knows how tastes and texts are read in one.

A folder here has ``TITLE`` (the language's own name), ``split_clauses(text)``, ``tokens(text)`` and
``stems(text)`` (its words without what says nothing), ``FILLERS``, and of names ``ALIASES``,
``ARTICLES`` and ``SILENT``. To understand what is typed, ``read(text, speller, finder)`` gives a
Reading and ``TABLES`` the words for what a catalogue may hold; ``normalise`` undoes shorthand and
slips that the ``Speller`` finds, ``common_words()`` counts words; ``remarks`` are about an item
that is shown; ``STOP_WORDS``, ``stop_shares(words)`` and ``other_script(text)`` tell it from other
languages.
"""

from types import ModuleType

from recsys.registry import pick, plugins

PIECES = (
    "TITLE", "split_clauses", "tokens", "stems",
    "FILLERS", "ALIASES", "ARTICLES", "SILENT",
    "read", "TABLES", "normalise", "Speller", "common_words",
    "remarks", "STOP_WORDS", "stop_shares", "other_script",
)  # fmt: skip
"""What every language has."""


def languages() -> dict[str, ModuleType]:
    """Every language by name, in sorted order."""
    return plugins(__name__, PIECES)


def language(name: str) -> ModuleType:
    """The language called ``name``; raises QueryError listing those there are."""
    return pick("language", languages(), name)
