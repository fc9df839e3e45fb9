"""The metrics page: without a browser, then in one."""

import json
from itertools import pairwise
from threading import Event

import pandas as pd
import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from pages.metrics import costs, measuring
from pages.shared import resources
from recsys.building.build import build
from recsys.errors import DataError
from recsys.reports import bench
from recsys.reports import store as reports
from recsys.reports.bench import Measurement
from recsys.reports.provenance import machine
from recsys.store.judgements import Judgements
from tests.cli.test_judgements import many
from tests.conftest import serving, watched
from tests.pages.conftest import visited
from tests.pages.test_browser import settle
from tests.reports.test_reports import VALUES, made
from tests.reports.waiting import wait
from tests.worlds import FakeEncoder, tables

TABS = ["For whom", "One by one", "Two runs", "Statistics", "What it costs"]


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


def sentence(app) -> str:
    """What stands in large."""
    return app.get("html")[0].proto.body


def show(app, tab):
    app.session_state["metrics_tab"] = tab
    app.run()
    assert not app.exception


def test_a_workspace_without_a_report_says_so(world):
    app = opened()
    assert app.title[0].value.replace("\\", "") == "How sure are we, and for whom?"
    assert "evaluate" in app.info[0].value
    assert charts(app) == 0
    assert not app.button


def test_what_was_measured_elsewhere_is_shown_and_called_that(world, bundled):
    reports.write(made("new-user", "movielens"), bundled / "new-user-movielens.json")
    app = opened()
    assert "on another catalogue" in app.info[0].value
    assert charts(app) == 3  # two beside each other, and for whom
    assert "4 invented people of movielens; measured elsewhere, 1 March 2026." in words(app)
    assert "measured on this machine" not in words(app)
    assert "Simulated people" not in words(app)


def test_the_newest_report_is_one_sentence_and_two_charts_that_say_where_they_come_from(measured):
    app = opened()
    assert not app.info
    assert "3 Mar 2026" in app.selectbox(key="metrics_report").options[0]
    assert "A sentence is worth about three likes, between one and five." in sentence(app)
    said = words(app)
    assert "4 invented people of demo; measured on this machine, 3 March 2026." in said
    assert "NDCG@10 by likes known, with the text and without" in said
    assert "The usual is number 1 of 4 by NDCG@10; none is clearly better" in said
    assert "“One long vector” does here what the usual does: one line." in said
    assert app.query_params["report"] == app.selectbox(key="metrics_report").value
    show(app, "Statistics")
    said = words(app)
    assert (
        "“The usual” (the default) reaches 0.500 [0.300, 0.700] NDCG@10 over 4 invented people."
        in said
    )
    assert "What people typed is worth about 3.0 likes" in said
    assert "1 thing is left out." in said


def test_simulated_people_are_called_that_and_held_against_popularity(measured):
    personas = next(each for each in reports.find("demo")[0] if each.simulated)
    app = opened(report=personas.name)
    assert "A sentence does not clearly beat popularity alone: better for 3 of 4" in sentence(app)
    assert "Simulated people" in words(app)
    assert "Against “Popularity only”, 3 of 4 gain by “The usual” and 0 lose" in words(app)


@pytest.fixture
def benches(tmp_path, monkeypatch):
    """No bench has kept anything."""
    monkeypatch.setattr(bench, "FOLDER", tmp_path / "bench")


def test_what_it_costs_is_drawn_over_the_items_with_the_machine(measured, benches):
    sizes, columns = [1000, 10_000], [*costs.SECONDS, *costs.MEMORY]
    grown = pd.DataFrame({name: [0.5, 5.0] for name in columns}).assign(items=sizes)
    bench.record("import", Measurement(grown, ("items",), ""))
    visitors = pd.DataFrame([{"workspace": "demo", "visitors": 10, "95 % s": 0.3}])
    bench.record("serve", Measurement(visitors, ("workspace", "visitors"), ""))
    app = opened()
    before = charts(app)
    show(app, "What it costs")
    assert charts(app) == before + 1  # for whom has one, this two
    said = words(app)
    assert "Seconds, by items" in said
    assert "Memory at most, by items" in said
    assert f"Generated catalogues, twenty likes an item. {machine()}" in said
    assert app.dataframe[0].value.to_dict("list") == {
        "workspace": ["demo"], "visitors": [10], "95 % s": [0.3]
    }  # fmt: skip


