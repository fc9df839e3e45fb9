"""The metrics page: without a browser, then in one."""

import json

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from recsys.building.build import build
from recsys.reports import store as reports
from tests.conftest import serving, watched
from tests.pages.conftest import visited
from tests.pages.test_browser import settle
from tests.reports.test_reports import VALUES, made
from tests.worlds import FakeEncoder, tables

TABS = ["What a text is worth", "For whom", "One by one", "Two runs"]


@pytest.fixture
def bundled(tmp_path, monkeypatch):
    folder = tmp_path / "bundled"
    folder.mkdir()
    monkeypatch.setattr(reports, "BUNDLED", folder)
    return folder


@pytest.fixture
def world(root, bundled):
    """A small world called demo, without personas, and no report of it."""
    build("demo", tables(), FakeEncoder()).close()
    return root


@pytest.fixture
def measured(world):
    """The small world with two runs for new users and one with personas."""
    reports.save(made(when="2026-03-01T10:00:00+00:00"))
    reports.save(made("new-user", when="2026-03-02T10:00:00+00:00"))
    reports.save(made("new-user", when="2026-03-03T10:00:00+00:00"))
    return world


def opened(**address) -> AppTest:
    return visited("metrics", **address)


def words(app) -> str:
    said = [line.value for kind in ("title", "markdown", "caption") for line in app.get(kind)]
    return "\n".join(said).replace("\\", "")


def charts(app) -> int:
    return len(app.get("plotly_chart"))


def test_a_workspace_without_a_report_says_so(world):
    app = opened()
    assert app.title[0].value == "How sure are we, and for whom?"
    assert "evaluate" in app.info[0].value
    assert charts(app) == 0
    assert not app.button


def test_what_was_measured_elsewhere_is_shown_and_called_that(world, bundled):
    reports.write(made("new-user", "movielens"), bundled / "new-user-movielens.json")
    app = opened()
    assert "on another catalogue" in app.info[0].value
    assert charts(app) == 3
    assert "4 invented people of movielens" in words(app)
    assert "measured elsewhere, 1 March 2026" in words(app)
    assert "measured on this machine" not in words(app)


def test_the_newest_report_is_judged_drawn_and_said_where_it_comes_from(measured):
    app = opened()
    assert not app.info
    assert "3 Mar 2026" in app.selectbox(key="metrics_report").options[0]
    said = words(app)
    assert (
        "“The usual” (the default) reaches 0.500 [0.300, 0.700] NDCG@10 over 4 invented people."
        in said
    )
    assert "What people typed is worth about 3.0 likes" in said
    assert said.count("measured on this machine, 3 March 2026") == charts(app) == 3
    assert said.count("95 % bootstrap intervals") == 3
    assert "1 thing is left out." in said
    assert app.query_params["report"] == app.selectbox(key="metrics_report").value


def test_every_part_of_every_report_can_be_opened(measured):
    app = opened()
    for name in [each.name for each in reports.find("demo")[0]]:
        app.selectbox(key="metrics_report").set_value(name).run()
        for tab in TABS:
            app.session_state["metrics_tab"] = tab
            app.run()
            assert not app.exception
            assert not app.warning
    assert "No warm-up curve" not in words(app)  # that is of a run with likes
    app = opened()
    app.session_state["metrics_tab"] = "Two runs"
    app.run()
    assert "Both measured the same people" in words(app)
    app.selectbox(key="metrics_across").set_value("overlap@10").run()
    assert "NDCG@10 against overlap of two people's lists" in words(app)


def test_a_link_names_the_report_and_nothing_in_it_is_trusted(measured):
    oldest = reports.find("demo")[0][-1].name
    assert opened(report=oldest).selectbox(key="metrics_report").value == oldest
    metric = reports.find("demo")[0][-1].metrics[-1]
    app = opened(report=oldest, metric=metric)
    assert app.session_state["metrics_metric"] == metric
    assert {name: app.query_params[name] for name in app.query_params} == {
        "report": oldest,
        "metric": metric,
    }
    app = opened(report="../../etc/passwd", metric="magic")
    assert app.selectbox(key="metrics_report").value == reports.find("demo")[0][0].name


