"""Whether the window is as narrow as a phone held upright, which only the browser knows."""

import streamlit as st

_WINDOW = st.components.v2.component(
    "thaw_new_item_window",
    html="<span></span>",
    js="""
export default function ({ data, setStateValue }) {
  // The width below which Streamlit stacks columns.
  const phone = window.matchMedia("(max-width: 640px)")
  const tell = () => setStateValue("narrow", phone.matches)
  if (data.known !== phone.matches) tell()  // each telling is a run of the page
  phone.addEventListener("change", tell)
  return () => phone.removeEventListener("change", tell)
}
""",
)


def is_narrow() -> bool:
    """What the browser said last; before that, what it calls itself."""
    known = _known()
    return "Mobi" in (st.context.headers.get("User-Agent") or "") if known is None else known


def watch_window() -> None:
    """Asks the browser; to be called once on the page, below what matters."""
    _WINDOW(
        key="new_item_window",
        data={"known": _known()},
        default={"narrow": None},
        on_narrow_change=lambda: None,
    )


def _known() -> bool | None:
    said = st.session_state.get("new_item_window")
    return None if said is None else said.get("narrow")
