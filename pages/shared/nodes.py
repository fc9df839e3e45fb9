"""What a node of the knowledge graph is called in the visit and its address; the way to Graph.

Numbers of nodes change with every version of a workspace; these names do not: ``item:ID`` and
``KIND:NAME``, and for two that are tied both, with ``~~`` between.
"""

from collections.abc import Iterable

import streamlit as st

from recsys.knowledge.graph import Fact, Graph
from recsys.store.workspace import Workspace

BETWEEN = "~~"
"""Between the two nodes of a tie."""

ASKED = "visit_here_ask"
"""Key in the visit of the node that Graph is to show next."""

PATH_ASKED = "visit_here_ask_path"
"""Key in the visit of the node to which Graph is to show the ways from the taste."""

LEAVING = "visit_leaving"
"""Key in the visit: the page is to be left for Graph."""

Place = tuple[str, str]


def called(opened: Workspace, node: int) -> str:
    """What a node is called there.

    An item is called by its id, anything else by its kind and name.
    """
    graph = opened.graph
    if node < graph.count:
        return f"item:{opened.catalogue.items['id'].iat[node]}"
    kind, name = graph.nodes.loc[node, ["kind", "name"]]
    return f"{kind}:{name}"


def node(opened: Workspace, name: str) -> int | None:
    """The node of that name; None where the graph has none."""
    kind, _, rest = name.partition(":")
    graph = opened.graph
    if kind == "item":
        found = opened.catalogue.items["id"].to_numpy() == rest
        return int(found.argmax()) if found.any() else None
    entities = graph.nodes.iloc[graph.count :]
    match = (entities["name"].to_numpy() == rest) & (entities["kind"].to_numpy() == kind)
    return graph.count + int(match.argmax()) if match.any() else None


def fact(opened: Workspace, name: str) -> Fact | None:
    """The node, or the two that are tied, of that name; None where the graph has them not."""
    found = [node(opened, part) for part in name.split(BETWEEN)]
    nodes = tuple(each for each in found if each is not None)
    if len(nodes) != len(found) or len(nodes) > 2:
        return None
    return nodes if len(nodes) == 1 or opened.graph.relations(*nodes) else None


def known(opened: Workspace, names: Iterable[str]) -> list[str]:
    """Those of the ``names``, of nodes or ties, that the graph has, each once."""
    return [name for name in dict.fromkeys(names) if fact(opened, name) is not None]


def words(graph: Graph, fact: Fact) -> str:
    """A node or a tie in a visitor's words, such as "Heat: director Michael Mann"."""
    names = [str(graph.nodes["name"].iloc[node]) for node in fact]
    if len(fact) == 1:
        return names[0]
    relation = ", ".join(graph.relations(*fact))
    return f"{names[0]}: {relation} {names[1]}"


def ask(name: str) -> None:
    """Leaves for Graph, to show the node of that name; for callbacks."""
    st.session_state[ASKED] = name
    st.session_state[LEAVING] = True


def ask_for_path(name: str) -> None:
    """Leaves for Graph, to show the ways from the taste to the node of that name; for callbacks."""
    st.session_state[PATH_ASKED] = name
    st.session_state[LEAVING] = True


def follow() -> None:
    """Goes to Graph where a click has asked for it; nothing may be drawn before."""
    if st.session_state.pop(LEAVING, False):
        st.switch_page("pages/graph/page.py")
