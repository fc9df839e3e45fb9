"""People of this visit: the newcomer can be kept under a name, and two stand side by side."""

from typing import Any

import streamlit as st

from pages.shared import taste
from pages.shared.text import escape
from recsys.datatypes import Query
from recsys.store.workspace import Workspace

KEPT = "visit_here_people"
"""Key in the visit of the people kept, by name: what each said and judged, by list."""

LONGEST_NAME = 40
"""Letters that a name may have."""


def show_people(opened: Workspace) -> None:
    """Somebody to take the place of the newcomer, and a name under which to keep this one."""
    known = people(opened)
    st.selectbox(
        "Be somebody else",
        list(known),
        index=None,
        key="new_user_here_person",
        placeholder="Choose a person",
        on_change=_become,
        args=(known,),
        help="Those kept in this visit, then the made-up people that the catalogue brings.",
    )
    st.text_input(
        "Keep this person as",
        key="new_user_here_keep",
        max_chars=LONGEST_NAME,
        placeholder="A name, then Enter",
        on_change=_keep,
        help="For this visit only: what was typed, liked, disliked and seen.",
    )


def people(opened: Workspace) -> dict[str, dict[str, Any]]:
    """Name -> what that person said and judged; those kept first, then the catalogue's personas."""
    made_up = opened.catalogue.personas
    bundled = {line["name"]: {"taste": line["taste"]} for _, line in made_up.iterrows()}
    kept: dict[str, dict[str, Any]] = st.session_state.get(KEPT, {})
    return {**kept, **{name: said for name, said in bundled.items() if name not in kept}}


def query_of(opened: Workspace, said: dict[str, Any], k: int) -> Query:
    """The Query of a person as ``people`` tells them; raises QueryError as a Query does."""
    rows = opened.catalogue.rows
    liked, disliked, seen = (rows(said.get(name, [])) for name in taste.JUDGED)
    return Query(said["taste"], liked, disliked, seen, k=min(k, len(opened.catalogue)))


def choose_other(opened: Workspace) -> dict[str, Any] | None:
    """The person to stand beside the newcomer, chosen by name."""
    known = people(opened)
    if not known:
        st.info("Nobody is here to compare with: keep this person under a name, then type another.")
        return None
    name = st.selectbox("Beside", list(known), key="new_user_here_beside", persist_state="session")
    said = known[name]
    st.caption(escape(said["taste"]))
    return said


def _become(known: dict[str, dict[str, Any]]) -> None:
    state = st.session_state
    said = known.get(state["new_user_here_person"])
    if said is None:
        return
    taste.ask_for(said["taste"])
    for name in taste.JUDGED:
        state[taste.list_key(name)] = list(said.get(name, []))
    state["new_user_here_person"] = None


def _keep() -> None:
    state = st.session_state
    name = state["new_user_here_keep"].strip()
    if not name:
        return
    said = {"taste": state["visit_taste"]}
    said |= {each: list(state[taste.list_key(each)]) for each in taste.JUDGED}
    state[KEPT] = {**state.get(KEPT, {}), name: said}
    state["new_user_here_keep"] = ""
