"""The catalogue page: browsing, what is in it, the index, and an upload from file to workspace."""

import io
import re

import pandas as pd
import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from pages.catalogue import naming
from pages.catalogue.shelf import Shelf
from recsys.building.build import build
from recsys.datasets import demo
from recsys.errors import DataError, WorkspaceError
from recsys.store.workspace import names
from tests.conftest import APP
from tests.pages.test_browser import settle
from tests.worlds import ITEMS, FakeEncoder, tables

SHOP = (
    "sku,label,blurb,notes\n"
    "a1,Red kettle,A kettle that whistles when the water boils.,A long remark about kettles here.\n"
    "a2,Blue mug,A mug for a large tea.,A long remark about mugs, though shorter.\n"
    "a3,Old lamp,,A long remark about lamps stands here.\n"
    "a5,,,A remark about something that has no name.\n"
    "a4,Big chair,A chair to fall asleep in after lunch.,A long remark about chairs stands here.\n"
).replace("mugs,", "mugs")


def opened(part: str) -> AppTest:
    """The page alone, as app.py would run it, at one of its parts."""
    page = APP.parent / "pages" / "catalogue" / "page.py"
    entry = f"import streamlit as st\nst.navigation([st.Page({str(page)!r})]).run()"
    app = AppTest.from_string(entry, default_timeout=60)
    app.session_state["catalogue_part"] = part
    app.run()
    assert not app.exception
    return app


@pytest.fixture
def at_demo(demo_root, monkeypatch):
    monkeypatch.setenv("THAW_WORKSPACES", str(demo_root))


@pytest.fixture
def at_small(root):
    """A demo without likes, years or triples: the least that a workspace can be."""
    plain = tables([(id_, title, None, [], text) for id_, title, _, _, text in ITEMS], likes={})
    build("demo", plain, FakeEncoder())


def titles(app: AppTest) -> list[str]:
    return app.dataframe[0].value["title"].tolist()


def test_it_opens_with_the_source_the_counts_and_the_first_page(at_demo):
    app = opened("browse")
    metrics = {metric.label: metric.value for metric in app.metric}
    assert metrics["Films"] == f"{len(demo.load('demo').items):,}"
    source = next(line.value for line in app.markdown if "Bundled with Thaw" in line.value)
    assert "all\\-MiniLM\\-L6\\-v2" in source
    assert re.search(r"built \d+ [A-Z][a-z]+ 20\d\d", source)
    assert len(app.get("plotly_chart")) == 2
    assert any("simulated" in line.value and "badge" in line.value for line in app.markdown)
    assert len(titles(app)) == 25
    assert titles(app) == sorted(titles(app), key=str.lower)


def test_search_finds_and_shows_the_item_in_full(at_demo):
    app = opened("browse")
    app.text_input(key="catalogue_find_demo").set_value("jaws").run()
    assert "Jaws" in titles(app)
    assert any(line.value.startswith("#### Jaws") for line in app.markdown)
    assert any("Spielberg" in line.value for line in app.markdown)


def test_paging_and_a_search_that_goes_back_to_the_first_page(at_demo):
    app = opened("browse")
    first = titles(app)
    app.pagination(key="catalogue_page_demo").set_value(3).run()
    assert not set(titles(app)) & set(first)
    app.text_input(key="catalogue_find_demo").set_value("the").run()
    assert app.pagination(key="catalogue_page_demo").value == 1
    app.selectbox(key="catalogue_in_demo").set_value("Western").run()
    assert all("Western" in named for named in app.dataframe[0].value["categories"])


def test_nothing_found_is_said(at_demo):
    app = opened("browse")
    app.text_input(key="catalogue_find_demo").set_value("%").run()
    assert not app.dataframe
    assert "Try fewer words" in app.info[0].value


def test_a_catalogue_without_likes_or_years_shows_what_there_is(at_small):
    app = opened("browse")
    assert app.dataframe[0].value.columns.tolist() == ["title"]
    app = opened("contents")
    assert "words and facts" in app.info[0].value
    assert len(app.get("plotly_chart")) == 2  # text lengths and relations


def test_what_is_in_it_is_drawn(at_demo):
    app = opened("contents")
    assert len(app.get("plotly_chart")) == 5
    assert all(chart.proto.alt for chart in app.get("plotly_chart"))


def test_the_index_is_measured_at_the_width_in_use_and_at_others(at_demo):
    app = opened("health")
    assert app.select_slider(key="catalogue_ef").value == 200
    found = {metric.label: metric.value for metric in app.metric}
    assert float(found["Neighbours found"].rstrip("%")) > 95
    assert found["Time with the index"].endswith(" ms")
    assert "finds" in app.success[0].value
    app.select_slider(key="catalogue_ef").set_value(10).run()
    assert not app.exception


def test_a_file_that_cannot_be_used_is_refused_and_leaves_nothing(tmp_path):
    shelf = Shelf()
    for name, content, words in [
        ("shop.exe", b"\x7fELF and more", "shop.exe is a program"),
        ("../../etc/passwd", b"x", "../../etc/passwd has no row"),
        ("shop.csv", b"", "is empty"),
        ("shop.csv", b"id,text\n" * 200, "at most 1,000 bytes"),
        ("shop.parquet", b"not parquet", "shop.parquet"),
    ]:
        with pytest.raises(DataError, match=words):
            shelf.put("items", name, content, 1000)
    assert shelf.held == {}
    assert list(shelf.folder.iterdir()) == []
    shelf.close()


