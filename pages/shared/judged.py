"""Which judged tastes the pages measure on: the bundled people, or a set that somebody keeps."""

import streamlit as st

from pages.shared import address
from pages.shared.text import escape
from recsys.store.judged import JudgedSet, of_personas, of_table
from recsys.store.judgements import Judgements
from recsys.store.workspace import Workspace

CHOSEN = "visit_here_judged"
"""Key in the visit of the set that is measured on, "" for the bundled people; no widget's."""

PERSONAS = ""
"""What stands for the bundled people among the names of sets."""


def choices(opened: Workspace) -> list[str]:
    """The sets of the open workspace, after the bundled people where it has any that judged."""
    bundled = [] if opened.catalogue.judgements.empty else [PERSONAS]
    return [*bundled, *Judgements(opened.name).sets().index]


def chosen_name(opened: Workspace) -> str | None:
    """The set that was chosen, here or in a link, or the first there is; None without any."""
    known = choices(opened)
    said = st.session_state.get(CHOSEN, address.text("judged", PERSONAS))
    return said if said in known else next(iter(known), None)


def chosen(opened: Workspace) -> JudgedSet:
    """The judged tastes of that set, none where there is none."""
    name = chosen_name(opened)
    if name == PERSONAS:
        return of_personas(opened.catalogue)
    if name is None:
        return JudgedSet(PERSONAS, [])
    return of_table(opened.catalogue, name, Judgements(opened.name).table(name))


def show_choice(opened: Workspace, page: str) -> None:
    """The sets to choose from, where there are two."""
    known = choices(opened)
    if len(known) < 2:
        return
    key = f"{page}_here_judged"
    st.session_state[key] = chosen_name(opened)
    st.selectbox(
        "Measured on",
        known,
        key=key,
        format_func=lambda name: f"on {title(opened, name)}",
        label_visibility="collapsed",
        on_change=lambda: choose(st.session_state[key]),
        width=230,
    )


def choose(name: str) -> None:
    """Makes the set ``name`` the one that is measured on; for callbacks."""
    st.session_state[CHOSEN] = name


def title(opened: Workspace, name: str) -> str:
    """What a set is called on a page."""
    if name:
        return name
    simulated = "simulated" if opened.catalogue.about.get("simulated") else "bundled"
    return f"{len(opened.catalogue.personas)} {simulated} people"


def in_address(opened: Workspace) -> dict[str, address.Value]:
    """What the address should say of the set."""
    return {"judged": chosen_name(opened)}


def show_none(what: str) -> None:
    """Says that ``what`` needs judged tastes, and where they are made."""
    st.info(
        f"{escape(what)} needs tastes in words with items that somebody has judged for them."
        " This workspace has none yet.",
        title="No judged tastes here",
        icon=":material/person_off:",
    )
    st.page_link("pages/judge/page.py", label="Judge some", icon=":material/gavel:")
