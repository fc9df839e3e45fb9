"""The relations as switches, each with the hue and the dash that its ties are drawn in."""

from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from pages.graph import trail
from recsys.charts.explorer import Style
from recsys.knowledge.graph import Graph

_HERE = Path(__file__)
_SWITCHES = st.components.v2.component(
    "thaw_graph_switches",
    html="<ul aria-label='Relations'></ul>\n",
    css="""
ul {
  list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 4px 6px;
  font: 14px/20px var(--st-font);
}
button {
  font: inherit; color: var(--st-text-color); background: transparent; cursor: pointer;
  display: flex; align-items: center; gap: 6px; padding: 2px 8px;
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius);
}
button[aria-pressed=false] { text-decoration: line-through; border-style: dotted; }
button[aria-pressed=false] i { visibility: hidden; }
button:hover, button:focus-visible { border-color: var(--st-primary-color); }
i { width: 22px; border-top: 3px; }
""",
    js="""
export default function ({ data, parentElement, setTriggerValue }) {
  const entries = data.relations.map((relation) => {
    const line = document.createElement("i")
    line.style.borderTopStyle = relation.dash
    line.style.borderTopColor = relation.hue
    const button = document.createElement("button")
    button.type = "button"
    button.append(line, relation.name)
    button.title = `${relation.count} ties`
    button.ariaPressed = String(relation.on)
    button.onclick = () => setTriggerValue("toggled", relation.name)
    const entry = document.createElement("li")
    entry.append(button)
    return entry
  })
  const list = parentElement.querySelector("ul")
  const had = [...list.querySelectorAll("button")].indexOf(parentElement.activeElement)
  list.replaceChildren(...entries)
  if (had >= 0) list.querySelectorAll("button")[had]?.focus()
}
""",
)


def show_switches(graph: Graph, styles: Mapping[str, Style]) -> None:
    """A switch each, the most used first; those that are off are not drawn and not walked."""
    counts, off = graph.relation_counts, st.session_state[trail.OFF]
    relations = [
        {
            "name": name,
            "hue": hue,
            "dash": dash,
            "count": f"{counts[name]:,}",
            "on": name not in off,
        }
        for name, (hue, dash) in styles.items()
        if name in counts
    ]
    _SWITCHES(key="graph_switches", data={"relations": relations}, on_toggled_change=_toggle)


def _toggle() -> None:
    state = st.session_state
    name, off = state["graph_switches"].get("toggled"), state[trail.OFF]
    if name:
        state[trail.OFF] = [each for each in off if each != name] + [name] * (name not in off)
