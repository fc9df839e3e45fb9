"""The new-user page, run without a browser: what a visitor types, and what would break it."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from pages.new_user.moves import Standing, moves
from pages.shared.text import escape
from recsys.building.build import build
from recsys.datatypes import Filters, Query, Strategy
from recsys.languages.english import split_clauses
from recsys.ranking.why_not import why_not
from tests.conftest import APP, real_encoder
from tests.worlds import ITEMS, FakeEncoder, tables


@pytest.fixture
def page(demo_root, monkeypatch):
    monkeypatch.setenv("THAW_WORKSPACES", str(demo_root))
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not app.exception
    return app


def cards(app):
    return [
        line.value for line in app.markdown if line.value.startswith("**") and "(" in line.value
    ]


def test_it_opens_with_an_example_already_ranked_and_says_so(page):
    assert len(cards(page)) == 10
    assert "Solaris" in cards(page)[0]
    assert any("example" in caption.value for caption in page.caption)


def test_a_taste_ranks_and_an_example_can_be_clicked(page):
    page.text_area(key="visit_taste").set_value("a shark terrorises a beach town").run()
    assert "Jaws" in cards(page)[0]
    page.get("button_group")[0].set_value("samurai and honour").run()
    assert page.text_area(key="visit_taste").value == "samurai and honour"
    assert "Jaws" not in cards(page)[0]


def test_weights_k_and_filters_change_the_list(page):
    before = cards(page)
    page.slider(key="visit_w_content").set_value(0.0).run()
    assert cards(page) != before
    page.slider(key="visit_k").set_value(5).run()
    assert len(cards(page)) == 5
    page.slider(key="visit_here_years").set_value((1950, 1959)).run()
    assert all("(195" in card for card in cards(page))


def test_another_strategy_ranks_anew_and_goes_into_the_address(page):
    before = cards(page)
    page.selectbox(key="visit_fusion").set_value("reciprocal_rank").run()
    assert cards(page) != before
    assert page.query_params["fusion"] == "reciprocal_rank"


def test_a_like_leaves_the_list_and_stands_among_the_likes(page):
    page.button(key="new_user_liked_solaris-1972").click().run()
    assert page.multiselect(key="visit_here_liked").value == ["solaris-1972"]
    assert not any("Solaris" in card for card in cards(page))


def read(app):
    """All that stands on the page, as it is read."""
    return "\n".join(line.value for line in app.markdown).replace("\\", "")


def switch(app, key):
    """The pills or the segments called ``key``."""
    return next(group for group in app.get("button_group") if group.key == key)


def test_a_like_is_told_by_what_moved_and_only_until_the_taste_is_another(page):
    assert "After" not in read(page)
    page.button(key="new_user_liked_solaris-1972").click().run()
    assert "After liking Solaris, of these films:" in read(page)
    assert "-badge[" in read(page)
    page.text_area(key="visit_taste").set_value("a shark terrorises a beach town").run()
    assert "After" not in read(page)


def test_a_part_of_the_text_can_be_switched_off_and_on_again(page):
    page.text_area(key="visit_taste").set_value("a shark, no beaches, samurai").run()
    before = cards(page)
    assert switch(page, "visit_clauses").value == ["a shark", "beaches", "samurai"]
    switch(page, "visit_clauses").set_value(["a shark", "beaches"]).run()
    assert cards(page) != before
    assert "After switching “samurai” off" in read(page)
    assert "muted" not in page.query_params
    page.checkbox(key="visit_shared").check().run()
    assert page.query_params["muted"] == "samurai"
    switch(page, "visit_clauses").set_value(["a shark", "beaches", "samurai"]).run()
    assert cards(page) == before


def test_every_part_switched_off_is_a_message(page):
    switch(page, "visit_clauses").set_value([]).run()
    assert not page.exception
    assert "switched off" in page.warning[0].value


def test_what_was_seen_is_not_shown_and_goes_with_the_link(page):
    page.multiselect(key="visit_here_seen").set_value(["solaris-1972"]).run()
    assert not any("Solaris" in card for card in cards(page))
    page.checkbox(key="visit_shared").check().run()
    assert page.query_params["seen"] == "solaris-1972"


def test_more_variety_is_another_list_with_its_own_part(page):
    before = cards(page)
    page.slider(key="visit_diversity").set_value(0.8).run()
    assert cards(page) != before
    assert page.query_params["diversity"] == "0.8"
    assert any("Variety" in line.value for line in page.markdown)


def test_a_similarity_goes_into_the_address(page):
    page.selectbox(key="visit_similarity").set_value("manhattan").run()
    assert not page.exception
    assert page.query_params["similarity"] == "manhattan"


def test_what_stands_behind_one_place_is_drawn_for_that_card_only(page):
    assert not page.table
    page.button(key="new_user_explain_solaris-1972").click().run()
    assert len(page.table) == 1
    parts = page.table[0].value
    assert "Meaning" in parts["Part"].tolist()
    assert any("Nearness to each part" in line.value for line in page.markdown)
    page.button(key="new_user_explain_solaris-1972").click().run()
    assert not page.table


def test_why_not_says_the_place_and_applying_its_advice_brings_it_in(page, demo_engine):
    query, strategy = Query("a shark terrorises a beach town", k=10), Strategy()
    below = demo_engine.recommend(query, strategy).ranking.index[10:].tolist()
    row = next(row for row in below if why_not(demo_engine, query, strategy, row).weight)
    title = escape(demo_engine.workspace.catalogue.items["title"][row])
    page.text_area(key="visit_taste").set_value(query.text).run()
    switch(page, "new_user_behind").set_value("why_not").run()
    page.selectbox(key="new_user_here_why_not").set_value(row).run()
    assert f"{title} stands at" in read(page)
    assert not any(title in card for card in cards(page))
    page.button(key="new_user_apply_weight").click().run()
    assert any(title in card for card in cards(page))
    assert "it is in the list" in read(page)


def test_neighbours_are_drawn_and_tabled(page):
    charts = len(page.get("plotly_chart"))
    switch(page, "new_user_behind").set_value("network").run()
    assert not page.exception
    assert len(page.get("plotly_chart")) == charts + 1
    assert {"relation", "name"} <= set(page.dataframe[0].value)


def test_a_catalogue_without_facts_has_no_network(root):
    world = tables()
    build("demo", replace(world, triples=world.triples.head(0)), real_encoder()).close()
    app = opened()
    switch(app, "new_user_behind").set_value("network").run()
    assert not app.exception
    assert "no facts" in app.info[0].value


TITLES = ["Alien", "Jaws", "Heat", "Ran"]


def standing(text="sharks, robots", rows=(0, 1, 2), workspace="demo", strategy=None, **query):
    clauses = frozenset(clause.text for clause in split_clauses(text))
    return Standing((workspace, "1"), Query(text, **query), strategy or Strategy(), rows, clauses)


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (
            {"liked": (3,)},
            "After liking Ran, of these films: 1 moved up, 1 moved down, 1 new here.",
        ),
        ({"disliked": (0,)}, "After disliking Alien"),
        ({"seen": (0,)}, "After marking Alien as seen"),
        ({"muted": ("robots",)}, "After switching “robots” off"),
        ({"text": "sharks, horses"}, "After rewording the taste"),
        ({"filters": Filters(("Drama",))}, "After other filters"),
        ({"strategy": Strategy(diversity=0.4)}, "After setting how varied to 0.40"),
        ({"strategy": Strategy(weights={"content": 0.2})}, "After setting Meaning to 0.20"),
        ({"strategy": Strategy(similarity="dot")}, "After measuring meaning another way"),
        ({"strategy": Strategy(fusion="cascade")}, "After choosing "),
        ({"text": "horses"}, ""),  # another taste altogether
        ({"workspace": "games", "liked": (3,)}, ""),
        ({"k": 5}, ""),
        ({}, ""),
    ],
)
def test_a_change_is_told_in_words(change, line):
    told = moves(standing(), standing(rows=(1, 0, 3), **change), TITLES).line("films")
    assert told.startswith(line)
    assert bool(told) == bool(line)


def test_places_gained_lost_and_new():
    found = moves(standing(), standing(rows=(2, 0, 3), liked=(1,)), TITLES)
    assert found.places == {2: 2, 0: -1, 3: None}
    same = moves(standing(), standing(liked=(3,)), TITLES)
    assert same.line("films") == "After liking Ran, of these films: none moved."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("   ", "no words"),
        ("😀🎬", "no words"),
        ("\x00\x07", "no words"),
        ("x" * 100_000, "100,000 characters"),
    ],
)
def test_what_cannot_be_read_gets_a_message_and_the_next_taste_works(page, text, words):
    page.text_area(key="visit_taste").set_value(text).run()
    assert not page.exception
    assert words in page.warning[0].value
    page.text_area(key="visit_taste").set_value("a shark terrorises a beach town").run()
    assert not page.warning
    assert "Jaws" in cards(page)[0]


def test_every_weight_at_zero_is_a_message(page):
    for slider in [slider for slider in page.slider if slider.key.startswith("visit_w_")]:
        slider.set_value(0.0)
    page.run()
    assert "Every weight is 0" in page.warning[0].value


def opened() -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not app.exception
    return app


def test_a_catalogue_smaller_than_the_list_is_shown_whole(root):
    build("demo", tables(), real_encoder()).close()
    assert len(opened().get("plotly_chart")) == len(ITEMS)


def test_another_workspace_keeps_what_was_typed_but_not_an_example(root):
    other = replace(tables(), about={"examples": ["love"]})
    for name, world in (("demo", tables()), ("other", other)):
        build(name, world, real_encoder()).close()
    app = opened()
    assert app.text_area(key="visit_taste").value == "space"
    app.selectbox(key="visit_workspace").set_value("other").run()
    assert app.text_area(key="visit_taste").value == "love"
    app.text_area(key="visit_taste").set_value("a ghost").run()
    app.selectbox(key="visit_workspace").set_value("demo").run()
    assert app.text_area(key="visit_taste").value == "a ghost"
    assert not app.exception


def test_a_missing_workspace_says_how_to_build_it(root):
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not app.exception
    assert "python -m recsys build" in app.error[0].value


def test_a_damaged_workspace_says_how_to_build_it_again(root):
    build("demo", tables(), FakeEncoder()).close()
    next(root.glob("demo/*/catalogue.duckdb")).write_bytes(b"not a catalogue")
    app = opened()
    assert "--workspace demo --force" in app.error[0].value


def test_words_from_an_import_are_never_markup(root):
    hostile = "![x](http://example.com/x.png)"
    about = dict.fromkeys(("noun", "nouns", "category", "source"), hostile)
    world = replace(tables(), about=about | {"examples": [hostile]})
    build("demo", world, real_encoder()).close()
    app = opened()
    shown = [line.value for kind in ("title", "markdown", "caption") for line in app.get(kind)]
    assert any("example" in value for value in shown)
    assert not any(hostile in value for value in shown)


@pytest.mark.parametrize(
    "text", ["*bold*", "<b>x</b>", ":red[x]", "$x$", "[a](http://b)", "a_b", "`c`"]
)
def test_escaped_text_keeps_its_letters_and_loses_its_markup(text):
    escaped = escape(text)
    assert escaped.replace("\\", "") == text
    for sign in "*<:$[_`":
        assert escaped.count(sign) == escaped.count("\\" + sign)
