"""What people corrected in the columns of files, kept for the next file with the same columns.

One small JSON file beside the workspaces: the digest of a header -> key -> columns, the latest
last. A file that cannot be read is as good as none: all that is lost is a guess corrected before.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from recsys import folders
from recsys.reading.guesses import Columns, as_columns

FILE = "corrections.json"
MAX_HEADERS = 200
"""Headers that are remembered; the oldest goes."""


def recall(kind: str, header: Sequence[str]) -> dict[str, Columns]:
    """Key -> columns, as they were corrected for such a file of ``kind``; "" for no column."""
    own = _read().get(_digest(kind, header), {})
    return {key: columns for key, columns in own.items() if isinstance(columns, list | str)}


def keep(kind: str, header: Sequence[str], corrected: Mapping[str, Columns]) -> None:
    """Remembers what was ``corrected`` in place of what was before; nothing: forgets it."""
    known, key = _read(), _digest(kind, header)
    if not corrected and key not in known:
        return
    known.pop(key, None)
    if corrected:
        known[key] = {name: list(as_columns(own)) for name, own in corrected.items()}
    _write(dict(list(known.items())[-MAX_HEADERS:]))


def forget(kind: str, header: Sequence[str]) -> None:
    """Drops what was corrected for such a file."""
    keep(kind, header, {})


def _digest(kind: str, header: Sequence[str]) -> str:
    return hashlib.blake2b(json.dumps([kind, *header]).encode(), digest_size=16).hexdigest()


def _path() -> Path:
    return folders.workspaces() / FILE


def _read() -> dict[str, dict[str, Any]]:
    try:
        known = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    pairs = known.items() if isinstance(known, dict) else ()
    return {key: own for key, own in pairs if isinstance(own, dict)}


def _write(known: Mapping[str, Any]) -> None:
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
        json.dump(known, file, ensure_ascii=False, indent=1)
    os.replace(file.name, path)
