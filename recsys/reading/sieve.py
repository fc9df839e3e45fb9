"""A file whose unusable rows are taken out one reason at a time."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from recsys.datatypes import Progress, no_progress
from recsys.errors import DataError
from recsys.reading import columns, files
from recsys.reading.columns import SAMPLE, SYNONYMS
from recsys.reading.files import Reading
from recsys.tables import REJECT_COLUMNS


class Sieve:
    """The rows of one file that still stand, why others do not, and what to tell of it."""

    def __init__(
        self,
        path: str | Path,
        kind: str,
        chosen: Mapping[str, str],
        called: str | None = None,
        reading: Reading = Reading(),
        progress: Progress = no_progress,
    ):
        """``called`` is what the file's owner calls it, where that is not its name on the disk."""
        self.name = called or Path(path).name
        try:
            rows = files.read(path, reading=reading, progress=progress)
        except DataError as error:
            raise DataError(str(error).replace(Path(path).name, self.name, 1)) from error
        self.frame = rows.frame
        self.notes: list[str] = []
        for line in rows.notes:
            self.note(line)
        self._bad = [rows.bad]
        self._count = len(rows.frame) + len(rows.bad)
        chosen = {key: column for key, column in chosen.items() if key in SYNONYMS[kind]}
        for key, column in chosen.items():
            self.known([column] if column else [], key)
        self.columns = columns.guess(self.frame.head(SAMPLE), kind, chosen)
        told = [f"{k} = {self.columns[k]}" for k in SYNONYMS[kind] if k in self.columns]
        self.note(f"{', '.join(told)}.")

    def _columns(self) -> str:
        return ", ".join(self.frame)

    def known(self, columns: Sequence[str], key: str) -> None:
        """Raises DataError when the file lacks one of ``columns``, chosen for ``key``."""
        for column in columns:
            if column not in self.frame:
                raise DataError(
                    f"{self.name} has no column {column!r} for {key}; it has: {self._columns()}."
                )

    def note(self, line: str) -> None:
        """Adds a line for the person who imports."""
        self.notes.append(f"{self.name}: {line}")

    def need(self, key: str, what: str) -> pd.Series:
        """The cells of ``key``; raises DataError when no column was found for it."""
        if key not in self.columns:
            raise DataError(
                f"{self.name} has no column for {what}; say which with {key}=COLUMN."
                f" It has: {self._columns()}."
            )
        return self.cells(key)

    def cells(self, key: str) -> pd.Series:
        """The cells of ``key``, or of nothing where there is no such column."""
        if key not in self.columns:
            return pd.Series("", index=self.frame.index, dtype="str")
        return self.frame[self.columns[key]]

    def rename(self, key: str, names: Mapping[str, str]) -> None:
        """Replaces those cells of ``key`` that are in ``names``."""
        if names:
            cells = self.cells(key)
            renamed = cells.map(lambda cell: names.get(cell, cell))
            self.frame = self.frame.assign(**{self.columns[key]: renamed})

    def reject(self, bad: pd.Series, reason: str, key: str) -> None:
        """Takes out the rows that are ``bad``, with the cell of ``key`` as the value at fault."""
        if bad.any():
            values = self.cells(key)[bad].str.slice(0, files.SHOWN)
            self._bad.append(
                pd.DataFrame({"line": values.index, "reason": reason, "value": values.to_numpy()})
            )
            self.frame = self.frame[~bad]

    def rejected(self, limit: float) -> pd.DataFrame:
        """Every row that was taken out; raises DataError when they are too many."""
        bad = pd.concat(self._bad, ignore_index=True).sort_values("line", kind="stable")
        counts = ", ".join(f"{n:,} {reason}" for reason, n in bad["reason"].value_counts().items())
        if len(bad) > limit * self._count:
            first = bad.iloc[0]
            raise DataError(
                f"{self.name}: {len(bad):,} of {self._count:,} rows cannot be used ({counts});"
                f" at most {limit:.0%} may be. The first is line {first['line']}:"
                f" {first['value']!r}."
            )
        if len(bad):
            self.note(f"{len(bad):,} of {self._count:,} rows were left out: {counts}.")
        return bad.assign(file=self.name)[REJECT_COLUMNS]
