"""The new-user page, run without a browser: what a visitor types, and what would break it."""

import re
from dataclasses import replace

import pytest

from pages.new_user.moves import Standing, moves
from pages.shared.text import escape
from recsys.building.build import build
from recsys.datatypes import Filters, Query, Strategy
from recsys.ranking.why_not import why_not
from tests.pages.conftest import visited
from tests.worlds import ITEMS, FakeEncoder, tables


@pytest.fixture
def page(small_world):
    return visited("new_user")


@pytest.fixture
def demo_page(demo_root, monkeypatch):
    monkeypatch.setenv("THAW_WORKSPACES", str(demo_root))
    return visited("new_user")


def cards(app) -> list[str]:
    """The titles on the cards, first to last."""
    heads = [line.value for line in app.markdown if re.match(r"\*\*\d+  ", line.value)]
    return [head.split("**")[1].split("  ", 1)[1] for head in heads]


def test_it_opens_with_an_example_already_ranked_and_says_so(page):
    assert len(cards(page)) == len(ITEMS)
    assert cards(page)[0] == "Star Harbour"
    assert any("example" in caption.value for caption in page.caption)


def test_a_taste_ranks_and_an_example_can_be_clicked(page):
    page.text_area(key="visit_taste").set_value("a horse fair").run()
    assert cards(page)[0] == "The Grey Mare"
    switch(page, "visit_here_example").set_value("space").run()
    assert page.text_area(key="visit_taste").value == "space"
    assert cards(page)[0] == "Star Harbour"


def test_of_many_films_the_ones_that_fit_come_first(demo_page):
    assert len(cards(demo_page)) == 10
    assert cards(demo_page)[0] == "Solaris"
    demo_page.text_area(key="visit_taste").set_value("a shark terrorises a beach town").run()
    assert cards(demo_page)[0] == "Jaws"


def test_weights_k_and_filters_change_the_list(page):
    before = cards(page)
    for slider in [slider for slider in page.slider if slider.key.startswith("visit_w_")]:
        slider.set_value(float(slider.key == "visit_w_popularity"))
    page.run()
    assert cards(page) != before
    assert cards(page)[0] == "Star Harbour"  # the most liked
    page.slider(key="visit_k").set_value(5).run()
    assert len(cards(page)) == 5
    page.slider(key="visit_here_years").set_value((1942, 1960)).run()
    assert set(cards(page)) == {"Letters", "The Grey Mare"}


def test_another_strategy_ranks_anew_and_goes_into_the_address(page):
    before = scores(page)
    page.selectbox(key="visit_fusion").set_value("reciprocal_rank").run()
    assert scores(page) != before
    assert page.query_params["fusion"] == "reciprocal_rank"


def scores(app) -> list[str]:
    """The scores on the cards."""
    return [line.value for line in app.markdown if re.fullmatch(r"\*\*-?\d+\.\d\d\*\*", line.value)]


def test_a_like_leaves_the_list_and_stands_among_the_likes(page):
    page.button(key="new_user_liked_star").click().run()
    assert page.multiselect(key="visit_here_liked").value == ["star"]
    assert "Star Harbour" not in cards(page)


def read(app):
    """All that stands on the page, as it is read."""
    return "\n".join(line.value for line in app.markdown).replace("\\", "")


def switch(app, key):
    """The pills or the segments called ``key``."""
    return next(group for group in app.get("button_group") if group.key == key)


def test_a_like_is_told_by_what_moved_and_only_until_the_taste_is_another(page):
    assert "After" not in read(page)
    page.button(key="new_user_liked_star").click().run()
    assert "After liking Star Harbour, of these stories:" in read(page)
    assert "-badge[" in read(page)
    page.text_area(key="visit_taste").set_value("a horse fair").run()
    assert "After" not in read(page)


def test_a_part_of_the_text_can_be_switched_off_and_on_again(page):
    page.text_area(key="visit_taste").set_value("a ghost, no horses, a heist").run()
    before = cards(page)
    assert switch(page, "visit_parts").value == ["ghost", "horses", "heist"]
    switch(page, "visit_parts").set_value(["ghost", "horses"]).run()
    assert cards(page) != before
    assert "After switching “heist” off" in read(page)
    assert "muted" not in page.query_params
    page.checkbox(key="visit_shared").check().run()
    assert page.query_params["muted"] == "heist"
    switch(page, "visit_parts").set_value(["ghost", "horses", "heist"]).run()
    assert "After switching “heist” on" in read(page)
    assert cards(page) == before


