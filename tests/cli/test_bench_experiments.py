"""The bench of experiments: every promise is measured on simulated people."""

from recsys.building.build import build
from recsys.cli.bench import experiments
from recsys.ranking.engine import Engine
from tests.worlds import FakeEncoder, shelf


def test_every_promise_has_a_line(root, monkeypatch):
    monkeypatch.setattr(experiments, "RIVALS", ("popularity",))
    monkeypatch.setattr(experiments, "AA_VISITORS", 500)
    monkeypatch.setattr(experiments, "MOST_VISITORS", 2_000)
    engine = Engine(build("demo", shelf(personas=True), FakeEncoder()), FakeEncoder())
    table = experiments.bench(engine, 40).lines.set_index(["against", "promise"])["measured"]
    itself = table["itself"]
    assert len(itself) == 3
    assert (itself <= 0.1).all()  # 2 of 40 are expected at most; four were odd
    inside = table["popularity"].filter(like="truth inside")
    assert len(inside) == 3
    assert (inside >= 0.5).all()  # of four logs
    ratio = table["popularity"].filter(like="interleaved")
    assert len(ratio) == 2
    assert ((ratio > 0) & (ratio <= 1)).all()
