"""The new-item page: without a browser, then in one."""

import json
import shutil
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.new_item import bulk, form, stage, words
from recsys.building.build import build
from recsys.datasets import demo
from recsys.errors import DataError
from recsys.store.workspace import Workspace
from tests.conftest import APP, real_encoder
from tests.pages.conftest import drawn, linked, visited
from tests.worlds import FakeEncoder, tables

DEMO = demo.load("demo")
EXAMPLES = DEMO.about["new_items"]
JAWS = DEMO.items.set_index("id")["text"]["jaws-1975"]
SHARK = (
    "A shark terrorises a beach town. The police chief must close the beaches. It is a thriller."
)
REEF = "A diver maps a dying reef and hears it sing. Slow and blue, with hardly a word."
HOSTILE = "![x](http://example.com/x.png) <b>x</b> :red[x]"


@pytest.fixture
def at_demo(demo_root, monkeypatch):
    monkeypatch.setenv("THAW_WORKSPACES", str(demo_root))


@pytest.fixture
def at_copy(demo_root, root, monkeypatch):
    """A demo of one's own, to publish into."""
    shutil.copytree(demo_root / "demo", root / "demo")
    return root


def opened(**address) -> AppTest:
    """The page alone, as app.py would run it."""
    page = APP.parent / "pages" / "new_item" / "page.py"
    entry = f"import streamlit as st\nst.navigation([st.Page({str(page)!r})]).run()"
    app = AppTest.from_string(entry, default_timeout=90)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def among_others() -> AppTest:
    """The page among the others; what a button returns is lost there, as every run is repeated."""
    return visited("new_item")


def read(app) -> str:
    """All that stands on the page, as it is read."""
    kinds = ("title", "markdown", "caption", "success", "info")
    return "\n".join(line.value for kind in kinds for line in app.get(kind)).replace("\\", "")


def typed(app) -> tuple[str, str, int | None]:
    state = app.session_state
    return state["new_item_title"], state["new_item_text"], state["new_item_year"]


def component(app, key: str) -> dict:
    """What a component of our own shows."""
    (found,) = [each for each in app.get("bidi_component") if each.proto.id.endswith(f"-{key}")]
    return json.loads(found.proto.json)


def tiles(app) -> dict[str, str]:
    """What is asked -> the answer and what stands beside it."""
    shown = component(app, "new_item_tiles")["tiles"]
    return {tile["asked"]: f"{tile['answer']} | {tile['beside']}" for tile in shown}


def nearest(app) -> list[str]:
    return [row["title"] for row in component(app, "new_item_near_6")["rows"]]


def more(app, tab: str) -> AppTest:
    """The page with this tab open below the first screen."""
    app.session_state["new_item_here_tab"] = tab
    app.run()
    assert not app.exception
    return app


def describe(app, title: str, text: str) -> AppTest:
    app.text_input(key="new_item_title").set_value(title)
    app.text_area(key="new_item_text").set_value(text).run()
    assert not app.exception
    return app


def charts(app) -> int:
    return len(app.get("plotly_chart"))


def test_it_opens_with_an_example_already_judged_and_says_so(at_demo):
    app = opened()
    first = EXAMPLES[0]
    assert typed(app) == (first["title"], first["text"], first["year"])
    said = read(app)
    assert "An example of a film that does not exist" in said
    assert "simulated people would like it; the 80 % interval is" in said
    assert "genre Drama" in said.split("Not given, so read from the text: ")[1].splitlines()[0]
    assert "It reads as Drama" in said
    assert charts(app) == 3  # what it is, who would like it, the map
    answers = tiles(app)
    assert len(answers) == 4
    assert answers["Likes, of 1,500 simulated"].startswith("about ")
    assert " | 80 %: " in answers["Likes, of 1,500 simulated"]
    assert "by chance 1.7%" in answers["In the first 10 for"]
    assert len(nearest(app)) == 6
    assert not app.warning
    assert "text" not in app.query_params


def test_an_example_can_be_clicked_and_another_text_is_judged_anew(at_demo):
    app = opened()
    before = read(app)
    pills = next(group for group in app.get("button_group") if group.key == "new_item_here_example")
    pills.set_value(EXAMPLES[2]["title"]).run()
    assert typed(app)[0] == EXAMPLES[2]["title"]
    assert "Horror" in read(app)
    assert read(app) != before
    describe(app, "", JAWS)
    assert nearest(app)[0] == "Jaws"
    assert app.warning[0].value.startswith("It is very near to Jaws")
    assert "An example of" not in read(app)


