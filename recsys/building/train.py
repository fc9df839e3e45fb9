"""Training the models of a workspace, each after those that it needs, and only what is stale.

What a manifest keeps of a model that was trained on request has four entries more: ``set``, the
settings that were asked for, and ``source``, the digest of the data; ``trained``, when, in UTC, and
``seconds``, how long it took, which say nothing of what it is.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from recsys.datatypes import EncodedQuery, Progress, Query, no_progress
from recsys.encoders import TextEncoder
from recsys.learning.loop import Checkpoint
from recsys.models import (
    Arrays,
    Judged,
    TrainingContext,
    configured,
    gate,
    models,
    on_request,
)
from recsys.ranking.engine import Engine, query_features
from recsys.signals import default_weights, signals
from recsys.store.judged import JudgedSet, of_personas
from recsys.store.workspace import Workspace

Models: TypeAlias = dict[str, Arrays]

SHARED = ("learning/*.py", "models/_[!_]*.py")
"""What models share: a change there is a change of every model."""


def train(
    workspace: Workspace,
    encoder: TextEncoder,
    progress: Progress = no_progress,
    only: Collection[str] | None = None,
    judged: JudgedSet | None = None,
) -> Models:
    """The arrays of every model that can be trained here, by the model's name.

    With ``only``, just these are trained, beside those that the workspace has; without, all that
    a build trains. Where no ``judged`` tastes are given, they are those of the catalogue's
    personas.
    """
    chosen = models().keys() - on_request() if only is None else only
    trained = {name: own for name, own in workspace.models.items() if name not in chosen}
    for name in models():
        if name not in chosen:
            continue
        settings = workspace.manifest.models.get(name, {}).get("set", {})
        so_far = workspace.with_models(trained)
        arrays = train_one(so_far, encoder, name, settings, progress, judged=judged)
        if arrays:
            trained[name] = arrays
    return trained


def train_one(
    workspace: Workspace,
    encoder: TextEncoder,
    name: str,
    settings: Mapping[str, Any],
    progress: Progress = no_progress,
    checkpoint: Checkpoint | None = None,
    judged: JudgedSet | None = None,
) -> Arrays:
    """The arrays of the model ``name`` with ``settings``; empty where there is too little.

    It may ask the models that the workspace has, and learns from the tastes that ``train`` says.
    Raises QueryError for a wrong setting, and
    TrainingError where the training fails.
    """
    tastes = judged or of_personas(workspace.catalogue)
    scored = partial(_judged, workspace, encoder, tastes, progress)
    typed = partial(_typed, workspace, encoder)
    context = TrainingContext(encoder, scored, typed, progress, tastes.useful, checkpoint)
    arrays: Arrays = models()[name].fit(workspace, configured(name, settings), context)
    return arrays


def stamps() -> dict[str, dict[str, Any]]:
    """What each model that a build trains is trained for, as a manifest keeps it: its settings, the
    digest of its code, and the signals or models that it needs; any difference means that it is
    stale."""
    return {name: stamp for name, stamp in _every_stamp().items() if name not in on_request()}


def stamp_of(name: str, settings: Mapping[str, Any], source: str) -> dict[str, Any]:
    """What a manifest keeps of the model ``name`` that was trained with ``settings`` on
    ``source``."""
    config = configured(name, settings)
    stamp = _every_stamp()[name] | {"config": asdict(config)}
    if name in on_request():
        asked = {setting: getattr(config, setting) for setting in settings}
        stamp |= {"set": asked, "source": source}
    found: dict[str, Any] = json.loads(json.dumps(stamp))
    return found


def requested(known: Mapping[str, Any]) -> dict[str, Any]:
    """Of what a manifest keeps, that of the models that were trained on request."""
    return {name: stamp for name, stamp in known.items() if name in on_request()}


def outdated(known: Mapping[str, Any]) -> list[str]:
    """The models trained on request whose code, or what they need, is another by now."""
    found = []
    for name, own in requested(known).items():
        now = stamp_of(name, own["set"], own["source"])
        if not now.items() <= own.items():
            found.append(name)
    return found


def _every_stamp() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for name, module in models().items():
        stamp: dict[str, Any] = {"config": asdict(module.Config()), "code": _code(module)}
        if "signals" in module.NEEDS:
            stamp["signals"] = list(signals())
        needed = {need: found[need] for need in module.NEEDS if need in found}
        stamp |= {"needs": needed} if needed else {}
        found[name] = json.loads(json.dumps(stamp))  # as a manifest gives it back
    return found


def stale(known: Mapping[str, Any]) -> list[str]:
    """The models of a build that were trained for something else than ``known`` says, in their
    order."""
    return [name for name, stamp in stamps().items() if known.get(name) != stamp]


def _code(module: ModuleType) -> str:
    """A digest of the model's file or folder, and of what models share."""
    path = Path(str(module.__file__))
    own = sorted(path.parent.glob("*.py")) if path.name == "__init__.py" else [path]
    hasher, home = hashlib.blake2b(digest_size=8), Path(__file__).parents[1]
    shared = [file for pattern in SHARED for file in sorted(home.glob(pattern))]
    for file in (*own, *shared):
        hasher.update(file.read_bytes())
    return hasher.hexdigest()


def _typed(workspace: Workspace, encoder: TextEncoder) -> dict[str, EncodedQuery]:
    """What each user typed, encoded; there is no need of any model for that."""
    if not workspace.typed:
        return {}
    engine = Engine(workspace.with_models({}), encoder)
    return {user: engine.embed(Query(text)) for user, text in workspace.typed.items()}


def _judged(
    workspace: Workspace, encoder: TextEncoder, judged: JudgedSet, progress: Progress
) -> Judged:
    return score_judged(Engine(workspace, encoder), judged, progress)


def score_judged(engine: Engine, judged: JudgedSet, progress: Progress = no_progress) -> Judged:
    """What all signals say of every taste for which something is relevant; what nobody judged is
    worth nothing."""
    names: list[str] = []
    features, scores, relevance, weights = [], [], [], []
    usual = default_weights()
    for done, taste in enumerate(judged.useful, start=1):
        query = engine.encode(Query(taste.text))
        found = engine.score(query, engine.candidates(query))
        known = query_features(query, found)
        names = list(known.index)
        worth = pd.Series(np.maximum(taste.worth, 0), taste.rows)
        features.append(known.to_numpy())
        scores.append(found.to_numpy())
        relevance.append(worth.reindex(found.index, fill_value=0).to_numpy(dtype=float))
        # What the gate will multiply: what the query itself says of a signal is said already.
        weights.append([usual[name] * engine.emphasis(name, query) for name in engine.signals])
        progress(done, len(judged.useful), "asking the judged tastes")
    source, own = gate.source(judged.name), list(engine.signals)
    prior = np.array(weights)  # (q, s)
    return Judged(own, names, np.stack(features), scores, relevance, prior, source)