def test_every_part_switched_off_is_a_message(page):
    switch(page, "visit_parts").set_value([]).run()
    assert not page.exception
    assert "switched off" in page.warning[0].value


def labels(app, key):
    """What stands on the pills called ``key``."""
    return [option.content.replace("\\", "") for option in switch(app, key).proto.options]


def typed(page, text):
    """The page after ``text`` was typed."""
    return page.text_area(key="visit_taste").set_value(text).run()


def test_a_line_says_what_was_understood_what_was_not_and_how_it_was_read(page):
    typed(page, "a wierd ghst, no horses, under 90 minutes")
    said = read(page)
    assert "Understood: " in said
    assert "; not horses." in said
    assert "“under 90 minutes”: no running times here" in said
    assert "Read as: wierd → weird, ghst → ghost." in said


def test_each_part_is_a_chip_with_its_kind_and_its_mark(page):
    typed(page, "a ghost, no horses, before 2005, I've seen The Vault, under 90 minutes")
    found = dict(zip(switch(page, "visit_parts").value, labels(page, "visit_parts"), strict=True))
    assert found == {
        "ghost": ":green[**+**] about: ghost",
        "horses": ":red[**−**] about: horses",
        "before 2005": ":green[**+**] time: before 2005",
        "The Vault": ":gray[**◌**] seen: The Vault",
    }
    grey = next(line for line in page.markdown if "under 90 minutes" in line.value and line.help)
    assert grey.value.startswith(":gray-badge[how much: ")
    assert "no running times here" in grey.help.replace("\\", "")


def test_where_nothing_is_understood_the_page_says_so_and_has_no_chips(page):
    typed(page, "asdf qwer zxcv")
    assert "Nothing of this was understood" in page.info[0].value
    assert not [group for group in page.get("button_group") if group.key.startswith("visit_p")]
    assert cards(page)


def test_a_part_that_rules_out_can_be_made_a_wish_and_goes_with_the_taste(page):
    typed(page, "a ghost, no horses")
    assert labels(page, "visit_wishes") == ["horses"]
    assert "What you ruled out" in read(page)
    before, ruled = cards(page), scores(page)
    assert before[-1] == "The Grey Mare"
    switch(page, "visit_wishes").set_value(["horses"]).run()
    assert "After softening “horses”" in read(page)
    assert scores(page) != ruled
    assert "softened" not in page.query_params
    page.checkbox(key="visit_shared").check().run()
    assert page.query_params["softened"] == "horses"
    switch(page, "visit_wishes").set_value([]).run()
    assert "After taking “horses” at its word" in read(page)
    assert (cards(page), scores(page)) == (before, ruled)


def test_what_is_softened_comes_with_the_link(small_world):
    app = visited("new_user", taste="a ghost, no horses", softened=["horses", "ghost", "nothing"])
    assert app.session_state["visit_softened"] == ["horses"]
    assert switch(app, "visit_wishes").value == ["horses"]


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        (["heist"], ["heist"]),
        (["a heist"], ["heist"]),  # links used to name whole clauses
        (["ghosts and robots"], ["ghosts robots"]),
        (["a heist", "heist", "horses"], ["heist", "horses"]),
        (["o", "a", "no such part"], []),
    ],
)
def test_an_old_link_switches_off_what_it_did(small_world, said, stands):
    app = visited("new_user", taste="a heist, ghosts and robots, no horses", muted=said)
    assert app.session_state["visit_muted"] == stands
    assert not set(stands) & set(switch(app, "visit_parts").value)


def test_what_comes_close_to_what_was_turned_down_is_marked(page):
    typed(page, "a ghost, no horses")
    mark = "close to ‘horses’, which you turned down"
    assert read(page).count(mark) == 1  # on the card of the horse fair
    assert read(page).index("The Grey Mare") < read(page).index(mark)
    switch(page, "visit_parts").set_value(["ghost"]).run()
    assert mark not in read(page)


