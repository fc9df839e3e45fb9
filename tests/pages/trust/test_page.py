"""What is kept of a visitor, by the pages: nothing unasked, and nothing once forgotten."""

import shutil

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from pages.shared import use
from recsys.building.publish import publish
from recsys.datatypes import NewItem
from recsys.online.learn import learn
from recsys.online.offer import MIN_CHOICES
from recsys.store.events import HOST, Event, EventLog
from recsys.store.learned import Learned
from recsys.store.workspace import Workspace
from tests.conftest import serving, watched
from tests.pages.conftest import act, drawn, unfolded, visited
from tests.pages.test_browser import ranked, settle
from tests.worlds import FakeEncoder


def go(app: AppTest, page: str) -> AppTest:
    app.switch_page(f"pages/{page}/page.py").run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    return " ".join(line.value for line in app.markdown).replace("\\", "")


def ids(app: AppTest) -> list[str]:
    return [row["id"] for row in drawn(app, "new_user_list")["rows"]]


def consenting(page: str = "new_user") -> AppTest:
    """A page of a visitor who has switched it on."""
    app = visited("trust")
    app.toggle(key="trust_keep").set_value(True).run()
    return go(app, page)


def test_nothing_is_kept_unasked(small_world):
    app = visited("new_user")
    act(app, "liked", ids(app)[0])
    assert "Nothing is kept of anybody here" in said(go(app, "trust"))
    assert not EventLog("demo").path.exists()


def test_lists_and_likes_of_who_says_yes_are_kept_once(small_world):
    app = consenting()
    first = ids(app)
    app.run()  # the same list
    app = act(app, "liked", first[1])
    act(app, "why", ids(app)[0])
    table = EventLog("demo").table()
    lists = table[table["kind"] == "impression"]["list_id"].unique()
    shown = table[table["list_id"] == lists[0]]
    assert shown[shown["kind"] == "impression"]["item"].tolist() == first
    assert shown["place"].tolist()[: len(first)] == list(range(1, len(first) + 1))
    assert len(lists) == 2
    rest = table[table["kind"] != "impression"]
    assert rest[["kind", "list_id", "item"]].to_numpy().tolist() == [
        ["like", lists[0], first[1]], ["open", lists[1], ids(app)[0]],
    ]  # fmt: skip
    assert (table["propensity"] == 1).all()
    assert set(table["strategy"]) == {"usual", ""}
    assert Learned("demo").newest()[1].items[first[1]][1] == 1


def test_who_is_forgotten_leaves_nothing(small_world):
    app = consenting()
    act(app, "liked", ids(app)[0])
    visitor = EventLog("demo").table()["visitor"].iloc[0]
    app = go(app, "trust")
    assert "1 visitor," in said(app)
    app.toggle(key="trust_keep").set_value(False).run()  # and is still known
    app.button(key="trust_forget").click().run()
    assert "Of you: 0 events" in said(app)
    assert "are deleted" in app.success[0].value
    assert EventLog("demo").table().empty
    app.toggle(key="trust_keep").set_value(True).run()
    assert app.session_state[use.VISITOR] not in ("", visitor)
    files = EventLog("demo").path.parent.glob("events.sqlite*")
    assert visitor.encode() not in b"".join(file.read_bytes() for file in files)


@pytest.mark.parametrize(("host", "kept"), [("1", True), ("0", False)])
def test_the_host_decides_for_who_says_nothing(small_world, monkeypatch, host, kept):
    monkeypatch.setenv(HOST, host)
    app = visited("new_user")
    assert EventLog("demo").path.exists() is kept
    app = go(app, "trust")
    assert app.toggle(key="trust_keep").value is kept
    assert app.toggle(key="trust_keep").disabled is not kept


def test_learning_is_frozen_taken_back_and_goes_on(small_world):
    app = consenting()
    for _ in range(3):
        app = act(app, "liked", ids(app)[0])
    app = go(app, "trust")
    latest = Learned("demo").versions()[0]
    assert f"State {latest.number}, up to event {latest.upto}" in said(app)
    app.button(key="trust_back").click().run()
    assert Learned("demo").versions()[0].number == latest.number - 1
    assert "it stands still" in said(app)
    app.button(key="trust_freeze").click().run()
    assert Learned("demo").versions()[0].hash == latest.hash
    app.number_input(key="trust_here_days").set_value(30).run()
    assert EventLog("demo").days == 30


