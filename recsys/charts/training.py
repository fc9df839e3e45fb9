"""How a training went: what was lost, and what was gained on what was held out, by epoch."""

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from recsys.charts.colours import COLOURS

HEIGHT = 250
"""In pixels."""


def epochs(history: np.ndarray) -> go.Figure:
    """The loss above the validation metric of ``history`` (epochs, 2); a star on the best
    epoch, whose weights are kept."""
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.08)
    across = np.arange(1, len(history) + 1)
    for row, (name, colour) in enumerate(
        (("loss", COLOURS["red"]), ("held out", COLOURS["blue"])), start=1
    ):
        figure.add_scatter(
            x=across,
            y=history[:, row - 1],
            name=name,
            mode="lines+markers",
            line={"color": colour},
            hovertemplate=f"{name} %{{y:.4f}} after epoch %{{x}}<extra></extra>",
            row=row,
            col=1,
        )
        figure.update_yaxes(title=name, nticks=4, row=row, col=1)
    best = int(history[:, 1].argmax())
    figure.add_scatter(
        x=[best + 1],
        y=[history[best, 1]],
        name="best",
        mode="markers",
        marker={"symbol": "star", "size": 14, "color": COLOURS["blue"]},
        hoverinfo="skip",
        row=2,
        col=1,
    )
    figure.update_xaxes(title="epoch", tickformat="d", row=2, col=1)
    margin = {"l": 0, "r": 0, "t": 8, "b": 0}
    return figure.update_layout(height=HEIGHT, margin=margin, showlegend=False)
