"""The app as its users meet it: a real server and a real, headless Chromium."""

import io
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from recsys.datatypes import Query, Strategy
from recsys.ranking.why_not import why_not
from tests.conftest import serving, watched


@pytest.fixture
def page(browser, url):
    """A window on the ranked page."""
    with watched(browser, width=1280, height=800) as window:
        open_page(window, url)
        yield window


def open_page(window: Page, address: str) -> None:
    window.goto(address)
    expect(window.locator(".st-key-new_user_list ol > li").first).to_be_visible(timeout=90_000)
    settle(window)


def settle(window: Page) -> None:
    """Waits until the script has run and nothing on the page is waiting to be replaced."""
    window.wait_for_timeout(400)
    window.wait_for_function(
        "() => document.querySelector('[data-test-script-state=running]') === null"
        " && document.querySelector('[data-stale=true]') === null",
        timeout=60_000,
    )


def type_taste(window: Page, text: str) -> None:
    window.get_by_role("textbox", name="A taste in plain words").fill(text)
    window.keyboard.press("Control+Enter")
    settle(window)


def ranked(window: Page) -> list[str]:
    """The titles in the list, first to last."""
    return window.locator(".st-key-new_user_list .title strong").all_inner_texts()


def row(window: Page, number: int) -> Locator:
    """The row that stands at ``number``, from 1."""
    return window.locator(".st-key-new_user_list ol > li").nth(number - 1)


def test_a_typed_taste_finds_its_film_first_and_shows_the_parts(page):
    assert ranked(page)[0] == "Solaris"  # the example, before the first keystroke
    type_taste(page, "a shark terrorises a beach town")
    assert ranked(page)[0] == "Jaws"
    assert len(ranked(page)) == 10
    assert row(page, 1).locator(".bar i").count() >= 2
    page.get_by_role("button", name="Why Jaws").click()
    settle(page)
    expect(row(page, 1)).to_contain_text("close in meaning to “a shark terrorises")
    expect(row(page, 1)).to_contain_text("words in common: beach, town")


def test_a_weight_slider_changes_the_order(page):
    before = ranked(page)
    page.get_by_role("button", name="Strategy: usual").click()
    thumb = page.locator(".st-key-visit_w_content input")
    thumb.focus()
    page.keyboard.press("Home")
    settle(page)
    assert ranked(page) != before
    assert "content=0.0" in page.url


def test_the_csv_holds_what_is_on_the_screen(page):
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    table = pd.read_csv(io.BytesIO(download.value.path().read_bytes()))
    assert table["title"].tolist() == ranked(page)
    parts = table.loc[:, "score":].drop(columns="score").sum(axis=1)
    assert (parts - table["score"]).abs().max() < 1e-5


def copied_link(window: Page, label: str) -> str:
    """The link that the button ``label`` copies."""
    window.get_by_role("button", name=label).click()
    expect(window.get_by_text("Copied: a link")).to_be_visible()
    return window.evaluate("navigator.clipboard.readText()")


def test_the_copied_link_reopens_the_page_as_it_stands(page, browser):
    type_taste(page, "horses & <i>ships</i>, no 100% musicals")
    row(page, 1).get_by_role("button", name="Like", exact=False).first.click()
    settle(page)
    page.get_by_role("button", name="Strategy: usual").click()
    page.locator(".st-key-visit_w_lexical input").focus()
    page.keyboard.press("ArrowLeft")
    settle(page)
    page.keyboard.press("Escape")
    seen = ranked(page)
    page.get_by_role("button", name="Link", exact=True).click()
    without = parse_qs(urlsplit(copied_link(page, "Copy link without the taste and 1 liked")).query)
    assert set(without) == {"lexical"}
    link = copied_link(page, "Copy link with the taste and 1 liked")
    assert parse_qs(urlsplit(link).query)["taste"] == ["horses & <i>ships</i>, no 100% musicals"]
    second = browser.new_page()
    open_page(second, link)
    assert ranked(second) == seen
    second.close()


