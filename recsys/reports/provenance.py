"""Provenance: how a report was made, so that it can be made again."""

import hashlib
import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

from recsys import __version__
from recsys.ranking.engine import Engine
from recsys.reports.names import SEED

LIBRARIES = ("numpy", "scipy", "torch", "openvino")
"""Packages whose version a figure may depend on."""


def provenance(engine: Engine, files: Mapping[str, Path], started: float) -> dict[str, Any]:
    """What made a report that was ``started`` then (perf_counter): seeds, versions, digests of the
    data, machine, time (UTC), seconds."""
    data: dict[str, Any] = {name: described(path) for name, path in files.items()}
    data["workspace"] = {"source": engine.workspace.manifest.source}
    libraries = {name: version(name) for name in LIBRARIES}
    return {
        "seeds": {"draws": SEED, "training": SEED, "bootstrap": 0},
        "versions": {"thaw": __version__, "python": platform.python_version(), **libraries},
        "data": data,
        "machine": f"{machine()}; {engine.encoder.device_name}",
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(perf_counter() - started, 1),
    }


def described(path: Path) -> dict[str, str]:
    """A file's name and digest."""
    digest = hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
    return {"file": path.name, "blake2b": digest}


def machine() -> str:
    """The processor and what runs on it, in a line."""
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
