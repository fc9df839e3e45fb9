"""A file whose unusable rows are taken out one reason at a time."""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from recsys.datatypes import Progress, no_progress
from recsys.errors import DataError
from recsys.reading import columns, files, texts
from recsys.reading.columns import SAMPLE
from recsys.reading.files import Reading
from recsys.reading.guesses import CHOSEN, Columns, Guess, as_columns
from recsys.reading.vocabulary import SYNONYMS
from recsys.tables import REJECT_COLUMNS


class Sieve:
    """The rows of one file that still stand, why others do not, and what to tell of it.

    ``columns`` is key -> column, and ``guesses`` say why; a text may have more columns than one.
    """

    def __init__(
        self,
        rows: files.Rows,
        kind: str,
        chosen: Mapping[str, Columns],
        name: str,
        remembered: Mapping[str, Columns] | None = None,
    ):
        """``chosen`` and ``remembered`` are as in ``columns.guess``; ``name`` is the file's."""
        self.name = name
        self.header = tuple(rows.frame)
        self.frame = rows.frame
        self._read_as = rows.notes
        self._bad = [rows.bad]
        self._left_out: list[pd.DataFrame] = []
        self._count = len(rows.frame) + len(rows.bad)
        self.regard(kind, chosen, remembered)

    def regard(
        self,
        kind: str,
        chosen: Mapping[str, Columns],
        remembered: Mapping[str, Columns] | None = None,
        because: str = CHOSEN,
    ) -> None:
        """Guesses the columns of a file of ``kind``, but for those ``chosen``, and ``because`` of
        what, or ``remembered``, and tells them; in place of what was told before."""
        self.notes: list[str] = []
        for line in self._read_as:
            self.note(line)
        chosen = {key: own for key, own in chosen.items() if key in SYNONYMS[kind]}
        for key, own in chosen.items():
            self.known(as_columns(own), key)
        self._kind, self._sample = kind, self.frame.head(SAMPLE)
        self._settled = {**(remembered or {}), **chosen}
        guesses = columns.guess(self._sample, kind, chosen, remembered)
        self.guesses = {
            key: replace(one, why=because) if one.why == CHOSEN else one
            for key, one in guesses.items()
        }
        self.columns = columns.plainly(self.guesses)
        for key, one in self.guesses.items():
            self.note(f"{key} = {', '.join(one.columns)} ({one.told}).")

    @classmethod
    def read(
        cls,
        path: str | Path,
        kind: str,
        chosen: Mapping[str, Columns],
        called: str | None = None,
        recall: Callable[[str, Sequence[str]], Mapping[str, Columns]] | None = None,
        reading: Reading = Reading(),
        progress: Progress = no_progress,
    ) -> "Sieve":
        """All of a file; ``called`` is what its owner calls it, where that is not its name on the
        disk, and ``recall`` knows what was corrected for a kind and a header."""
        name = called or Path(path).name
        try:
            rows = files.read(path, reading=reading, progress=progress)
        except DataError as error:
            raise DataError(str(error).replace(Path(path).name, name, 1)) from error
        remembered = recall(kind, tuple(rows.frame)) if recall else {}
        return cls(rows, kind, chosen, name, remembered)

    def over(
        self, frame: pd.DataFrame, kind: str, chosen: Mapping[str, str], because: str
    ) -> "Sieve":
        """Another of the same file, over rows that were made of it; what is wrong with the file
        itself stays with this one."""
        other = copy.copy(self)
        other.frame, other._count = frame, len(frame)
        other._bad, other._left_out, other._read_as = [self._bad[0].head(0)], [], ()
        other.regard(kind, chosen, because=because)
        return other

    def _columns(self) -> str:
        return ", ".join(self.frame)

    def known(self, columns: Sequence[str], key: str) -> None:
        """Raises DataError when the file lacks one of ``columns``, chosen for ``key``."""
        for column in columns:
            if column not in self.frame:
                raise DataError(
                    f"{self.name} has no column {column!r} for {key}; it has: {self._columns()}."
                )

    def corrected(self) -> dict[str, Columns]:
        """Key -> columns that were chosen, now or before, where a guess would be another."""
        if not self._settled:
            return {}
        guessed = columns.guess(self._sample, self._kind, {})
        nothing = Guess((), "", 0.0)
        return {
            key: own
            for key, own in self._settled.items()
            if as_columns(own) != guessed.get(key, nothing).columns
        }

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
        if key == "text":
            return texts.joined(self.frame, self.guesses[key].columns)
        return self.frame[self.columns[key]]

    @property
    def unused(self) -> pd.DataFrame:
        """The columns that are none of ours."""
        taken = {column for one in self.guesses.values() for column in one.columns}
        return self.frame[[column for column in self.frame if column not in taken]]

    def rename(self, key: str, names: Mapping[str, str]) -> None:
        """Replaces those cells of ``key`` that are in ``names``."""
        if names:
            cells = self.cells(key)
            renamed = cells.map(lambda cell: names.get(cell, cell))
            self.frame = self.frame.assign(**{self.columns[key]: renamed})

    def reject(self, bad: pd.Series, reason: str, key: str) -> None:
        """Takes out the rows that are ``bad``, with the cell of ``key`` as the value at fault."""
        if bad.any():
            self._bad.append(self._take(bad, reason, key))

    def leave_out(self, rows: pd.Series, reason: str, key: str) -> None:
        """Takes out ``rows`` that are well written and say nothing here: they are told, and do not
        count against the limit of ``rejected``."""
        if rows.any():
            self._left_out.append(self._take(rows, reason, key))

    def _take(self, rows: pd.Series, reason: str, key: str) -> pd.DataFrame:
        values = self.cells(key)[rows].str.slice(0, files.SHOWN)
        self.frame = self.frame[~rows]
        return pd.DataFrame({"line": values.index, "reason": reason, "value": values.to_numpy()})

    def rejected(self, limit: float) -> pd.DataFrame:
        """Every row that was taken out; raises DataError when too many of them are unusable."""
        bad = pd.concat(self._bad, ignore_index=True).sort_values("line", kind="stable")
        if len(bad) > limit * self._count:
            first, counts = bad.iloc[0], _counted(bad)
            raise DataError(
                f"{self.name}: {len(bad):,} of {self._count:,} rows cannot be used ({counts});"
                f" at most {limit:.0%} may be. The first is line {first['line']}:"
                f" {first['value']!r}."
            )
        bad = pd.concat([bad, *self._left_out], ignore_index=True)
        bad = bad.sort_values("line", kind="stable")
        if len(bad):
            counts = _counted(bad)
            self.note(f"{len(bad):,} of {self._count:,} rows were left out: {counts}.")
        return bad.assign(file=self.name)[REJECT_COLUMNS]


def _counted(bad: pd.DataFrame) -> str:
    return ", ".join(f"{n:,} {reason}" for reason, n in bad["reason"].value_counts().items())
