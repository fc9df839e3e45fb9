"""The triples of a table: head, relation, tail, by the ids of the items."""

import pandas as pd

from recsys.datasets._items import Items
from recsys.reading.sieve import Sieve
from recsys.tables import TRIPLE_COLUMNS


def read_triples(sieve: Sieve, items: Items) -> pd.DataFrame:
    """The rows that are whole; raises DataError where a column is missing."""
    for key in TRIPLE_COLUMNS:
        sieve.need(key, f"the {key} of a triple")
        shown = "head" if key == "tail" else "tail"
        sieve.reject(sieve.cells(key) == "", f"no {key}", shown)
    sieve.rename("head", items.codes)
    table = pd.DataFrame({key: sieve.cells(key) for key in TRIPLE_COLUMNS})
    return table.reset_index(drop=True)