def test_what_is_half_written_is_named_and_not_shown(measured):
    folder = measured / reports.FOLDER
    whole = next(folder.iterdir()).read_text()
    (folder / "half.json").write_text(whole[: len(whole) // 2])
    app = opened()
    assert "half.json is no whole report" in app.warning[0].value.replace("\\", "")
    assert len(app.selectbox(key="metrics_report").options) == 3


def test_words_from_a_file_are_never_markup(world):
    hostile = "![x](http://example.com/x.png)"
    body = made() | {"notes": [hostile], "machine": hostile, "command": hostile}
    body["users"] = [hostile, "bo", "cy", "di"]
    for line in (body["strategies"][-1], body["paired"]["ndcg@10"][-1]):
        line["name"] = hostile
    reports.save(body)
    app = opened()
    for tab in TABS:
        app.session_state["metrics_tab"] = tab
        app.run()
        assert not app.exception
        shown = [line.value for kind in ("markdown", "caption") for line in app.get(kind)]
        assert not any(hostile in value for value in shown)


def test_a_strategy_chosen_here_stands_in_compare(world, fake_encoder):  # Compare ranks
    every = ("cascade", "graph", "period", "popularity", "random")
    reports.save(made(values=VALUES | {name: [0.1, 0.2, 0.3, 0.4] for name in every}))

    def standing(*clicked):
        for name in clicked:
            app.switch_page("pages/metrics/page.py").run()
            app.session_state["metrics_asked"] = name
            app.run()
            assert not app.exception
        state = app.session_state
        return [state[f"compare_s{slot}_name"] for slot in state["compare_slots"]]

    app = opened()
    app.selectbox(key="metrics_to_compare").set_value("Shortlist first").run()
    assert standing() == ["The usual", "Shortlist first"]
    assert app.session_state["compare_s2_fusion"] == "cascade"
    assert standing("Shortlist first", "The usual") == ["The usual", "Shortlist first"]
    assert standing("Known facts only", "Year only")[2:] == ["Known facts only", "Year only"]
    assert standing("Popularity only")[1:] == [
        "Shortlist first",
        "Known facts only",
        "Popularity only",
    ]
    assert standing("Random")[1:] == ["Shortlist first", "Known facts only", "Popularity only"]
    assert "for measuring only" in app.toast[0].value
    app = opened()
    assert standing("The usual")[0] == "The usual"
    assert len(standing()) == 3


def test_an_interrupted_measurement_leaves_a_line_and_no_report(measured):
    app = opened()
    app.session_state["metrics_measuring"] = True
    app.run()
    assert "interrupted" in app.warning[0].value
    assert len(reports.find("demo")[0]) == 3
    app.run()
    assert not app.warning


@pytest.fixture
def window(browser, demo_root, tmp_path):
    """A window on Metrics of a demo of its own that nobody measured."""
    home = tmp_path / "workspaces"
    home.mkdir()
    (home / "demo").symlink_to(demo_root / "demo")
    with serving(home) as url, watched(browser, width=1280, height=1000) as window:
        window.goto(url)
        window.get_by_role("link", name="Metrics").click(timeout=90_000)
        settle(window)
        yield window


def test_personas_are_measured_here_and_a_dot_leads_to_compare(window, tmp_path):
    expect(window.get_by_text("Nothing was measured on demo yet")).to_be_visible(timeout=60_000)
    window.get_by_role("button", name="Measure demo now").click()
    expect(window.locator("[data-testid=stProgress]")).to_be_visible(timeout=60_000)
    plot = window.locator(".st-key-metrics_chart_against .js-plotly-plot")
    expect(plot).to_be_visible(timeout=120_000)
    settle(window)
    expect(window.get_by_text("Nothing was measured on demo yet")).not_to_be_visible()
    kept = list((tmp_path / "workspaces" / reports.FOLDER).iterdir())
    assert len(kept) == 1
    assert json.loads(kept[0].read_text())["n"] == 24
    with window.expect_download() as download:
        window.get_by_role("button", name="Download JSON").click()
    assert json.loads(download.value.path().read_text()) == json.loads(kept[0].read_text())
    expect(window.locator(".st-key-metrics_chart_forest .js-plotly-plot")).to_be_visible()
    expect(window.locator(".st-key-metrics_verdict")).to_contain_text(
        "“The usual” (the default) reaches"
    )
    # The dot of one signal stands apart from the others.
    place = plot.evaluate(
        """plot => {
            for (const points of plot.calcdata)
                for (const [i, about] of (points[0].trace.customdata || []).entries())
                    if (about[0] === 'Popularity only') {
                        const {xaxis, yaxis} = plot._fullLayout, box = plot.getBoundingClientRect();
                        return [box.x + xaxis._offset + xaxis.c2p(points[i].x),
                                box.y + yaxis._offset + yaxis.c2p(points[i].y)];
                    }
        }"""
    )
    window.mouse.wheel(0, place[1] - 500)
    window.wait_for_timeout(500)
    box = plot.bounding_box()
    assert box is not None
    window.mouse.move(place[0], 500)
    window.mouse.click(place[0], 500)
    expect(window.locator(".st-key-compare_lines .js-plotly-plot")).to_be_visible(timeout=90_000)
    names = window.get_by_role("textbox", name="Name")
    expect(names).to_have_count(2, timeout=60_000)
    expect(names.nth(0)).to_have_value("The usual")
    expect(names.nth(1)).to_have_value("Popularity only")
    expect(window.locator(".st-key-compare_verdict")).to_contain_text("“Popularity only”")