def test_what_came_with_an_example_goes_when_another_text_is_typed_over_it(at_demo):
    """The year of the example counted for a film that nobody had said it of."""
    app = opened()
    assert typed(app)[2] == EXAMPLES[0]["year"]
    app.multiselect(key="new_item_here_categories").set_value(["Mystery"]).run()
    describe(app, "Reef", REEF)
    assert typed(app) == ("Reef", REEF, None)
    assert app.multiselect(key="new_item_here_categories").value == []
    assert "The example's year and genre went with its text." in read(app)
    app.number_input(key="new_item_year").set_value(2011).run()
    assert typed(app) == ("Reef", REEF, 2011)
    describe(app, "Reef", SHARK)  # no example: what a person says stays
    assert typed(app) == ("Reef", SHARK, 2011)
    assert "went with its text" not in read(app)


def test_what_came_with_an_example_goes_though_a_click_cuts_the_run_short(at_demo, monkeypatch):
    """A browser sends the example's title and year again until it is told that they went."""
    app = opened()
    title, _, year = typed(app)
    with monkeypatch.context() as cut:
        cut.setattr(stage, "show_stage", lambda *_: st.stop())
        app.text_area(key="new_item_text").set_value(REEF).run()
    app.session_state["new_item_title"] = title
    app.session_state["new_item_year"] = year
    app.run()
    assert typed(app) == ("", REEF, None)
    assert "The example's title and year went with its text." in read(app)
    app.text_input(key="new_item_title").set_value(title).run()  # now it is what a person says
    assert typed(app)[0] == title


def test_the_title_of_an_example_goes_too_unless_it_was_typed_over(at_demo):
    app = opened()
    app.text_area(key="new_item_text").set_value(REEF).run()
    assert typed(app) == ("", REEF, None)


def test_an_example_that_is_edited_keeps_its_year(at_demo):
    app, first = opened(), EXAMPLES[0]
    shorter = first["text"].split(". ", 1)[0] + "."
    describe(app, first["title"], shorter)
    assert typed(app) == (first["title"], shorter, first["year"])
    describe(app, "Mine", f"{shorter} She decides.")
    assert typed(app)[2] == first["year"]


def test_no_country_is_said_of_a_town_that_nothing_here_knows(at_demo):
    """France was, for Trieste; who says Italy is believed."""
    text = "A retired tram driver in Trieste writes letters to a woman whom he has never met."
    app = opened()
    said = read(describe(app, "", text))
    assert "country" not in said.split("It reads as")[1].splitlines()[0]
    assert "France" not in said
    describe(app, "", text.replace("Trieste", "Trieste, Italy,"))
    assert "country: Italy" in read(app).split("It reads as")[1].splitlines()[0]
    table = next(frame.value for frame in more(app, "Who says so").dataframe)
    assert {"threshold", "said"} <= set(table)
    assert table.set_index("name")["said"]["Italy"] == "yes"


def test_the_page_calls_one_film_nearest(at_demo):
    """The gap named another than the list did."""
    app = opened()
    said = read(app)
    assert "nearest film is" not in said.lower()
    ten = [row["title"] for row in component(more(app, "Ten nearest"), "new_item_near_10")["rows"]]
    assert ten[:6] == nearest(app)
    map_ = next(c for c in app.get("plotly_chart") if "new_item_map" in c.proto.id)
    assert json.loads(map_.proto.spec)["data"][-1]["customdata"] == nearest(app)


