"""The search for the best weights: what is reported is of tastes that chose nothing."""

import numpy as np
import pytest

from recsys.building.build import build
from recsys.datatypes import SCALES, Strategy
from recsys.errors import QueryError
from recsys.fusion import fusions
from recsys.metrics.folds import folds_of
from recsys.ranking import best_weights, sweep
from recsys.ranking.best_weights import nested, sampled, search
from recsys.ranking.engine import Engine
from recsys.signals import signals
from recsys.store.judged import of_table
from tests.cli.test_judgements import many
from tests.worlds import FakeEncoder, shelf


def test_what_a_taste_is_reported_by_is_what_the_others_chose():
    """Three settings and two folds: each is best where it was not asked."""
    settings = [Strategy(str(number)) for number in range(3)]
    quality = np.array([[0.5, 0.5, 0.5, 0.5], [0.9, 0.9, 0.1, 0.1], [0.1, 0.1, 0.9, 0.9]])
    found = nested(settings, quality, np.array([0, 0, 1, 1]))
    assert found.winners.tolist() == [2, 1]  # of the first fold by the second, and so on
    assert found.held_out.tolist() == [0.1] * 4
    assert found.untuned.tolist() == [0.5] * 4
    assert found.gain["mean"] == pytest.approx(-0.4)


def test_of_equals_what_stood_before_stays():
    quality = np.full((3, 4), 0.7)
    found = nested([Strategy()] * 3, quality, np.array([0, 1, 0, 1]))
    assert (found.best, found.winners.tolist()) == (0, [0, 0])
    assert found.gain["mean"] == 0


def test_luck_is_not_reported():
    """The best of many settings that are all chance looks good on what chose it, and only there."""
    gains, flattered = [], []
    for seed in range(20):
        quality = np.random.default_rng(seed).random((300, 40))
        quality[0] = 0.5
        found = nested([Strategy()] * 300, quality, folds_of(40, 5, seed))
        gains.append(found.gain["mean"])
        flattered.append(found.in_sample["mean"] - 0.5)
    assert min(flattered) > 0.08
    assert abs(np.mean(gains)) < 0.03


def test_settings_are_what_the_sliders_can_show():
    rng = np.random.default_rng(1)
    found = [sampled(Strategy(similarity="dot"), ["weighted", "cascade"], rng) for _ in range(300)]
    assert {each.fusion for each in found} == {"weighted", "cascade"}
    assert {each.scale for each in found} == set(SCALES)
    assert {each.similarity for each in found} == {"dot"}
    for each in found:
        assert each.weights.keys() == signals().keys()
        values = np.array(list(each.weights.values()))
        assert values.max() == 1
        np.testing.assert_allclose(values * 20, np.round(values * 20))


@pytest.fixture
def engine(root) -> Engine:
    return Engine(build("shelf", shelf(), FakeEncoder()), FakeEncoder())


def scored(engine, count):
    judged = of_table(engine.workspace.catalogue, "mine", many(count).assign(judge="ann"))
    return [sweep.score_query(engine, taste, "cosine", whole=False) for taste in judged.useful]


def test_a_search_finds_what_tells_the_tastes_apart(engine):
    """Popularity says the same of all that was judged; the words tell horse from space."""
    silent = {name: float(name == "popularity") for name in signals()}
    steps = []
    found = search(
        engine, scored(engine, 20), Strategy(weights=silent), 30,
        progress=lambda *step: steps.append(step),
    )  # fmt: skip
    assert len(found.settings) == 31
    assert {each.fusion for each in found.settings} == set(fusions())
    assert steps[-1] == (31, 31, "weighing")
    assert found.gain["mean"] > 0.1
    assert found.gain["p"] < 0.05
    again = search(engine, scored(engine, 20), Strategy(weights=silent), 30)
    np.testing.assert_array_equal(again.quality, found.quality)


def test_too_few_tastes_are_refused(engine):
    with pytest.raises(QueryError, match=r"9 judged tastes .* it takes 10"):
        search(engine, scored(engine, best_weights.MIN_TASTES - 1), Strategy(), 5)
