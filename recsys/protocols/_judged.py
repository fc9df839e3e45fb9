"""Test cases of judged tastes, which several protocols share."""

from collections.abc import Sequence

import numpy as np

from recsys.datatypes import Query
from recsys.evaluation.cases import Case
from recsys.ranking.engine import Engine
from recsys.store.judged import JudgedTaste


def cases_of(engine: Engine, tastes: Sequence[JudgedTaste], whole: bool = False) -> list[Case]:
    """A case a taste: what was judged is to be put in order, or the ``whole`` catalogue, of which
    nothing else is relevant."""
    every = np.arange(len(engine.workspace.catalogue))
    vectors = engine.encoder.encode([taste.text for taste in tastes])
    cases = []
    for taste, vector in zip(tastes, vectors, strict=True):
        good = taste.worth > 0
        cases.append(
            Case(
                taste.name,
                engine.encode(Query(taste.text)),
                vector,
                every if whole else taste.rows,
                taste.rows[good],
                taste.rows[~good],
                taste.worth[good],
            )
        )
    return cases
