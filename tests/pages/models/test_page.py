"""The page of models: what is trained, training from it, and what was measured."""

import json
from threading import Event

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.models import trained, training
from pages.shared import resources
from recsys.building.build import build
from recsys.building.on_request import train_on_request
from recsys.models import on_request
from recsys.models.multi_task import FIGURES
from recsys.protocols.personas import personas
from recsys.ranking.engine import Engine
from recsys.reports import bench
from recsys.reports import store as reports
from recsys.store.workspace import Workspace
from tests.pages.conftest import visited
from tests.reports.waiting import wait
from tests.worlds import FakeEncoder, shelf

KIND = ("demo", "model")


@pytest.fixture(autouse=True)
def no_jobs():
    """Trainings of other tests are forgotten."""
    resources.jobs.clear()


def job(model):
    return resources.jobs().last((*KIND, model))


def lines(app: AppTest):
    """The table of models, by the name of each."""
    return app.dataframe[0].value.set_index("model")


def service(model):
    """What the manifest keeps of a model."""
    return Workspace.open("demo").manifest.models.get(model)


def train(app: AppTest, model: str, **settings) -> AppTest:
    """The page after the model was trained with these settings."""
    app.selectbox(key="models_model").set_value(model).run()
    for name, value in settings.items():
        app.number_input(key=f"models_{model}_{name}").set_value(value)
    app.button(key="models_train").click().run()
    assert not app.exception
    wait(lambda: not job(model).running)
    app.run()
    assert not app.exception
    return app


def test_what_a_build_trains_is_in_use_and_the_others_are_not_trained(shelf_world):
    table = lines(visited("models"))
    assert table.loc["Matrix factorisation", ["state", "settings"]].tolist() == ["not trained", ""]
    states = table["state"].tolist()
    assert states.count("not trained") == len(on_request())
    assert "in use" in states
    assert (table["took"] == "a build").sum() == len(table) - len(on_request())


def test_a_model_trained_from_the_page_is_in_service_with_its_settings(shelf_world):
    app = train(visited("models"), "matrix_factorisation", factors=4)
    assert service("matrix_factorisation")["set"] == {"factors": 4}
    line = lines(app).loc["Matrix factorisation"]
    assert (line["state"], line["settings"], line["from"]) == ("in use", "factors 4", "likes")
    assert line["took"] == f"{service('matrix_factorisation')['seconds']:.1f} s"
    assert line["when"].endswith(service("matrix_factorisation")["trained"][11:16])
    assert app.button(key="models_train").label == "Train it again"


def test_a_network_shows_its_curve(shelf_world):
    app = train(visited("models", model="neural_cf"), "neural_cf", epochs=2)
    said = " ".join(line.value for line in app.markdown).replace("\\", "")
    assert "The one in service: the starred epoch is kept" in said
    history = Workspace.open("demo").models["neural_cf"]["history"]
    (chart,) = app.get("plotly_chart")
    loss = json.loads(chart.proto.spec)["data"][0]
    assert loss["x"] == [1, 2] or "bdata" in loss["x"]
    assert len(history) == 2


def test_a_training_that_fails_is_one_line_and_leaves_the_old_one(shelf_world):
    train_on_request("demo", "neural_cf", FakeEncoder(), {"epochs": 1})
    before = Workspace.open("demo").manifest
    app = train(visited("models"), "neural_cf", rate=1e30)
    assert app.error[0].proto.title == "Not trained; the one in service stays"
    assert "neural_cf is not a number in epoch" in app.error[0].value.replace("\\", "")
    assert "\n" not in app.error[0].value
    assert Workspace.open("demo").manifest == before
    assert lines(app).loc["Neural collaborative filtering", "state"] == "in use"


def test_too_little_to_learn_from_is_said(small_world):
    app = train(visited("models"), "ranker")
    assert app.error[0].proto.title == "Not trained; nothing was changed"
    assert "There is too little in demo to learn ranker from" in app.error[0].value
    assert service("ranker") is None


