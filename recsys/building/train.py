"""Training every model of a workspace, from what that workspace knows."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from recsys.datatypes import Progress, Query, no_progress
from recsys.encoders.sentence import TextEncoder
from recsys.models import behaviour, gate
from recsys.models.new_item import attributes as item_attributes
from recsys.models.new_item import kernel as item_kernel
from recsys.models.new_item import likes as item_likes
from recsys.models.new_item import map as item_map
from recsys.models.new_item.kernel import ItemKernel
from recsys.ranking.engine import Engine, query_features
from recsys.signals import default_weights
from recsys.store.schema import digest
from recsys.store.workspace import Workspace

Models = dict[str, Mapping[str, np.ndarray]]

FEWEST_ITEMS = 20
"""Of fewer items nothing is learned about new ones."""


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


def train_items(
    workspace: Workspace, encoder: TextEncoder, progress: Progress = no_progress
) -> Models:
    """The arrays of the models that judge a new item: what ``new_item.NewItems`` needs.

    Empty for a catalogue of fewer than FEWEST_ITEMS, or without both likes and their absence.
    """
    interactions = workspace.interactions
    known = item_likes.known_items(interactions)
    liked = interactions.popularity[known]
    if len(known) < FEWEST_ITEMS or not 0 < liked.sum() < len(known) * len(interactions.users):
        return {}
    kernel_arrays = item_kernel.fit(workspace)
    kernel = ItemKernel(workspace, kernel_arrays)
    models: Models = {
        "item_kernel": kernel_arrays,
        "item_likes": item_likes.fit(interactions, kernel, progress=progress),
        "item_map": item_map.fit(workspace.vectors, known),
    }
    attributes = item_attributes.fit(kernel, known, plains(workspace, encoder, known, progress))
    return models | ({"item_attributes": attributes} if attributes else {})


def plains(
    workspace: Workspace, encoder: TextEncoder, rows: np.ndarray, progress: Progress
) -> np.ndarray:
    """(k, d) embeddings of title and text alone; those made when building are not made again."""
    items = workspace.catalogue.items.iloc[rows]
    texts = list(map(item_attributes.plain, items["title"], items["text"]))
    digests = list(map(digest, texts))
    known = workspace.catalogue.embedded(encoder.name, digests)
    if new := {key: text for key, text in zip(digests, texts, strict=True) if key not in known}:
        known |= dict(zip(new, encoder.encode(list(new.values()), progress), strict=True))
    return np.stack([known[key] for key in digests])


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
