"""Known users with a knowledge graph: files read by hand, figures by hand, files that are off."""

import json

import numpy as np
import pytest

from recsys import __main__
from recsys.errors import DataError, QueryError
from recsys.evaluation import kg_files
from recsys.protocols.knowledge import knowledge, measured

FILES = {
    "train.inter": "user_id\titem_id\trating\n7\t10\t3\n7\t11\t1\n9\t10\t2\n9\t12\t2\n5\t11\t9\n",
    "valid.inter": "user_id\titem_id\trating\n7\t12\t3\n9\t11\t3\n",
    "test.inter": "user_id\titem_id\trating\n7\t13\t3\n5\t12\t3\n",
    "link": "item_id\tentity_id\n10\te0\n11\te1\n12\te2\n13\te3\n",
    "kg": "head_id\trelation_id\ttail_id\ne0\tmaker\tm\ne3\tmaker\tm\ne1\tlike\te2\ne1\tmaker\tq\n",
}
QUICK = {"epochs": "1", "factors": "2"}


@pytest.fixture
def folder(tmp_path):
    for ending, text in FILES.items():
        (tmp_path / f"small.{ending}").write_text(text)
    return tmp_path


def test_the_files_are_read_whatever_the_ids(folder):
    """Users 5, 7 and 9 are rows 0 to 2; items 10 to 13 columns and nodes 0 to 3, m and q nodes 4
    and 5. The maker of two of four items weighs log 3, that of one log 5; a tie between items
    weighs what the rarer tells, and item 12 has but one."""
    data = kg_files.read(folder)
    assert data.train.toarray().tolist() == [[0, 1, 0, 0], [1, 1, 0, 0], [1, 0, 1, 0]]
    assert data.valid.toarray().tolist() == [[0, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0]]
    assert data.test.toarray().tolist() == [[0, 0, 1, 0], [0, 0, 0, 1], [0, 0, 0, 0]]
    maker, like = data.ties["maker"].toarray(), data.ties["like"].toarray()
    assert sorted(data.ties) == ["like", "maker"]
    np.testing.assert_allclose(maker[[0, 3, 1], [4, 4, 5]], np.log([3, 3, 5]), rtol=1e-6)
    np.testing.assert_allclose(like[1, 2], np.log(5), rtol=1e-6)
    np.testing.assert_array_equal(maker, maker.T)


def test_figures_by_hand(folder, monkeypatch):
    """What a user likes already is out: of user 5 item 11, of user 7 all but 13. So 13 is first
    of one, and 12 the second of three."""
    data = kg_files.read(folder)
    monkeypatch.setattr("recsys.protocols.knowledge.K", 2)
    scores = np.tile([4.0, 9.0, 3.0, 1.0], (3, 1))
    found = measured(data, data.test, scores)
    np.testing.assert_allclose(found["recall@10"], [1, 1])
    np.testing.assert_allclose(found["mrr@10"], [0.5, 1])
    # On the validation, that of the test is not known: 12 is the first of two for user 7.
    found = measured(data, data.valid, scores)
    np.testing.assert_allclose(found["mrr@10"], [1, 1])


@pytest.fixture
def two_places(monkeypatch):
    monkeypatch.setattr("recsys.protocols.knowledge.K", 2)
    monkeypatch.setattr("recsys.protocols.knowledge.SEEDS", 2)


def test_the_command_ranks_by_every_way(folder, two_places, capsys):
    given = [f"{name}={value}" for name, value in QUICK.items()]
    __main__.main(["evaluate", "knowledge", "--data", str(folder), "--json", "--set", *given])
    report = json.loads(capsys.readouterr().out)
    names = {line["name"] for line in report["strategies"]}
    assert {"popularity", "ease", "ease_facts", "graph_network"} < names
    assert report["n"] == 2


def test_unknown_ways_and_settings_are_named(folder):
    with pytest.raises(QueryError, match="no model called 'magic'"):
        knowledge(folder, ["magic"])
    with pytest.raises(QueryError, match="no setting 'depth'"):
        knowledge(folder, settings={"depth": "3"})


@pytest.mark.parametrize(
    ("ending", "text", "said"),
    [
        ("kg", None, r"0 files \*\.kg; there must be one"),
        ("kg", "head\trelation\na\tb\n", "head, relation and tail by tabs"),
        ("link", "item\tentity\n10\t\n", "item and entity by tabs"),
        ("train.inter", "user\titem\n", "user and item by tabs"),
        ("test.inter", "", "user and item by tabs"),
    ],
)
def test_files_that_are_off_are_named(folder, ending, text, said):
    path = folder / f"small.{ending}"
    path.unlink() if text is None else path.write_text(text)
    with pytest.raises(DataError, match=said):
        kg_files.read(folder)