@pytest.fixture
def slow(shelf_world, monkeypatch):
    """Trainings that tell how far they are, and wait to be let go."""
    go = Event()

    def waits(workspace, model, encoder, settings, progress):
        progress(100, 400, "training neural_cf: epoch 2 of 4, loss 0.5000, HR@10 0.2500")
        go.wait(60)
        return train_on_request(workspace, model, encoder, settings, progress)

    monkeypatch.setattr(training, "train_on_request", waits)
    monkeypatch.setattr(training, "curve_so_far", lambda *_: np.array([[0.5, 0.25]]))
    yield go
    go.set()
    wait(lambda: not job("neural_cf").running)


def started() -> AppTest:
    app = visited("models", model="neural_cf")
    app.button(key="models_train").click().run()
    wait(lambda: job("neural_cf").done == 100)
    return app.run()


def bars(app):
    return [bar.proto.text.replace("\\", "") for bar in app.get("progress")]


def test_others_go_on_while_one_trains_and_nobody_trains_beside(slow):
    app = started()
    assert bars(app) == ["Training neural_cf: epoch 2 of 4, loss 0.5000, HR@10 0.2500"]
    assert "**Whole epochs\\: 1**" in [line.value for line in app.markdown]
    other = visited("models", model="matrix_factorisation")
    assert bars(other) == bars(app)
    assert [each.key for each in other.button if each.key.startswith("models_")] == ["models_stop"]
    assert not visited("catalogue").exception


def test_a_training_that_is_stopped_leaves_the_old_one(slow):
    before = Workspace.open("demo").manifest
    app = started()
    app.button(key="models_stop").click().run()
    assert bars(app) == ["Stopping"]
    assert app.button(key="models_stop").disabled
    slow.set()
    wait(lambda: not job("neural_cf").running)
    app.run()
    assert app.info[0].proto.title == "Stopped; nothing was changed"
    assert Workspace.open("demo").manifest == before


def test_what_was_trained_on_other_data_is_silent(shelf_world):
    train_on_request("demo", "matrix_factorisation", FakeEncoder(), {"factors": 2})
    build("demo", shelf(users=15), FakeEncoder()).close()
    assert lines(visited("models")).loc["Matrix factorisation", "state"] == trained.OTHER_DATA


def test_where_nothing_was_measured_that_is_said(shelf_world, tmp_path, monkeypatch):
    monkeypatch.setattr(reports, "BUNDLED", tmp_path / "none")
    app = visited("models")
    assert app.info[0].proto.title == "Nothing was measured on demo yet"
    assert len(app.dataframe) == 1


def test_what_was_measured_stands_in_a_table(shelf_world):
    body = personas(Engine(Workspace.open("demo"), FakeEncoder()), lambda *_: None)
    name = reports.save(body)
    app = visited("models")
    table = app.dataframe[1].value.set_index("strategy")
    report = next(each for each in reports.find("demo")[0] if each.name == name)
    assert table.columns.tolist() == [f"{report.protocol}: NDCG@10"]
    figure = report.lines["default"]["ndcg@10"]
    mean, low, high = (figure[part] for part in ("mean", "low", "high"))
    assert table.loc["The usual"].tolist() == [f"{mean:.3f} [{low:.3f}, {high:.3f}]"]
    assert len(table) == len(report.lines)


def test_what_the_weights_of_tasks_trade_is_drawn_where_it_was_measured(
    shelf_world, tmp_path, monkeypatch
):
    monkeypatch.setattr(bench, "FOLDER", tmp_path)
    assert len(visited("models").get("plotly_chart")) == 0
    line = dict.fromkeys(FIGURES, 0.5) | {"workspace": "demo", "learned": "all"}
    bench.record("tasks", bench.Measurement(pd.DataFrame([line]), ("workspace", "learned"), ""))
    app = visited("models")
    assert not app.exception
    (chart,) = app.get("plotly_chart")
    assert len(json.loads(chart.proto.spec)["data"]) == len(FIGURES)
    (tmp_path / "tasks.json").write_text("no")
    assert visited("models").error[0].proto.title == "Figures that cannot be read"