def test_what_was_typed_is_still_there_after_another_page(at_demo):
    app = describe(among_others(), "Reef", REEF)
    app.multiselect(key="new_item_here_categories").set_value(["Drama"])
    app.multiselect(key="new_item_fact_demo_has_theme").set_value(["the sea"])
    app.number_input(key="new_item_year").set_value(2011).run()
    app.switch_page("pages/catalogue/page.py").run()
    app.switch_page("pages/new_item/page.py").run()
    assert typed(app) == ("Reef", REEF, 2011)
    assert app.multiselect(key="new_item_here_categories").value == ["Drama"]
    assert app.multiselect(key="new_item_fact_demo_has_theme").value == ["the sea"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "describe the film"),
        (" \n ", "describe the film"),
        ("😀🎬", "describe the film"),
        ("word " * 50_000, "250,000 characters"),
    ],
)
def test_what_cannot_be_read_gets_a_message_and_loses_nothing(at_demo, text, says):
    app = describe(opened(), "Kept", text)
    assert says in app.warning[0].value.replace("\\", "")
    assert charts(app) == 0
    assert typed(app)[:2] == ("Kept", text)
    describe(app, "Kept", REEF)
    assert not app.warning
    assert "would like it" in read(app)


def test_a_title_without_a_letter_gets_a_message(at_demo):
    app = describe(opened(), "!!!", SHARK)
    assert "The title has no letter" in app.warning[0].value


def test_markup_is_shown_and_never_meant(at_copy):
    app = describe(opened(), HOSTILE, f"{HOSTILE} a shark. {SHARK}")
    app.session_state["new_item_fact_demo_directed_by"] = [HOSTILE]
    app.run()
    app.button(key="new_item_publish").click().run()
    assert app.success
    app.button(key="new_item_hold").click().run()
    describe(app, "Other", SHARK)
    next(b for b in app.button if b.label.startswith("Which sentence")).click().run()
    assert not app.exception
    more(app, "What moved")
    kinds = ("title", "markdown", "caption", "success", "warning")
    shown = [line.value for kind in kinds for line in app.get(kind)]
    assert any("x.png" in value.replace("\\", "") for value in shown)
    assert not any(sign in value for value in shown for sign in ("![x]", "<b>", ":red[x]"))


def test_a_link_brings_the_item_back_only_where_its_author_says_so(at_demo):
    app = describe(opened(), "Reef & 100%", REEF)
    app.multiselect(key="new_item_here_categories").set_value(["Drama", "War"])
    app.multiselect(key="new_item_fact_demo_directed_by").set_value(["Nobody <b>Yet</b>"])
    app.number_input(key="new_item_year").set_value(2011).run()
    assert not dict(app.query_params)
    more(app, "Keep it")
    assert linked(app, told=False) == {}
    link = linked(app)
    assert link["text"] == [REEF]
    assert link["category"] == ["Drama", "War"]
    again = opened(**link)
    assert typed(again) == ("Reef & 100%", REEF, 2011)
    assert again.multiselect(key="new_item_here_categories").value == ["Drama", "War"]
    assert again.multiselect(key="new_item_fact_demo_directed_by").value == ["Nobody <b>Yet</b>"]
    assert again.session_state["new_item_shared"]
    assert (tiles(again), nearest(again)) == (tiles(app), nearest(app))


def test_nothing_in_an_address_is_trusted(at_demo):
    app = opened(
        text=REEF, category=["Nonsense", "Drama"], year="99999999", has_theme="nonsense",
        segment="nobody",
    )  # fmt: skip
    assert not app.warning
    assert typed(app) == ("", REEF, None)
    assert app.multiselect(key="new_item_here_categories").value == ["Drama"]
    assert app.multiselect(key="new_item_fact_demo_has_theme").value == []
    assert more(app, "All places").selectbox(key="new_item_here_segment").value is None
    blank = opened(text="")
    assert "describe the film" in blank.warning[0].value


def test_places_are_shown_of_one_group_too_and_the_link_says_which(at_demo):
    app = more(opened(), "All places")
    everyone = read(app)
    assert "In whose lists?" in [box.label for box in app.selectbox]
    group = app.selectbox(key="new_item_here_segment").options[0]
    app.selectbox(key="new_item_here_segment").select_index(0).run()
    assert f"For half of the group “{group}”" in read(app)
    assert read(app) != everyone
    assert app.query_params["segment"] == group
    again = more(opened(segment=group), "All places")
    assert f"For half of the group “{group}”" in read(again)


