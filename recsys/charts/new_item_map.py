"""The map of a catalogue with a new item on it, as a Plotly figure."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from recsys.charts import landscape as charts
from recsys.charts.landscape import NO_ROW, Theme, topics

__all__ = ["landscape", "topics"]


def landscape(
    points: np.ndarray,
    topics: Sequence[str],
    titles: Sequence[str],
    neighbours: Sequence[int],
    point: np.ndarray,
    ink: str,
) -> go.Figure:
    """The map of the catalogue: its items pale, the ``neighbours`` (rows) ringed, the new a star.

    ``points`` (n, 2), NaN for an item that is not on it; ``topics`` (n,) the name that colours
    each, "" for none of them; ``point`` (2,); ``ink`` is the colour of text in the theme.
    """
    dots = pd.DataFrame({"x": points[:, 0], "y": points[:, 1], "topic": topics, "title": titles})
    near = dots.loc[list(neighbours), ["x", "y"]].assign(kind="neighbour", text="")
    near = near.rename_axis("row").reset_index()
    new = {"row": NO_ROW, "kind": "new", "text": "", "x": point[0], "y": point[1]}
    marks = pd.concat([near, pd.DataFrame([new])], ignore_index=True)
    nowhere = pd.DataFrame({"x": [], "y": [], "name": pd.Series([], dtype=str)})
    return charts.landscape(dots, marks, nowhere, Theme(ink, ink))
