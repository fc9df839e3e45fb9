"""A table of judged tastes: taste, item, grade, and who judged, in a file of any form."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from recsys.datatypes import MAX_TEXT, Progress, no_progress
from recsys.errors import DataError
from recsys.reading import files
from recsys.reading.cleaning import numbers
from recsys.reading.vocabulary import plain
from recsys.tables import GRADED_COLUMNS, GRADES

CALLED = {
    "taste": "taste query querytext usertext profile text words request search topic",
    "item": "item itemid id docid documentid document movieid filmid bookid productid sku",
    "grade": "grade relevance rel rating judgement judgment score label gain",
    "judge": "judge rater assessor annotator by who user userid",
}
"""What columns are called, without capitals and signs; the first that is there is taken."""
NEEDED = ("taste", "item", "grade")
"""Columns that there must be; one who judged is named otherwise where no column says so."""


@dataclass(frozen=True)
class Graded:
    """``table``: taste, item, grade, judge; ``rejected``: line, reason, value; ``notes`` say what
    was guessed and found, for the person who gave the file."""

    table: pd.DataFrame
    rejected: pd.DataFrame
    notes: tuple[str, ...]


def read(
    path: str | Path,
    judge: str,
    chosen: Mapping[str, str] | None = None,
    called: str | None = None,
    progress: Progress = no_progress,
) -> Graded:
    """The judgements in a file; those without a judge are by ``judge``.

    ``chosen`` is key -> column where a guess would be wrong; ``called`` what its owner calls the
    file. Raises DataError where it cannot be read, a column is missing, or no line can be used.
    """
    name = called or Path(path).name
    rows = files.read(path, progress=progress)
    columns = _columns(rows.frame, chosen or {}, name)
    cells = {key: rows.frame[column] for key, column in columns.items()}
    blank = pd.Series("", rows.frame.index, dtype="str")
    table = pd.DataFrame({key: cells.get(key, blank) for key in GRADED_COLUMNS})
    table["judge"] = table["judge"].where(table["judge"] != "", judge)
    kept, rejected = _checked(table)
    if kept.empty:
        first = rejected.iloc[0]
        raise DataError(
            f"{name}: no line can be used; the first is line {first['line']}: {first['reason']}"
            f" ({first['value']!r})."
        )
    whole = kept.drop_duplicates(["taste", "item", "judge"], keep="last").reset_index(drop=True)
    notes = [f"{key} = {column}." for key, column in columns.items()]
    if len(whole) < len(kept):
        notes.append(f"{len(kept) - len(whole):,} lines are said again below: the last one counts.")
    rejected = pd.concat([rows.bad, rejected], ignore_index=True)
    return Graded(whole, rejected, (*rows.notes, *notes))


def _columns(frame: pd.DataFrame, chosen: Mapping[str, str], name: str) -> dict[str, str]:
    for key, column in chosen.items():
        if key not in CALLED:
            raise DataError(f"{key!r} is no part of a judgement; there are: {', '.join(CALLED)}.")
        if column not in frame:
            raise DataError(
                f"{name} has no column {column!r} for {key}; it has: {', '.join(frame)}."
            )
    found = dict(chosen)
    free = {plain(column): column for column in frame if column not in found.values()}
    for key, names in CALLED.items():
        there = next((each for each in names.split() if each in free), None)
        if key not in found and there:
            found[key] = free.pop(there)
    for key in NEEDED:
        if key not in found:
            raise DataError(
                f"{name} has no column for the {key}; say which with {key}=COLUMN."
                f" It has: {', '.join(frame)}."
            )
    return {key: found[key] for key in GRADED_COLUMNS if key in found}


def _checked(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The lines that can be used, and of the others line, reason and the value at fault."""
    grade, bad = numbers(table["grade"]), []
    long = table["taste"].str.len() > MAX_TEXT
    checks = {
        "taste without words": ("taste", ~table["taste"].str.contains(r"\w", regex=True)),
        f"taste of more than {MAX_TEXT:,} characters": ("taste", long),
        "no item": ("item", table["item"] == ""),
        f"grade is none of {', '.join(map(str, GRADES))}": ("grade", ~grade.isin(GRADES)),
    }
    for reason, (key, wrong) in checks.items():
        cells = table[key][wrong[table.index]]
        table = table.drop(index=cells.index)
        values = cells.str.slice(0, files.SHOWN).to_numpy()
        bad.append(pd.DataFrame({"line": cells.index, "reason": reason, "value": values}))
    return table.assign(grade=grade[table.index].astype("int64")), pd.concat(bad)
