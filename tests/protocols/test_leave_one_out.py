"""Leave-one-out in the format of the NCF paper: figures by hand, and files that are off."""

import json
from argparse import Namespace
from contextlib import nullcontext

import numpy as np
import pytest

from recsys import __main__
from recsys.cli.evaluate import _command
from recsys.datatypes import no_progress
from recsys.errors import DataError, QueryError
from recsys.evaluation import ncf_files
from recsys.evaluation.known_factors import Size, draw
from recsys.protocols.leave_one_out import leave_one_out, measured, popularity

TRAIN = "7\t1\t5\t0\n7\t2\t4\t1\n9\t1\t3\t2\n9\t4\t3\t2\n12\t1\t1\t3\n"
TEST = "7\t4\t5\t9\n9\t2\t4\t9\n"
NEGATIVES = "(7,4)\t30\t5\n(9,2)\t5\t30\n"
QUICK = {"epochs": "1", "factors": "2"}


@pytest.fixture
def files(tmp_path):
    found = {}
    for name, text in (("train", TRAIN), ("test", TEST), ("negatives", NEGATIVES)):
        found[name] = tmp_path / f"ncf.{name}"
        found[name].write_text(text)
    return found


def read(files):
    return ncf_files.read(files["train"], files["test"], files["negatives"])


def test_the_files_are_read_whatever_the_ids(files):
    """Users 7, 9 and 12 are rows 0 to 2; items 1, 2, 4, 5 and 30 columns 0 to 4."""
    data = read(files)
    likes = [[1, 1, 0, 0, 0], [1, 0, 1, 0, 0], [1, 0, 0, 0, 0]]
    np.testing.assert_array_equal(data.likes.toarray(), likes)
    assert data.users.tolist() == [0, 1]
    assert data.candidates.tolist() == [[2, 4, 3], [1, 3, 4]]
    assert popularity(data).tolist() == [[1, 0, 0], [1, 0, 0]]


def test_what_is_written_is_read_again(tmp_path):
    data, _ = draw(Size(30, 40, 900, negatives=9), np.random.default_rng(0))
    again = ncf_files.read(*ncf_files.write(data, tmp_path / "new"))
    np.testing.assert_array_equal(again.likes.toarray(), data.likes.toarray())
    np.testing.assert_array_equal(again.users, data.users)
    np.testing.assert_array_equal(again.candidates, data.candidates)


def test_figures_by_hand():
    """First: 1; third: 1 / log2 4 = .5; eleventh: 0; of a hundred equals a place by chance."""
    scores = np.full((3, 12), -1)
    scores[:, 0] = 0
    scores[1, 1:3] = 2
    scores[2, 1:11] = 1
    found = measured(scores)
    assert found["hr@10"].tolist() == [1, 1, 0]
    assert found["ndcg@10"].tolist() == [1, 0.5, 0]
    same = measured(np.zeros((2_000, 100)))
    assert same["hr@10"].mean() == pytest.approx(0.1, abs=0.02)


def test_popularity_on_paper(files):
    """Both held-out items have one like, their negatives none."""
    report = leave_one_out(files, ["matrix_factorisation"], {"factors": "2"})
    lines = {line["name"]: line for line in report["strategies"]}
    assert list(lines) == ["popularity", "ease", "matrix_factorisation"]
    assert lines["popularity"]["hr@10"] == {"mean": 1, "low": 1, "high": 1}
    assert lines["popularity"]["per_user"]["ndcg@10"] == [1, 1]
    assert report["n"] == 2
    assert [pair["name"] for pair in report["paired"]["hr@10"]] == ["popularity", "ease"]


def test_known_factors_are_found_by_all_that_learn(tmp_path):
    data, oracle = draw(Size(200, 120, 8_000, negatives=40), np.random.default_rng(0))
    assert np.diff(data.likes.indptr).min() >= 19
    assert not data.likes[data.users, data.held_out].any()
    paths = ncf_files.write(data, tmp_path)
    files = dict(zip(("train", "test", "negatives"), paths, strict=True))
    report = leave_one_out(files, ["neural_cf"], {"epochs": "15", "rate": ".02", "batch": "1024"})
    rates = {line["name"]: line["hr@10"]["mean"] for line in report["strategies"]}
    best = measured(oracle)["hr@10"].mean()
    assert rates["popularity"] < rates["neural_cf"] < best
    assert rates["popularity"] < rates["ease"] < best


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("train", "", r"ncf.train is empty; it must give user, item, rating and time by tabs\."),
        ("train", "7\t1\t5\t0\nx\t2\t4\t1\n", r"ncf.train, line 2: 'x\\t2\\t4\\t1' does not give"),
        ("test", "7,4,5,9\n", "ncf.test, line 1: '7,4,5,9' does not give"),
        ("test", "7\t2\t5\t0\n9\t2\t4\t9\n", r"negatives, line 1: \(7,4\) is not what the test ho"),
        ("train", f"{TRAIN}9\t2\t1\t1\n", "ncf.test, line 2: ncf.train has this interaction, too."),
        ("negatives", "(7,4)\t30\t5\n", "ncf.negatives has 1 lines, and the test has 2."),
        ("negatives", "(7,4)\t30\n(9,2)\t5\t30\n", "line 2: 2 items, where line 1 has 1."),
        ("negatives", "7\t30\n", "line 1: '7\\\\t30' is not"),
        ("negatives", f"{NEGATIVES}(9,2)\t5\t30\n", r"line 3: \(9,2\) is not what the test holds"),
    ],
)
def test_a_file_that_is_off_is_told_by_its_line(files, name, text, said):
    files[name].write_text(text)
    with pytest.raises(DataError, match=said):
        read(files)


def test_a_file_that_is_not_there_is_told(files, tmp_path):
    for name in files:
        with pytest.raises(DataError, match="gone cannot be read: No such file"):
            read(files | {name: tmp_path / "gone"})


def test_models_are_named(files):
    with pytest.raises(QueryError, match=r"no model called 'magic' here. There are: matrix_fact"):
        leave_one_out(files, ["magic"])
    with pytest.raises(QueryError, match="Settings are those of one model"):
        leave_one_out(files, (), QUICK)


def test_the_command_needs_no_workspace(files, root, capsys, monkeypatch):
    monkeypatch.setattr(__main__, "Bar", lambda: nullcontext(no_progress))
    told = [word for name, path in files.items() for word in (f"--{name}", str(path))]
    settings = [word for pair in QUICK.items() for word in ("--set", "=".join(pair))]
    command = ["evaluate", "leave-one-out", *told, "--model", "neural_cf", *settings, "--json"]
    assert __main__.main(command) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["workspace"] == "ncf.train"
    assert [line["name"] for line in answer["strategies"]] == ["popularity", "ease", "neural_cf"]
    assert answer["strategies"][0]["hr@10"]["mean"] == 1
    assert not root.exists()


def test_an_option_without_a_value_is_just_said():
    options = Namespace(protocol="new-user", workspace="six", folds=True, strategy=["a", "b"])
    command = "python -m recsys evaluate new-user --workspace six --folds --strategy a b"
    assert _command(options) == command
