"""Training a model on request, while the workspace is in use: long, and resumed after a kill.

Nobody waits for it: the workspace is held only for the moment in which the model is put there, and
until then, or where the training fails, the one in service stays.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from safetensors import SafetensorError, safe_open

from recsys.building.build import judged_of
from recsys.building.publish import shared_copy
from recsys.building.train import stamp_of, train_one
from recsys.datatypes import Progress, no_progress
from recsys.disk import full_disk_told
from recsys.encoders import TextEncoder
from recsys.errors import TrainingError
from recsys.learning.loop import Checkpoint
from recsys.models import Arrays
from recsys.store.arrays import save
from recsys.store.versions import change_over, empty_folder, only_writer, stamp
from recsys.store.workspace import Workspace, folder_of, read_manifest

PATIENCE = 60.0
"""Seconds that a trained model waits for a build or somebody who publishes."""


def train_on_request(
    workspace: str,
    model: str,
    encoder: TextEncoder,
    settings: Mapping[str, Any],
    progress: Progress = no_progress,
) -> Arrays:
    """Trains ``model`` with ``settings`` on the workspace of that name, and puts it there.

    Killed, the next call with the same settings goes on after the last whole epoch. Raises
    TrainingError where it fails, there is too little to learn from, or the data are others by the
    end; QueryError for a wrong setting; DiskFull where there is no room.
    """
    folder, started = folder_of(workspace), perf_counter()
    with closing(Workspace.open(workspace)) as current:
        source = current.manifest.source
        known = stamp_of(model, settings, source)
        checkpoint = Checkpoint(_file(workspace, model), _identity(known | {"of": source}))
        if _told(checkpoint.path).get("identity") != checkpoint.identity:
            checkpoint.path.unlink(missing_ok=True)  # what it says is of another training
        with full_disk_told(folder, "the model in service stays"):
            tastes = judged_of(current)
            arrays = train_one(current, encoder, model, settings, progress, checkpoint, tastes)
    if not arrays:
        raise TrainingError(
            f"There is too little in {workspace} to learn {model} from; nothing was changed."
        )
    when = datetime.now(UTC).isoformat(timespec="seconds")
    known |= {"trained": when, "seconds": round(perf_counter() - started, 1)}
    _put(folder, model, arrays, known, source)
    checkpoint.path.unlink(missing_ok=True)
    return arrays


def curve_so_far(workspace: str, model: str) -> np.ndarray:
    """(epochs, 2) the loss and the validation metric of each epoch that a training of ``model`` has
    behind it, which goes on or was broken off; no epoch where there is none."""
    state = json.loads(_told(_file(workspace, model)).get("state", "{}"))
    return np.array(state.get("history", []), dtype=np.float32).reshape(-1, 2)


def _file(workspace: str, model: str) -> Path:
    """Where the training keeps how far it is."""
    return folder_of(workspace) / f".{model}.training"


def _told(path: Path) -> Mapping[str, str]:
    """What a checkpoint says of itself; nothing where there is none, or a damaged one."""
    try:
        with safe_open(path, "numpy") as file:
            return file.metadata() or {}
    except (SafetensorError, OSError):
        return {}


def _put(folder: Path, model: str, arrays: Arrays, known: Mapping[str, Any], source: str) -> None:
    """Makes a version of its own with the model in it."""
    with only_writer(folder, PATIENCE):
        manifest = read_manifest(folder)
        if manifest is None or manifest.source != source:
            raise TrainingError(
                f"{folder.name} was built from other data while {model} was trained:"
                " train it again."
            )
        working = empty_folder(folder)
        shared_copy(folder / manifest.version, working)
        save(working / f"{model}.safetensors", arrays)
        models = {**manifest.models, model: known}
        change_over(folder, working, replace(manifest, version=stamp(), models=models))


def _identity(known: Mapping[str, Any]) -> str:
    written = json.dumps(known, sort_keys=True).encode()
    return hashlib.blake2b(written, digest_size=16).hexdigest()