def test_a_shelf_is_private_names_its_own_files_and_goes_with_its_owner():
    shelf, other = Shelf(), Shelf()
    held = shelf.put("items", "../../my shop.CSV", SHOP.encode(), 10_000)
    assert held.path == shelf.folder / "items.given"
    assert shelf.folder.stat().st_mode & 0o777 == 0o700
    assert other.held == {}
    assert other.folder != shelf.folder
    folder = shelf.folder
    shelf.drop("items")
    assert list(folder.iterdir()) == []
    del shelf
    assert not folder.exists()


def test_names_are_checked_and_the_bundled_one_stays(workspace):
    assert not naming.check_name("shop")
    assert naming.check_name("small")
    with pytest.raises(WorkspaceError, match="comes with Thaw"):
        naming.check_name("demo")
    for name in ("", "../x", "Shop", "a/b"):
        with pytest.raises(WorkspaceError, match="not a workspace name"):
            naming.check_name(name)


def test_an_upload_becomes_a_workspace(at_small, fake_encoder):
    app = opened("upload")
    app.file_uploader(key="catalogue_file_items").upload("Shop.csv", SHOP.encode()).run()
    assert not app.exception
    folder = app.session_state["catalogue_shelf"].folder
    assert len(app.dataframe[0].value) == 4  # as they will be
    assert len(app.dataframe[1].value) == 5  # as they are in the file
    assert app.multiselect(key="catalogue_column_items_text").value == ["blurb"]
    assert app.text_input(key="catalogue_new_name").value == "shop"
    app.text_input(key="catalogue_new_noun").set_value("thing").run()
    build_button(app).click().run()
    assert not app.exception
    assert not app.error
    assert "4 things" in app.success[0].value
    assert not folder.exists()
    assert app.dataframe[0].value.to_numpy().tolist() == [["Shop.csv", "neither text nor title", 1]]
    assert any("1 of 4 have no description" in line.value for line in app.markdown)
    assert names() == ["demo", "shop"]
    next(button for button in app.button if button.label == "Open it").click().run()
    assert not app.exception
    assert titles(app) == ["Big chair", "Blue mug", "Old lamp", "Red kettle"]
    assert "Imported from Shop\\.csv" in app.markdown[0].value


def build_button(app: AppTest):
    return next(button for button in app.button if button.label == "Build")


def test_a_name_that_is_taken_needs_a_tick(at_small, workspace):
    app = opened("upload")
    app.file_uploader(key="catalogue_file_items").upload("small.csv", SHOP.encode()).run()
    assert build_button(app).disabled
    assert "tick" in app.warning[0].value
    app.checkbox[0].check().run()
    assert not build_button(app).disabled
    app.text_input(key="catalogue_new_name").set_value("../../tmp").run()
    assert build_button(app).disabled


def test_a_broken_file_says_so_and_the_next_one_works(at_small):
    app = opened("upload")
    app.file_uploader(key="catalogue_file_items").upload("shop.parquet", b"PAR1 nothing").run()
    assert not app.exception
    assert "shop" in app.error[0].value
    other = opened("upload")
    assert not other.dataframe  # a half-finished upload is its owner's alone
    app.file_uploader(key="catalogue_file_items").upload("shop.csv", SHOP.encode()).run()
    assert not app.exception
    assert len(app.dataframe[1].value) == 5


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_the_counts_and_a_plot_stand_in_the_first_screen(browser, url, width, height):
    window = browser.new_page(viewport={"width": width, "height": height})
    window.goto(url)  # before the app has run once, no page has an address
    settle(window)
    window.goto(f"{url}/catalogue")
    figures = window.get_by_test_id("stMetric")
    expect(figures).to_have_count(5, timeout=90_000)
    plot = window.locator(".js-plotly-plot").first
    expect(plot).to_be_visible(timeout=60_000)
    for part in [*figures.all(), plot]:
        box = part.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= height
    window.close()


def test_upload_in_a_browser(browser, url):
    window = browser.new_page(viewport={"width": 1280, "height": 800})
    window.goto(url)
    window.get_by_role("link", name="Catalogue").click()
    window.get_by_text("Add your own").click(timeout=60_000)
    settle(window)
    file = {"name": "kettles.csv", "mimeType": "text/csv", "buffer": SHOP.encode()}
    window.locator(".st-key-catalogue_file_items input[type=file]").set_input_files(file)
    expect(window.get_by_text("what the columns mean")).to_be_visible(timeout=30_000)
    settle(window)
    text = window.locator(".st-key-catalogue_column_items_text")
    expect(text.get_by_text("blurb", exact=True)).to_be_visible()
    window.get_by_role("button", name="Build").click()
    expect(window.get_by_text("The workspace kettles is built")).to_be_visible(timeout=120_000)
    with window.expect_download() as download:
        window.get_by_role("button", name="Download the rejected rows").click()
    rejected = pd.read_csv(io.BytesIO(download.value.path().read_bytes()))
    assert rejected["line"].tolist() == [5]
    window.get_by_role("button", name="Open it").click()
    expect(window.get_by_text("1 to 4 of 4")).to_be_visible(timeout=60_000)
    window.get_by_role("textbox", name="Search").fill("whistles")
    window.keyboard.press("Enter")
    expect(window.locator(".st-key-catalogue_item").get_by_text("Red kettle")).to_be_visible(
        timeout=30_000
    )
    window.close()
