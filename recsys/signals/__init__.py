"""Signals: each file looks at the newcomer from one side and scores items.

A file here has ``TITLE`` and ``HELP`` (in a visitor's words), ``TERM`` (the field's),
``DEFAULT_WEIGHT``, ``FEEDBACK`` (whether what it proposes is what the words ask for, and so
pseudo-relevance feedback), ``FROM_PEOPLE`` (whether it goes by what people like, or by the words
alone), and a class ``Signal(workspace)`` with

* ``propose(query, n)``: at most n rows worth scoring, best first;
* ``score(query, rows)``: (len(rows),) float32, higher is better, NaN for no opinion;
* ``evidence(query, rows)``: for each row a Reason, false where there is none;
* ``emphasis(query)``, if it has one: how far it is to be listened to for this query, from 0 to 1.
"""

from types import ModuleType

from recsys.registry import plugins

REQUIRED = ("TITLE", "TERM", "HELP", "DEFAULT_WEIGHT", "FEEDBACK", "FROM_PEOPLE", "Signal")
"""What a file here has."""


def signals() -> dict[str, ModuleType]:
    """Every signal by name, in sorted order."""
    return plugins(__name__, REQUIRED)


def default_weights() -> dict[str, float]:
    """The weight of every signal when nobody has touched it."""
    return {name: module.DEFAULT_WEIGHT for name, module in signals().items()}
