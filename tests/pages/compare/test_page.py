"""The compare page: without a browser, then in one."""

import io
import json
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from playwright.sync_api import Page, expect
from streamlit.testing.v1 import AppTest

from pages.shared import strategies
from recsys.datatypes import Strategy
from tests.conftest import APP, watched
from tests.pages.conftest import visited
from tests.pages.test_browser import copied_link, ranked, settle, type_taste

TABS = ["What they share", "One item, part by part", "Weights and quality", "Personal or popular"]


THREE = [
    strategies.to_link(strategies.whole(strategies.presets()[key]))
    for key in ("usual", "signal:content", "signal:popularity")
]
"""Links of three strategies."""


def opened(**address) -> AppTest:
    """The page, entered as its visitors do."""
    return visited("compare", **address)


def called(app) -> list[str]:
    return [field.value for field in app.text_input if field.key.endswith("_name")]


def verdict(app) -> str:
    """The verdict in one line: the first bold text."""
    return next(line.value for line in app.markdown if line.value.startswith("**")).replace("\\", "")


def lists(app) -> list[list[int]]:
    """The items, rows of the catalogue, of each list."""
    data = json.loads(app.get("bidi_component")[0].proto.json)
    return [[row["item"] for row in each["rows"]] for each in data["lists"]]


def test_it_opens_with_the_usual_beside_one_that_shares_some_of_its_list(shelf_world):
    app = opened()
    assert called(app) == ["The usual", "Words in common only"]
    assert "“Words in common only” keeps" in verdict(app)
    usual, words = lists(app)
    assert 0 < len({*usual} & {*words})
    assert len(app.query_params["s"]) == 2
    assert "taste" not in app.query_params


def test_the_recipe_and_the_crowd_are_a_click_away(shelf_world):
    app = opened()
    chips = app.button_group(key="compare_chip")
    assert [option.content for option in chips.proto.options] == [
        ":material/add: Meaning only \\(cosine\\)",
        ":material/add: Popularity only",
    ]
    app.session_state["compare_chip"] = "signal:popularity"
    app.run()


def test_what_was_typed_and_set_for_a_new_user_is_carried_over(shelf_world):
    app = AppTest.from_file(str(APP), default_timeout=90).run()
    app.text_area(key="visit_taste").set_value("a ghost\nin the cellar")
    app.slider(key="visit_w_content").set_value(0.15)
    app.run()
    app.switch_page("pages/compare/page.py").run()
    assert not app.exception
    assert app.text_input(key="compare_taste").value == "a ghost in the cellar"
    assert app.session_state["visit_taste"] == "a ghost\nin the cellar"
    assert called(app) == ["As on New user", "The usual"]
    assert app.slider(key="compare_s1_w_content").value == 0.15
    app.text_input(key="compare_taste").set_value("a horse, a saddle").run()
    app.switch_page("pages/new_user/page.py").run()
    assert app.text_area(key="visit_taste").value == "a horse, a saddle"
    assert app.slider(key="visit_w_content").value == 0.15


def test_strategies_are_named_changed_taken_away_and_added(shelf_world):
    app = opened(s=THREE)
    app.text_input(key="compare_s2_name").set_value("  Recipe\x00 ").run()
    assert "“Recipe”" in verdict(app)
    app.selectbox(key="compare_s2_fusion").set_value("reciprocal_rank").run()
    assert app.query_params["s"][1].startswith("reciprocal_rank|0|cosine|")
    assert app.query_params["s"][1].endswith("|Recipe")
    app.button(key="compare_s1_remove").click().run()
    assert called(app)[1:] == ["Popularity only"]
    app.text_input(key="compare_s2_name").set_value("Recipe").run()
    assert all(app.button(key=f"compare_s{slot}_remove").disabled for slot in (2, 3))
    for preset in ("fusion:cascade", "signal:popularity"):
        app.selectbox(key="compare_add").set_value(preset).run()
        assert not app.exception
    assert called(app) == ["Recipe", "Popularity only", "Cascade", "Popularity only"]
    assert app.query_params["s"][3].endswith("|Popularity only (2)")
    assert not [box for box in app.selectbox if box.key == "compare_add"]
    app.switch_page("pages/catalogue/page.py").run()
    app.switch_page("pages/compare/page.py").run()
    assert called(app) == ["Recipe", "Popularity only", "Cascade", "Popularity only"]
    assert app.selectbox(key="compare_s2_fusion").value == "reciprocal_rank"


