"""An index on disk: its file, and beside it a manifest that says whether it is whole and whose."""

import hashlib
import json
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from recsys.indexes import Identity, StaleIndex


def save(
    path: Path, identity: Identity, settings: Mapping[str, Any], write: Callable[[Path], None]
) -> None:
    """Has ``write`` make the file under a name of its own, and renames it when it is whole."""
    own = f"{os.getpid()}-{threading.get_ident()}.tmp"  # two may repair the same one at once
    temporary, described = path.with_suffix(f".{own}"), path.with_suffix(f".json.{own}")
    try:
        write(temporary)
        manifest = {"identity": asdict(identity) | dict(settings), "digest": _digest(temporary)}
        described.write_text(json.dumps(manifest, indent=1))
        os.replace(temporary, path)
        os.replace(described, path.with_suffix(".json"))
    finally:
        temporary.unlink(missing_ok=True)
        described.unlink(missing_ok=True)


def check(path: Path, identity: Identity, settings: Mapping[str, Any]) -> None:
    """Raises StaleIndex, with the reason, unless the file is whole and is the one described.

    A damaged file never reaches the library that would crash on it.
    """
    try:
        manifest = json.loads(path.with_suffix(".json").read_text())
        saved, digest = dict(manifest["identity"]), manifest["digest"]
        found = _digest(path)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StaleIndex(f"The search index could not be read ({error}).") from error
    if found != digest:
        raise StaleIndex("The search index file is damaged.")
    for name, wanted in (asdict(identity) | dict(settings)).items():
        if saved.get(name) != wanted:
            raise StaleIndex(
                f"The search index was built for another {name} ({saved.get(name)}, not {wanted})."
            )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()
