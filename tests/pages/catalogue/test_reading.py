"""Any file may be given: what it was read as is said, and another way can be chosen."""

import json

from tests.pages.catalogue.test_own_data import given
from tests.reading.documents import xlsx


def titles(app):
    return app.session_state["catalogue_shelf"].held["items"].rows["title"].tolist()


def told(app):
    return " ".join(line.value for line in app.caption).replace("\\", "")


def choose(app, what, name):
    app.selectbox(key=f"catalogue_{what}_items").set_value(name).run()
    assert not app.exception


def keys(app):
    return {box.key for box in app.selectbox}


def test_the_encoding_is_said_and_can_be_chosen(small_world):
    app = given("title;note\nDas Mädchen;süß\n".encode("cp1252"), "Bücher.txt")
    assert titles(app) == ["Das Mädchen"]
    assert "the encoding is windows-1252" in told(app).lower()
    assert "semicolons between fields" in told(app).lower()
    choose(app, "encoding", "cp1251")
    assert titles(app) == ["Das Mдdchen"]
    choose(app, "encoding", "cp1252")
    assert titles(app) == ["Das Mädchen"]


def test_a_sheet_can_be_chosen_and_its_columns_are_guessed_anew(small_world):
    sheets = {
        "Books": [["title", "text"], ["Ran", "a"]],
        "Films": [["title", "year"], ["Ida", 2013]],
    }
    app = given(xlsx(sheets), "all.xlsx")
    assert titles(app) == ["Ran"]
    assert "sheet 'Books' of 2" in told(app)
    choose(app, "part", "Films")
    assert titles(app) == ["Ida"]
    assert app.selectbox(key="catalogue_column_items_year").value == "year"


def test_plain_files_ask_nothing(small_world):
    app = given(json.dumps([{"title": "Ran"}, {"title": "Ida"}]), "films.json")
    assert titles(app) == ["Ran", "Ida"]
    assert not keys(app) & {"catalogue_encoding_items", "catalogue_part_items"}


def test_an_encoding_that_does_not_fit_is_told_and_nothing_is_lost(small_world):
    app = given("title;note\nDas Mädchen;süß\n".encode("cp1252"), "books.csv")
    choose(app, "encoding", "utf-32")
    assert [error.value for error in app.error]
    assert titles(app) == ["Das Mädchen"]
