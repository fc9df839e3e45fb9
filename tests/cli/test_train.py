"""train on the command line: what was done in one line, and a mistake in one line."""

from contextlib import nullcontext

import pytest

from recsys import __main__
from recsys.building.build import build
from recsys.cli import train
from recsys.datatypes import no_progress
from recsys.models import on_request
from recsys.store.workspace import Workspace
from tests.worlds import FakeEncoder, shelf, tables

QUICK = ("--set", "epochs=1", "--set", "batch=64")


@pytest.fixture
def run(capsys, monkeypatch):
    """Runs train, without bars; returns the exit status and both outputs."""
    monkeypatch.setattr(train, "ready", FakeEncoder)
    monkeypatch.setattr(__main__, "Bar", lambda: nullcontext(no_progress))

    def ran(*arguments):
        status = __main__.main(["train", *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return ran


def test_a_model_is_trained_and_said(run, root):
    build("shelf", shelf(), FakeEncoder()).close()
    status, out, _ = run("neural_cf", "--workspace", "shelf", *QUICK)
    assert status == 0
    assert out.startswith("neural_cf is trained on shelf in ")
    workspace = Workspace.open("shelf")
    assert workspace.manifest.models["neural_cf"]["set"] == {"epochs": 1, "batch": 64}
    assert len(workspace.models["neural_cf"]["gmf_user"]) == 40
    assert list(root.glob("shelf/.*.training")) == []


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ([], "Name one model, or say --all. There are: "),
        (["neural_cf", "--all"], "Name one model, or say --all."),
        (["magic"], "There is no model called 'magic'. There are: "),
        (["neural_cf", "--set", "epochs"], "--set 'epochs' is not NAME=VALUE, such as epochs=10."),
        (["neural_cf", "--set", "speed=1"], "The model neural_cf has no setting 'speed'. There ar"),
        (["neural_cf", "--set", "epochs=x"], "neural_cf: epochs is 'x'; it must be a whole numb"),
        (["neural_cf", "--workspace", "no"], "There is no workspace called 'no'"),
    ],
)
def test_a_mistake_is_one_line(run, root, told, said):
    build("demo", tables(), FakeEncoder()).close()
    status, out, err = run(*told)
    assert (status, out) == (2, "")
    assert err.startswith(f"error: {said}")
    assert err.count("\n") == 1


def test_a_loss_that_is_no_number_leaves_the_old_model(run, root):
    build("shelf", shelf(), FakeEncoder()).close()
    assert run("neural_cf", "--workspace", "shelf", *QUICK)[0] == 0
    before = Workspace.open("shelf").manifest
    wild = ("--set", "rate=1e30", "--set", "epochs=9")
    status, _, err = run("neural_cf", "--workspace", "shelf", *wild)
    assert status == 2
    assert "of neural_cf is not a number in epoch" in err
    assert "try a lower learning rate than 1e+30. The model in service stays." in err
    assert Workspace.open("shelf").manifest == before


def test_without_interactions_there_is_nothing_to_learn(run, root):
    build("none", tables(likes={}), FakeEncoder()).close()
    status, _, err = run("neural_cf", "--workspace", "none")
    assert status == 2
    assert err == (
        "error: There is too little in none to learn neural_cf from; nothing was changed.\n"
    )


def test_of_all_each_that_cannot_learn_is_told_and_the_others_have_their_turn(run, root):
    """Two people like one item each: that is enough for the factors alone."""
    build("few", tables(likes={"star": 2}), FakeEncoder()).close()
    status, out, err = run("--all", "--workspace", "few")
    assert status == 0
    assert out.startswith("matrix_factorisation is trained on few in ")
    assert out.count("\n") == 1
    for name in on_request() - {"matrix_factorisation"}:
        assert f"note: There is too little in few to learn {name} from" in err
