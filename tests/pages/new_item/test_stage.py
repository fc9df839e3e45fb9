"""New item in a real browser: what is whole in the first screen, and a whole visit."""

import io
import json
import shutil
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from tests.conftest import serving, watched
from tests.pages.new_item.test_page import REEF
from tests.pages.test_browser import copied_link, settle

LAPTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def served(demo_root, tmp_path_factory):
    """A server over a demo of its own, to publish into."""
    home = tmp_path_factory.mktemp("stage")
    shutil.copytree(demo_root / "demo", home / "demo")
    with serving(home) as url:
        yield url


def landed(window: Page, url: str) -> None:
    """Opens New item and waits for its map; what stands in a sidebar is put away."""
    window.goto(url)
    window.get_by_role("link", name="New item").click(timeout=90_000)
    expect(window.locator(".st-key-new_item_map .js-plotly-plot")).to_be_visible(timeout=120_000)
    settle(window)
    put_away = window.locator("[data-testid=stSidebarCollapseButton] button")
    if put_away.count():
        window.locator("[data-testid=stSidebar]").hover()
        put_away.first.click()
        window.wait_for_timeout(1_000)  # it slides
        settle(window)


def box(window: Page, name: str) -> dict[str, float]:
    found = window.locator(f".st-key-new_item_{name}").first.bounding_box()
    assert found is not None, name
    return found


def test_the_first_screen_of_a_laptop_has_all_of_the_landing(browser, served):
    """Without scrolling: four tiles, three pictures of some 260 pixels, six rows of 34, Publish."""
    with watched(browser, **LAPTOP) as window:
        landed(window, served)
        tiles = window.locator(".st-key-new_item_tiles dl > div")
        rows = window.locator(".st-key-new_item_near_6 li")
        assert (tiles.count(), rows.count()) == (4, 6)
        for part in ("tiles", "what", "who", "where", "map", "near_6", "publish", "see", "hold"):
            own = box(window, part)
            assert own["y"] >= 60, part
            assert own["y"] + own["height"] <= LAPTOP["height"], part
            assert own["x"] + own["width"] <= LAPTOP["width"], part
        heights = [round(tile.bounding_box()["height"]) for tile in tiles.all()]
        assert heights == [72] * 4
        assert len({round(tile.bounding_box()["y"]) for tile in tiles.all()}) == 1
        assert [round(row.bounding_box()["height"]) for row in rows.all()] == [34] * 6
        assert all(250 <= box(window, each)["height"] <= 270 for each in ("what", "who", "where"))
        assert 340 <= box(window, "form")["width"] <= 370
        assert window.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == 0
        shut = tiles.evaluate_all("all => all.filter(one => one.scrollHeight > one.clientHeight)")
        assert shut == []  # no tile cuts a line off


def test_on_a_phone_the_result_is_in_the_first_screen_and_the_form_folds_after_see(browser, served):
    with watched(browser, **PHONE) as window:
        window.goto(served)  # a server must have run the app once before it knows its pages
        expect(window.get_by_role("textbox").first).to_be_visible(timeout=120_000)
        window.goto(f"{served}/new_item")
        expect(window.locator(".st-key-new_item_map .js-plotly-plot")).to_be_visible(
            timeout=120_000
        )
        edit = window.locator(".st-key-new_item_edit button")
        expect(edit).to_be_visible(timeout=60_000)
        settle(window)
        assert box(window, "tiles")["y"] < 400
        assert window.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        edit.click()
        text = window.get_by_role("textbox", name="What is this film about?")
        expect(text).to_be_visible(timeout=60_000)
        text.fill(REEF)
        window.locator(".st-key-new_item_see button").click()
        expect(edit).to_be_visible(timeout=60_000)
        settle(window)
        assert box(window, "tiles")["y"] < 400
        expect(window.locator(".st-key-new_item_form")).to_contain_text("A diver maps")


def test_describe_see_publish_and_undo(browser, served):
    with watched(browser, width=1280, height=1000) as window:
        landed(window, served)
        window.get_by_role("textbox", name="Title").fill("The Reef Cantor")
        window.get_by_role("textbox", name="What is this film about?").fill(REEF)
        window.keyboard.press("Control+Enter")
        settle(window)
        expect(window.locator(".st-key-new_item_verdict")).to_contain_text(
            "simulated people would like it"
        )
        expect(window.locator(".st-key-new_item_form")).to_contain_text("went with its text")
        head = window.locator(".st-key-new_item_near_6 li button").first.inner_text()
        window.get_by_role("tab", name="Keep it").click()
        assert parse_qs(urlsplit(copied_link(window, "Copy link with the item")).query)["text"] == [
            REEF
        ]
        with window.expect_download() as download:
            window.get_by_role("button", name="Download JSON").click()
        said = json.loads(download.value.path().read_bytes())
        assert said["item"]["title"] == "The Reef Cantor"
        assert said["item"]["year"] is None
        assert {"neighbours", "attributes", "audience", "rank", "duplicates"} <= set(said)
        with window.expect_download() as download:
            window.get_by_role("button", name="Download CSV").click()
        table = pd.read_csv(io.BytesIO(download.value.path().read_bytes()))
        assert table["title"][0] == head
        window.locator(".st-key-new_item_publish button").first.click()
        expect(window.get_by_text("its id is the-reef-cantor")).to_be_visible(timeout=60_000)
        expect(window.get_by_role("button", name="See it on New user")).to_be_visible()
        window.locator(".st-key-new_item_undo button").first.click()
        expect(window.get_by_text("its id is the-reef-cantor")).not_to_be_visible(timeout=60_000)
        expect(window.locator(".st-key-new_item_publish button").first).to_be_enabled()