def test_a_held_version_is_compared_until_it_is_forgotten(at_demo):
    app = describe(among_others(), "", JAWS)
    assert "held" not in read(app)
    app.button(key="new_item_hold").click().run()
    assert "This version is held" in read(app)
    describe(app, "", REEF)
    assert " to " in tiles(app)["Likes, of 1,500 simulated"]
    assert tiles(app)["Likes, of 1,500 simulated"].endswith("] since held")
    said = read(more(app, "What moved"))
    assert "simulated people would like it, the 80 % interval in brackets: " in said
    assert "before, " in said
    assert "Jaws" in said.split("Gone:")[1].splitlines()[0]
    app.switch_page("pages/catalogue/page.py").run()
    app.switch_page("pages/new_item/page.py").run()
    assert "A version is held" in read(app)
    app.button(key="new_item_forget").click().run()
    assert not app.exception
    assert "held" not in read(app)
    assert "What moved" not in [tab.label for tab in app.tabs]


def test_each_sentence_is_weighed_for_the_text_as_it_stands(at_demo):
    app = describe(opened(), "", SHARK)
    drawn = charts(app)

    def button():
        return [b for b in app.button if b.label.startswith("Which sentence")]

    button()[0].click().run()
    assert "earns most" in read(app) or "costs most" in read(app)
    assert " to " in read(app).split("most: ")[1].split("]")[0]  # with its interval
    assert charts(app) == drawn + 1
    assert not button()
    describe(app, "", "A shark comes. ?! ...")  # what is left without the first has no word
    button()[0].click().run()
    assert not app.exception
    describe(app, "", "One sentence about a shark")
    button()[0].click().run()
    assert "nothing to leave out" in read(app)


def shelf() -> list[str]:
    """The ids of what was published into the demo."""
    workspace = Workspace.open("demo")
    published = workspace.catalogue.published["id"].tolist()
    workspace.close()
    return published


def shown_for(taste: str) -> list[str]:
    """The titles that a new user of this taste is shown."""
    rows = drawn(visited("new_user", taste=taste), "new_user_list")["rows"]
    return [row["title"] for row in rows]


def test_it_is_published_found_by_its_own_text_and_taken_out_again(at_copy):
    app = describe(opened(), "The Reef Cantor", REEF)
    judged = tiles(app)
    app.button(key="new_item_publish").click().run()
    assert not app.exception
    assert "“The Reef Cantor” is in the catalogue now; its id is the-reef-cantor." in read(app)
    assert "Published here: 1" in [tab.label for tab in app.tabs]
    assert not app.warning  # it does not collide with itself
    assert tiles(app) == judged
    assert app.button(key="new_item_publish").disabled
    assert shelf() == ["the-reef-cantor"]
    assert shown_for(REEF)[0] == "The Reef Cantor"
    app.button(key="new_item_undo").click().run()
    assert not app.exception
    assert "in the catalogue now" not in read(app)
    assert "visit_here_published" not in app.session_state
    assert not app.button(key="new_item_publish").disabled
    assert shelf() == []


def test_who_publishes_keeps_the_taste_of_the_visit_and_new_user_is_told_which_it_was(at_copy):
    app = visited("new_user", taste="neon noir, nothing gory")
    app.switch_page("pages/new_item/page.py").run()
    describe(app, "The Reef Cantor", REEF)
    app.button(key="new_item_publish").click().run()
    app.button(key="new_item_find").click().run()
    assert not app.exception
    assert app.session_state["visit_taste"] == "neon noir, nothing gory"
    assert app.session_state["visit_here_published"] == "the-reef-cantor"


def test_what_is_wrong_with_a_publication_is_said_and_nothing_is_lost(at_copy):
    app = describe(opened(), "", REEF)
    app.button(key="new_item_publish").click().run()
    assert "needs a title" in app.warning[0].value
    describe(app, "Reef", REEF)
    assert not app.warning
    app.text_input(key="new_item_id").set_value("jaws-1975")
    app.button(key="new_item_publish").click().run()
    assert "already an item" in app.warning[0].value.replace("\\", "")
    assert typed(app)[:2] == ("Reef", REEF)
    app.text_input(key="new_item_id").set_value("my reef!").run()
    app.button(key="new_item_publish").click().run()
    assert "is not an id" in app.warning[0].value.replace("\\", "")
    app.text_input(key="new_item_id").set_value("")
    app.number_input(key="new_item_year").set_value(3500).run()
    app.button(key="new_item_publish").click().run()
    assert "3500" in app.warning[0].value
    app.number_input(key="new_item_year").set_value(2011).run()
    app.button(key="new_item_publish").click().run()
    assert "its id is reef." in read(app)


