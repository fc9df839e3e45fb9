"""A landing to keep: files, and the link that brings the page back."""

import json
from typing import Any

import streamlit as st

from pages.new_item.form import told
from pages.new_item.visit import Judged
from pages.shared import workspaces
from pages.shared.copy_link import copy_links
from recsys.new_item.landing import to_json
from recsys.ranking.engine import ranking_frame

NEIGHBOURS = 50
"""Neighbours in a file, the nearest."""


def report(judged: Judged) -> dict[str, Any]:
    """The item, and all that is said of its landing."""
    item = judged.landing.item
    described = {
        "title": item.title,
        "text": item.text,
        "year": item.year,
        "categories": list(item.categories),
        "facts": {relation: list(names) for relation, names in item.facts.items()},
    }
    opened = judged.opened
    simulated = bool(opened.catalogue.about.get("simulated"))
    where = {"name": opened.name, "version": opened.manifest.version, "simulated": simulated}
    return {"item": described, "workspace": where} | to_json(judged.landing)


def show_exports(judged: Judged) -> None:
    """What it took, the files, and the link."""
    encoder = judged.new_items.engine.encoder
    st.caption(f"Judged in {judged.took_ms:,.0f} ms · {encoder.name} on {encoder.device_name}")
    name = f"thaw-{judged.opened.name}-new-item"
    table = ranking_frame(judged.opened, judged.landing.neighbours.head(NEIGHBOURS))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            "Download JSON",
            json.dumps(report(judged), ensure_ascii=False, indent=1),
            file_name=f"{name}.json",
            mime="application/json",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "Download CSV",
            table.to_csv(index=False),
            file_name=f"{name}-neighbours.csv",
            mime="text/csv",
            icon=":material/download:",
            help="The neighbours and what their nearness is made of; the JSON has everything.",
            on_click="ignore",
        )
    copy_links(workspaces.in_address(judged.opened), told(judged.opened), "the item")