LINKED = ["weighted|0.5|dot|content:0.5,graph:0|A | B", "cascade|0|cosine|graph:1|*C*"]


def test_a_link_says_which_strategies_stand_there(shelf_world):
    app = opened(s=LINKED, taste="a horse and a heist")
    assert called(app) == ["A | B", "*C*"]
    assert app.slider(key="compare_s1_diversity").value == 0.5
    assert app.selectbox(key="compare_s1_similarity").value == "dot"
    assert app.slider(key="compare_s1_w_graph").value == 0
    assert app.text_input(key="compare_taste").value == "a horse and a heist"
    assert verdict(app).startswith(("**“*C*” keeps", "**“*C*” shares"))


def test_nothing_in_an_address_is_trusted(shelf_world):
    assert called(opened(s=["magic|0|cosine|content:1|X", LINKED[0]]))[0] == "The usual"
    app = opened(s=[LINKED[0], "nonsense", *[LINKED[1]] * 9])
    assert called(app) == ["A | B", "*C*", "*C*", "*C*"]


@pytest.mark.parametrize(
    "said",
    [
        "",
        "weighted",
        "weighted|0|cosine|content:1",
        "magic|0|cosine|content:1|X",
        "weighted|nan|cosine|content:1|X",
        "weighted|0.99|cosine|content:1|X",
        "weighted|0|round|content:1|X",
        "weighted|0|cosine|taste:1|X",
        "weighted|0|cosine|content:2|X",
        "weighted|0|cosine|content:-1|X",
        "weighted|0|cosine|content:nan|X",
        "weighted|0|cosine|content|X",
        "weighted|0|cosine|content:1:1|X",
        "weighted|0|cosine||X",
    ],
)
def test_what_is_no_strategy_is_none(said):
    assert strategies.from_link(said) is None


def test_a_strategy_comes_back_from_its_link():
    for strategy in [
        *strategies.presets().values(),
        Strategy("a|b:c,d", "cascade", {"graph": 0.3}),
    ]:
        if strategy.weights:
            assert strategies.from_link(strategies.to_link(strategy)) == strategy
    long = strategies.from_link("weighted|0|cosine|content:1|" + "x" * 999)
    assert long.name == "x" * strategies.LONGEST_NAME


@pytest.mark.parametrize(
    ("strategy", "said"),
    [
        (Strategy("", "weighted"), "Weighted sum · usual weights"),
        (Strategy("", "cascade", {"content": 1, "graph": 0}), "Cascade · meaning alone"),
        (Strategy("", "weighted", {}, 0.5), "Weighted sum · usual weights · varied 0.5"),
        (Strategy("", "weighted", {}, 0, "dot"), "Weighted sum · usual weights · dot"),
    ],
)
def test_a_strategy_in_a_line(strategy, said):
    assert strategies.summary(strategy) == said


def test_every_part_of_the_page_can_be_opened(shelf_world):
    app = opened(s=LINKED)
    counts = {}
    for tab in TABS:
        app.session_state["compare_tab"] = tab
        app.run()
        assert not app.exception
        assert not app.warning
        counts[tab] = len(app.get("plotly_chart"))
    assert list(counts.values()) == [1, 1, 2, 1]  # the lists are no chart
    app.selectbox(key="compare_trade").set_value("diversity").run()
    assert not app.exception


@pytest.mark.parametrize("text", ["   ", "😀🎬", "x" * 100_000])
def test_what_cannot_be_read_gets_a_message(shelf_world, text):
    app = opened()
    app.text_input(key="compare_taste").set_value(text).run()
    assert not app.exception
    assert app.warning
    app.text_input(key="compare_taste").set_value("a horse").run()
    assert not app.warning


def test_every_weight_at_zero_is_a_message(shelf_world):
    app = opened()
    for slider in [slider for slider in app.slider if slider.key.startswith("compare_s1_w_")]:
        slider.set_value(0.0)
    app.run()
    assert not app.exception
    assert "Every weight is 0" in app.warning[0].value.replace("\\", "")


