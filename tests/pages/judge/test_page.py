"""The judge page: without a browser, then in one."""

import json
import shutil

import pandas as pd
import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from recsys.models import gate
from recsys.store.judgements import Judgements
from recsys.store.workspace import Workspace
from tests.cli.test_judgements import many
from tests.conftest import serving, watched
from tests.pages.conftest import component, drawn, visited
from tests.pages.test_accessibility import findings
from tests.pages.test_browser import settle

TABS = ["Beside the ideal", "Judges", "Tries", "The set"]


@pytest.fixture
def kept(shelf_world) -> Judgements:
    """A set without any judgement yet, in the world of forty items."""
    found = Judgements("demo")
    found.make("mine")
    return found


def opened(judge: str = "Ann") -> AppTest:
    """The page, entered by somebody who says who they are."""
    app = visited("judge")
    app.text_input(key="judge_name").set_value(judge).run()
    assert not app.exception
    return app


def key_of(app: AppTest) -> str:
    """The key of the list."""
    ids = [each.proto.id for each in app.get("bidi_component")]
    return next("judge_list" + id_.partition("judge_list")[2] for id_ in ids if "judge_list" in id_)


def grade(app: AppTest, *changes: tuple[int, str, int | None]) -> AppTest:
    """The page after the list has told of (number, item, grade) each, as a browser does."""
    states = app._tree.get_widget_states()
    told = [{"n": n, "id": id_, "grade": given} for n, id_, given in changes]
    states.widgets.add(
        id=component(app, key_of(app)).id, json_value=json.dumps({"changes": told})
    )  # fmt: skip
    app._run(states)
    assert not app.exception
    return app


def tab(app: AppTest, name: str) -> AppTest:
    app.session_state["judge_tab"] = name
    app.run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return " ".join(line.value for line in app.markdown).replace("\\", "")


def test_nothing_is_kept_until_a_set_is_made(shelf_world):
    app = visited("judge")
    assert "Nothing is kept until you make one" in said(app)
    assert not Judgements("demo").path.exists()
    app.text_input(key="judge_here_new").set_value("  Friday  night ")
    app.button[0].click().run()
    assert list(Judgements("demo").sets().index) == ["Friday night"]
    assert app.selectbox(key="judge_here_set").value == "Friday night"


def test_who_has_no_name_cannot_grade(kept):
    app = visited("judge")
    data = drawn(app, key_of(app))
    assert data["locked"]
    assert data["given"] == "Type your name to grade"


def test_what_several_strategies_put_first_is_shown_in_an_order_that_tells_nothing(kept):
    kept.judge("mine", "a horse", "horse-0", "Bob", 1)
    app = opened()
    app.selectbox(key="judge_here_taste").set_value("a horse").run()
    data = drawn(app, key_of(app))
    ids = [row["id"] for row in data["rows"]]
    assert len(ids) == len(set(ids)) == 20  # ten horses by their words, ten others by popularity
    assert sum(id_.startswith("horse") for id_ in ids) == 10
    assert 0 < sum(id_.startswith("horse") for id_ in ids[:10]) < 10
    assert {row["grade"] for row in data["rows"]} == {None}  # what Bob says, Ann does not see


def test_grades_are_kept_changed_and_taken_back(kept):
    app = opened()
    first, second = (row["id"] for row in drawn(app, key_of(app))["rows"][:2])
    app = grade(app, (1, first, 3), (2, second, 0))
    assert drawn(app, key_of(app))["done"] == 2
    assert [row["grade"] for row in drawn(app, key_of(app))["rows"][:3]] == [3, 0, None]
    app = grade(app, (2, second, 0), (3, first, 1), (4, second, None))  # the browser says 2 again
    assert kept.table("mine").to_numpy().tolist() == [["space", first, 1, "Ann"]]
    app.text_input(key="judge_name").set_value("Bob").run()
    assert {row["grade"] for row in drawn(app, key_of(app))["rows"]} == {None}


def test_a_grade_that_cannot_be_kept_is_told(kept):
    app = opened()
    item = drawn(app, key_of(app))["rows"][0]["id"]
    kept.delete("mine")
    kept.make("other")
    app = grade(app, (1, item, 2))
    assert "no set of judged tastes called 'mine'" in app.error[0].value.replace("\\", "")


def test_the_list_stands_beside_the_best_order(kept):
    kept.add("mine", pd.DataFrame(
        [("space", "horse-1", 3, "Ann"), ("space", "space-1", 1, "Ann")],
        columns=["taste", "item", "grade", "judge"],
    ))  # fmt: skip
    app = opened()
    table = app.dataframe[0].value
    assert table["ideal"].tolist()[:3] == ["Horse Valley", "Space Valley", ""]
    assert table["ideal_grade"].tolist()[:3] == ["3", "1", ""]
    assert len(table) == 10
    # Horses come last for who says space: (1 + 3 / log2(3)) / (3 + 1 / log2(3)).
    assert "NDCG@10 0.797" in said(app)
    assert "of the first 10 unjudged" in said(app)