def test_what_the_words_rule_out_is_a_part_of_the_score_everywhere(page):
    typed(page, "a ghost, no horses")
    page.button(key="new_user_explain_mare").click().run()
    parts = page.table[0].value.set_index("Part")
    assert float(parts.loc["What you ruled out", "Contribution"]) < 0
    assert parts.loc["What you ruled out", "Weight"] == "–"
    page.switch_page("pages/compare/page.py").run()
    page.session_state["compare_tab"] = "One item, part by part"
    page.run()
    assert not page.exception
    assert "Understood: ghost; not horses." in read(page)


def test_an_item_that_the_text_names_is_not_shown_and_the_page_says_so(page):
    typed(page, "something like Star Harbour, with a ghost")
    assert "Star Harbour" not in cards(page)
    assert "Named in the text and not shown again: Star Harbour." in read(page)
    switch(page, "new_user_behind").set_value("why_not").run()
    page.selectbox(key="new_user_here_why_not").set_value(0).run()
    assert "Star Harbour is named in the text, and is not shown again" in read(page)
    switch(page, "visit_parts").set_value(["ghost"]).run()
    assert "Star Harbour" in cards(page)
    assert "Named in the text" not in read(page)


def test_the_part_that_keeps_an_item_out_can_be_switched_off_where_that_is_said(small_world):
    app = visited("new_user", taste="a ghost, no horses", k="7")
    assert "The Grey Mare" not in cards(app)
    switch(app, "new_user_behind").set_value("why_not").run()
    app.selectbox(key="new_user_here_why_not").set_value(5).run()
    assert "mostly for “What you ruled out”" in read(app)
    app.button(key="new_user_apply_clause").click().run()
    assert switch(app, "visit_parts").value == ["ghost"]
    assert "The Grey Mare" in cards(app)


def test_a_text_of_names_alone_can_be_explained(page):
    typed(page, "I've seen The Vault")
    assert "The Vault" not in cards(page)
    page.button(key="new_user_explain_star").click().run()
    assert not page.exception
    assert "Nearness to each part" not in read(page)


def test_what_was_switched_off_and_softened_is_counted_on_compare(page):
    typed(page, "a ghost, no horses")
    switch(page, "visit_parts").set_value(["horses"]).run()
    switch(page, "visit_wishes").set_value(["horses"]).run()
    page.switch_page("pages/compare/page.py").run()
    link = next(iter(page.get("page_link")))
    assert link.proto.label == "With 1 switched off, 1 softened: change"


@pytest.mark.parametrize(
    "text",
    [
        "no **ghosts**, like `Star Harbour`, :red[robots], ![x](http://example.com/x.png)",
        "a $ghost$, no <b>horses</b>, in [under 90 minutes](http://example.com)",
    ],
)
def test_words_of_a_visitor_are_never_markup(page, text):
    typed(page, text)
    lines = [line for kind in ("markdown", "caption", "info") for line in page.get(kind)]
    shown = [line.value for line in lines] + [getattr(line, "help", "") or "" for line in lines]
    for group in page.get("button_group"):
        shown += [group.proto.help, *(option.content for option in group.proto.options)]
    for raw in ("**ghosts**", "`Star", ":red[robots", "](http", "$ghost", "<b>"):
        markup = re.compile(rf"(?<!\\){re.escape(raw)}")
        assert not any(markup.search(value) for value in shown), raw


def test_what_was_seen_is_not_shown_and_goes_with_the_link(page):
    page.multiselect(key="visit_here_seen").set_value(["star"]).run()
    assert "Star Harbour" not in cards(page)
    page.checkbox(key="visit_shared").check().run()
    assert page.query_params["seen"] == "star"


def test_more_variety_is_another_list_with_its_own_part(page):
    before = scores(page)
    page.slider(key="visit_diversity").set_value(0.8).run()
    assert scores(page) != before
    assert page.query_params["diversity"] == "0.8"
    assert any("Variety" in line.value for line in page.markdown)


def test_a_similarity_goes_into_the_address(page):
    page.selectbox(key="visit_similarity").set_value("manhattan").run()
    assert not page.exception
    assert page.query_params["similarity"] == "manhattan"


