"""A taste on the map of the catalogue: where it and its parts stand, and what was made of it."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from recsys.datatypes import EncodedQuery
from recsys.new_item.judge import NewItems
from recsys.ranking.engine import Recommendation

RESULTS = 10
"""So many items that are shown are marked on the map, the first ones."""

Mark = tuple[str, int, str, float, float]


def marks(new_items: NewItems, result: Recommendation) -> pd.DataFrame:
    """kind, row (-1 for words), text, x, y: what is to be marked on the map.

    Kinds are taste, wanted and refused (parts of it), liked, disliked and result; ``text`` is what
    was said, with "not" where it is turned down, or the rank. A text stands where a new item of the
    same words would. What is switched off is no part of ``result.query``, and what is not on the
    map is left out.
    """
    query, points = result.query, new_items.points
    found = [*_said(new_items, query)]
    for kind, rows in (("liked", query.liked), ("disliked", query.disliked)):
        found += [(kind, row, "", *points[row]) for row in rows]
    for rank, row in enumerate(result.shown.index[:RESULTS].tolist(), start=1):
        found.append(("result", row, str(rank), *points[row]))
    frame = pd.DataFrame(found, columns=["kind", "row", "text", "x", "y"])
    frame = frame.astype({"row": np.int64, "x": float, "y": float})
    return frame[frame["x"].notna()].reset_index(drop=True)


def _said(new_items: NewItems, query: EncodedQuery) -> Iterator[Mark]:
    """The wanted text as a whole, and the parts; one part alone is the whole."""
    wanted = [clause.text for clause in query.clauses if clause.wanted]
    if wanted:
        text = query.wanted_text
        embedding = new_items.engine.encoder.encode([text])
        x, y = new_items.place(new_items.workspace.centre(embedding))[0].tolist()
        yield "taste", -1, text, x, y
    if not query.clauses:
        return
    places = new_items.place(query.clause_vectors)  # (c, 2)
    for clause, (x, y) in zip(query.clauses, places.tolist(), strict=True):
        if not clause.wanted or len(wanted) > 1:
            text = clause.text if clause.wanted else f"not {clause.text}"
            yield "wanted" if clause.wanted else "refused", -1, text, x, y
