"""Data of a visitor's own: nothing stops silently, and what was made is renamed and deleted."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.catalogue.upload import SAMPLE
from recsys.building.build import build
from recsys.datasets import table
from recsys.store.workspace import Workspace, names
from tests.pages.catalogue.test_page import build_button, opened
from tests.pages.conftest import visited
from tests.worlds import FakeEncoder, tables

TITLES = "titel,art\nRan,War|Drama\nAmélie,Romance\nIkiru,Drama\n"


def given(content: bytes | str, name: str, kind: str = "items", app: AppTest | None = None):
    """The page after a file was given."""
    app = app or opened("upload")
    data = content.encode() if isinstance(content, str) else content
    app.file_uploader(key=f"catalogue_file_{kind}").upload(name, data).run()
    assert not app.exception
    return app


def said(app: AppTest) -> list[str]:
    return [line.value for line in [*app.warning, *app.info, *app.error]]


def choose(app: AppTest, name: str, column: str, kind: str = "items") -> None:
    app.selectbox(key=f"catalogue_column_{kind}_{name}").set_value(column).run()
    assert not app.exception


def test_what_is_missing_is_said_in_the_words_of_the_page(small_world):
    app = given(TITLES, "Meine Filme.csv")
    choose(app, "title", None)
    assert build_button(app).disabled
    [needed] = [line for line in said(app) if "choose" in line]
    assert "Meine Filme" in needed
    assert "Name \\(title\\)" in needed
    assert not any("items.csv" in line or "COLUMN" in line for line in said(app))
    choose(app, "title", "titel")
    assert not build_button(app).disabled
    app = given("who,what\nu,ran\n", "likes.csv", "interactions", app)
    choose(app, "user", None, "interactions")
    assert any("likes\\.csv" in line and "Person" in line for line in said(app))
    assert build_button(app).disabled


def test_titles_alone_become_a_workspace_and_the_shortness_is_said(small_world):
    app = given(TITLES, "Meine Filme.csv")
    assert app.selectbox(key="catalogue_column_items_title").value == "titel"
    choose(app, "categories", "art")
    assert any("will stand for the items" in line for line in said(app))
    build_button(app).click().run()
    assert not app.exception
    assert not app.error
    made = Workspace.open("meine-filme").catalogue
    assert made.items["id"].tolist() == ["ran", "amelie", "ikiru"]
    assert made.triples["relation"].unique().tolist() == ["has_art"]


def test_ties_are_shown_and_can_be_switched_off(small_world):
    app = given(SAMPLE.read_bytes(), "books.csv")
    pills = next(group for group in app.button_group if group.key == "catalogue_ties")
    assert pills.value == ["genres", "year", "author"]
    assert pills.options[2].startswith("author as writer")
    assert "2 with Ann Weir" in pills.options[2]
    pills.set_value(["author"]).run()
    build_button(app).click().run()
    assert not app.exception
    triples = Workspace.open("books").catalogue.triples
    assert triples["relation"].unique().tolist() == ["written_by"]
    assert len(triples) == 8


def test_a_build_that_fails_names_the_visitors_file(small_world):
    bad = "title,year\n" + "".join(f"T{n},soon\n" for n in range(9)) + "Fine,1999\n"
    app = given(bad, "My shop.csv")
    build_button(app).click().run()
    assert app.error[0].value.startswith("My shop\\.csv\\: 9 of 10 rows cannot be used")


def test_the_sample_is_read_without_a_flaw():
    found = table.load(SAMPLE)
    assert found.rejected.empty
    assert len(found.items) == 8
    assert set(found.triples["relation"]) == {"has_genre", "from_decade", "written_by"}
    assert len(found.about["examples"]) >= 4


@pytest.fixture
def with_shop(small_world):
    build("shop", tables(), FakeEncoder()).close()


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def keys(app: AppTest) -> set[str]:
    return {button.key for button in app.button if button.key}


def test_bundled_workspaces_have_no_such_buttons(with_shop):
    app = opened("manage")
    assert {"catalogue_do_rename_shop", "catalogue_do_delete_shop"} <= keys(app)
    assert not {"catalogue_do_rename_demo", "catalogue_do_delete_demo"} & keys(app)


def test_a_workspace_is_renamed_and_stays_open(with_shop):
    app = visited("catalogue", workspace="shop", part="manage")
    app.text_input(key="catalogue_to_shop").set_value("store").run()
    press(app, "catalogue_do_rename_shop")
    assert names() == ["demo", "store"]
    assert "is called store now" in app.success[0].value
    assert app.session_state["visit_open"] == "store"
    assert not app.info


@pytest.mark.parametrize("new", ["demo", "games", "../x", "Shop"])
def test_a_name_that_cannot_be_is_refused(with_shop, new):
    app = opened("manage")
    app.text_input(key="catalogue_to_shop").set_value(new).run()
    press(app, "catalogue_do_rename_shop")
    assert app.error
    assert names() == ["demo", "shop"]


def test_a_deletion_needs_the_name_typed(with_shop):
    app = visited("catalogue", workspace="shop", part="manage")
    assert app.button(key="catalogue_do_delete_shop").disabled
    app.text_input(key="catalogue_sure_shop").set_value("shop").run()
    press(app, "catalogue_do_delete_shop")
    assert names() == ["demo"]
    assert "shop is deleted" in app.success[0].value
    assert app.session_state["visit_open"] == "demo"
    assert "workspace" not in app.query_params


def test_what_somebody_else_deleted_meanwhile_is_said(with_shop):
    mine, other = opened("manage"), opened("manage")
    for app in (mine, other):
        app.text_input(key="catalogue_sure_shop").set_value("shop").run()
    press(mine, "catalogue_do_delete_shop")
    press(other, "catalogue_do_delete_shop")
    assert "not there" in other.error[0].value


def test_a_link_to_what_is_gone_opens_the_default_and_says_so(small_world):
    app = visited("catalogue", workspace="gone", part="contents")
    assert app.session_state["visit_open"] == "demo"
    assert "“gone” was renamed or deleted" in app.info[0].value
    assert app.query_params["part"] == "contents"
    press(app, "visit_missing_close")
    assert not any("renamed" in line.value for line in app.info)


def test_a_visit_whose_workspace_goes_is_told_at_the_next_step(with_shop):
    app = visited("new_user", workspace="shop")
    other = opened("manage")
    other.text_input(key="catalogue_sure_shop").set_value("shop").run()
    press(other, "catalogue_do_delete_shop")
    app.run()
    assert not app.exception
    assert app.session_state["visit_open"] == "demo"
    assert any("“shop” was renamed or deleted" in line.value for line in app.info)


def test_amelie_is_found_without_her_accent(root, fake_encoder):
    items = [
        ("amelie", "Amélie", 2001, ["Romance"], "Love in a café."),
        ("ran", "Ran", 1985, [], "x"),
    ]
    build("demo", tables(items, likes={}), FakeEncoder()).close()
    app = opened("browse")
    app.text_input(key="catalogue_find_demo").set_value("amelie").run()
    assert app.dataframe[0].value["title"].tolist() == ["Amélie"]


def test_pictures_claim_no_first_where_there_is_a_tie(small_world):
    items = [(str(n), f"T{n}", 1990 + n, [kind], "text") for n, kind in enumerate("aabb")]
    build("tied", tables(items, likes={}), FakeEncoder()).close()
    app = visited("catalogue", workspace="tied")
    said = [line.value for line in app.markdown]
    assert "**No kind has more than 2 stories**" in said
    assert "**The stories are from 1990 to 1993**" in said
