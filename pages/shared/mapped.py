"""The map of a catalogue without what is marked on it, and the colours of the page it stands on."""

import numpy as np
import pandas as pd
import streamlit as st

from pages.shared.drawing import ink
from recsys.charts.landscape import Theme, topics
from recsys.new_item.regions import regions
from recsys.store.workspace import Workspace


def theme() -> Theme:
    """The colours of text and of the page, in the theme that the visitor sees."""
    ground = st.get_option(f"theme.{st.context.theme.type or 'light'}.backgroundColor")
    return Theme(ink(), str(ground))


def dots(opened: Workspace, points: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The dots of the map and its regions, as ``landscape`` takes them; ``points`` (n, 2)."""
    return _dots(opened.name, opened.manifest.version, opened, points)


@st.cache_data(max_entries=3, show_spinner=False)
def _dots(
    name: str, version: str, _opened: Workspace, _points: np.ndarray
) -> tuple[pd.DataFrame, pd.DataFrame]:
    catalogue = _opened.catalogue
    found = pd.DataFrame(_points, columns=["x", "y"]).assign(
        title=catalogue.items["title"],
        topic=topics(catalogue.items["categories"], catalogue.categories),
    )
    return found, regions(_opened, _points)
