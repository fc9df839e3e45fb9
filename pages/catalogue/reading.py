"""What a given file was read as, and the choice of another encoding, sheet or key."""

import streamlit as st

from pages.catalogue import mapping
from pages.catalogue.shelf import Held, Shelf
from pages.shared.text import escape
from recsys.errors import DataError
from recsys.reading import encodings
from recsys.reading.files import Reading


def show_reading(kind: str, held: Held) -> None:
    """One small line, a choice where there is one, and why what was chosen last cannot be."""
    if held.found.notes:
        told = " ".join(note[:1].upper() + note[1:] for note in held.found.notes)
        st.caption(f"{escape(held.name)}: {escape(told)}")
    fault = st.session_state.pop(_key(kind, "fault"), "")
    if fault:
        st.error(escape(fault), title="It cannot be read so")
    with st.container(horizontal=True):
        if _is_unsure(held):
            names = dict.fromkeys([held.found.encoding, *encodings.TITLES])
            _show_choice(kind, "encoding", list(names), held.found.encoding, "Encoding")
        if len(held.found.parts) > 1:
            parts = list(held.found.parts)
            _show_choice(kind, "part", parts, held.found.part, "Sheet, or where the records are")


def forget(kind: str) -> None:
    """Drops what was chosen of how a file is read."""
    for what in ("encoding", "part", "fault"):
        st.session_state.pop(_key(kind, what), None)


def _is_unsure(held: Held) -> bool:
    """Whether the encoding may be another; what is good UTF-8 is nothing else."""
    found = held.found
    lost = any("\ufffd" in note for note in found.notes)
    return bool(found.encoding and (found.encoding != "utf-8" or lost or held.reading.encoding))


def _show_choice(kind: str, what: str, names: list[str], usual: str, label: str) -> None:
    key = _key(kind, what)
    st.session_state.setdefault(key, usual)
    st.selectbox(
        label,
        names,
        format_func=lambda name: encodings.TITLES.get(name, name),
        key=key,
        width=330,
        on_change=_read_again,
        args=(kind,),
        persist_state="session",
    )


def _read_again(kind: str) -> None:
    """As the choices say; those that nobody made stay open."""
    shelf: Shelf = st.session_state["catalogue_shelf"]
    held = shelf.held[kind]
    chosen = {
        what: st.session_state.get(_key(kind, what), found)
        for what, found in (("encoding", held.found.encoding), ("part", held.found.part))
    }
    before = Reading(held.found.encoding, held.found.part)
    reading = Reading(
        chosen["encoding"] if chosen["encoding"] != before.encoding else held.reading.encoding,
        chosen["part"] if chosen["part"] != before.part else held.reading.part,
    )
    try:
        shelf.read_again(kind, reading)
    except DataError as error:
        forget(kind)
        st.session_state[_key(kind, "fault")] = str(error)
    else:
        mapping.forget(kind)


def _key(kind: str, what: str) -> str:
    return f"catalogue_{what}_{kind}"