def test_judges_are_compared(kept):
    app = tab(opened(), "Judges")
    assert "Nobody has judged" in app.info[0].value
    lines = [("space", f"space-{i}", i % 4, judge) for i in range(8) for judge in ("Ann", "Bob")]
    table = pd.DataFrame(lines, columns=["taste", "item", "grade", "judge"])
    kept.add("mine", table[table["judge"] == "Ann"])
    assert "Only Ann has judged" in said(app.run())
    kept.add("mine", table)
    assert "1.00: they agree well** (kappa, over 8 items" in said(app.run())
    kept.add("mine", table.assign(judge="Cid", grade=3 - table["grade"]))
    assert "too far apart to go by** (alpha, over 8 items" in said(app.run())
    assert app.dataframe[1].value["kappa"].tolist() == [-1, -1, 1]


def test_a_try_is_kept_with_its_figure_and_brought_back(kept):
    kept.add("mine", many(6).assign(judge="Ann"))
    app = opened()
    app.session_state["visit_w_popularity"] = 0.85
    app = tab(app, "Tries")
    app.button(key="judge_measure").click().run()
    assert not app.exception
    (one,) = kept.tries("mine")
    assert (one.figures.tastes, one.figures.judgements) == (6, 18)
    assert one.strategy.weights["popularity"] == 0.85
    assert 0 < one.figures.unjudged < 1
    app.session_state["visit_w_popularity"] = 0.1
    app.run()
    app.button(key=f"judge_back_{one.number}").click().run()
    assert app.session_state["visit_w_popularity"] == 0.85
    app.button(key=f"judge_drop_{one.number}").click().run()
    assert kept.tries("mine") == []


def test_a_table_goes_in_and_the_set_is_named_and_deleted(kept):
    app = tab(opened(), "The set")
    table = "query,id,grade\nspace,space-3,2\nspace,nowhere,1\nspace,space-4,9\n"
    app.file_uploader[0].upload("mine.csv", table.encode(), "text/csv").run()
    assert not app.exception
    assert "2 judgements of 1 tastes; 1 of items that are not here" in said(app)
    assert "1 lines left out: grade is none of 0, 1, 2, 3" in said(app)
    app.button(key="judge_import").click().run()
    assert kept.table("mine")["grade"].tolist() == [1, 2]
    app.text_input(key="judge_here_rename").set_value("yours").run()
    app.button(key="judge_rename").click().run()
    assert list(kept.sets().index) == ["yours"]
    app.button(key="judge_delete").click().run()
    assert not app.exception
    assert kept.sets().empty
    assert "Make a set" in said(app)


def test_attention_says_what_it_has_learned_from_and_learns_from_the_set(kept):
    app = tab(opened(), "The set")
    assert "Not trained here" in said(app)
    assert app.button(key="judge_teach").disabled
    kept.add("mine", many(30).assign(judge="Ann"))
    app.run()
    app.button(key="judge_teach").click().run()
    for _ in range(600):
        if "gate" in Workspace.open("demo").models:
            break
        app.run()
    assert gate.learned_from(Workspace.open("demo").models["gate"]) == ("the set “mine”", 30)
    assert kept.teaching == "mine"


@pytest.mark.parametrize("text", ["   ", "😀🎬"])
def test_a_taste_that_says_nothing_gives_way_to_an_example(kept, text):
    app = visited("new_user")
    app.text_area(key="visit_taste").set_value(text).run()
    app.switch_page("pages/judge/page.py").run()
    assert not app.exception
    assert app.selectbox(key="judge_here_taste").value == "space"


@pytest.fixture
def window(browser, demo_root, tmp_path):
    """A window of a laptop on the page, over a copy of the demo with a set."""
    folder = tmp_path / "judged"
    shutil.copytree(demo_root / "demo", folder / "demo")
    Judgements("demo", folder).make("mine")
    with serving(folder) as address, watched(browser, width=1366, height=768) as window:
        window.goto(f"{address}/judge")
        window.get_by_role("textbox", name="You are").fill("Ann", timeout=90_000)
        window.keyboard.press("Enter")
        rows(window).first.wait_for(timeout=90_000)
        settle(window)
        yield window, Judgements("demo", folder)


def rows(window: Page):
    return window.locator("[class*='st-key-judge_list'] .row")


def test_grades_typed_fast_are_all_kept_and_the_page_fits(window):
    window, kept = window
    assert window.evaluate("document.documentElement.scrollWidth <= 1366")
    assert findings(window) == []
    titles = rows(window).locator("strong").all_inner_texts()
    rows(window).first.focus()
    for key in "321032103":
        window.keyboard.press(key)
    expect(window.locator(".given")).to_have_text(f"9 of {len(titles)} graded", timeout=30_000)
    settle(window)
    table = kept.table("mine")
    assert sorted(table["grade"]) == sorted(map(int, "321032103"))
    assert rows(window).nth(9).evaluate("row => row.getRootNode().activeElement === row")
    window.keyboard.press("ArrowUp")
    window.keyboard.press("Backspace")
    expect(window.locator(".given")).to_have_text(f"8 of {len(titles)} graded", timeout=30_000)
    button = window.get_by_role("button", name=f"Grade {titles[0]} 1: a little", exact=True)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    settle(window)
    assert sorted(kept.table("mine")["grade"]) == sorted(map(int, "12103210"))
    box = rows(window).first.bounding_box()
    assert box["y"] + 8 * box["height"] <= 768  # eight rows and more on the first screen
    window.set_viewport_size({"width": 390, "height": 844})
    settle(window)
    assert window.evaluate("document.documentElement.scrollWidth <= 390")
    box = rows(window).first.bounding_box()
    assert box["y"] + box["height"] <= 844
