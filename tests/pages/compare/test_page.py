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
from recsys.store.judgements import Judgements
from tests.conftest import APP, watched
from tests.pages.conftest import drawn, unfolded, visited
from tests.pages.test_browser import settle

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
    bold = [line.value for line in app.markdown if line.value.startswith("**")]
    return bold[0].replace("\\", "")


def lists(app) -> list[list[int]]:
    """The items, rows of the catalogue, of each list."""
    data = drawn(app, "compare_lines")
    return [[row["item"] for row in each["rows"]] for each in data["lists"]]


def test_it_opens_with_the_usual_beside_one_that_shares_some_of_its_list(shelf_world):
    app = opened()
    assert called(app) == ["The usual", "Words in common only"]
    assert verdict(app).startswith("**“Words in common only” ")
    usual, words = lists(app)
    assert {*usual} & {*words}
    assert len(app.query_params["s"]) == 2
    assert "taste" not in app.query_params


def test_the_recipe_and_the_crowd_are_a_click_away(shelf_world):
    app = opened()
    chips = app.button_group(key="compare_chip")
    offered = [option.content for option in chips.proto.options]
    assert offered == ["Meaning only \\(cosine\\)", "Popularity only"]


def test_what_was_typed_and_set_for_a_new_user_is_carried_over(shelf_world):
    app = AppTest.from_file(str(APP), default_timeout=90).run()
    unfolded(app, "strategy")
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
    assert unfolded(app, "strategy").slider(key="visit_w_content").value == 0.15


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
    assert called(app) == ["Recipe", "Popularity only", "Shortlist first", "Popularity only"]
    assert app.query_params["s"][3].endswith("|Popularity only (2)")
    assert not [box for box in app.selectbox if box.key == "compare_add"]
    app.switch_page("pages/catalogue/page.py").run()
    app.switch_page("pages/compare/page.py").run()
    assert called(app) == ["Recipe", "Popularity only", "Shortlist first", "Popularity only"]
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
        (Strategy("", "weighted"), "Added up by weight · usual weights"),
        (Strategy("", "cascade", {"content": 1, "graph": 0}), "Shortlist first · meaning alone"),
        (Strategy("", "weighted", {}, 0.5), "Added up by weight · usual weights · varied 0.5"),
        (Strategy("", "weighted", {}, 0, "dot"), "Added up by weight · usual weights · dot"),
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
def judged_world(small_world):
    """The small world with a set of twelve judged tastes, half of them of one kind."""
    kept = Judgements("demo")
    kept.make("mine")
    lines = []
    for number in range(12):
        word, good, bad = [("space", "star", "attic"), ("a ghost", "attic", "star")][number % 2]
        lines += [(f"{word} {number}", good, 3, "ann"), (f"{word} {number}", bad, 0, "ann")]
    kept.add("mine", pd.DataFrame(lines, columns=["taste", "item", "grade", "judge"]))
    return kept


def test_quality_is_measured_on_a_set_that_somebody_keeps(judged_world):
    app = opened()
    app.session_state["compare_tab"] = TABS[2]
    app.run()
    assert not app.exception
    said = " ".join(line.value for line in app.markdown).replace("\\", "")
    assert "judged for each of 12 tastes (mine)" in said
    assert "flattered" not in said


def test_the_best_weights_are_searched_for_put_on_the_page_and_kept(judged_world):
    popular = "weighted|0|cosine|popularity:1,content:0,lexical:0,graph:0|Popular"
    app = opened(s=[popular, LINKED[0]])
    app.session_state["compare_tab"] = TABS[2]
    app.session_state["compare_here_count"] = 50
    app.run()
    app.button(key="compare_search").click().run()
    assert not app.exception
    before, after = app.metric
    assert before.label == "As it was, untuned"
    assert float(after.value) >= float(before.value)
    said = " ".join(line.value for line in app.markdown).replace("\\", "")
    assert "51 settings were looked at" in said
    assert "“Weights that fit the taste” is not trained" in said
    app.button(key="compare_keep_best").click().run()
    assert not app.exception
    (one,) = judged_world.tries("mine")
    assert one.figures.how == "held out in 5 folds, 51 settings looked at"
    assert f"{one.figures.ndcg:.3f}" == after.value
    app.button(key="compare_put_best").click().run()
    assert "Best of 51" in called(app)
    judged_world.judge("mine", "space 0", "tin", "ann", 1)  # other judgements: search again
    assert not app.run().metric


