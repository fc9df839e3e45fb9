"""The files of leave-one-out as the NCF paper has them (He et al. 2017): ids and tabs, no header.

Train and test: user, item, rating, time; one line a user in the test. Negatives: "(user,item)" of
that line and items that the user has not rated, by tabs. A file that cannot be read, or whose line
is off, raises DataError with its name and the number of the line.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from recsys.errors import DataError

_PAIR = re.compile(r"\((\d+),\s*(\d+)\)")


@dataclass(frozen=True, eq=False)
class LeaveOneOut:
    """``likes`` (u, n) to learn from; of each of t tested ``users`` (t,), rows of the likes, the
    ``held_out`` item (t,) and the ``negatives`` (t, m), columns of them."""

    likes: sparse.csr_array
    users: np.ndarray
    held_out: np.ndarray
    negatives: np.ndarray

    @property
    def candidates(self) -> np.ndarray:
        """(t, 1 + m) the held-out item, then the negatives."""
        return np.concatenate([self.held_out[:, None], self.negatives], axis=1)


def read(train: Path, test: Path, negatives: Path) -> LeaveOneOut:
    """The three files; every interaction counts as a like, whatever its rating. Rows and columns
    stand in the order of the ids.

    Raises DataError also where the negatives are not those of the test's lines, where their
    numbers differ, and where a held-out item is among the interactions of its user.
    """
    known, tested = _interactions(train), _interactions(test)
    against = _negatives(negatives, tested)
    users = np.unique(np.concatenate([known[:, 0], tested[:, 0]]))
    items = np.unique(np.concatenate([known[:, 1], tested[:, 1], against.ravel()]))
    rows, columns = np.searchsorted(users, known[:, 0]), np.searchsorted(items, known[:, 1])
    ones = np.ones(len(known), dtype=np.float32)
    likes = sparse.csr_array((ones, (rows, columns)), shape=(len(users), len(items)))
    likes.data[:] = 1  # entries for one place were added up
    asked, held_out = np.searchsorted(users, tested[:, 0]), np.searchsorted(items, tested[:, 1])
    met = np.flatnonzero(likes[asked, held_out])
    if len(met):
        raise DataError(f"{test.name}, line {met[0] + 1}: {train.name} has this interaction, too.")
    return LeaveOneOut(likes, asked, held_out, np.searchsorted(items, against))


def write(data: LeaveOneOut, folder: Path) -> tuple[Path, Path, Path]:
    """The train, test and negatives files of ``data``, in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = ("train.rating", "test.rating", "test.negative")
    train, test, negatives = (folder / f"ncf.{part}" for part in parts)
    users = np.repeat(np.arange(data.likes.shape[0]), np.diff(data.likes.indptr))
    for path, user, item in (
        (train, users, data.likes.indices),
        (test, data.users, data.held_out),
    ):
        frame = pd.DataFrame({"user": user, "item": item, "rating": 1, "time": 0})
        frame.to_csv(path, sep="\t", header=False, index=False)
    with negatives.open("w") as file:
        for user, item, against in zip(data.users, data.held_out, data.negatives, strict=True):
            file.write("\t".join([f"({user},{item})", *map(str, against.tolist())]) + "\n")
    return train, test, negatives


def _interactions(path: Path) -> np.ndarray:
    """(lines, 2) user and item."""
    try:
        frame = pd.read_csv(path, sep="\t", header=None, usecols=[0, 1], dtype=np.int64)
    except (ValueError, pd.errors.ParserError):  # not whole numbers, or not two columns
        frame = None
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.") from error
    if frame is None or not len(frame) or frame.min(axis=None) < 0:
        raise DataError(f"{path.name}{_first_wrong(path)} user, item, rating and time by tabs.")
    return frame.to_numpy()


def _first_wrong(path: Path) -> str:
    for number, line in enumerate(_lines(path), start=1):
        cells = line.split("\t")
        if len(cells) < 2 or not all(cell.strip().isdecimal() for cell in cells[:2]):
            return f", line {number}: {line[:60]!r} does not give"
    return " is empty; it must give"


def _negatives(path: Path, tested: np.ndarray) -> np.ndarray:
    found: list[list[int]] = []
    for number, line in enumerate(_lines(path), start=1):
        where, cells = f"{path.name}, line {number}", line.split("\t")
        pair = _PAIR.fullmatch(cells[0].strip())
        rest = [cell.strip() for cell in cells[1:] if cell.strip()]
        if pair is None or not rest or not all(cell.isdecimal() for cell in rest):
            raise DataError(f"{where}: {line[:60]!r} is not (user,item) and items by tabs.")
        if number > len(tested) or (int(pair[1]), int(pair[2])) != tuple(tested[number - 1]):
            raise DataError(f"{where}: {cells[0]} is not what the test holds out in this line.")
        if found and len(rest) != len(found[0]):
            raise DataError(f"{where}: {len(rest)} items, where line 1 has {len(found[0])}.")
        found.append(list(map(int, rest)))
    if len(found) < len(tested):
        raise DataError(f"{path.name} has {len(found)} lines, and the test has {len(tested)}.")
    return np.array(found, dtype=np.int64)


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path.name} is not UTF-8 text.") from error
