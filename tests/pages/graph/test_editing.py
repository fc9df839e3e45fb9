"""Editing on the page Graph: a new version for everybody, the list that moved, and undo."""

import pytest

from recsys.store.workspace import Workspace
from tests.pages.conftest import visited


def edits(**address):
    """The page with the tab Edit open."""
    app = visited("graph", taste="films by Ada Vale", **address)
    app.session_state["graph_here_tab"] = "Edit"
    app.run()
    assert not app.exception
    return app


def facts():
    return set(Workspace.open("demo").catalogue.triples.itertuples(index=False, name=None))


def pressed(app, key):
    app.button(key=key).click().run()
    assert not app.exception
    return app


def test_a_fact_is_added_the_list_moves_and_undo_brings_it_back(world):
    before = facts()
    app = edits(centre="item:ghost-9", k="20")
    app.selectbox(key="graph_here_add_relation").set_value("directed_by")
    app.text_input(key="graph_here_add_name").set_value(" Ada Vale ")
    pressed(app, "graph_add_button")
    assert facts() - before == {("ghost-9", "directed_by", "Ada Vale")}
    lists = [table.value for table in app.dataframe if "moved" in table.value]
    assert [len(table) for table in lists] == [20, 20]  # the visitor's own, and by facts alone
    facts_alone = lists[1].set_index("title")["moved"]
    assert facts_alone["Ghost Garden"].startswith("▲")
    assert any("added Ghost Garden" in line.value.replace("\\", "") for line in app.markdown)
    pressed(app, "graph_undo")
    assert facts() == before
    assert "graph_undo" not in {each.key for each in app.button}


def test_what_is_wrong_is_said_and_nothing_is_changed(world):
    before = facts()
    app = edits(centre="item:space-0")
    app.selectbox(key="graph_here_add_relation").set_value("directed_by")
    app.text_input(key="graph_here_add_name").set_value("Ada Vale")
    pressed(app, "graph_add_button")
    assert "is known already" in app.error[0].value
    app.text_input(key="graph_here_rename_name").set_value("Not A Name")
    pressed(app, "graph_rename_button")
    assert "is no new name of a relation" in app.error[0].value.replace("\\", "")
    assert facts() == before


def test_two_spellings_are_merged_and_a_relation_is_renamed(world):
    app = edits(centre="person:Ada Vale", chosen="person:Bo Crane")
    app.text_input(key="graph_here_merge_into").set_value("Ada Vale")
    pressed(app, "graph_merge_button")
    assert ("ghost-0", "directed_by", "Ada Vale") in facts()
    app.selectbox(key="graph_here_rename_relation").set_value("directed_by")
    app.text_input(key="graph_here_rename_name").set_value("made_by")
    pressed(app, "graph_rename_button")
    assert {relation for _, relation, tail in facts() if tail == "Ada Vale"} == {"made_by"}


LINES = """head,relation,tail
ghost-9,directed_by,Ada Vale
sun,directed_by,Ada Vale
ghost-9,directed_by,Ada Vale
"""


def test_a_file_of_facts_is_read_and_what_is_right_is_added(world):
    before = facts()
    app = edits()
    app.file_uploader(key="graph_here_file").set_value(
        ("facts.csv", LINES.encode(), "text/csv")
    ).run()
    assert not app.exception
    told = " ".join(line.value for line in app.markdown).replace("\\", "")
    assert "1 of 3 can be added" in told
    assert "Line 3: There is no item 'sun' in this catalogue." in told
    assert "Line 4: That director of 'ghost-9' is known already" in told
    pressed(app, "graph_file_button")
    assert facts() - before == {("ghost-9", "directed_by", "Ada Vale")}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n", "lacks the columns head, relation, tail"),
        (b"", "cannot be read as a CSV"),
        (b"head,relation,tail\n\xff\xfe,x,y\n", "cannot be read as a CSV in UTF-8"),
        (b"head,relation,tail\n", "0 of 0 can be added"),
    ],
)
def test_what_is_no_table_of_facts_is_said(world, content, said):
    app = edits()
    app.file_uploader(key="graph_here_file").set_value(("facts.csv", content, "text/csv")).run()
    assert not app.exception
    told = [each.value for each in (*app.error, *app.markdown)]
    assert any(said in line.replace("\\", "") for line in told)
