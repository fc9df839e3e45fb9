"""Whether the window is as narrow as a phone held upright, which only the browser knows."""

import streamlit as st

_WINDOW = st.components.v2.component(
    "thaw_new_item_window",
    html="<span></span>",
    js="""
export default function ({ setStateValue }) {
  // The width below which Streamlit stacks columns.
  const phone = window.matchMedia("(max-width: 640px)")
  const tell = () => setStateValue("narrow", phone.matches)
  tell()
  phone.addEventListener("change", tell)
  return () => phone.removeEventListener("change", tell)
}
""",
)


def is_narrow() -> bool:
    """What the browser said last; before that, what it calls itself."""
    said = st.session_state.get("new_item_window")
    if said is not None and said.get("narrow") is not None:
        return bool(said["narrow"])
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def watch_window() -> None:
    """Asks the browser; to be called once on the page, below what matters."""
    _WINDOW(key="new_item_window", default={"narrow": None}, on_narrow_change=lambda: None)