def test_a_link_can_say_another_scale():
    strategy = Strategy("A@b", "cascade", {"graph": 0.3}, 0, "dot", "ranks")
    assert strategies.to_link(strategy).startswith("cascade@ranks|0|dot|")
    assert strategies.from_link(strategies.to_link(strategy)) == strategy
    assert strategies.from_link("weighted@log|0|cosine|content:1|X") is None
    assert strategies.summary(strategy).endswith("dot · ranks")


@pytest.fixture
def window(browser, url):
    """A window on the page, as large as a laptop's."""
    with watched(browser, width=1366, height=768) as window:
        open_compare(window, url)
        yield window


def open_compare(window: Page, url: str) -> None:
    window.goto(url)
    window.get_by_role("link", name="Compare").first.click(timeout=90_000)
    compare_page(window)


def compare_page(window: Page) -> None:
    expect(window.locator(".st-key-compare_lines li").first).to_be_visible(timeout=90_000)
    settle(window)


def titles(window: Page) -> list[list[str]]:
    """The titles of each list."""
    found = []
    for list_ in window.locator(".st-key-compare_lines ol").all():
        found.append(list_.locator(".title").all_inner_texts())
    return found


def saved(window: Page, button: str) -> bytes:
    with window.expect_download() as download:
        window.get_by_role("button", name=button).click()
    return download.value.path().read_bytes()


def test_ten_whole_rows_of_each_list_and_the_tabs_are_on_the_first_screen(window):
    for list_ in window.locator(".st-key-compare_lines ol").all():
        boxes = [row.bounding_box() for row in list_.locator("li").all()]
        assert len(boxes) == 10
        assert all(box["height"] == 38 for box in boxes)
        assert boxes[-1]["y"] + boxes[-1]["height"] <= 768
    words = window.get_by_role("tab", name="What they share").locator("p").bounding_box()
    assert words["y"] + 12 <= 768  # the labels begin there
    assert window.evaluate("document.documentElement.scrollWidth <= 1366")


def test_heads_stand_above_their_lists_and_no_text_is_small_or_faint(window):
    heads = window.locator("[class*='st-key-compare_s'][class*='_change']").all()
    lists = window.locator(".st-key-compare_lines ol").all()
    for head, list_ in zip(heads, lists, strict=True):
        assert abs(head.bounding_box()["x"] - list_.bounding_box()["x"]) < 3
    sizes = window.locator(".st-key-compare_lines .all").evaluate(
        """all => [...all.querySelectorAll('*')].filter(each => each.checkVisibility()
            && [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
            .map(each => [each.className, parseFloat(getComputedStyle(each).fontSize)])"""
    )
    assert min(size for _, size in sizes) >= 12
    assert min(size for name, size in sizes if name == "title") >= 14
    assert min(window.evaluate(CONTRASTS)) >= 4.5


CONTRASTS = """() => {
  const pen = Object.assign(document.createElement('canvas'), {width: 1, height: 1})
    .getContext('2d', {willReadFrequently: true})
  const light = (colour) => {
    pen.clearRect(0, 0, 1, 1); pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1)
    const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => {
      const share = part / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const host = [...document.querySelectorAll('.st-key-compare_lines *')].find((e) => e.shadowRoot)
  const ground = light(getComputedStyle(document.querySelector('.stApp')).backgroundColor)
  const marks = host.shadowRoot.querySelectorAll('.mark, .title, .rank, .below, .foot span')
  return [...marks].map((each) => {
    const [low, high] = [light(getComputedStyle(each).color), ground].sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  })
}"""
"""The contrast of each text in the lists with the page behind it."""


