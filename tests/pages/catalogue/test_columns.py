"""What columns mean, on the page: why it is thought so, what will come of it, and corrections."""

from streamlit.testing.v1 import AppTest

from recsys.store.workspace import Workspace
from tests.pages.catalogue.test_own_data import choose, given
from tests.pages.catalogue.test_page import build_button

FILMS = """movieId,title,remark,also,cast,runtime,poster
1,"Lamp Keeper, The (1995)",A keeper waits for a ship.,Filmed on a rock in the North Sea in winter.,"Ann Weir, Bo Ek",95 min,a.jpg
2,Bread and Iron (1988),A town bakes through a strike.,Made by the cooks of a town by themselves.,"Ann Weir, Lu Chen",2h,b.jpg
3,Small Machines (2001),A book of clocks and looms.,Shot in one room with one lens and a clock.,Lu Chen,80 min,c.jpg
"""  # noqa: E501


def reasons(app: AppTest) -> list[str]:
    return [line.value for line in app.markdown if line.value.startswith(":small[:gray[")]


def test_each_meaning_says_how_sure_it_is_and_why(small_world):
    told = reasons(given(FILMS, "films.csv"))
    assert told[0] == ":small[:gray[sure\\: called so\\, all differ]]"
    assert told[2].startswith(":small[:gray[likely\\: the longest text")
    assert told[3] == ":small[:gray[none was found]]"
    said = " ".join(told)
    for line in ("People\\: cast", "Numbers\\: Runtime", "Not used\\: poster", "carry their year"):
        assert line in said


def test_the_preview_shows_items_as_they_will_be(small_world):
    app = given(FILMS, "films.csv")
    will, now = (table.value for table in app.dataframe)
    assert will["title"].tolist() == ["The Lamp Keeper", "Bread and Iron", "Small Machines"]
    assert will["year"].tolist() == [1995, 1988, 2001]
    assert will["Cast"].tolist() == ["Ann Weir, Bo Ek", "Ann Weir, Lu Chen", "Lu Chen"]
    assert will["Runtime (minutes)"].tolist() == ["95", "120", "80"]
    assert will["text"][0] == "Filmed on a rock in the North Sea in winter."
    assert now["title"].iloc[0] == "Lamp Keeper, The (1995)"


def test_a_correction_is_there_the_next_time_and_can_be_forgotten(small_world):
    app = given(FILMS, "films.csv")
    texts = app.multiselect(key="catalogue_column_items_text")
    assert texts.value == ["also"]
    texts.set_value(["remark", "also"]).run()
    assert ":small[:gray[chosen here]]" in reasons(app)
    assert app.dataframe[0].value["text"][0].startswith("A keeper waits for a ship. Also: Filmed")
    build_button(app).click().run()
    assert not app.exception
    assert Workspace.open("films").catalogue.items["text"][0].startswith("A keeper waits")
    again = given(FILMS, "more films.csv")
    assert again.multiselect(key="catalogue_column_items_text").value == ["remark", "also"]
    assert ":small[:gray[as corrected last time]]" in reasons(again)
    again.button(key="catalogue_forget_items").click().run()
    assert not again.exception
    assert again.multiselect(key="catalogue_column_items_text").value == ["also"]
    assert given(FILMS, "films.csv").multiselect(key="catalogue_column_items_text").value == [
        "also"
    ]


def test_what_is_chosen_away_changes_the_preview(small_world):
    app = given(FILMS, "films.csv")
    choose(app, "title", "remark")
    will = app.dataframe[0].value
    assert will["title"][0] == "A keeper waits for a ship."
    assert "year" not in will
    choose(app, "id", None)
    assert app.dataframe[0].value["id"][0] == "a-keeper-waits-for-a-ship"