def test_curiosity_is_a_setting_of_the_link_and_its_places_are_logged(small_world, monkeypatch):
    monkeypatch.setenv(HOST, "1")
    app = visited("new_user", curiosity="0.4", k="5")
    table = EventLog("demo").table()
    assert app.query_params["curiosity"] == "0.4"
    assert table["item"].tolist() == ids(app)
    assert set(table["strategy"]) == {"curiosity=0.4"}
    assert (table["propensity"].iloc[:3] == 1).all()
    assert (table["propensity"].iloc[3:] < 1).all()


def test_a_damaged_log_is_told_and_lists_go_on(small_world):
    EventLog("demo").path.write_bytes(b"not a database, whatever its name says" * 40)
    app = visited("trust")
    assert "cannot be read" in app.error[0].proto.title
    assert ids(go(app, "new_user"))


def test_simulated_people_show_what_curiosity_brings(small_world):
    app = visited("trust")
    app.button(key="trust_simulate").click().run(timeout=90)
    assert not app.exception
    assert "the drawn ones have lost" in said(app)


@pytest.fixture(scope="module")
def served(demo_root, tmp_path_factory):
    home = tmp_path_factory.mktemp("trust")
    shutil.copytree(demo_root / "demo", home / "demo")
    with serving(home) as url:
        yield url, home


def test_a_like_moves_the_list_and_warms_the_item_until_it_is_forgotten(browser, served, root):
    url, home = served
    log = EventLog("demo", home)
    with watched(browser, width=1366, height=768) as window:
        window.goto(f"{url}/trust")
        expect(window.get_by_text("Nothing is kept of anybody here")).to_be_visible(timeout=90_000)
        window.get_by_text("Keep what I am shown and what I like").click()
        settle(window)
        window.get_by_role("link", name="New user").click()
        expect(window.locator(".st-key-new_user_list ol > li").first).to_be_visible(timeout=90_000)
        settle(window)
        window.reload()  # the tab keeps who this is
        expect(window.locator(".st-key-new_user_list ol > li").first).to_be_visible(timeout=90_000)
        settle(window)
        before = ranked(window)
        window.get_by_role("button", name=f"Like {before[1]}", exact=True).click()
        settle(window)
        assert ranked(window) != before
        window.get_by_role("link", name="Trust").click()
        expect(window.get_by_text("What was learned", exact=True)).to_be_visible(timeout=90_000)
        settle(window)
        expect(window.get_by_text(f"{before[1]}: predicted").first).to_be_visible()
        expect(window.get_by_text("1 of 2 who were shown it liked it")).to_be_visible()
        (visitor,) = set(log.table()["visitor"])
        window.get_by_role("button", name="Forget me").click()
        expect(window.get_by_text("events of yours are deleted")).to_be_visible(timeout=90_000)
    assert log.table().empty
    assert visitor.encode() not in b"".join(
        path.read_bytes() for path in (home / "demo").glob("events.sqlite*")
    )


def test_weights_as_learned_are_an_offer_of_the_strategy(small_world):
    log = EventLog("demo")
    for number in range(MIN_CHOICES):
        told = {"star": {"lexical": 2.0}, "tin": {"content": 2.0}}
        shown = [
            Event(0.0, "ann", "impression", f"{number}", item, signals=signals)
            for item, signals in told.items()
        ]
        log.append([*shown, Event(0.0, "ann", "like", f"{number}", "star")])
    learn("demo")
    app = unfolded(visited("new_user"), "strategy")
    usual = app.slider(key="visit_w_lexical").value
    app.button(key="new_user_offer").click().run()
    assert app.session_state["visit_w_lexical"] > usual
    assert "Weights as learned from 50 likes" in said(go(app, "trust"))


def test_what_is_published_tells_how_it_warms(small_world):
    item = publish(Workspace.open("demo"), FakeEncoder(), NewItem("Space and robots.", title="Io"))
    app = consenting()
    app.session_state["visit_here_published"] = item
    app = act(app, "liked", item)
    assert "Who sees it likes it: predicted" in said(app.run())
    assert "after 1 showing" in said(app)
