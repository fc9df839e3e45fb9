"""New user measured in a real browser: what stands on the first screen, and what stays in place."""

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.conftest import watched
from tests.pages.test_browser import open_page, ranked, settle, type_taste

ROWS = ".st-key-new_user_list ol > li"


@pytest.fixture
def laptop(browser, url):
    with watched(browser, width=1366, height=768) as window:
        open_page(window, url)
        settle(window)
        yield window


@pytest.fixture
def phone(browser, url):
    with watched(browser, width=390, height=844) as window:
        open_page(window, url)
        settle(window)
        yield window


def boxes(window, selector):
    """Left, top, right and bottom of all that ``selector`` finds, in pixels."""
    return window.locator(selector).evaluate_all(
        "all => all.map(each => each.getBoundingClientRect())"
        ".map(box => [box.left, box.top, box.right, box.bottom])"
    )


def test_ten_whole_rows_stand_on_the_first_screen_of_a_laptop(laptop):
    found = boxes(laptop, ROWS)
    assert len(found) == 10
    assert all(top >= 60 and bottom <= 768 for _, top, _, bottom in found)
    assert all(right <= 1366 for _, _, right, _ in found)
    bar = boxes(laptop, ".st-key-new_user_bar")[0]
    assert bar[3] <= 768


def test_a_phone_shows_a_result_in_its_first_screen_and_cuts_nothing(phone):
    found = boxes(phone, ROWS)
    assert len(found) == 10
    assert found[0][1] < 400
    width = phone.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    assert all(left >= 0 and right <= 390 for left, _, right, _ in found)


def test_a_like_moves_nothing_but_the_rows(laptop):
    others = (
        "[data-testid=stHeader]",
        ".st-key-visit_head",
        ".st-key-visit_taste",
        ".st-key-new_user_buttons",
        ".st-key-visit_parts",
        ".st-key-new_user_list .line",
        ".st-key-new_user_list .legend",
        ".st-key-new_user_bar",
    )
    before = [boxes(laptop, selector) for selector in others]
    laptop.get_by_role("button", name="Like Solaris", exact=True).click()
    settle(laptop)
    assert ranked(laptop)[0] != "Solaris"
    after = [boxes(laptop, selector) for selector in others]
    for selector, old, new in zip(others, before, after, strict=True):
        assert old, selector
        assert np.abs(np.subtract(new, old)).max() <= 8, selector


def test_the_list_works_by_keys_and_the_focus_stays(laptop):
    first, second, third = ranked(laptop)[:3]
    laptop.locator(ROWS).first.locator(".row").focus()
    laptop.keyboard.press("ArrowDown")
    laptop.keyboard.press("l")
    settle(laptop)
    assert second not in ranked(laptop)
    assert laptop.evaluate(
        "document.querySelector('.st-key-new_user_list [data-testid]') !== null"
        " || document.activeElement !== document.body"
    )
    laptop.keyboard.press("?")
    settle(laptop)
    expect(laptop.locator(ROWS).nth(1).locator(".why")).to_be_visible()
    laptop.keyboard.press("u")
    settle(laptop)
    assert ranked(laptop)[:3] == [first, second, third]


def test_presentation_mode_has_larger_titles_and_still_ten_rows(laptop):
    laptop.keyboard.press("p")
    settle(laptop)
    expect(laptop.locator(ROWS)).to_have_count(10)  # the list is drawn anew in another place
    sizes = laptop.locator(f"{ROWS} .title strong").evaluate_all(
        "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
    )
    assert len(sizes) == 10
    assert min(sizes) >= 20
    assert all(bottom <= 768 for _, _, _, bottom in boxes(laptop, ROWS))
    laptop.keyboard.press("p")
    settle(laptop)
    assert laptop.get_by_role("textbox", name="A taste in plain words").is_visible()


def test_a_key_pressed_while_typing_is_a_letter(laptop):
    type_taste(laptop, "up")
    assert laptop.get_by_role("textbox", name="A taste in plain words").input_value() == "up"
    laptop.get_by_role("textbox", name="A taste in plain words").press("u")
    assert laptop.get_by_role("textbox", name="A taste in plain words").input_value() != ""
    assert laptop.locator(".st-key-new_user_list .present").count() == 0
