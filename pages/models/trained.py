"""What is trained in the open workspace: on what, when, and with which settings."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared.text import escape
from recsys.building.build import outdated_models, stale_models
from recsys.models import models, on_request
from recsys.reports import figures
from recsys.store.workspace import Workspace

FROM = {"likes": "likes", "judgements": "judged tastes", "signals": "what all signals say"}
"""What a model may need that is no model, in a visitor's words."""

IN_USE, OTHER_DATA = "in use", "of other data: silent"
OUTDATED = "of older code, in use"
WITH_BUILD = "a build"
TOO_LITTLE, NOT_YET = "too little to learn from", "not trained"


def show_trained(opened: Workspace) -> None:
    """A line for each model that there is."""
    old = {*outdated_models(opened.name), *stale_models(opened.name)}
    table = pd.DataFrame([_line(opened, name, name in old) for name in models()])
    here = int((table["state"].isin([IN_USE, OUTDATED])).sum())
    title = f"{here} of {len(table)} models are in use here"
    st.markdown(f"**{title}**")
    st.dataframe(
        table,
        hide_index=True,
        height="content",
        column_config={
            "model": "Model",
            "state": "Stands",
            "from": "Learned from",
            "when": "Trained (UTC)",
            "took": "Took",
            "settings": "Settings",
        },
        alt=title,
    )
    st.markdown(f":small[{escape(_source(opened))}]")


def _line(opened: Workspace, name: str, old: bool) -> dict[str, Any]:
    known = opened.manifest.models.get(name)
    titles = FROM | {each: module.TITLE for each, module in models().items()}
    needed = figures.listed([titles[need] for need in models()[name].NEEDS])
    line = {"model": titles[name], "state": NOT_YET, "from": needed}
    if known is None:
        return line | {"when": "", "took": "", "settings": ""}
    line |= {"state": _state(opened, name, known, old), "when": _when(opened, known)}
    return line | {"took": _took(known), "settings": _settings(known)}


def _state(opened: Workspace, name: str, known: Mapping[str, Any], old: bool) -> str:
    if known.get("source", opened.manifest.source) != opened.manifest.source:
        return OTHER_DATA
    if not opened.models.get(name):
        return TOO_LITTLE
    return OUTDATED if old else IN_USE


def _when(opened: Workspace, known: Mapping[str, Any]) -> str:
    if "source" not in known:
        return f"{datetime.fromisoformat(opened.manifest.built):%-d %b %Y}"
    if "trained" not in known:
        return "by an older version"
    return f"{datetime.fromisoformat(known['trained']):%-d %b %Y, %H:%M}"


def _took(known: Mapping[str, Any]) -> str:
    if "source" not in known:
        return WITH_BUILD
    return f"{known['seconds']:.1f} s" if "seconds" in known else ""


def _settings(known: Mapping[str, Any]) -> str:
    own = known.get("set", {})
    return ", ".join(f"{name} {value}" for name, value in own.items()) or "the usual"


def _source(opened: Workspace) -> str:
    """What there is to learn from, and what trains what."""
    likes = opened.interactions.likes
    names = figures.listed([models()[name].TITLE for name in models() if name in on_request()])
    people = int((likes.sum(axis=1) > 0).sum())
    return (
        f"{likes.nnz:,} likes of {people:,} people, data {opened.manifest.source[:8]}. A build"
        f" trains all but these, which are trained on request: {names}."
    )
