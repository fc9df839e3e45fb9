"""Items are found by typing what a plain keyboard has, in every list of items."""

import pytest
from playwright.sync_api import expect

from pages.shared.choose import item_labels, labelled
from recsys.building.build import build
from recsys.store.workspace import Workspace
from tests.conftest import watched
from tests.pages.conftest import visited
from tests.pages.test_browser import settle
from tests.worlds import ITEMS, FakeEncoder, tables

TITLES = [
    ("amelie", "Amélie", 2001, [], "Love in a café."),
    ("matter", "A Matter of Life and Death", 1946, [], "Love in space."),
    ("hamlet-1948", "Hamlet", 1948, [], "A ghost."),
    ("hamlet-1996", "Hamlet", 1996, [], "A ghost, again."),
    ("hamlet-film", "Hamlet", 1996, [], "A ghost, a third time."),
    ("hamlet", "Hamlet", None, [], "A ghost, some time."),
]


@pytest.mark.parametrize(
    ("title", "told", "label"),
    [
        ("Amélie", "", "Amélie · Amelie"),
        ("Amélie", "2001", "Amélie (2001) · Amelie"),
        ("Ran", "1985", "Ran (1985)"),
        ("L’été meurtrier", "", "L’été meurtrier · L'ete meurtrier"),
        ("Łódź", "", "Łódź · Lodz"),
        ("霸王别姬", "", "霸王别姬"),
        ("がんばって", "", "がんばって"),
    ],
)
def test_a_label_has_what_is_typed(title, told, label):
    assert labelled(title, told) == label


def test_titles_that_come_more_than_once_are_told_apart(root):
    build("demo", tables(TITLES, likes={"amelie": 1}), FakeEncoder()).close()
    assert item_labels(Workspace.open("demo")) == [
        "Amélie · Amelie",
        "A Matter of Life and Death",
        "Hamlet (1948)",
        "Hamlet (hamlet-1996)",
        "Hamlet (hamlet-film)",
        "Hamlet (hamlet)",
    ]


def test_the_lists_of_the_newcomer_have_these_labels(root, fake_encoder):
    build("demo", tables([*TITLES, *ITEMS], likes={"amelie": 1}), FakeEncoder()).close()
    app = visited("new_user", taste="love")
    for key in ("visit_here_liked", "visit_here_disliked", "visit_here_seen"):
        assert "Amélie · Amelie" in app.multiselect(key=key).options


def test_amelie_and_enter_likes_amelie(browser, url):
    with watched(browser, width=1366, height=768) as window:
        window.goto(url)
        expect(window.locator(".st-key-visit_here_liked")).to_be_visible(timeout=90_000)
        settle(window)
        box = window.locator(".st-key-visit_here_liked")
        box.locator("input").press_sequentially("amelie")
        expect(window.get_by_role("option").first).to_have_text("Amélie · Amelie")
        box.locator("input").press("Enter")
        chosen = box.locator(".react-aria-ComboBox [data-tag]")
        expect(chosen).to_have_text(["Amélie · Amelie"])
        settle(window)
