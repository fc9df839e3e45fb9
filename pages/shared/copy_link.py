"""A button that copies the address of the page, which only the browser knows for certain."""

import streamlit as st

_BUTTON = st.components.v2.component(
    "thaw_copy_link",
    html='<button type="button">Copy link</button><output></output>',
    css="""
button {
  font: inherit; color: var(--st-text-color); background: transparent; cursor: pointer;
  padding: 0.45rem 0.8rem; border: 1px solid var(--st-border-color);
  border-radius: var(--st-button-radius);
}
button:hover, button:focus-visible {
  color: var(--st-primary-color); border-color: var(--st-primary-color);
}
output { margin-left: 0.7rem; font-size: 0.85rem; overflow-wrap: anywhere; }
""",
    js="""
export default function ({ parentElement }) {
  const said = parentElement.querySelector("output")
  parentElement.querySelector("button").onclick = async () => {
    try {
      await navigator.clipboard.writeText(location.href)
      said.textContent = "Copied."
    } catch {  // browsers give the clipboard to https and localhost only
      said.textContent = location.href
    }
  }
}
""",
)


def copy_link() -> None:
    """Draws the button; where the browser refuses the clipboard, it shows the address instead."""
    _BUTTON(key="copy_link")
