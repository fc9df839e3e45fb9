"""Converting a language model for this machine's CPU, once; and finding it again, without torch.

data/workspaces/.encoders/KEY/
    model.xml model.bin   the model, from tokens to unit vectors
    tokenizer.json        how it reads
    model.json            its name and its window; or why it could not be converted
    compiled/             what OpenVINO made of it for this processor
    probes.safetensors    some tokens, and the vectors that torch gives them
KEY is a digest of the weights, of the versions and of what is done here; a folder is there whole
or not at all.
"""

import fcntl
import hashlib
import json
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from recsys import folders

FORMAT = 1
"""Raised when the files change their meaning, so that models are converted again."""

MADE_OF = (".safetensors", ".bin", ".json", ".txt")
"""Endings of the files that make a model."""


def is_possible(location: str) -> bool:
    """Whether a model at ``location`` could be converted: whether its files are in a folder."""
    return Path(location).is_dir()


def reason_against(location: str) -> str | None:
    """Why the model at ``location`` does not run converted, or None where it can."""
    if not is_possible(location):
        return "only a model in a folder is converted for the CPU"
    try:
        settings = json.loads((place_of(location) / "model.json").read_text())
    except FileNotFoundError:
        return "not converted for the CPU yet: python -m recsys build does it"
    refused: str | None = settings.get("refused")
    return refused


def place_of(location: str) -> Path:
    """Where the model in the folder ``location`` is kept once it is converted."""
    hasher = hashlib.sha256(f"{FORMAT} {version('openvino')}".encode())
    for path in sorted(Path(location).rglob("*")):
        if path.suffix in MADE_OF:
            hasher.update(path.relative_to(location).as_posix().encode())
            with path.open("rb") as file:
                hasher.update(hashlib.file_digest(file, "sha256").digest())
    return _home() / hasher.hexdigest()[:20]


def convert(name: str, location: str) -> None:
    """Converts the model in the folder ``location``, unless it is there or was refused.

    What was converted of another version of ``name`` goes. Raises EncoderError when the model
    cannot be loaded.
    """
    place = place_of(location)
    with _only_one():
        if place.exists():
            return
        working = _home() / ".making"
        shutil.rmtree(working, ignore_errors=True)
        working.mkdir()
        _convert(name, location, working)
        working.rename(place)
        for other in _home().glob("*/model.json"):
            if other.parent != place and json.loads(other.read_text())["name"] == name:
                shutil.rmtree(other.parent)


def _convert(name: str, location: str, folder: Path) -> None:
    """Puts the files into ``folder``, or why there are none."""
    from recsys.encoders import _export, _openvino, _torch

    runner = _torch.Runner(name, location, "cpu")
    settings: dict[str, Any] = {"name": name, "window": runner.window}
    told = folder / "model.json"
    told.write_text(json.dumps(settings))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of tracing; the probes tell whether it went well
            _export.save(runner, folder)
        _openvino.Runner(folder)
    except Exception as error:  # whatever a model is made of that cannot be converted
        shutil.rmtree(folder)
        folder.mkdir()
        reason = str(error).strip().partition("\n")[0]
        told.write_text(json.dumps(settings | {"refused": f"it cannot be converted: {reason}"}))


def _home() -> Path:
    return folders.workspaces() / ".encoders"


@contextmanager
def _only_one() -> Iterator[None]:
    """Waits until nobody else converts."""
    _home().mkdir(parents=True, exist_ok=True)
    with (_home() / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
