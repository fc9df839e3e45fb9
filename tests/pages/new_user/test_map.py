"""The map on the new-user page: without a browser, then in one."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import watched
from tests.pages.conftest import visited
from tests.pages.test_browser import settle

CARD = "new_user_here_map_chosen"


@pytest.fixture
def page(shelf_world):
    app = visited("new_user", taste="space. no ghosts")
    return unfolded(app)


def unfolded(app):
    """The page with its map."""
    behind = next(group for group in app.get("button_group") if group.key == "new_user_behind")
    behind.set_value("map").run()
    assert not app.exception
    return app


def figure(app) -> dict:
    """What the map draws: traces by name."""
    charts = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    (drawn,) = [chart for chart in charts if chart["layout"].get("uirevision") == "map"]
    return {trace["name"]: trace for trace in drawn["data"]}


def read(app) -> str:
    said = [*app.markdown, *app.caption]
    return "\n".join(line.value for line in said).replace("\\", "")


def chosen(app, id_):
    """The page after that dot was clicked."""
    app.session_state[CARD] = id_
    app.run()
    assert not app.exception
    return app


def keys(app) -> set[str]:
    return {button.key for button in app.button}


def test_the_taste_what_it_turns_down_and_ten_results_are_on_the_map(page):
    drawn = figure(page)
    assert {"the taste", "turned down", "one of the results"} <= set(drawn)
    assert len(drawn["one of the results"]["hovertext"]) == 10


def test_it_says_how_much_of_a_neighbourhood_it_keeps(page):
    assert "of the 10 nearest in meaning to a story" in read(page)
    assert "(2.6 by chance)" in read(page)  # 10 of 39 others, ten times


def test_a_shown_one_says_why_it_is_there_and_another_can_be_asked_about(page):
    assert "Number" not in read(page)
    chosen(page, "space-0")
    assert "**Space Harbour** (1960)" in read(page)
    assert re.search(r"Number \d+\. Because", read(page))
    chosen(page, "horse-4")
    assert "not in the list" in read(page)
    assert "new_user_map_why_not" in keys(page)
    page.button(key="new_user_map_why_not").click().run()
    assert not page.exception
    assert page.session_state["new_user_behind"] == "why_not"
    assert page.selectbox(key="new_user_here_why_not").value == 34


def test_a_dot_can_be_liked_and_the_like_taken_back(page):
    chosen(page, "horse-4")
    page.button(key="new_user_map_liked").click().run()
    assert not page.exception
    assert page.session_state["visit_here_liked"] == ["horse-4"]
    assert "**Horse Castle**" in read(page)
    assert len(figure(page)["liked"]["hovertext"]) == 1
    assert "new_user_map_why_not" not in keys(page)
    page.button(key="new_user_map_disliked").click().run()
    assert page.session_state["visit_here_liked"] == []
    assert {"disliked"} <= set(figure(page))
    page.button(key="new_user_map_disliked").click().run()
    assert page.session_state["visit_here_disliked"] == []
    assert not {"liked", "disliked"} & set(figure(page))


def test_what_was_clicked_and_is_no_longer_here_is_forgotten(page):
    chosen(page, "withdrawn")
    assert "Click a dot" in read(page)


def test_a_catalogue_too_small_for_a_map_says_so(small_world):
    app = unfolded(visited("new_user"))
    assert app.info[0].value.startswith("A map takes 20 stories or more")


SPOT = """name => {
    const chart = document.querySelector('.st-key-new_user_map .js-plotly-plot');
    const trace = chart._fullData.find(trace => trace.name === name);
    const {xaxis, yaxis} = chart._fullLayout, box = chart.getBoundingClientRect();
    return [box.left + xaxis._offset + xaxis.d2p(trace.x[0]),
            box.top + yaxis._offset + yaxis.d2p(trace.y[0]), trace.hovertext[0]];
}"""
"""Where in the window the first point of a trace is drawn, and what it says."""


@pytest.fixture
def window(browser, url):
    with watched(browser, width=1366, height=900) as window:
        window.goto(url)
        window.get_by_text("Map", exact=True).click(timeout=90_000)
        expect(window.locator(".st-key-new_user_map canvas").first).to_be_visible(timeout=90_000)
        settle(window)
        yield window


def click(window: Page, trace: str) -> str:
    """Clicks the first point of ``trace``; the title that it tells."""
    window.evaluate("document.querySelector('.st-key-new_user_map').scrollIntoView()")
    hovered = window.locator(".st-key-new_user_map .hoverlayer")
    for _ in range(10):  # until the page no longer moves below the mouse
        window.wait_for_timeout(300)
        x, y, told = window.evaluate(SPOT, trace)
        title = told.split("<br>")[0]
        window.mouse.move(x - 40, y)  # WebGL finds what is hovered, and then clicked, as it moves
        window.mouse.move(x, y, steps=4)
        if title in (hovered.text_content() or ""):
            break
    window.mouse.click(x, y)
    settle(window)
    return title


def test_a_dot_is_clicked_and_liked(window):
    card = window.locator(".st-key-new_user_map_card")
    first = click(window, "one of the results")
    expect(card).to_contain_text(first)
    expect(card).to_contain_text("Number 1. Because")
    card.get_by_role("button", name="Like", exact=True).click()
    settle(window)
    expect(card.get_by_role("button", name="Liked")).to_be_visible()
    liked = window.evaluate(SPOT, "liked")[2]
    assert liked.startswith(first)
    assert window.evaluate(SPOT, "one of the results")[2].split("<br>")[0] != first