def test_costs_that_were_never_measured_say_how_and_a_damaged_file_is_named(measured, benches):
    app = opened()
    show(app, "What it costs")
    assert "bench recommend --record" in app.info[0].value
    bench.FOLDER.mkdir()
    (bench.FOLDER / "serve.json").write_text("{")
    show(app, "What it costs")
    assert "serve.json is no record of a bench" in app.warning[0].value.replace("\\", "")


def test_bars_are_called_intervals_only_where_they_are(measured):
    app = opened()
    show(app, "One by one")
    said = [line for line in words(app).split("\n") if "Bars are" in line]
    assert len(said) == 1  # under the strategies, not under the bars of people
    assert "A bar is one of them; the blue band is the 95 % bootstrap interval" in words(app)


def test_the_colours_of_the_dots_follow_the_metric_that_runs_up(measured):
    app = opened()
    show(app, "Statistics")
    assert "Colours say how each stands to the usual by NDCG@10." in words(app)
    app.selectbox(key="metrics_up").set_value("overlap@10").run()
    assert "Nothing was compared with the usual by overlap of two people's lists" in words(app)


def test_differences_have_intervals(measured):
    app = opened()
    columns = set(app.dataframe[0].value)
    assert {"difference", "low", "high"} <= columns
    assert "as measured on different people" in words(app)
    show(app, "Two runs")
    assert "The usual has 0.500 here and 0.500 there: +0.000 [+0.000, +0.000]" in words(app)
    show(app, "Statistics")
    assert {"difference_low", "difference_high", "p", "p_holm"} <= set(app.dataframe[0].value)


def test_every_part_of_every_report_can_be_opened(measured):
    app = opened()
    for name in [each.name for each in reports.find("demo")[0]]:
        app.selectbox(key="metrics_report").set_value(name).run()
        for tab in TABS:
            app.session_state["metrics_tab"] = tab
            app.run()
            assert not app.exception
            assert not app.warning
    app = opened()
    show(app, "Two runs")
    assert "Both measured the same people" in words(app)
    show(app, "Statistics")
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
    show(app, "Statistics")
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
    assert len(standing()) == 2


class Slow:
    """Measures when it is told to, as the protocol does."""

    def __init__(self):
        self.go, self.times = Event(), 0

    def __call__(self, engine, progress):
        self.times += 1
        progress(1, 4, "asking")
        self.go.wait(60)
        if self.go.fault:
            raise DataError(self.go.fault)
        return made(workspace="demo", when="2026-03-09T10:00:00+00:00") | {"seconds": 17.2}


@pytest.fixture
def slow(shelf_world, bundled, monkeypatch):
    """The world with personas, and a measurement that waits."""
    protocol = Slow()
    protocol.go.fault = ""
    monkeypatch.setattr(measuring, "personas", protocol)
    yield protocol
    protocol.go.set()


def job(judged=""):
    """The measurement on the bundled people, or on the set that is called so."""
    demo = resources.workspace("demo")
    return resources.jobs().last((demo.name, demo.manifest.version, judged))


def bars(app):
    return [bar.proto.text for bar in app.get("progress")]


def test_the_page_can_be_used_while_it_measures_and_nobody_measures_twice(slow):
    app = opened()
    assert "Nothing was measured on demo yet" in app.info[0].proto.title
    app.button(key="metrics_measure").click().run()
    wait(lambda: job().done == 1)
    app.run()
    assert bars(app) == ["Asking: 1 of 4"]
    app.switch_page("pages/catalogue/page.py").run()
    assert not app.exception
    app.switch_page("pages/metrics/page.py").run()
    assert bars(app) == ["Asking: 1 of 4"]
    other = opened()  # another visitor finds it running, and has no button
    assert bars(other) == ["Asking: 1 of 4"]
    assert not [each for each in other.button if each.key == "metrics_measure"]
    slow.go.set()
    wait(lambda: not job().running)
    for visitor in (app, other):
        visitor.run()
        assert visitor.toast[0].value == "Measured and kept."
        assert visitor.session_state["metrics_report"] == job().report
        assert "9 March 2026" in words(visitor)
        assert not visitor.info
    assert slow.times == 1
    assert "The last time it took 17 s, on this machine." in app.button(
        key="metrics_measure"
    ).help.replace("\\", "")


