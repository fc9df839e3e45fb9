"""The nearest items as rows: what each is, what it shares with the new one, and how near it is."""

from textwrap import shorten
from typing import Any

import pandas as pd
import streamlit as st

from pages.new_item.visit import Judged
from pages.shared import nodes
from pages.shared.drawing import show_legend
from recsys.charts.contributions import score_parts

FIRST = 6
"""Rows at first sight."""

LETTERS = 90
"""Of what a neighbour shares with it."""

_ROWS = st.components.v2.component(
    "thaw_new_item_neighbours",
    html="<ol></ol>",
    css="""
ol {
  list-style: none; margin: 0; padding: 0;
  color: var(--st-text-color); font: 14px/20px var(--st-font);
}
li {
  display: grid; grid-template-columns: 22px minmax(0, 5fr) minmax(0, 6fr) 150px 38px;
  column-gap: 10px; align-items: center; height: 34px; box-sizing: border-box;
  border-bottom: 1px solid var(--st-border-color-light, var(--st-border-color));
}
span { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.place, .score { text-align: right; font-weight: 600; font-variant-numeric: tabular-nums; }
button {
  font: inherit; font-weight: 600; color: inherit; padding: 0; border: 0; background: none;
  cursor: pointer;
}
button:hover, button:focus-visible { color: var(--st-primary-color); text-decoration: underline; }
.bar { display: flex; height: 12px; background: var(--st-secondary-background-color); }
.bar i {
  display: block; height: 100%; box-sizing: border-box;
  border-right: 1px solid var(--st-background-color);
}
@media (max-width: 640px) {
  li { grid-template-columns: 22px minmax(0, 1fr) 90px 38px; height: 56px; align-content: center; }
  .shared { grid-column: 2 / -1; grid-row: 2; }
}
""",
    js="""
export default function ({ data, parentElement, setTriggerValue }) {
  const span = (name, text) => {
    const made = document.createElement("span")
    made.className = name
    made.textContent = text
    return made
  }
  const rows = data.rows.map((row) => {
    const made = document.createElement("li")
    const item = span("item", "")
    const title = document.createElement("button")
    title.type = "button"
    title.textContent = row.title
    title.title = "What ties it together, on the page Graph"
    title.onclick = () => setTriggerValue("asked", row.node)
    item.append(title, row.about)
    item.title = row.title + row.about
    const bar = document.createElement("span")
    bar.className = "bar"
    bar.title = row.parts.map((part) => `${part.name} ${part.value.toFixed(2)}`).join(", ")
    bar.setAttribute("role", "img")
    bar.setAttribute("aria-label", bar.title)
    for (const part of row.parts.filter((part) => part.value > 0)) {
      const piece = document.createElement("i")
      piece.style.width = `${(100 * part.value) / data.most}%`
      piece.style.background = part.css
      bar.append(piece)
    }
    const shared = span("shared", row.shared)
    shared.title = row.shared
    made.append(span("place", row.place), item, shared, bar, span("score", row.score.toFixed(2)))
    return made
  })
  const list = parentElement.querySelector("ol")
  list.setAttribute("aria-label", data.called)
  list.replaceChildren(...rows)
}
""",
)


def show_neighbours(judged: Judged, most: int) -> None:
    """The first ``most`` of the nearest; the heading says what their nearness is made of."""
    nearest = judged.landing.neighbours.head(most)
    if nearest.empty:
        return
    contributions = nearest.drop(columns=["rank", "score"])
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown(":small[**Nearest, all sides together:**]", width="content")
        show_legend(contributions)
    rows = [_row(judged, contributions, place) for place in range(len(nearest))]
    most_of = contributions.clip(lower=0).sum(axis=1).max()
    data = {"rows": rows, "most": max(float(most_of), 1e-9), "called": "The nearest"}
    key = f"new_item_near_{most}"
    _ROWS(key=key, data=data, on_asked_change=lambda: _explore(key))


def _explore(key: str) -> None:
    if asked := st.session_state[key].get("asked"):
        nodes.ask(str(asked))


def _row(judged: Judged, contributions: pd.DataFrame, place: int) -> dict[str, Any]:
    item = judged.opened.catalogue.items.loc[contributions.index[place]]
    because, looks = judged.landing.because, score_parts()
    shared = because[place] if place < len(because) else ""
    year = [] if pd.isna(item["year"]) else [str(item["year"])]
    about = " · ".join([*year, *item["categories"][:3]])
    parts = [
        {
            "name": looks[str(name)].title,
            "value": float(value),
            "css": looks[str(name)].css,
        }
        for name, value in contributions.iloc[place].items()
    ]
    return {
        "place": place + 1,
        "title": item["title"],
        "node": f"item:{item['id']}",
        "about": f"  {about}",
        "shared": shorten(shared, LETTERS, placeholder=" …"),
        "score": float(judged.landing.neighbours["score"].iloc[place]),
        "parts": parts,
    }
