"""What several tasks of one model trade: their figures at each mix of weights."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from recsys.charts.colours import COLOURS

HEIGHT = 26
"""In pixels, of a mix."""


def trades(figures: pd.DataFrame, chance: Sequence[float]) -> go.Figure:
    """A column for each task, of its figure at each mix: ``figures`` has a column a task, and a row
    a mix by its name; ``chance`` is what is reached by chance."""
    figure = make_subplots(
        rows=1, cols=len(figures.columns), shared_yaxes=True, subplot_titles=list(figures)
    )
    for column, (name, least) in enumerate(zip(figures, chance, strict=True), start=1):
        own = figures[name]
        figure.add_scatter(
            x=own,
            y=figures.index,
            mode="markers+text",
            marker={"size": 10, "color": COLOURS["blue"]},
            text=own.map("{:.2f}".format),
            textposition="middle right",
            hovertemplate=f"%{{y}}: {name} %{{x:.3f}}<extra></extra>",
            row=1,
            col=column,
        )
        figure.add_vline(x=least, line={"dash": "dot", "color": COLOURS["red"]}, row=1, col=column)
        room = max(own.max() - least, 0.1) / 3  # for the text beside the greatest
        figure.update_xaxes(range=[least - room / 4, own.max() + room], row=1, col=column)
    figure.update_yaxes(autorange="reversed")
    margin = {"l": 0, "r": 0, "t": 24, "b": 0}
    height = HEIGHT * len(figures) + 70
    return figure.update_layout(height=height, margin=margin, showlegend=False)