def test_the_lists_read_well_in_the_dark(browser, url):
    with watched(browser, width=1366, height=768, color_scheme="dark") as window:
        open_compare(window, url)
        assert min(window.evaluate(CONTRASTS)) >= 4.5


def test_a_third_strategy_comes_and_lines_pass_the_list_that_lacks_an_item(window):
    first = titles(window)[0]
    window.locator(".st-key-compare_chip button").filter(has_text="Meaning only").click()
    expect(window.locator(".st-key-compare_lines ol")).to_have_count(3, timeout=30_000)
    settle(window)
    usual, words, meaning = titles(window)
    assert usual == first
    passing = ({*usual} & {*meaning}) - {*words}
    assert passing  # the demo's first example: La Jetée
    lanes = window.locator(".st-key-compare_lines section path.passes")
    assert lanes.count() == len(passing)
    for title in passing:
        rows = window.locator(".st-key-compare_lines li button").filter(has_text=title)
        weights = rows.locator(".title").evaluate_all(
            "all => all.map(each => getComputedStyle(each).fontWeight)"
        )
        assert len(weights) == 2
        assert min(map(int, weights)) > 600
    for row in window.locator(".st-key-compare_lines ol li:last-child").all():
        box = row.bounding_box()
        assert box["y"] + box["height"] <= 768


def test_a_name_a_link_and_the_files_to_keep(window, browser, url):
    window.locator(".st-key-compare_s2_change button").click()
    window.get_by_role("textbox", name="Name").fill("The <b>recipe</b>")
    window.keyboard.press("Enter")
    settle(window)
    expect(window.locator(".st-key-compare_verdict")).to_contain_text("“The <b>recipe</b>”")
    window.keyboard.press("Escape")
    shown = titles(window)
    window.locator(".st-key-compare_keep button").click()
    table = pd.read_csv(io.BytesIO(saved(window, "Download CSV")))
    assert table["strategy"].value_counts().tolist() == [10, 10]
    assert table["title"].tolist() == [*shown[0], *shown[1]]
    said = json.loads(saved(window, "Download JSON"))
    assert [len(each["ranking"]) for each in said["strategies"]] == [10, 10]
    assert len(parse_qs(urlsplit(window.url).query)["s"]) == 2
    second = browser.new_page(viewport={"width": 1366, "height": 768})
    second.goto(window.url)
    compare_page(second)
    assert titles(second) == shown
    expect(second.locator(".st-key-compare_s2_change")).to_contain_text("The <b>recipe</b>")
    second.close()


def test_a_row_takes_its_item_apart_by_click_or_key_and_the_lists_are_saved(window):
    name = titles(window)[0][1]
    row = window.locator(".st-key-compare_lines li button").first
    row.focus()
    window.keyboard.press("ArrowDown")
    window.keyboard.press("Enter")
    expect(window.get_by_text(f"{name} is number 2 in")).to_be_visible(timeout=20_000)
    expect(window.get_by_text("per cent of that list's best score").first).to_be_visible()
    with window.expect_download() as download:
        window.get_by_role("button", name="Save as a picture").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


def test_on_a_phone_a_result_is_on_the_first_screen_and_nothing_is_cut(browser, url):
    with watched(browser, width=1366, height=768) as window:
        open_compare(window, url)
        window.set_viewport_size({"width": 390, "height": 844})
        settle(window)
        assert window.evaluate("document.documentElement.scrollWidth <= 390")
        box = window.locator(".st-key-compare_lines li").first.bounding_box()
        assert box["y"] + box["height"] <= 844
        cut = window.locator(".st-key-compare_lines .title").evaluate_all(
            "all => all.filter(each => each.scrollHeight > each.clientHeight + 1).length"
        )
        assert cut == 0
