"""The page Graph, without a browser; in the world of forty items, whose ties a person can see.

Ten films of space are of the theme "stars" and by Ada Vale; all but the last of each ten are tense.
"""

import pytest

from pages.shared import nodes
from recsys.store.workspace import Workspace
from tests.pages.conftest import act, drawn, sent, visited


def opened(**address):
    return visited("graph", **address)


def said(app, name) -> list[str]:
    """What the address says of ``name``."""
    found = app.query_params[name]
    return found if isinstance(found, list) else [found]


def key_of(app, start):
    """The key of the only element whose key begins so."""
    found = {each.key for each in app.button if each.key and each.key.startswith(start)}
    assert len(found) == 1, found
    return found.pop()


def crumbs(app):
    return [each.label for each in app.button if (each.key or "").startswith("graph_crumb_")]


def card(app):
    """What the card is about."""
    bold = [line.value for line in app.markdown if ":small[" in line.value]
    return bold[-1]


def test_it_opens_with_the_most_liked_and_its_link_brings_it_back(world):
    app = opened()
    assert said(app, "centre") == ["item:space-0"]
    app = opened(centre=["theme:stars", "item:heist-1"], off="mood", chosen="person:Ada Vale")
    assert crumbs(app) == ["stars \\+1"]
    assert said(app, "off") == ["mood"]
    switches = {each["name"]: each["on"] for each in drawn(app, "graph_switches")["relations"]}
    assert switches == {"theme": True, "director": True, "mood": False, "country": True}
    assert app.button(key="graph_go").label == "Go there"
    assert any("Ada Vale" in line.value for line in app.markdown)


@pytest.mark.parametrize(
    "centre",
    ["theme:nothing", "item:nothing", "nonsense", "item:a~~item:b", "item:space-0~~theme:haunting"],
)
def test_what_the_graph_has_not_is_as_good_as_absent(world, centre):
    app = opened(centre=centre, to=centre, without=centre, off="nothing", chosen=centre)
    assert said(app, "centre") == ["item:space-0"]
    assert not {"to", "without", "off", "chosen"} & set(app.query_params)


def test_a_name_is_searched_for_and_gone_to_and_back(world):
    app = opened()
    app.text_input(key="graph_here_find").set_value("ada").run()
    app.button(key=key_of(app, "graph_found_find_")).click().run()
    assert said(app, "centre") == ["person:Ada Vale"]
    assert app.text_input(key="graph_here_find").value == ""
    app.button(key="graph_back").click().run()
    assert said(app, "centre") == ["item:space-0"]
    app.button(key="graph_forward").click().run()
    assert crumbs(app) == ["Space Harbour", "Ada Vale"]
    app.text_input(key="graph_here_find").set_value("zzz").run()
    assert "Nothing here is called so." in [each.value for each in app.caption]


def test_a_relation_is_switched_off_and_on(world):
    app = opened(centre="item:space-0")
    sent(app, "graph_switches", "toggled", "theme")
    assert said(app, "off") == ["theme"]
    sent(app, "graph_switches", "toggled", "theme")
    assert "off" not in app.query_params


def test_paths_are_told_the_most_telling_first(world):
    app = opened(centre="item:space-0")
    app.text_input(key="graph_here_find_target").set_value("space valley").run()
    app.button(key=key_of(app, "graph_found_target_")).click().run()
    assert not app.exception
    told = [line.value for line in app.markdown if "→" in line.value]
    # By her, or of the theme: log(1 + 40 / 10) each; both are tense, as 36 are: log(1 + 40 / 36).
    assert [line.split()[0] for line in told[:3]] == [
        ":small[**100**]",
        ":small[**100**]",
        ":small[**46**]",
    ]
    assert "Ada Vale" in "".join(told[:2])
    assert "stars" in "".join(told[:2])
    assert "tense" in told[2]
    app.button(key="graph_close_paths").click().run()
    assert "to" not in app.query_params


def test_from_a_recommendation_to_the_ways_from_the_taste(world):
    app = visited("new_user", taste="films by Ada Vale")
    act(app, "why", "space-1")
    act(app, "graph", "space-1")
    app.run()
    assert not app.exception
    assert said(app, "start") == ["taste"]
    assert said(app, "to") == ["item:space-1"]
    told = [line.value for line in app.markdown if "→" in line.value]
    assert "Ada Vale" in told[0]


def test_the_catalogue_leads_here(world):
    app = visited("catalogue")
    app.button(key="catalogue_explore").click().run()
    assert not app.exception
    assert said(app, "centre") == ["item:ghost-7"]  # the first by its title: Ghost Bridge
    assert crumbs(app) == ["Ghost Bridge"]  # nothing was seen here before it


def test_what_is_near_is_shown_in_three_ways(world):
    app = opened(centre="item:space-0")
    near = {way: [] for way in ("text", "facts", "audience")}
    for each in app.button:
        for way, found in near.items():
            if (each.key or "").startswith(f"graph_near_{way}_"):
                found.append(each.label)
    assert all(near.values())
    assert all("Space" in label for label in near["text"])
    assert any("also" in label for label in near["facts"])
    app = opened(centre="person:Ada Vale")
    assert any("put one in the middle" in each.value for each in app.caption)


def test_a_fact_is_left_out_and_the_list_is_shown_before_and_after(world):
    app = opened(centre="person:Ada Vale", taste="films by Ada Vale")
    app.button(key="visit_pull").click().run()
    assert said(app, "without") == ["person:Ada Vale"]
    app.session_state["graph_here_tab"] = "What leaving out does"
    app.run()
    app.toggle(key="graph_here_alone").set_value(True).run()
    assert not app.exception
    table = app.dataframe[-1].value
    assert not table["way"].str.contains("Ada Vale (director)", regex=False).any()
    assert (table["facts"] + table["others"] - table["score"]).abs().max() < 1e-6
    app.switch_page("pages/new_user/page.py").run()
    assert not app.exception
    assert any("Ada Vale" in each.label for each in app.button if "pulled" in (each.key or ""))
    app.switch_page("pages/graph/page.py").run()
    app.button(key="visit_pulled_person:Ada Vale").click().run()
    assert "without" not in app.query_params


def test_a_world_without_facts_says_so(small_world):
    app = opened(centre="item:tin")
    assert not app.exception


def test_names_of_nodes_come_back(world):
    opened = Workspace.open("demo")
    for node in range(len(opened.graph.nodes)):
        assert nodes.node(opened, nodes.called(opened, node)) == node
    ada = nodes.node(opened, "person:Ada Vale")
    tie = nodes.fact(opened, f"item:space-0{nodes.BETWEEN}person:Ada Vale")
    assert tie == (0, ada)
    assert nodes.words(opened.graph, tie) == "Space Harbour: director Ada Vale"
