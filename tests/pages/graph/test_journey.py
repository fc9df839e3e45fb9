"""Graph in a real browser: one visit, from a recommendation to an edit and back."""

import shutil
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import serving, watched
from tests.pages.test_browser import open_page, settle, type_taste

LAPTOP = {"width": 1366, "height": 768}


@pytest.fixture(scope="module")
def served(demo_root, tmp_path_factory):
    """A server over a demo of its own, to edit."""
    home = tmp_path_factory.mktemp("graph")
    shutil.copytree(demo_root / "demo", home / "demo")
    with serving(home) as url:
        yield url


def said(window: Page, name: str) -> list[str]:
    """What the address says of ``name``."""
    return parse_qs(urlsplit(window.url).query).get(name, [])


def typed(window: Page, label: str, words: str) -> None:
    window.get_by_role("textbox", name=label, exact=True).fill(words)
    window.keyboard.press("Enter")
    settle(window)


def click(window: Page, name: str) -> None:
    window.get_by_role("button", name=name, exact=True).click()
    settle(window)


def picture(window: Page):
    return window.locator("[class*=st-key-graph_canvas] svg")


def test_one_visit_from_a_recommendation_to_an_edit_and_back(browser, served):
    with watched(browser, **LAPTOP) as window:
        open_page(window, served)
        type_taste(window, "something by Andrei Tarkovsky, about memory")
        title = window.locator(".st-key-new_user_list .title strong").first.inner_text()
        click(window, f"Why {title}")
        click(window, "What ties it together, on the page Graph")
        expect(window.get_by_text(f"Ways to {title}, the most telling first")).to_be_visible()
        assert said(window, "start") == ["taste"]
        ways = window.locator(".st-key-graph_middle").get_by_text("→")
        expect(ways.first).to_contain_text("Andrei Tarkovsky")

        # Search, go there, click in the picture, expand, back.
        typed(window, "Find", "tarkov")
        window.locator(".st-key-graph_found_find button").first.click()
        settle(window)
        assert said(window, "centre") == ["person:Andrei Tarkovsky"]
        picture(window).get_by_text("Andrei Rublev", exact=True).click()
        settle(window)
        expect(window.locator(".st-key-graph_card")).to_contain_text("Andrei Rublev 1966")
        click(window, "Expand")
        assert len(said(window, "centre")) == 2
        click(window, "Back")
        assert said(window, "centre") == ["person:Andrei Tarkovsky"]

        # Paths between two.
        typed(window, "Find", "solaris")
        window.locator(".st-key-graph_found_find button").first.click()
        settle(window)
        window.get_by_text("Solaris", exact=True).first.click()
        typed(window, "Paths to", "lost in translation")
        window.locator(".st-key-graph_found_target button").first.click()
        settle(window)
        expect(window.get_by_text("Ways to Lost in Translation")).to_be_visible()
        expect(picture(window).get_by_text("Lost in Translation")).to_be_visible()

        link = window.url
        click(window, "Close the paths")

        # An edit moves the list, and is undone.
        typed(window, "Find", "toy story")
        window.locator(".st-key-graph_found_find button").first.click()
        settle(window)
        (film,) = said(window, "centre")
        window.get_by_role("tab", name="Edit").click()
        settle(window)
        relation = window.locator(".st-key-graph_here_add_relation input")
        relation.fill("directed_by")
        relation.press("Enter")
        typed_name = window.get_by_role("textbox", name="Name, or the code of another item")
        typed_name.fill("Andrei Tarkovsky")
        window.get_by_role("button", name="Add", exact=True).click()
        moved = window.get_by_text("By known facts alone: moved")
        expect(moved).to_be_visible(timeout=90_000)
        settle(window)
        expect(picture(window).get_by_text("Andrei Tarkovsky", exact=True)).to_be_visible()
        assert said(window, "centre") == [film]
        click(window, "Undo the last")
        expect(picture(window).get_by_text("Andrei Tarkovsky", exact=True)).to_have_count(0)
        expect(window.get_by_text("Nothing was edited here since it was built.")).to_be_visible()

        # The link of before reopens it.
        window.goto(link)
        expect(window.get_by_text("Ways to Lost in Translation")).to_be_visible(timeout=90_000)
