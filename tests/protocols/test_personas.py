"""The invented people of the bundled worlds: personas, judgements, simulated users."""

import re

import numpy as np
import pandas as pd
import pytest

from recsys.arrays import packed
from recsys.building.build import build
from recsys.datasets import demo
from recsys.protocols.personas import personas
from recsys.ranking.engine import Engine
from tests.worlds import FakeEncoder, shelf

EXPECTED = {"demo": (24, 1500), "games": (10, 600)}


@pytest.fixture(scope="module", params=sorted(EXPECTED))
def world(request):
    return request.param, demo.load(request.param)


def test_the_worlds_are_the_expected_ones():
    assert demo.worlds() == sorted(EXPECTED)


def test_every_persona_judges_thirty_known_items_both_ways(world):
    name, tables = world
    grades = tables.judgements.groupby("persona")["grade"]
    assert len(tables.personas) == EXPECTED[name][0]
    assert set(grades.groups) == set(tables.personas["id"])
    assert grades.size().min() >= 30
    assert grades.agg(set).map(lambda seen: seen == {2, 1, -1}).all()
    assert set(tables.judgements["item"]) <= set(tables.items["id"])
    assert not tables.judgements.duplicated(["persona", "item"]).any()


def test_a_taste_names_no_title(world):
    titles = [title for title in world[1].items["title"] if len(title) >= 6]
    named = re.compile(r"\b(" + "|".join(map(re.escape, titles)) + r")\b", re.IGNORECASE)
    assert [taste for taste in world[1].personas["taste"] if named.search(taste)] == []


def test_simulated_users_are_as_many_and_as_busy_as_documented(world):
    name, tables = world
    events = tables.interactions
    assert tables.about["simulated"] is True
    assert events["user"].nunique() == EXPECTED[name][1]
    assert events["user"].str.startswith("simulated-").all()
    assert events.groupby("user").size().mean() == pytest.approx(demo.INTERACTIONS, abs=1)
    assert set(events["rating"]) == {1, 2, 3, 4, 5}
    assert set(events["item"]) <= set(tables.items["id"])
    assert not events.duplicated(["user", "item"]).any()


def test_the_same_seed_gives_the_same_people(world):
    pd.testing.assert_frame_equal(world[1].interactions, demo.load(world[0]).interactions)


def test_simulated_users_follow_the_personas_they_are_drawn_from():
    """Two personas with opposite tastes in a world of two kinds: everyone keeps to their side."""
    ids = pd.Series([f"{kind}{i}" for kind in "ab" for i in range(60)])
    triples = pd.DataFrame({"head": ids, "relation": "is", "tail": ids.str[0]})
    judgements = pd.DataFrame(
        [("fan", "a0", 2), ("fan", "b0", -1), ("foe", "b1", 2), ("foe", "a1", -1)],
        columns=["persona", "item", "grade"],
    )
    events = demo.simulate(ids, triples, judgements, 200, np.random.default_rng(0))
    loved = events[events["rating"] >= 4].assign(side=lambda e: e["item"].str[0])
    share = loved.groupby("user")["side"].agg(lambda side: (side == "a").mean())
    assert ((share < 0.1) | (share > 0.9)).mean() > 0.95
    assert 0.2 < (share > 0.5).mean() < 0.8


def test_a_taste_alone_ranks_its_personas_films(demo_engine):
    report = personas(demo_engine)
    means = {line["name"]: line["ndcg@10"]["mean"] for line in report["strategies"]}
    assert report["n"] == 24
    assert means["default"] >= 0.80
    assert means["default without popularity"] >= 0.80
    assert means["default"] > means["popularity"] > means["random"]
    for line in report["strategies"]:
        found = line["ndcg@10"]
        assert found["low"] <= found["mean"] <= found["high"]


def test_the_second_world_speaks_of_no_films():
    about = demo.load("games").about
    assert about["nouns"] == "board games"
    assert "film" not in " ".join(map(str, about.values())).lower()


def test_what_has_learned_from_the_personas_has_no_say(root):
    engine = Engine(build("taught", shelf(personas=True), FakeEncoder()), FakeEncoder())
    without = personas(engine, strategies=["learned"])
    factors = np.where([name == "popularity" for name in engine.signals], 1e6, 1e-6)
    engine.workspace.models["ranker"] = {"signals": packed(engine.signals), "factors": factors}
    given = personas(engine, strategies=["learned"])
    assert given["notes"] == ["The ranker has learned from these personas, and is left out."]
    lines = [report["strategies"] for report in (without, given)]
    assert lines[0] == lines[1]
