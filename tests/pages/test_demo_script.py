"""The script of a live demo, as a presenter goes through it: 25 steps, no dead end, 30 clicks."""

import re
import shutil

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import serving, watched
from tests.pages.test_browser import open_page, ranked, row, settle, type_taste

MOST_CLICKS = 30


class Presenter:
    """Somebody at the keyboard, whose clicks are counted."""

    def __init__(self, window: Page):
        self.window = window
        self.clicks = 0

    def click(self, found) -> None:
        self.clicks += 1
        found.click()
        settle(self.window)

    def button(self, name: str | re.Pattern[str]) -> None:
        self.click(self.window.get_by_role("button", name=name, exact=isinstance(name, str)).first)

    def view(self, name: str) -> None:
        """Chooses what stands beside the list, or puts it away again."""
        self.click(self.window.locator(".st-key-new_user_behind").get_by_text(name))

    def page(self, name: str) -> None:
        self.click(self.window.get_by_role("link", name=name, exact=True).first)


@pytest.fixture
def presenter(browser, demo_root, tmp_path):
    """A presenter with a server of their own, where things may be published."""
    root = tmp_path / "demo"
    shutil.copytree(demo_root, root)
    with serving(root) as address, watched(browser, width=1366, height=768) as window:
        open_page(window, address)
        settle(window)
        yield Presenter(window)


def test_the_script_of_a_live_demo(presenter):
    window = presenter.window
    taste = window.get_by_role("textbox", name="A taste in plain words")

    # 1 to 4: words in, a list out; what was understood; a part off and on again.
    assert ranked(window)[0] == "Solaris"
    type_taste(window, "a clever heist, nothing gory, before 2005")
    heists = ranked(window)
    expect(window.get_by_text("Understood:").first).to_be_visible()
    part = window.locator(".st-key-visit_parts").get_by_text("before 2005")
    presenter.click(part)
    assert ranked(window) != heists
    presenter.click(part)
    assert ranked(window) == heists

    # 5 to 8: why; a like and what it moved; undo and do again.
    presenter.button(f"Why {heists[0]}")
    expect(row(window, 1)).to_contain_text("The parts add up to 100")
    presenter.button("Close")
    presenter.button(f"Like {heists[1]}")
    expect(window.locator(".st-key-new_user_list [role=status]")).to_contain_text("after liking")
    liked = ranked(window)
    window.keyboard.press("u")
    settle(window)
    assert ranked(window) == heists
    presenter.button(re.compile("^Again"))
    assert ranked(window) == liked

    # 9 to 12: why not this one, the map, the graph, two people.
    presenter.view("Why not…?")
    chooser = window.locator(".st-key-new_user_here_why_not input")
    chooser.fill("Alien")
    chooser.press("Enter")
    settle(window)
    expect(window.get_by_text(re.compile("^Alien stands at|^Alien is"))).to_be_visible()
    presenter.view("Map")
    expect(window.locator(".st-key-new_user_beside .js-plotly-plot").first).to_be_visible()
    presenter.view("Graph")
    expect(window.locator(".st-key-new_user_beside .js-plotly-plot").first).to_be_visible()
    presenter.view("Two people")
    expect(window.get_by_text("are in both lists")).to_be_visible()
    presenter.view("Two people")

    # 13 to 14: larger for the room, and back.
    window.keyboard.press("p")
    settle(window)
    assert len(ranked(window)) == 10
    window.keyboard.press("p")
    settle(window)

    # 15 to 16: the same taste, two strategies; another beside them.
    presenter.page("Compare")
    expect(window.get_by_role("heading", name="What does the strategy do")).to_be_visible()
    expect(window.locator("[data-testid=stAlert]")).to_have_count(0)

    # 17 to 20: a new item, where it lands, published.
    presenter.page("New item")
    expect(window.get_by_role("heading", name=re.compile("Where would"))).to_be_visible()
    expect(window.get_by_role("button", name="Publish")).to_be_enabled(timeout=60_000)
    presenter.button("Publish")
    expect(window.get_by_role("link", name=re.compile("New user")).last).to_be_visible()

    # 21 to 22: back to the same person, who is told of it.
    presenter.page("New user")
    expect(taste).to_have_value("a clever heist, nothing gory, before 2005")
    assert ranked(window) == liked or window.locator(".st-key-new_user_published").is_visible()

    # 23 to 25: how sure we are; what is in here; a link to take home.
    presenter.page("Metrics")
    expect(window.locator(".js-plotly-plot").first).to_be_visible(timeout=60_000)
    presenter.page("Catalogue")
    expect(window.get_by_role("heading", name="What is in here")).to_be_visible()
    presenter.page("New user")
    presenter.button("Link")
    presenter.button(re.compile("^Copy link with the taste"))
    expect(window.get_by_text("Copied: a link that tells")).to_be_visible()
    assert presenter.clicks <= MOST_CLICKS
