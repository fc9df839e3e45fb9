"""The experiments page: without a browser, then in one."""

import pytest
from playwright.sync_api import expect

from pages.experiments import audience, stage, together
from recsys.building.build import build
from recsys.store.rooms import Room, Rooms
from tests.conftest import watched
from tests.pages.conftest import visited
from tests.pages.test_browser import settle
from tests.worlds import FakeEncoder, tables


def words(app) -> str:
    """All that the page says in words."""
    return " ".join(each.value for each in [*app.markdown, *app.info, *app.get("html")])


def html(app) -> str:
    return " ".join(each.proto.body for each in app.get("html"))


def test_before_anybody_was_asked_the_page_says_what_it_takes(shelf_world):
    app = visited("experiments")
    assert "Do more visitors like something with **Words in common only**" in words(app)
    # 80 % takes 3.7951 standard errors; (3.7951 * 2 * sqrt(0.24) / 0.05) ** 2 visitors give these.
    assert "for 80 % it takes **5,531** visitors" in words(app)
    assert "The button asks simulated people" in words(app)
    assert not html(app)


def test_the_link_brings_the_experiment_back_with_the_same_verdict(shelf_world):
    app = visited("experiments", visitors="1000", smallest="10")
    app.button(key="experiments_start").click().run()
    assert not app.exception
    verdict = html(app)
    assert "simulated visitors" in verdict
    assert app.query_params["run"] == "1"
    link = {name: app.query_params[name] for name in app.query_params}
    again = visited("experiments", **link)
    assert html(again) == verdict
    assert again.select_slider(key="experiments_visitors").value == 1000
    assert again.select_slider(key="experiments_smallest").value == 10
    app.button(key="experiments_start").click().run()
    assert app.query_params["run"] == "2"


@pytest.mark.parametrize(
    ("tab", "said"),
    [("A/B test", "Split"), ("Interleaved", "Interleaved, "), ("What if", "likes a visitor")],
)
def test_every_tab_says_what_it_found(shelf_world, tab, said):
    app = visited("experiments", run="1", visitors="2000")
    app.session_state["experiments_tab"] = tab
    app.run()
    assert not app.exception
    assert said in words(app)
    assert "**Split**" in words(app)


def test_an_address_that_asks_for_too_much_is_as_good_as_absent(shelf_world):
    app = visited("experiments", visitors="77", smallest="lots", run="-3")
    assert app.select_slider(key="experiments_visitors").value == 10_000
    assert app.select_slider(key="experiments_smallest").value == 5
    assert "The button asks simulated people" in words(app)


def test_where_nobody_judged_the_page_says_so(root, fake_encoder):
    build("demo", tables(), FakeEncoder()).close()
    app = visited("experiments", run="1")
    assert "needs tastes in words" in words(app)


def test_a_duel_on_stage_counts_the_votes_of_the_room(shelf_world):
    host = visited("experiments")
    host.session_state["experiments_tab"] = "On stage"
    host.run().button(key="experiments_open").click().run()
    assert not host.exception
    code = host.session_state[stage.ROOM]
    assert "Nobody has voted yet" in html(host)
    voter = visited("experiments", room=code)
    assert len(voter.checkbox) == 10
    seen = [box.label for box in voter.checkbox]
    again = visited("experiments", room=code, **{"as": voter.query_params["as"]})
    assert [box.label for box in again.checkbox] == seen
    for app, told in ((voter, "Thank you."), (again, "You have voted already")):
        app.checkbox[0].check()
        app.button[0].click().run()
        assert not app.exception
        assert told in app.success[0].value
    assert len(Rooms().votes(code)) == 1
    assert "Undecided after 1 vote: " in html(host.run())
    host.button(key="experiments_here_room_close").click().run()
    assert "Open a room" in [button.label for button in host.button]
    assert "closed" in visited("experiments", room=code).warning[0].value


def test_the_rooms_list_is_one_for_all_tastes(shelf_world):
    host = visited("experiments")
    host.session_state["experiments_tab"] = "The room's list"
    host.run().button(key="experiments_gather").click().run()
    assert not host.exception
    code = host.session_state[together.ROOM]
    assert "Nobody has said anything yet" in html(host)
    for wish in ("a ghost", "a horse"):
        phone = visited("experiments", room=code)
        phone.text_area(key="experiments_wish_text").set_value(wish)
        phone.button[0].click().run()
        assert not phone.exception
        assert "Thank you" in phone.success[0].value
    assert Rooms().tastes(code) == ["a ghost", "a horse"]
    assert "2 tastes, one list: everybody gets at least" in html(host.run())
    listed = next(each.value for each in host.markdown if each.value.startswith("1. "))
    assert "Ghost" in listed
    assert "Horse" in listed
    host.button(key="experiments_here_together_close").click().run()
    assert not host.exception
    assert visited("experiments", room=code).title[0].value == "This room is closed"


def test_a_voter_is_credited_for_the_team_of_what_they_like():
    about = {"kind": "duel", "lists": [["same", "a", "b"], ["same", "c", "d"]]}
    shown, team = audience.drafted(Room("CODE", about), "voter")
    teams = dict(zip(shown, team.tolist(), strict=True))
    assert teams.pop("same") == -1
    assert all((team == 1) == (id_ in "cd") for id_, team in teams.items())


@pytest.mark.browser
def test_the_simulated_experiment_is_run_to_its_verdict(browser, url):
    with watched(browser, width=1366, height=768) as window:
        window.goto(f"{url}/experiments")
        window.get_by_role("button", name="Run on simulated people").click(timeout=90_000)
        verdict = window.get_by_role("heading", name="simulated visitors")
        expect(verdict).to_be_visible(timeout=60_000)
        settle(window)
        expect(verdict).to_contain_text("Words in common only is")
        expect(window.locator(".js-plotly-plot")).to_have_count(1)
        said = verdict.inner_text()
        window.get_by_role("tab", name="Interleaved").click()
        settle(window)
        expect(window.get_by_text("Interleaved, The usual is preferred")).to_be_visible()
        window.get_by_role("tab", name="What if").click()
        settle(window)
        expect(window.get_by_text("likes a visitor [")).to_be_visible()
        window.reload()
        expect(window.get_by_role("heading", name=said)).to_be_visible(timeout=60_000)
