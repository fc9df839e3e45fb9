"""Facts that are left out of the answer: nodes of the knowledge graph, or ties, by their names."""

import streamlit as st

from pages.shared import address, nodes
from pages.shared.text import escape
from recsys.knowledge.graph import Fact
from recsys.store.workspace import Workspace

PULLED = "visit_here_without"
"""Key in the visit of the names of what is left out."""


def set_pulled(opened: Workspace) -> None:
    """Puts into the visit what the address says is left out; what the graph has not, is not."""
    names = st.session_state.get(PULLED)
    if names is None:
        names = address.values("without")
    st.session_state[PULLED] = nodes.known(opened, names)


def pulled(opened: Workspace) -> tuple[Fact, ...]:
    """What is left out, as nodes and pairs of nodes."""
    found = (nodes.fact(opened, name) for name in st.session_state[PULLED])
    return tuple(fact for fact in found if fact is not None)


def pulled_in_address() -> dict[str, address.Value]:
    """What the address says of what is left out."""
    return {"without": list(st.session_state[PULLED])}


def show_button(name: str, title: str) -> None:
    """Takes what is of that ``name`` out of the answer, or back in."""
    out = name in st.session_state[PULLED]
    st.button(
        "Let it count" if out else "Leave out",
        key="visit_pull",
        icon=":material/link:" if out else ":material/link_off:",
        help=f"Ranks as if no fact led through {escape(title)}, or as before.",
        on_click=toggle,
        args=(name,),
    )


def show_pulled(opened: Workspace) -> None:
    """What is left out, each with a way back; nothing where nothing is."""
    names = st.session_state[PULLED]
    if not names:
        return
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.markdown(":small[Left out of the answer:]", width="content")
        for fact, name in zip(pulled(opened), names, strict=True):
            st.button(
                f"{escape(nodes.words(opened.graph, fact))} ✕",
                key=f"visit_pulled_{name}",
                help="Lets it count again",
                on_click=toggle,
                args=(name,),
            )


def toggle(name: str) -> None:
    """Takes what is of that name out of the answer, or back in; for callbacks."""
    names = st.session_state[PULLED]
    kept = [each for each in names if each != name]
    st.session_state[PULLED] = kept if name in names else [*names, name]