def test_what_stands_behind_one_place_is_drawn_for_that_card_only(page):
    assert not page.table
    page.button(key="new_user_explain_star").click().run()
    assert len(page.table) == 1
    parts = page.table[0].value
    assert "Meaning" in parts["Part"].tolist()
    assert any("Nearness to each part" in line.value for line in page.markdown)
    page.button(key="new_user_explain_star").click().run()
    assert not page.table


def test_why_not_says_the_place_and_applying_its_advice_brings_it_in(demo_page, demo_engine):
    page = demo_page
    query, strategy = Query("a shark terrorises a beach town", k=10), Strategy()
    below = demo_engine.recommend(query, strategy).ranking.index[10:].tolist()
    row = next(row for row in below if why_not(demo_engine, query, strategy, row).weight)
    title = escape(demo_engine.workspace.catalogue.items["title"][row])
    page.text_area(key="visit_taste").set_value(query.text).run()
    switch(page, "new_user_behind").set_value("why_not").run()
    page.selectbox(key="new_user_here_why_not").set_value(row).run()
    assert f"{title} stands at" in read(page)
    assert title not in cards(page)
    page.button(key="new_user_apply_weight").click().run()
    assert title in cards(page)
    assert "it is in the list" in read(page)


def test_neighbours_are_drawn_and_tabled(shelf_world):
    page = visited("new_user")
    charts = len(page.get("plotly_chart"))
    switch(page, "new_user_behind").set_value("network").run()
    assert not page.exception
    assert len(page.get("plotly_chart")) == charts + 1
    assert {"relation", "name"} <= set(page.dataframe[0].value)


def test_a_catalogue_without_facts_has_no_network(root, fake_encoder):
    world = tables()
    build("demo", replace(world, triples=world.triples.head(0)), FakeEncoder()).close()
    app = visited("new_user")
    switch(app, "new_user_behind").set_value("network").run()
    assert not app.exception
    assert "no facts" in app.info[0].value


TITLES = ["Alien", "Jaws", "Heat", "Ran"]


def standing(text="sharks, robots", rows=(0, 1, 2), workspace="demo", strategy=None, **query):
    parts = frozenset(text.split(", "))
    return Standing((workspace, "1"), Query(text, **query), strategy or Strategy(), rows, parts)


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
        ({"softened": ("robots",)}, "After softening “robots”"),
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
    page.text_area(key="visit_taste").set_value("a horse fair").run()
    assert not page.warning
    assert cards(page)[0] == "The Grey Mare"


def test_every_weight_at_zero_is_a_message(page):
    for slider in [slider for slider in page.slider if slider.key.startswith("visit_w_")]:
        slider.set_value(0.0)
    page.run()
    assert "Every weight is 0" in page.warning[0].value


def test_a_catalogue_smaller_than_the_list_is_shown_whole(page):
    assert len(page.get("plotly_chart")) == len(ITEMS)


def test_another_workspace_keeps_what_was_typed_but_not_an_example(root, fake_encoder):
    other = replace(tables(), about={"examples": ["love"]})
    for name, world in (("demo", tables()), ("other", other)):
        build(name, world, FakeEncoder()).close()
    app = visited("new_user")
    assert app.text_area(key="visit_taste").value == "space"
    app.selectbox(key="visit_workspace").set_value("other").run()
    assert app.text_area(key="visit_taste").value == "love"
    app.text_area(key="visit_taste").set_value("a ghost").run()
    app.selectbox(key="visit_workspace").set_value("demo").run()
    assert app.text_area(key="visit_taste").value == "a ghost"
    assert not app.exception


def test_a_missing_workspace_says_how_to_build_it(root):
    app = visited("new_user")
    assert "python -m recsys build" in app.error[0].value


def test_a_damaged_workspace_says_how_to_build_it_again(root):
    build("demo", tables(), FakeEncoder()).close()
    next(root.glob("demo/*/catalogue.duckdb")).write_bytes(b"not a catalogue")
    app = visited("new_user")
    assert "--workspace demo --force" in app.error[0].value


def test_words_from_an_import_are_never_markup(root, fake_encoder):
    hostile = "![x](http://example.com/x.png)"
    about = dict.fromkeys(("noun", "nouns", "category", "source"), hostile)
    world = replace(tables(), about=about | {"examples": [hostile]})
    build("demo", world, FakeEncoder()).close()
    app = visited("new_user")
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