def test_a_near_copy_of_what_was_published_is_a_warning_and_each_can_be_undone(at_copy):
    app = describe(opened(), "The Reef Cantor", REEF)
    app.button(key="new_item_publish").click().run()
    describe(app, "The Reef Cantor Again", REEF)
    assert app.warning[0].value.startswith("It is very near to The Reef Cantor")
    app.button(key="new_item_publish").click().run()
    assert "Published here: 2" in [tab.label for tab in app.tabs]
    more(app, "Published here: 2").button(key="new_item_undo_the-reef-cantor").click().run()
    assert not app.exception
    assert "Published here: 1" in [tab.label for tab in app.tabs]
    assert "“The Reef Cantor Again” is in the catalogue now" in read(app)


def test_a_catalogue_that_is_too_small_says_so_and_an_example_of_another_goes(root, demo_root):
    shutil.copytree(demo_root / "demo", root / "demo")
    build("other", tables(), real_encoder()).close()
    app = opened()
    app.multiselect(key="new_item_here_categories").set_value(["War"]).run()
    app.selectbox(key="visit_workspace").set_value("other").run()
    assert not app.exception
    assert typed(app) == ("", "", None)
    assert "describe the story" in app.warning[0].value
    describe(app, "Mine", "A ghost and a robot.")
    assert "too few items" in app.warning[0].value
    app.selectbox(key="visit_workspace").set_value("demo").run()
    assert typed(app)[:2] == ("Mine", "A ghost and a robot.")
    assert app.multiselect(key="new_item_here_categories").value == []
    assert charts(app) == 3


def test_words_from_an_import_are_never_markup(root, fake_encoder):
    about = dict.fromkeys(("noun", "nouns", "category", "source"), HOSTILE)
    example = {"title": HOSTILE, "text": f"{HOSTILE} a ghost"}
    world = replace(tables(), about=about | {"new_items": [example]})
    build("demo", world, FakeEncoder()).close()
    app = opened()
    kinds = ("title", "markdown", "caption", "warning", "text_area", "multiselect")
    shown = [getattr(e, "label", "") or e.value for kind in kinds for e in app.get(kind)]
    assert any("x.png" in value.replace("\\", "") for value in shown)
    assert not any(sign in value for value in shown for sign in ("![x]", "<b>", ":red[x]"))


def test_relations_are_offered_that_say_something_and_are_not_asked_for_elsewhere():
    items = pd.DataFrame({"id": ["a", "b", "c"], "categories": [["War"], ["War"], []]})
    triples = pd.DataFrame(
        [
            *[(id_, "has_theme", name) for id_, name in ("ax", "bx", "cy")],
            *[("a", "directed_by", "Jo"), ("b", "directed_by", "Jo")],
            *[("a", "has_genre", "War"), ("b", "has_genre", "War")],
            *[("a", "from_decade", "1970s"), ("b", "from_decade", "1970s")],
            *[("a", "follows", "b"), ("c", "follows", "b")],
            *[("a", "has_motto", "One"), ("b", "has_motto", "Two")],
        ],
        columns=["head", "relation", "tail"],
    )
    assert form.offered(triples, items) == {"has_theme": ["x", "y"], "directed_by": ["Jo"]}


@pytest.fixture(scope="module")
def catalogue(demo_root):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(demo_root))
        workspace = Workspace.open("demo")
        yield workspace.catalogue
        workspace.close()


