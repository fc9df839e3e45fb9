"""Talk in a real browser: three turns, and back."""

from playwright.sync_api import expect

from tests.conftest import watched
from tests.pages.test_browser import settle

LAPTOP = {"width": 1366, "height": 768}


def test_three_turns(browser, url):
    with watched(browser, **LAPTOP) as window:
        window.goto(f"{url}/talk")
        answers = window.locator(".st-key-talk_answers button")
        expect(answers.first).to_be_visible(timeout=90_000)
        settle(window)
        titles = window.locator(".st-key-talk_list .title strong")
        before = titles.all_inner_texts()
        answers.nth(0).click()
        settle(window)
        said = window.locator(".st-key-talk_said")
        expect(said).to_contain_text("promised about")
        window.locator("[data-testid=stChatInput] textarea").fill("like this but less violent")
        window.keyboard.press("Enter")
        settle(window)
        expect(said).to_contain_text("like this but less violent")
        answers.nth(1).click()
        settle(window)
        expect(window.get_by_text("It could still be any of about")).to_be_visible()
        assert titles.all_inner_texts() != before
        for _ in range(3):
            window.get_by_role("button", name="Take back", exact=True).click()
            settle(window)
        assert titles.all_inner_texts() == before
