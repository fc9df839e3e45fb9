"""Suggested facts on New item: chosen, said of the item, published, and then in the graph."""

from recsys.store.workspace import Workspace
from tests.pages.conftest import visited


def test_a_suggested_fact_is_said_and_published(shelf_world):
    app = visited(
        "new_item", text="A space in the orchard. The captain, a rocket and an orbit.", title="Far"
    )
    app.session_state["new_item_here_tab"] = "Suggested facts"
    app.run()
    assert not app.exception
    for fact in ("has_theme_stars", "category_Science fiction"):
        app.button(key=f"new_item_accept_{fact}").click().run()
        assert not app.exception
    keys = {each.key for each in app.button}
    assert not {"new_item_accept_has_theme_stars"} & keys  # it is said now
    app.button(key="new_item_publish").click().run()
    assert not app.exception
    now = Workspace.open("demo")
    facts = now.catalogue.triples[now.catalogue.triples["head"] == "far"]
    assert ("has_theme", "stars") in set(zip(facts["relation"], facts["tail"], strict=True))
    assert now.catalogue.items["categories"].iloc[-1] == ("Science fiction",)