def test_rows_of_a_file_are_items_or_have_a_line_and_a_reason(catalogue):
    file = (
        "Title,text,year,categories,colour\n"
        'Reef,"A diver maps\na reef.",2011,Drama|War,blue\n'
        "Blank,,2011,,\n"
        "Odd year,A text.,soon,,\n"
        "Odd kind,A text.,,Nonsense,\n"
        ",Without a title.,,,\n"
        "Short row\n"
        f"Long,{'word ' * 3000},,,\n"
    )
    items, bad = bulk.read(file.encode(), catalogue)
    assert list(items) == [2, 7]
    assert (items[2].title, items[2].text) == ("Reef", "A diver maps a reef.")
    assert (items[2].year, items[2].categories) == (2011, ("Drama", "War"))
    assert (items[7].title, items[7].year) == ("", None)
    reasons = bad.set_index("line")["reason"].to_dict()
    assert list(reasons) == [4, 5, 6, 8, 9]
    assert "no words" in reasons[4]
    assert "'soon'" in reasons[5]
    assert "'Nonsense'" in reasons[6]
    assert "15,000 characters" in reasons[9] or "14,999 characters" in reasons[9]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"name,text\nReef,A reef.\n", "'title'"),
        (b"title,blurb\nReef,A reef.\n", "'text'"),
        (b"", "file.csv"),
        (b"title,text\n", "no row"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "file.csv"),
    ],
)
def test_a_file_that_is_none_says_what_is_wrong(catalogue, content, says):
    with pytest.raises(DataError, match=says):
        bulk.read(content, catalogue)


def test_of_a_long_file_the_first_rows_are_read(catalogue):
    rows = "".join(f"T{i},Text {i}.\n" for i in range(bulk.MOST + 20))
    items, bad = bulk.read(f"title,text\n{rows}".encode(), catalogue)
    assert len(items) == bulk.MOST
    assert bad.empty


def test_a_file_of_new_items_becomes_a_table(at_demo):
    app = more(opened(), "Many at once")
    lines = f'Reef,"{REEF}",2011\nBad,,\nShark,"{JAWS}",\n'
    app.file_uploader(key="new_item_bulk_file").upload(
        "new.csv", f"title,text,year\n{lines}".encode(), "text/csv"
    ).run()
    assert not app.exception
    assert "1 row is left out" in str(app.warning[0].proto)
    app.button(key="new_item_bulk_go").click().run()
    assert not app.exception
    table = next(frame.value for frame in app.dataframe if "duplicate" in frame.value)
    assert table["title"].tolist() == ["Reef", "Shark"]
    assert table.index.tolist() == [2, 4]
    assert table["nearest"].tolist()[1] == table["duplicate"].tolist()[1] == "Jaws"
    assert table["interval"].str.fullmatch(r"[\d.,]+–[\d.,]+").all()
    assert table["place"].between(1, 606).all()


@pytest.mark.parametrize(
    ("frame", "says"),
    [
        ([("genre", "War", 0.9, False), ("mood", "sad", 0.9, False)], "It reads as War; mood: sad"),
        ([("genre", "War", 0.4, False), ("mood", "sad", 0.9, False)],
         "It reads as mood: sad; perhaps War"),
        ([("genre", "War", 0.3, True)], "It reads as War"),
        ([("genre", "War", 0.49, False)], "Nothing is likely enough to be said"),
    ],
)  # fmt: skip
def test_what_it_reads_as_in_words(frame, says):
    """At less than a half it is perhaps so, unless the text names it."""
    table = pd.DataFrame(frame, columns=["relation", "name", "probability", "named"])
    likely = table["probability"] >= 0.5
    assert words.reads_as(table.assign(likely=likely, predicted=True)) == says


def test_where_it_stands_in_words():
    """By chance 10 of 100 and 10 of 605: 5.8 % on average."""
    beside = np.array([99, 99, 604, 604])
    said = words.standing(np.array([1, 10, 11, 300]), beside, 604, "all people")
    assert said == (
        "For half of all people it stands at place 10 of 605 or better;"
        " for 50.0% it is among the first 10, by chance it were for 5.8%."
    )


def test_which_sentence_earns_in_words():
    frame = pd.DataFrame(
        {"sentence": ["A shark.", "It rains."], "likes": [12.0, -3.25], "low": [4.0, -8.0],
         "high": [20.0, 1.0], "top": [0.0, 0.0], "gains": [("Horror",), ()],
         "loses": [(), ("War", "Drama")]}
    )  # fmt: skip
    assert words.earns(frame, "people") == [
        "“A shark.” earns most: +12 [+4 to +20] people like it with it, and Horror would not be"
        " likely.",
        "“It rains.” costs most: −3.2 [−8 to +1], which may be nothing, people like it with it,"
        " and War and Drama would be likely.",
    ]
    assert words.earns(frame.assign(likes=0.0), "people") == [
        "Every sentence does as well as the next."
    ]