def test_a_reload_keeps_the_visit_and_the_address_does_not_tell_the_taste(page):
    type_taste(page, "a shark terrorises a beach town")
    page.get_by_role("button", name="Like Jaws", exact=True).click()
    settle(page)
    seen = ranked(page)
    assert "taste" not in page.url
    page.reload()
    expect(page.get_by_role("textbox", name="A taste in plain words")).to_have_value(
        "a shark terrorises a beach town", timeout=90_000
    )
    settle(page)
    assert ranked(page) == seen
    page.get_by_role("link", name="Catalogue").click()
    settle(page)
    page.reload()
    page.get_by_role("link", name="New user").click()
    expect(page.get_by_role("textbox", name="A taste in plain words")).to_have_value(
        "a shark terrorises a beach town", timeout=90_000
    )


def test_markup_in_a_taste_is_shown_and_never_run(page):
    page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
    raw = "img src=x onerror=alert(1)> **musicals** :red[x"
    type_taste(page, f"funny horses and sharks, no <{raw}]")
    assert page.locator("[data-testid=stMain] img[src=x]").count() == 0
    for place in (".st-key-visit_parts", ".st-key-visit_wishes"):
        expect(page.locator(place).get_by_text(raw, exact=False).first).to_be_visible()


def test_a_blank_taste_gets_a_message_and_loses_nothing(page):
    type_taste(page, "   ")
    assert page.get_by_text("There are no words to go by").is_visible()
    type_taste(page, "a shark terrorises a beach town")
    assert ranked(page)[0] == "Jaws"


def test_the_page_paints_before_the_model_is_there(demo_root):
    """Drawing the inputs needs no torch; only the ranking waits for it."""
    code = "import sys, pages.shared.taste, pages.new_user.inputs; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_a_fresh_server_can_be_entered_at_any_page(demo_root, browser):
    with serving(demo_root) as address:
        window = browser.new_page()
        window.goto(f"{address}/catalogue")
        expect(window.get_by_role("link", name="New user")).to_be_visible(timeout=30_000)
        expect(window.get_by_role("heading", name="What is in here")).to_be_visible()
        expect(window.get_by_text("Page not found")).to_have_count(0)
        window.close()


def test_why_not_brings_a_film_in_and_the_network_can_be_walked(page, demo_engine):
    query, strategy = Query("a shark terrorises a beach town", k=10), Strategy()
    below = demo_engine.recommend(query, strategy).ranking.index[10:].tolist()
    row = next(row for row in below if why_not(demo_engine, query, strategy, row).weight)
    title = demo_engine.workspace.catalogue.items["title"][row]
    type_taste(page, query.text)
    assert title not in ranked(page)
    page.locator(".st-key-new_user_behind").get_by_text("Why not…?").click()
    settle(page)
    page.locator(".st-key-new_user_here_why_not input").fill(title)
    page.keyboard.press("Enter")
    settle(page)
    expect(page.get_by_text(f"{title} stands at")).to_be_visible()
    page.locator(".st-key-new_user_apply_weight button").click()
    expect(page.locator(".st-key-new_user_list ol")).to_contain_text(title)
    expect(page.get_by_text("it is in the list")).to_be_visible()
    page.locator(".st-key-new_user_behind").get_by_text("Graph").click()
    settle(page)
    click_node(page, "what ties them")
    rows = page.locator("[class*='st-key-new_user_tied_liked_']")
    expect(rows.first).to_be_visible()
    centre = page.locator(".st-key-new_user_here_centre input")
    before = centre.input_value()
    click_node(page, "also like this")
    assert centre.input_value() != before


def click_node(window: Page, role: str) -> None:
    """Clicks the first node of the network that the legend calls ``role``."""
    chart = window.locator("[class*='st-key-new_user_network_'] .js-plotly-plot")
    chart.scroll_into_view_if_needed()
    expect(chart.locator(".points path.point").first).to_be_visible()
    roles = chart.evaluate("chart => chart.data.map(trace => trace.name)")
    points = chart.locator(".scatterlayer .trace .points").nth(roles.index(role))
    points.locator("path.point").first.click(force=True)
    settle(window)
