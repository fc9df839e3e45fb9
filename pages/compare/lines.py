"""The lists as columns of rows, joined by lines: what is drawn where, as plain data.

Heights are in pixels, from the top of the first row.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

import pandas as pd

from recsys.ranking import compare

ROW = 38
"""Height of a row: two lines of a title."""

LANES = 14
"""Height of the strip under the rows through which lines pass a list that lacks their item."""

MARKS = {"rises": "▲", "keeps its place": "=", "falls": "▼"}
"""Move -> its sign."""

MAX_PLACES = 4
"""So many places of what passes below a list are named one by one."""

Data: TypeAlias = dict[str, Any]


def columns(ranks: pd.DataFrame, k: int, names: Sequence[str]) -> list[Data]:
    """For each list its name, its rows, the lines that pass below them, and a word on these.

    ``ranks``: index item, a column a list, from 1; what is above ``k`` is not in that list. A row
    has ``item``, ``rank``, ``joined``, whether another list shows it; the ``move`` that leads to
    it, a ``mark`` and its ``words``.
    """
    moves = compare.moves(ranks, k)
    found = []
    for column, name in enumerate(names):
        places = ranks[column][ranks[column] <= k].sort_values()
        passing = _passing(ranks, moves, column)
        found.append(
            {
                "name": name,
                "rows": [_row(ranks, k, names, moves, column, item) for item in places.index],
                "below": _below(passing[column].tolist()),
                "lanes": [
                    {"item": int(item), "at": _lane(ranks, k, moves, column, item)}
                    for item in passing.index
                ],
            }
        )
    return found


def gaps(ranks: pd.DataFrame, k: int) -> list[list[Data]]:
    """For each gap between two lists its lines: ``item``, ``move``, the heights ``start`` and
    ``end``, and whether the line ``passes`` a list that lacks the item; arguments as above."""
    moves = compare.moves(ranks, k)
    found: list[list[Data]] = [[] for _ in ranks.columns[1:]]
    for move in moves.itertuples():
        between = range(move.start + 1, move.end)
        heights = [_lane(ranks, k, moves, column, move.item) for column in between]
        heights = [_middle(move.before), *heights, _middle(move.after)]
        for step, gap in enumerate(range(move.start, move.end)):
            line = {"item": int(move.item), "move": move.move, "passes": len(between) > 0}
            found[gap].append(line | {"start": heights[step], "end": heights[step + 1]})
    return found


def height(ranks: pd.DataFrame, k: int) -> int:
    """The height of the rows of the longest list."""
    return ROW * int(ranks.where(ranks <= k).max().max())


def _row(
    ranks: pd.DataFrame, k: int, names: Sequence[str], moves: pd.DataFrame, column: int, item: Any
) -> Data:
    own = moves[moves["item"] == item]
    arriving = own[own["end"] == column]
    mark, words, move = "", "", ""
    if len(arriving):
        start, before, after, move = arriving.iloc[0][["start", "before", "after", "move"]]
        places = abs(after - before)
        mark = f"{MARKS[move]}{places or ''}"
        words = f"{move}{f' by {places}' if places else ''} from {names[start]}"
    elif own.empty:
        beside = column - 1 if column else 1
        place = f"{ranks.loc[item, beside]:,}"
        mark = f"{place} →" if column else f"→ {place}"
        words = f"in no other list; {place} in {names[beside]}"
    return {
        "item": int(item),
        "rank": int(ranks.loc[item, column]),
        "joined": not own.empty,
        "move": move,
        "mark": mark,
        "words": words,
    }


def _passing(ranks: pd.DataFrame, moves: pd.DataFrame, column: int) -> pd.DataFrame:
    """The ``ranks`` of what passes below a list, the best placed in it first."""
    passing = moves[(moves["start"] < column) & (column < moves["end"])]
    return ranks.loc[passing["item"]].sort_values(column, kind="stable")


def _lane(ranks: pd.DataFrame, k: int, moves: pd.DataFrame, column: int, item: Any) -> float:
    """How high the line of ``item`` passes a list that lacks it."""
    order = _passing(ranks, moves, column).index
    return height(ranks, k) + LANES * (order.get_loc(item) + 0.5) / len(order)


def _middle(rank: int) -> float:
    return ROW * (rank - 0.5)


def _below(places: Sequence[int]) -> str:
    """What is said of the lines that pass a list: how many, and the places of their items in it."""
    if not places:
        return ""
    said = [f"{place:,}" for place in places]
    verb = "passes" if len(said) == 1 else "pass"
    if len(said) > MAX_PLACES:
        return f"{len(said)} {verb} below, at {said[0]} to {said[-1]}"
    at = " and ".join(filter(None, (", ".join(said[:-1]), said[-1])))
    return f"{len(said)} {verb} below, at {at}"
