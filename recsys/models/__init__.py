"""Models that are trained when a workspace is built: each turns what is known into arrays.

A file or folder here has ``TITLE`` and ``HELP`` (in a visitor's words), ``NEEDS``, a frozen
``Config`` whose fields say what they are, and ``fit(workspace, config, context)``, which returns a
dict of arrays, empty where there is too little to learn from. ``NEEDS`` names what it learns from:
``likes``, ``judgements``, ``signals`` (what all signals say of judged tastes), or another model,
which is trained before.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from types import ModuleType
from typing import TypeAlias

import numpy as np

from recsys.datatypes import EncodedQuery, Progress, no_progress
from recsys.encoders import TextEncoder
from recsys.errors import RegistryError
from recsys.registry import plugins
from recsys.store.judged import JudgedTaste

Arrays: TypeAlias = Mapping[str, np.ndarray]

DATA = ("likes", "judgements", "signals")
"""What a model may need that is no model."""


@dataclass(frozen=True, eq=False)
class Judged:
    """What all signals say of q tastes whose answers are known.

    ``features`` (q, f) of each taste, by their ``feature_names``; ``scores``, q of (n_i, s) by the
    names in ``signals``, NaN for no opinion; ``relevance``, q of (n_i,) grades of 0 or more;
    ``weights`` (q, s), the default ones as far as each query has them count; ``source``, who
    judged, in words.
    """

    signals: Sequence[str]
    feature_names: Sequence[str]
    features: np.ndarray
    scores: Sequence[np.ndarray]
    relevance: Sequence[np.ndarray]
    weights: np.ndarray
    source: str = ""


@dataclass(frozen=True, eq=False)
class TrainingContext:
    """What a model may ask for while it learns.

    ``tastes`` are those for which something is known to be relevant, and ``judged`` scores them by
    all signals, with the models trained so far; ``typed`` are the tastes that users of the
    workspace typed, by the user's id.
    """

    encoder: TextEncoder
    judged: Callable[[], Judged]
    typed: Callable[[], Mapping[str, EncodedQuery]]
    progress: Progress = no_progress
    tastes: Sequence[JudgedTaste] = ()


def models() -> dict[str, ModuleType]:
    """Every model by name, each after those that it needs.

    Raises RegistryError where one needs what there is not, or two need each other.
    """
    found = plugins(__name__, ("TITLE", "HELP", "NEEDS", "Config", "fit"))
    for name, module in found.items():
        for need in module.NEEDS:
            if need not in (*DATA, *found):
                known = ", ".join((*DATA, *found))
                raise RegistryError(f"The model {name} needs {need!r}. There are: {known}.")
    sorter = TopologicalSorter({name: list(_models_needed(found, name)) for name in found})
    try:
        return {name: found[name] for name in sorter.static_order()}
    except CycleError as error:
        raise RegistryError(f"Models need each other: {', '.join(error.args[1])}.") from error


def _models_needed(found: Mapping[str, ModuleType], name: str) -> Iterator[str]:
    return (need for need in found[name].NEEDS if need in found)
