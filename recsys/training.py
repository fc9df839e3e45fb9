"""Training every model of a workspace, from what that workspace knows."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from recsys.datatypes import Progress, Query, no_progress
from recsys.encoder import TextEncoder
from recsys.engine import Engine, query_features
from recsys.models import behaviour, gate
from recsys.signals import default_weights
from recsys.workspace import Workspace

Models = dict[str, Mapping[str, np.ndarray]]


def train(workspace: Workspace, encoder: TextEncoder, progress: Progress = no_progress) -> Models:
    """The arrays of every model that can be trained here, by the model's name.

    ``behaviour`` needs people with likes; ``gate`` needs judged profiles, gate.FEWEST of them.
    """
    models: Models = {}
    learned = behaviour.fit(workspace, encoder, progress)
    if learned:
        models["behaviour"] = learned
    judged = workspace.catalogue.judgements.query("grade > 0").groupby("persona")
    if len(judged) >= gate.FEWEST:
        models["gate"] = _gate(Engine(workspace.with_models(models), encoder), judged)
    return models


def _gate(engine: Engine, judged: pd.api.typing.DataFrameGroupBy) -> Mapping[str, np.ndarray]:
    personas = engine.workspace.catalogue.personas
    features, scores, relevance = [], [], []
    for persona, liked in judged:
        query = engine.encode(Query(personas.loc[persona, "taste"]))
        found = engine.score(query, engine.candidates(query))
        grade = liked.set_index("item")["grade"]
        features.append(query_features(query, found))
        scores.append(found.to_numpy())
        relevance.append(grade.reindex(found.index, fill_value=0).to_numpy(dtype=float))
    weights = default_weights()
    prior = np.array([weights[name] for name in engine.signals])
    return gate.train(np.stack(features), scores, relevance, weights=prior)
