"""What things cost: the figures of benches, kept beside the other reports."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from recsys import __version__, folders
from recsys.errors import DataError
from recsys.reports.provenance import machine

FOLDER = folders.bundled() / "reports" / "bench"
"""A file a bench, NAME.json: a list of lines."""

STAMP = ("machine", "thaw", "made")
"""In every line: what measured it, and when (UTC)."""


@dataclass(frozen=True)
class Measurement:
    """What a bench found: ``lines``, one for each thing measured, which the columns in ``keys``
    tell apart; and all of it ``told`` in words."""

    lines: pd.DataFrame
    keys: Sequence[str]
    told: str


def record(bench: str, found: Measurement) -> Path:
    """Keeps the lines of ``bench`` in its file, in place of those of the same things, after the
    others; the file."""
    path = FOLDER / f"{bench}.json"
    made = datetime.now(UTC).isoformat(timespec="seconds")
    stamp = dict(zip(STAMP, (machine(), __version__, made), strict=True))
    new, old = found.lines.set_index(list(found.keys)).assign(**stamp), lines(bench)
    if len(old):
        old = old.set_index(list(found.keys))
        new = pd.concat([old[~old.index.isin(new.index)], new])
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = path.with_suffix(".tmp")
    whole.write_text(new.reset_index().to_json(orient="records", indent=1) + "\n")
    os.replace(whole, path)
    return path


def lines(bench: str) -> pd.DataFrame:
    """The lines that are kept of ``bench``; none where it was never recorded.

    Raises DataError for a file that is damaged.
    """
    path = FOLDER / f"{bench}.json"
    if not path.is_file():
        return pd.DataFrame()
    try:
        found = pd.DataFrame(json.loads(path.read_text()))
        missing = [name for name in STAMP if name not in found]
    except ValueError as error:
        raise DataError(f"{path.name} is no record of a bench: {error}.") from error
    if missing:
        raise DataError(f"{path.name} is no record of a bench: it lacks {', '.join(missing)}.")
    return found