def test_a_small_world_without_judges_says_so(small_world):
    app = opened()
    for tab in TABS:
        app.session_state["compare_tab"] = tab
        app.run()
        assert not app.exception
    app.session_state["compare_tab"] = TABS[2]
    app.run()
    assert "has none" in app.info[0].value


@pytest.fixture
def window(browser, url):
    """A window on New user."""
    with watched(browser, width=1280, height=900) as window:
        window.goto(url)
        expect(window.locator(".st-key-new_user_card_1 .js-plotly-plot")).to_be_visible(
            timeout=90_000
        )
        settle(window)
        yield window


def compare_page(window: Page) -> None:
    expect(window.locator(".st-key-compare_lines .js-plotly-plot")).to_be_visible(timeout=90_000)
    settle(window)


def first_items(window: Page) -> set[str]:
    """The titles that stand first in some list."""
    texts = window.locator(".st-key-compare_lines .js-plotly-plot").evaluate(
        "plot => plot.data.filter(trace => trace.customdata).flatMap(trace => trace.text)"
    )
    lines = [" ".join(text.replace("<br>", " ").split()) for text in texts]
    return {line.removeprefix("<b>1</b> ") for line in lines if line.startswith("<b>1</b>")}


def fields(window: Page, count: int) -> list[str]:
    """The names of the strategies, once there are so many."""
    expect(window.get_by_role("textbox", name="Name")).to_have_count(count)
    return [box.input_value() for box in window.get_by_role("textbox", name="Name").all()]


def saved(window: Page, button: str) -> bytes:
    with window.expect_download() as download:
        window.get_by_role("button", name=button).click()
    return download.value.path().read_bytes()


def test_three_strategies_side_by_side_and_the_link_to_them(window, browser):
    type_taste(window, "a shark terrorises a beach town")
    first = ranked(window)[0]
    window.get_by_role("link", name="Compare").click()
    compare_page(window)
    taste = window.get_by_role("textbox", name="A taste in plain words")
    assert taste.input_value() == "a shark terrorises a beach town"
    assert first in first_items(window)
    paths = window.locator(".st-key-compare_lines .scatterlayer path.js-line")
    assert paths.count() >= 2
    window.get_by_role("textbox", name="Name").nth(1).fill("The <b>recipe</b>")
    window.keyboard.press("Enter")
    settle(window)
    expect(window.locator(".st-key-compare_verdict")).to_contain_text("“The <b>recipe</b>”")
    window.get_by_text("The link includes the taste").click()
    settle(window)
    link = copied_link(window)
    assert len(parse_qs(urlsplit(link).query)["s"]) == 3
    second = browser.new_page(viewport={"width": 1280, "height": 900})
    second.goto(link)
    compare_page(second)
    names = ["The usual", "The <b>recipe</b>", "Popularity only"]
    assert fields(second, 3) == fields(window, 3) == names
    assert first_items(second) == first_items(window)
    second.close()
    table = pd.read_csv(io.BytesIO(saved(window, "Download CSV")))
    assert table["strategy"].value_counts().tolist() == [10, 10, 10]
    assert set(table.loc[table["rank"] == 1, "title"]) == first_items(window)
    said = json.loads(saved(window, "Download JSON"))
    assert said["taste"] == "a shark terrorises a beach town"
    assert [len(each["ranking"]) for each in said["strategies"]] == [10, 10, 10]


def test_a_click_on_a_title_takes_it_apart_and_the_camera_saves_a_picture(window):
    window.get_by_role("link", name="Compare").click()
    compare_page(window)
    window.get_by_role("tab", name="One item").click()
    settle(window)
    name = min(first_items(window))
    words = window.locator(".st-key-compare_lines .textpoint text")
    title = words.filter(has_text=name.split()[0]).first
    box = title.bounding_box()
    window.mouse.click(box["x"] + 20, box["y"] + box["height"] / 2)
    expect(window.get_by_text(f"{name} is number")).to_be_visible(timeout=20_000)
    window.locator(".st-key-compare_lines .js-plotly-plot").hover()
    with window.expect_download() as download:
        window.locator(".st-key-compare_lines .modebar-btn").first.click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
