"""The interactions of a table: who met which item, what they thought of it or how often, and when;
of purchases, what was kept."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from recsys.datasets._items import Items
from recsys.errors import DataError
from recsys.reading import cleaning, interactions
from recsys.reading.feedback import KINDS, Feedback, feedback, like_from
from recsys.reading.moments import moments
from recsys.reading.sieve import Sieve
from recsys.reading.vocabulary import plain

MAX_VALUE = 1e9
"""A rating or a count beyond this is a slip of the pen."""


@dataclass(frozen=True)
class Wish:
    """What the person who imports says of the values: their ``kind`` (one of feedback.KINDS, or
    None for a guess), and the value from which one is a like (or None).

    Raises DataError for a kind that there is not, and for a value that is no number.
    """

    kind: str | None = None
    like_from: float | None = None

    def __post_init__(self) -> None:
        if self.kind is not None and self.kind not in KINDS:
            raise DataError(f"The feedback is {self.kind!r}; it must be {' or '.join(KINDS)}.")
        if self.like_from is not None and not abs(self.like_from) <= MAX_VALUE:
            raise DataError(
                f"A like begins at {self.like_from}; it must be a number up to {MAX_VALUE:,.0f}."
            )


def read_interactions(
    sieve: Sieve, items: Items, wish: Wish = Wish()
) -> tuple[pd.DataFrame, float]:
    """The rows that can be used (as in Tables), and the value from which one is a like.

    Raises DataError where no column holds persons or items.
    """
    _choose_columns(sieve, items)
    bought = _quantity(sieve)
    no_user = sieve.cells("user") == ""
    if bought:
        sieve.leave_out(no_user, "no customer", "item")
    else:
        sieve.reject(no_user, "no user", "item")
    sieve.reject(sieve.cells("item") == "", "no item", "user")
    sieve.reject(~sieve.cells("item").isin(items.table["id"]), "unknown item", "item")
    rating = cleaning.numbers(sieve.cells("rating"))
    if "rating" in sieve.columns:
        good = rating.between(-MAX_VALUE, MAX_VALUE)
        what = "quantity" if bought else "rating"
        sieve.reject(~good, f"{what} is not a number", "rating")
    when = moments(sieve.cells("timestamp"))
    sieve.reject(when.seconds.isna(), "timestamp is not a date", "timestamp")
    if when.order:
        sieve.note(when.order)
    if bought:
        _take_back(sieve, rating, when.seconds)
    kept = sieve.frame.index
    table = pd.DataFrame(
        {
            "user": sieve.cells("user"),
            "item": sieve.cells("item"),
            "rating": 1.0 if bought else rating[kept].fillna(1.0),
            "timestamp": when.seconds[kept].astype("int64"),
        }
    ).reset_index(drop=True)
    if bought:
        sieve.note("these are purchases: each counts as a like, however many were bought.")
        return table, 0.0
    if "rating" not in sieve.columns:
        sieve.note("no ratings: every interaction counts as a like.")
        return table, 0.0
    return table, _threshold(sieve, table["rating"], wish)


def _choose_columns(sieve: Sieve, items: Items) -> None:
    """Those of persons and items, by the known ids where no header tells which is which."""
    sieve.need("user", "users")
    sieve.need("item", "items")
    known = pd.concat([items.table["id"], pd.Series(list(items.codes), dtype="str")])
    chosen = interactions.by_overlap(sieve.frame, sieve.columns, known)
    if chosen != sieve.columns:
        sieve.columns = chosen
        sieve.note(f"user = {chosen['user']}, item = {chosen['item']}: there the items' ids are.")
    sieve.rename("item", items.codes)


def _quantity(sieve: Sieve) -> bool:
    """Whether the values say how many were bought."""
    column = sieve.columns.get("rating", "")
    return plain(column) in interactions.QUANTITIES


def _take_back(sieve: Sieve, quantity: pd.Series, seconds: pd.Series) -> None:
    """Leaves out returns, and for each the latest purchase before it of that person and item."""
    frame = sieve.frame
    invoice = interactions.named(frame, interactions.INVOICES)
    returned = quantity[frame.index] < 0
    if invoice:
        returned |= frame[invoice].str.match(r"[Cc]\d")
    pairs = pd.Series(
        list(zip(sieve.cells("user"), sieve.cells("item"), strict=True)), frame.index, dtype=object
    )
    touched = pairs[pairs.isin(set(pairs[returned]))]
    order = touched.index[np.argsort(seconds[touched.index].to_numpy(), kind="stable")]
    open_: dict[tuple[str, str], list[int]] = {}
    undone = []
    for line in order:
        bought = open_.setdefault(touched[line], [])
        if not returned[line]:
            bought.append(line)
        elif bought:
            undone.append(bought.pop())
    taken = pd.Series(frame.index.isin(undone), frame.index)
    sieve.leave_out(returned, "a return", "item")
    sieve.leave_out(taken[~returned], "taken back by a return", "item")
    nothing = (quantity[sieve.frame.index] == 0).reindex(sieve.frame.index)
    sieve.leave_out(nothing, "nothing bought", "item")


def _threshold(sieve: Sieve, ratings: pd.Series, wish: Wish) -> float:
    """The value from which one is a like, as wished or by the values; says why."""
    if ratings.empty:
        return wish.like_from or 0.0
    found = feedback(ratings, sieve.columns["rating"])
    if wish.kind is not None and wish.kind != found.kind:
        found = Feedback(wish.kind, "as you say")
    sieve.note(found.told())
    if found.unrated:
        zeros = int((ratings == 0).sum())
        sieve.note(
            f"{zeros:,} of {len(ratings):,} are 0: somebody met an item and did not rate it, which"
            " is no like and no dislike."
        )
        ratings = ratings[ratings != 0]
    if wish.like_from is not None:
        share = float((ratings >= wish.like_from).mean())
        sieve.note(f"from {wish.like_from:g} on it is a like, as you say: {share:.0%} of them.")
        return wish.like_from
    if found.kind == "implicit":
        sieve.note("every interaction counts as a like.")
        return min(0.0, float(ratings.min()))
    start, share = like_from(ratings)
    sieve.note(f"a rating of {start:g} or more counts as a like: {share:.0%} of them.")
    return start