def test_a_set_that_somebody_keeps_is_measured(shelf_world, bundled):
    kept = Judgements("demo")
    kept.make("mine")
    kept.add("mine", many(6).assign(judge="ann"))
    app = opened()
    box = app.selectbox(key="metrics_here_judged")
    assert box.options == ["on 2 bundled people", "on mine"]
    box.set_value("mine").run()
    app.button(key="metrics_measure").click().run()
    wait(lambda: not job("mine").running)
    app.run()
    assert not app.exception
    assert job("mine").fault == ""
    report = next(each for each in reports.find("demo")[0] if each.name == job("mine").report)
    assert (report.n, report.body["set"]) == (6, "mine")
    assert report.body["command"] == (
        "python -m recsys evaluate judged --workspace demo --set mine"
    )
    assert app.session_state["metrics_report"] == report.name


def test_a_measurement_that_failed_is_said_and_can_be_tried_again(slow):
    slow.go.fault = "The disk is full."
    slow.go.set()
    app = opened()
    app.button(key="metrics_measure").click().run()
    wait(lambda: not job().running)
    app.run()
    assert "The disk is full" in app.error[0].value
    slow.go.fault = ""
    app.button(key="metrics_measure").click().run()
    wait(lambda: not job().running)
    app.run()
    assert not app.error
    assert charts(app) >= 2


PLACE = """plot => {
            for (const points of plot.calcdata)
                for (const [i, about] of (points[0].trace.customdata || []).entries())
                    if (about[0] === 'Popularity only') {
                        const {xaxis, yaxis} = plot._fullLayout, box = plot.getBoundingClientRect();
                        return [box.x + xaxis._offset + xaxis.c2p(points[i].x),
                                box.y + yaxis._offset + yaxis.c2p(points[i].y)];
                    }
        }"""
"""Where the dot of popularity is, on the screen."""


@pytest.fixture
def window(browser, demo_root, tmp_path):
    """A laptop's window on Metrics of a demo of its own that this machine has not measured."""
    home = tmp_path / "workspaces"
    home.mkdir()
    (home / "demo").symlink_to(demo_root / "demo")
    with serving(home) as url, watched(browser, width=1366, height=768) as window:
        window.goto(url)
        window.get_by_role("link", name="Metrics").click(timeout=90_000)
        expect(window.locator(".st-key-metrics_chart_forest .js-plotly-plot")).to_be_visible(
            timeout=90_000
        )
        settle(window)
        yield window


def box(window, key):
    found = window.locator(f".st-key-{key}").bounding_box()
    assert found is not None
    return found


def test_the_first_screen_of_a_laptop_holds_the_sentence_and_two_whole_charts(window):
    expect(window.get_by_role("heading", name="A sentence beats popularity alone")).to_be_visible()
    first, second = (box(window, key) for key in ("metrics_chart_forest", "metrics_chart_beside"))
    assert first["y"] + first["height"] <= 768
    assert second["y"] + second["height"] <= 768
    assert second["x"] > first["x"] + first["width"]  # side by side
    names = window.locator(".st-key-metrics_chart_forest .ytick text").all()
    assert len(names) >= 10  # every strategy has its name, and none lies on another's
    tops = sorted(each.bounding_box()["y"] for each in names)
    assert all(below - above >= 14 for above, below in pairwise(tops))


def test_personas_are_measured_here_and_a_dot_leads_to_compare(window, tmp_path):
    expect(window.get_by_text("measured elsewhere").first).to_be_visible()
    window.get_by_role("button", name="Measure now").click()
    expect(window.locator("[data-testid=stProgress]")).to_be_visible(timeout=60_000)
    # The page can be left, and finds the measurement again.
    window.get_by_role("link", name="Catalogue").click()
    expect(window.get_by_role("heading", name="What is in here")).to_be_visible(timeout=60_000)
    window.get_by_role("link", name="Metrics").click()
    expect(window.get_by_text("measured on this machine").first).to_be_visible(timeout=240_000)
    settle(window)
    window.get_by_role("tab", name="Statistics").click()
    plot = window.locator(".st-key-metrics_chart_against .js-plotly-plot")
    expect(plot).to_be_visible(timeout=120_000)
    settle(window)
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
    place = plot.evaluate(PLACE)
    window.mouse.move(place[0], 400)
    window.mouse.wheel(0, place[1] - 500)
    window.wait_for_timeout(500)
    at = plot.evaluate(PLACE)
    window.mouse.click(*at)
    expect(window.locator(".st-key-compare_lines li").first).to_be_visible(timeout=90_000)
    for name in ("The usual", "Popularity only"):  # the heads of the two columns
        expect(window.get_by_role("button", name=name).first).to_be_visible(timeout=60_000)
    expect(window.locator(".st-key-compare_lines ol")).to_have_count(2)
    expect(window.locator(".st-key-compare_verdict")).to_contain_text("“Popularity only”")
