"""The files of a benchmark: who says what, who is held out, which items are new.

Ids are external here, and read as text. A file that cannot be read, or whose line is off, raises
DataError with the file's name and the number of the line, the header being the first.
"""

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from recsys.datatypes import clean_text
from recsys.errors import DataError, QueryError

PARTS = ("warm", "val", "test")
"""What a split says of an item."""

T = TypeVar("T")


@dataclass(frozen=True)
class Profile:
    """What a user might type; ``fold`` is the part of the people that they belong to, if any."""

    user: str
    text: str
    fold: int = 0


@dataclass(frozen=True)
class Dialogue:
    """What somebody said, with the items named on the way and those that they were glad of."""

    id: str
    text: str
    liked: tuple[str, ...]
    disliked: tuple[str, ...]
    relevant: tuple[str, ...]


def profiles(path: Path) -> list[Profile]:
    """From JSON lines such as ``{"userId": 284, "profile": "90s comedies please!"}``, perhaps with
    a ``fold``, a whole number."""

    def read(line: Mapping[str, Any]) -> Profile:
        fold = line.get("fold", 0)
        if isinstance(fold, bool) or not isinstance(fold, int):
            raise DataError(f"'fold' is {fold!r}; it must be a whole number")
        return Profile(_id(line, "userId"), _text(line, "profile"), fold)

    return _lines(path, read)


def dialogues(path: Path) -> list[Dialogue]:
    """From JSON lines with ``id`` and ``text``, and lists of items ``liked``, ``disliked`` and
    ``relevant``."""

    def read(line: Mapping[str, Any]) -> Dialogue:
        named = [_ids(line, field) for field in ("liked", "disliked", "relevant")]
        return Dialogue(_id(line, "id"), _text(line, "text"), *named)

    return _lines(path, read)


def ratings(path: Path) -> pd.DataFrame:
    """From a CSV of userId, movieId, part: user, item, part, which is seen or hidden."""
    frame = _table(path, ("userId", "movieId", "part"), ("userId", "movieId"))
    _one_of(path, frame["part"], ("seen", "hidden"))
    return frame.rename(columns={"userId": "user", "movieId": "item"})


def users(path: Path) -> list[str]:
    """From a CSV with a column userId."""
    return _table(path, ("userId",), ("userId",))["userId"].tolist()


def split(path: Path) -> pd.DataFrame:
    """From a CSV of movieId, part: item, part, which is one of PARTS."""
    frame = _table(path, ("movieId", "part"), ("movieId",))
    _one_of(path, frame["part"], PARTS)
    return frame.rename(columns={"movieId": "item"})


def pairs(path: Path) -> pd.DataFrame:
    """From a CSV of a, b: two items; a pair may come again."""
    return _table(path, ("a", "b"), ())


def _lines(path: Path, read: Callable[[Mapping[str, Any]], T]) -> list[T]:
    found: dict[str, T] = {}
    for number, line in enumerate(_text_lines(path), start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
            if not isinstance(value, dict):
                raise DataError("it is not a JSON object")
            entry = read(value)
        except json.JSONDecodeError as error:
            raise DataError(f"{path.name}, line {number}: it is not JSON ({error.msg}).") from None
        except (DataError, QueryError) as error:
            raise DataError(f"{path.name}, line {number}: {str(error).rstrip('.')}.") from None
        name = next(iter(vars(entry).values()))
        if name in found:
            raise DataError(f"{path.name}, line {number}: {name!r} has a line already.")
        found[name] = entry
    if not found:
        raise DataError(f"{path.name} is empty.")
    return list(found.values())


def _value(line: Mapping[str, Any], field: str) -> Any:
    if field not in line:
        raise DataError(f"it lacks {field!r}")
    return line[field]


def _id(line: Mapping[str, Any], field: str) -> str:
    value = _value(line, field)
    if isinstance(value, bool) or not isinstance(value, int | str) or value == "":
        raise DataError(f"{field!r} is {value!r}; it must be a number or a text")
    return str(value)


def _ids(line: Mapping[str, Any], field: str) -> tuple[str, ...]:
    value = _value(line, field)
    if not isinstance(value, list):
        raise DataError(f"{field!r} is {value!r}; it must be a list of items")
    return tuple(dict.fromkeys(_id({field: one}, field) for one in value))


def _text(line: Mapping[str, Any], field: str) -> str:
    value = _value(line, field)
    if not isinstance(value, str):
        raise DataError(f"{field!r} is {value!r}; it must be a text")
    return clean_text(value)


def _table(path: Path, columns: tuple[str, ...], key: tuple[str, ...]) -> pd.DataFrame:
    """The ``columns`` of a CSV as text, index ``line``; no two lines have the same ``key``, if any
    is given."""
    reader = csv.reader(_text_lines(path))
    header = next(reader, [])
    missing = [name for name in columns if name not in header]
    if missing:
        raise DataError(
            f"{path.name}, line 1: it lacks {', '.join(missing)};"
            f" the columns are {', '.join(header) or 'none'}."
        )
    rows, numbers = [], []
    for cells in reader:
        if not cells:  # a blank line
            continue
        whole = len(cells) == len(header)
        if not whole or not all(cells[header.index(name)] for name in columns):
            raise DataError(
                f"{path.name}, line {reader.line_num}: {','.join(cells)!r} does not give"
                f" {', '.join(header)}."
            )
        rows.append(cells)
        numbers.append(reader.line_num)
    if not rows:
        raise DataError(f"{path.name} is empty but for its header.")
    frame = pd.DataFrame(rows, columns=header, index=pd.Index(numbers, name="line"))
    again = frame.index[frame.duplicated(list(key))] if key else []
    if len(again):
        said = " ".join(frame.loc[again[0], list(key)])
        raise DataError(f"{path.name}, line {again[0]}: {said!r} has a line already.")
    return frame[list(columns)]


def _one_of(path: Path, values: pd.Series, accepted: tuple[str, ...]) -> None:
    wrong = values[~values.isin(accepted)]
    if len(wrong):
        raise DataError(
            f"{path.name}, line {wrong.index[0]}: part is {wrong.iloc[0]!r};"
            f" it must be one of {', '.join(accepted)}."
        )


def _text_lines(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(file)
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path.name} is not UTF-8 text.") from error
