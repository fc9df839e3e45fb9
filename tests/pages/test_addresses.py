"""Old links work: what an address says stands on the page, and the page says it again."""

import pytest

from recsys.building.build import build
from tests.pages.conftest import unfolded, visited
from tests.worlds import FakeEncoder, tables


def said(app) -> dict[str, list[str]]:
    """What the address says, all values of each name."""
    return listed({name: app.query_params[name] for name in app.query_params})


def listed(link) -> dict[str, list[str]]:
    """The same with a list under each name."""
    return {name: value if isinstance(value, list) else [value] for name, value in link.items()}


def test_new_user(small_world):
    link = {
        "taste": "robots, no ghost, no horses",
        "liked": ["star", "tin"],
        "disliked": ["mare"],
        "seen": ["vault"],
        "muted": ["ghost"],
        "softened": ["horses"],
        "k": "5",
        "category": ["Crime", "Drama"],
        "from": "1950",
        "to": "2015",
        "fusion": "reciprocal_rank",
        "similarity": "dot",
        "diversity": "0.5",
        "content": "0.25",
        "popularity": "0.0",
    }
    app = unfolded(visited("new_user", **link), "strategy", "filters")
    state = app.session_state
    assert app.text_area(key="visit_taste").value == "robots, no ghost, no horses"
    assert app.multiselect(key="visit_here_liked").value == ["star", "tin"]
    assert app.multiselect(key="visit_here_disliked").value == ["mare"]
    assert app.multiselect(key="visit_here_seen").value == ["vault"]
    assert state["visit_muted"] == ["ghost"]
    assert state["visit_softened"] == ["horses"]
    assert app.slider(key="visit_k").value == 5
    assert app.multiselect(key="visit_here_category").value == ["Crime", "Drama"]
    assert app.slider(key="visit_here_years").value == (1950, 2015)
    assert app.selectbox(key="visit_fusion").value == "reciprocal_rank"
    assert app.selectbox(key="visit_similarity").value == "dot"
    assert app.slider(key="visit_diversity").value == 0.5
    assert app.slider(key="visit_w_content").value == 0.25
    assert app.slider(key="visit_w_popularity").value == 0.0
    assert said(app) == listed(link)


def test_new_item(shelf_world):
    link = {
        "title": "Reef & 100%",
        "text": "A ghost in the harbour. A horse and a ghost.",
        "year": "2011",
        "category": ["Crime", "Horror"],
        "has_theme": ["haunting"],
        "directed_by": ["Nobody Yet"],
    }
    app = visited("new_item", **link)
    assert app.text_input(key="new_item_title").value == "Reef & 100%"
    assert app.text_area(key="new_item_text").value == link["text"]
    assert app.number_input(key="new_item_year").value == 2011
    assert app.multiselect(key="new_item_here_categories").value == ["Crime", "Horror"]
    assert app.multiselect(key="new_item_fact_demo_has_theme").value == ["haunting"]
    assert app.multiselect(key="new_item_fact_demo_directed_by").value == ["Nobody Yet"]
    assert app.session_state["new_item_shared"]
    app.session_state["new_item_here_tab"] = "All places"
    group = app.run().selectbox(key="new_item_here_segment").options[0]
    again = visited("new_item", segment=group, **link)
    assert said(again) == listed(link | {"segment": group})


def test_compare(small_world):
    strategies = ["weighted|0.5|dot|content:0.5,graph:0|A | B", "cascade|0|cosine|graph:1|*C*"]
    app = visited("compare", s=strategies, taste="love", liked=["star"], k="5")
    assert app.text_input(key="compare_s1_name").value == "A | B"
    assert app.text_input(key="compare_s2_name").value == "*C*"
    assert app.slider(key="compare_s1_diversity").value == 0.5
    assert app.selectbox(key="compare_s1_similarity").value == "dot"
    assert app.slider(key="compare_s1_w_graph").value == 0
    assert app.selectbox(key="compare_s2_fusion").value == "cascade"
    assert app.text_input(key="compare_taste").value == "love"
    assert app.session_state["visit_here_liked"] == ["star"]
    found = said(app)
    assert found.keys() == {"s", "taste", "liked", "k"}
    assert found["s"][0].startswith("weighted|0.5|dot|")
    assert found["s"][0].endswith("|A | B")


@pytest.mark.parametrize(
    ("link", "key", "stands"),
    [
        ({"part": "browse", "in": "Crime", "order": "year"}, "catalogue_in_demo", "Crime"),
        ({"part": "browse", "in": "Crime", "order": "year"}, "catalogue_order_demo", "year"),
        ({"part": "contents"}, "catalogue_part", "contents"),
        ({"part": "health", "ef": "50"}, "catalogue_ef", 50),
        ({"part": "upload"}, "catalogue_part", "upload"),
        ({"part": "manage"}, "catalogue_part", "manage"),
    ],
)
def test_catalogue(small_world, link, key, stands):
    app = visited("catalogue", **link)
    assert app.session_state[key] == stands
    assert said(app) == {n: [value] for n, value in link.items() if value != "browse"}


def test_every_page_opens_the_workspace_that_its_address_names(small_world):
    build("other", tables(), FakeEncoder()).close()
    for page in ("new_user", "new_item", "compare", "metrics", "models", "catalogue"):
        app = visited(page, workspace="other")
        assert app.selectbox(key="visit_workspace").value == "other"
        assert app.query_params["workspace"] == "other"
