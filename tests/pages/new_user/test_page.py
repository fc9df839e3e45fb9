"""The new-user page, run without a browser: what a visitor types, and what would break it."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from pages.shared.moves import Standing, moves
from pages.shared.rows import bars
from pages.shared.text import escape
from recsys.building.build import build
from recsys.datatypes import Filters, Query, Strategy
from recsys.ranking.why_not import why_not
from tests.pages.conftest import act, drawn, linked, sent, unfolded, visited
from tests.worlds import ITEMS, FakeEncoder, tables


@pytest.fixture
def page(small_world):
    return visited("new_user")


@pytest.fixture
def demo_page(demo_root, monkeypatch):
    monkeypatch.setenv("THAW_WORKSPACES", str(demo_root))
    return visited("new_user")


def rows(app) -> list[dict]:
    """The rows of the list, first to last."""
    return drawn(app, "new_user_list")["rows"]


def cards(app) -> list[str]:
    """The titles in the list, first to last."""
    return [row["title"] for row in rows(app)]


def test_it_opens_with_an_example_already_ranked_and_says_so(page):
    assert len(cards(page)) == len(ITEMS)
    assert cards(page)[0] == "Star Harbour"
    assert "This is an example: type over it." in read(page)


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
    unfolded(page, "strategy", "filters")
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
    unfolded(page, "strategy")
    page.selectbox(key="visit_fusion").set_value("reciprocal_rank").run()
    assert scores(page) != before
    assert page.query_params["fusion"] == "reciprocal_rank"


def scores(app) -> list:
    """The scores in the list, and what they are made of."""
    return [(row["score"], row["parts"]) for row in rows(app)]


def opened(app) -> dict | None:
    """What stands open under a row."""
    return drawn(app, "new_user_list")["open"]


def moved(app) -> str:
    """What the last change did."""
    return drawn(app, "new_user_list")["moved"]


def legend(app) -> list[str]:
    """The parts that the bars show."""
    return [part["title"] for part in drawn(app, "new_user_list")["legend"]]


def test_a_like_leaves_the_list_and_stands_among_the_likes(page):
    act(page, "liked", "star")
    assert page.multiselect(key="visit_here_liked").value == ["star"]
    assert "Star Harbour" not in cards(page)


def read(app):
    """All that stands on the page, as it is read."""
    return "\n".join(line.value for line in app.markdown).replace("\\", "")


def switch(app, key):
    """The pills or the segments called ``key``."""
    return next(group for group in app.get("button_group") if group.key == key)


def test_a_like_is_told_by_what_moved_and_only_until_the_taste_is_another(page):
    assert "after" not in moved(page)
    act(page, "liked", "star")
    assert "after liking Star Harbour, of these stories:" in moved(page)
    assert {row["badge"]["kind"] for row in rows(page)} - {""}
    page.text_area(key="visit_taste").set_value("a horse fair").run()
    assert "after" not in moved(page)


def test_a_part_of_the_text_can_be_switched_off_and_on_again(page):
    page.text_area(key="visit_taste").set_value("a ghost, no horses, a heist").run()
    before = cards(page)
    assert switch(page, "visit_parts").value == ["ghost", "horses", "heist"]
    switch(page, "visit_parts").set_value(["ghost", "horses"]).run()
    assert cards(page) != before
    assert "after switching “heist” off" in moved(page)
    assert "muted" not in page.query_params
    assert linked(page)["muted"] == ["heist"]
    assert "muted" not in linked(page, told=False)
    switch(page, "visit_parts").set_value(["ghost", "horses", "heist"]).run()
    assert "after switching “heist” on" in moved(page)
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
    assert "What you ruled out" in legend(page)
    before, ruled = cards(page), scores(page)
    assert before[-1] == "The Grey Mare"
    switch(page, "visit_wishes").set_value(["horses"]).run()
    assert "after softening “horses”" in moved(page)
    assert scores(page) != ruled
    assert "softened" not in page.query_params
    assert linked(page)["softened"] == ["horses"]
    assert "softened" not in linked(page, told=False)
    switch(page, "visit_wishes").set_value([]).run()
    assert "after taking “horses” at its word" in moved(page)
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
    assert {row["title"]: row["near"] for row in rows(page) if row["near"]} == {
        "The Grey Mare": [mark]
    }
    switch(page, "visit_parts").set_value(["ghost"]).run()
    assert not any(row["near"] for row in rows(page))


def test_what_the_words_rule_out_is_a_part_of_the_score_everywhere(page):
    typed(page, "a ghost, no horses")
    act(page, "why", "mare")
    parts = {part["title"]: part for part in opened(page)["parts"]}
    assert float(parts["What you ruled out"]["adds"]) < 0
    assert parts["What you ruled out"]["place"] == "–"
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
    act(page, "why", "star")
    assert not page.exception
    assert "Nearness to each part" not in read(page)


def test_what_was_switched_off_and_softened_is_counted_on_compare(page):
    typed(page, "a ghost, no horses")
    switch(page, "visit_parts").set_value(["horses"]).run()
    switch(page, "visit_wishes").set_value(["horses"]).run()
    page.switch_page("pages/compare/page.py").run()
    labels = [block.proto.popover.label for block in page.get("popover")]
    assert "1 switched off, 1 softened" in labels


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
    assert linked(page)["seen"] == ["star"]
    assert "seen" not in linked(page, told=False)


def test_more_variety_is_another_list_with_its_own_part(page):
    before = scores(page)
    unfolded(page, "strategy")
    page.slider(key="visit_diversity").set_value(0.8).run()
    assert scores(page) != before
    assert page.query_params["diversity"] == "0.8"
    assert "Variety" in legend(page)


def test_a_similarity_goes_into_the_address(page):
    unfolded(page, "strategy")
    page.selectbox(key="visit_similarity").set_value("manhattan").run()
    assert not page.exception
    assert page.query_params["similarity"] == "manhattan"


def test_what_stands_behind_one_place_is_drawn_for_that_card_only(page):
    assert opened(page) is None
    act(page, "why", "star")
    found = opened(page)
    assert found["id"] == "star"
    assert "Meaning" in [part["title"] for part in found["parts"]]
    assert any("Nearness to each part" in line for line in found["lines"])
    act(page, "why", "star")
    assert opened(page) is None


def test_the_parts_add_up_to_the_score_of_the_row_and_the_best_has_a_hundred(page):
    typed(page, "a ghost, no horses")
    assert rows(page)[0]["score"] == 100
    for row in rows(page):
        act(page, "why", row["id"])
        adds = [float(part["adds"]) for part in opened(page)["parts"]]
        assert sum(adds) == pytest.approx(row["score"], abs=0.5 + 0.05 * len(adds))
        assert f"Place among {len(ITEMS)} stories" == opened(page)["among"]


def test_a_bar_shows_what_lifts_at_the_right_of_zero_and_what_lowers_at_its_left():
    table = pd.DataFrame({"content": [1.0, 2.0], "lexical": [-1.0, 0.5], "graph": [0.0, np.nan]})
    first, second = bars(table, points=40)
    assert (first["zero"], second["zero"]) == (28.57, 28.57)  # of -1 to 2.5
    found = [(part["left"], part["width"], part["points"]) for part in first["parts"]]
    assert found == [(28.57, 28.57, "+40"), (0.0, 28.57, "-40")]
    found = [(part["left"], part["width"], part["points"]) for part in second["parts"]]
    assert found == [(28.57, 57.14, "+80"), (85.71, 14.29, "+20")]


def test_a_step_back_and_forward_brings_back_what_stood_there(page):
    first = cards(page)
    act(page, "liked", "star")
    typed(page, "a horse fair")
    second = cards(page)
    assert drawn(page, "new_user_list")["undo"] == "Undo rewording the taste"
    act(page, "undo")
    assert page.text_area(key="visit_taste").value == "space"
    assert page.multiselect(key="visit_here_liked").value == ["star"]
    act(page, "undo")
    assert page.multiselect(key="visit_here_liked").value == []
    assert cards(page) == first
    assert drawn(page, "new_user_list")["undo"] == ""
    assert drawn(page, "new_user_list")["redo"] == "Again: liking Star Harbour"
    act(page, "redo")
    act(page, "redo")
    assert cards(page) == second
    assert drawn(page, "new_user_list")["redo"] == ""


def test_every_step_of_the_visit_is_listed_and_can_be_gone_to(page):
    first = cards(page)
    act(page, "liked", "star")
    typed(page, "a horse fair")
    steps = [page.button(key=f"new_user_step_{number}") for number in range(3)]
    labels = ["1 · the start", "2 · liking Star Harbour", "3 · rewording the taste"]
    assert [step.label for step in steps] == labels
    assert [step.disabled for step in steps] == [False, False, True]
    steps[0].click().run()
    assert cards(page) == first
    page.button(key="new_user_step_2").click().run()
    assert page.text_area(key="visit_taste").value == "a horse fair"


def test_somebody_can_be_kept_and_stand_beside_another(page):
    act(page, "liked", "star")
    unfolded(page, "people")
    page.text_input(key="new_user_here_keep").set_value("Ann").run()
    page.button(key="new_user_start_again").click().run()
    assert page.multiselect(key="visit_here_liked").value == []
    typed(page, "a horse fair")
    mine = cards(page)
    switch(page, "new_user_behind").set_value("two").run()
    page.selectbox(key="new_user_here_beside").set_value("Ann").run()
    hers = [row["title"] for row in drawn(page, "new_user_other")["rows"]]
    assert "Star Harbour" not in hers
    assert f"{len(set(mine) & set(hers))} of {len(hers)} stories are in both lists" in read(page)
    page.selectbox(key="new_user_here_person").set_value("Ann").run()
    assert page.text_area(key="visit_taste").value == "space"
    assert page.multiselect(key="visit_here_liked").value == ["star"]


def test_what_a_tab_kept_over_a_reload_is_read_as_an_address_is(page):
    kept = "taste=a+ghost%2C+no+horses&liked=star&liked=nobody&muted=horses&k=5&fusion=cascade"
    sent(page, "visit_tab", "restored", kept)
    assert page.text_area(key="visit_taste").value == "a ghost, no horses"
    assert page.multiselect(key="visit_here_liked").value == ["star"]
    assert page.session_state["visit_muted"] == ["horses"]
    unfolded(page, "strategy", "filters")
    assert page.slider(key="visit_k").value == 5
    assert page.selectbox(key="visit_fusion").value == "cascade"
    assert "taste" not in page.query_params


def test_the_tab_keeps_what_the_address_does_not_tell(page):
    typed(page, "a ghost")
    assert "taste" not in page.query_params
    assert "taste=a+ghost" in drawn(page, "visit_tab")["query"]


@pytest.mark.parametrize("text", ["%ZZ", "taste=%00", "k=many&from=x", "&&&=", "liked=" * 9999])
def test_a_tab_that_was_tampered_with_does_no_harm(page, text):
    sent(page, "visit_tab", "restored", text)
    assert page.warning or cards(page)


def test_the_tour_goes_through_all_its_steps_and_ends(page):
    page.session_state["new_user_tour"] = 0
    page.run()
    for number in range(1, 6):
        assert f"{number} of 5" in read(page)
        page.button(key="new_user_tour_next").click().run()
        assert not page.exception
    assert "of 5 ·" not in read(page)


def test_why_not_says_the_place_and_applying_its_advice_brings_it_in(demo_page, demo_engine):
    page = demo_page
    query, strategy = Query("a shark terrorises a beach town", k=10), Strategy()
    below = demo_engine.recommend(query, strategy).ranking.index[10:].tolist()
    row = next(row for row in below if why_not(demo_engine, query, strategy, row).weight)
    title = demo_engine.workspace.catalogue.items["title"][row]
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
    third = rows(page)[2]
    act(page, "why", third["id"])
    act(page, "neighbours", third["id"])
    assert len(page.get("plotly_chart")) == charts + 1
    centre = page.selectbox(key="new_user_here_centre")
    assert centre.format_func(centre.value) == third["title"]
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
            "after liking Ran, of these films: 1 moved up, 1 moved down, 1 new here",
        ),
        ({"disliked": (0,)}, "after disliking Alien"),
        ({"seen": (0,)}, "after marking Alien as seen"),
        ({"muted": ("robots",)}, "after switching “robots” off"),
        ({"softened": ("robots",)}, "after softening “robots”"),
        ({"text": "sharks, horses"}, "after rewording the taste"),
        ({"filters": Filters(("Drama",))}, "after other filters"),
        ({"strategy": Strategy(diversity=0.4)}, "after setting how varied to 0.40"),
        ({"strategy": Strategy(weights={"content": 0.2})}, "after setting Meaning to 0.20"),
        ({"strategy": Strategy(similarity="dot")}, "after measuring meaning another way"),
        ({"strategy": Strategy(fusion="cascade")}, "after choosing "),
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
    assert same.line("films") == "after liking Ran, of these films: none moved"


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
    assert words in page.warning[0].value.replace("\\", "")
    page.text_area(key="visit_taste").set_value("a horse fair").run()
    assert not page.warning
    assert cards(page)[0] == "The Grey Mare"


def test_every_weight_at_zero_is_a_message(page):
    unfolded(page, "strategy")
    for slider in [slider for slider in page.slider if slider.key.startswith("visit_w_")]:
        slider.set_value(0.0)
    page.run()
    assert "Every weight is 0" in page.warning[0].value


def test_a_catalogue_smaller_than_the_list_is_shown_whole(page):
    assert len(rows(page)) == len(ITEMS)


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
    assert "python -m recsys build" in app.error[0].value.replace("\\", "")


def test_a_damaged_workspace_says_how_to_build_it_again(root):
    build("demo", tables(), FakeEncoder()).close()
    next(root.glob("demo/*/catalogue.duckdb")).write_bytes(b"not a catalogue")
    app = visited("new_user")
    assert "--workspace demo --force" in app.error[0].value.replace("\\", "")


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


def test_what_was_published_is_told_by_its_place_in_the_visitors_own_list(page):
    typed(page, "a ghost, no horses")
    page.session_state["visit_here_published"] = "mare"
    page.run()
    assert f"**The Grey Mare** stands at 8 of {len(ITEMS)} for this taste." in read(page)
    assert page.text_area(key="visit_taste").value == "a ghost, no horses"
    page.button(key="new_user_published_why").click().run()
    assert page.selectbox(key="new_user_here_why_not").value == 5
    page.button(key="new_user_published_hide").click().run()
    assert not [button for button in page.button if button.key == "new_user_published_why"]
    page.session_state["visit_here_published"] = "nothing of that name"
    page.run()
    assert not page.exception
