"""Why not this one: what is suggested works, and nothing smaller would have."""

from dataclasses import replace

import numpy as np
import pytest

from recsys.datatypes import Filters, Query, Strategy
from recsys.fusion import fusions
from recsys.ranking.engine import Engine
from recsys.ranking.why_not import why_not, why_not_sentence
from recsys.signals import signals
from tests.worlds import ITEMS

ALONE = {name: 0.0 for name in signals() if name not in ("content", "popularity")}
"""Weights that leave meaning and popularity, which a person can work out."""


def row_of(engine: Engine, id_: str) -> int:
    return engine.workspace.catalogue.rows([id_])[0]


def shown(engine, query, strategy, name, weight):
    weights = {**engine.recommend(query, strategy).weights, name: weight}
    return engine.recommend(query, replace(strategy, weights=weights)).shown.index


def test_the_least_liked_match_comes_in_when_popularity_weighs_less(engine):
    query = Query("ghost", k=1)  # Attic is about ghosts, Star Harbour is liked by most
    strategy = Strategy(weights={**ALONE, "content": 0.1, "popularity": 1.0})
    attic = row_of(engine, "attic")
    found = why_not(engine, query, strategy, attic)
    assert (found.rank > 1, found.kept_out, found.clause) == (True, "", None)
    assert found.last == row_of(engine, "star")
    gap = found.parts["this"] - found.parts["last"]
    assert gap["content"] > 0 > gap["popularity"]
    name, weight = found.weight
    step = 0.05 if name == "content" else -0.05  # meaning speaks for it, popularity against it
    assert attic in shown(engine, query, strategy, name, weight)
    assert attic not in shown(engine, query, strategy, name, weight - step)
    said = why_not_sentence(engine, found)
    assert said.startswith(f"Attic stands at {found.rank} of 8, behind Star Harbour mostly for")
    assert f"It comes in with “{signals()[name].TITLE}” at {weight:.2f}." in said


@pytest.mark.parametrize(
    ("fusion", "diversity"), [*((name, 0.0) for name in sorted(fusions())), ("weighted", 0.5)]
)
def test_no_smaller_change_of_any_weight_would_do(engine, fusion, diversity):
    query = Query("love and a ghost", k=2)
    strategy = Strategy(fusion=fusion, diversity=diversity, weights={**ALONE, "content": 0.3})
    result = engine.recommend(query, strategy)
    weights = result.weights
    firsts = {
        (name, weight): engine.fuse(
            result.query, result.scores, replace(strategy, weights=weights | {name: weight})
        ).index[:2]
        for name in weights
        for weight in np.arange(21) / 20
    }
    for row in range(len(ITEMS)):
        found = why_not(engine, query, strategy, row)
        if found.shown:
            assert row in result.shown.index
            assert "it is in the list" in why_not_sentence(engine, found)
            continue
        reach = np.inf
        if found.weight:
            name, weight = found.weight
            reach = abs(weight - weights[name])
            assert row in shown(engine, query, strategy, name, weight)
        for name, now in weights.items():
            for weight in np.arange(21) / 20:
                if abs(weight - now) < reach - 1e-9:
                    assert row not in firsts[name, weight]


@pytest.mark.parametrize(
    ("text", "k", "id_", "clause"),
    [
        ("love, no robots", 3, "tin", "robots"),  # a robot learns love
        ("love, ghosts, no horses", 1, "letters", "ghosts"),
        ("space, a heist, love", 1, "star", "heist"),
        ("space, a heist, love", 1, "attic", None),  # no two of these find a ghost
        ("love, no robots", 1, "star", None),  # without love there is no taste to go by
        ("love", 1, "star", None),
    ],
)
def test_the_clause_that_keeps_it_out_is_named(engine, text, k, id_, clause):
    query, row = Query(text, k=k), row_of(engine, id_)
    strategy = Strategy(weights={**ALONE, "popularity": 0.0})
    found = why_not(engine, query, strategy, row)
    assert (found.clause, found.shown) == (clause, False)
    if clause:
        muted = replace(query, muted=(clause,))
        assert row in engine.recommend(muted, strategy).shown.index
        assert f"It comes in without “{clause}”." in why_not_sentence(engine, found)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"liked": ("star",)}, "is among the likes"),
        ({"disliked": ("star",)}, "is among the dislikes"),
        ({"seen": ("star",)}, "is marked as seen"),
        ({"filters": Filters(categories=("Crime",))}, "does not pass the filters"),
    ],
)
def test_what_may_not_be_shown_has_that_as_its_reason_first(engine, change, reason):
    rows = engine.workspace.catalogue.rows
    change = {k: rows(v) if isinstance(v, tuple) else v for k, v in change.items()}
    star = row_of(engine, "star")
    found = why_not(engine, Query("space", k=2, **change), Strategy(), star)
    assert reason in found.kept_out
    assert (found.weight, found.clause, found.shown) == (None, None, False)
    assert found.last != star
    assert why_not_sentence(engine, found).startswith(f"Star Harbour {found.kept_out}")


@pytest.mark.parametrize("text", ["something like Star Harbour", "I've seen Star Harbour, a ghost"])
def test_what_the_text_names_is_not_shown_again_and_that_is_the_reason(engine, text):
    star = row_of(engine, "star")
    found = why_not(engine, Query(text), Strategy(), star)
    assert found.kept_out == "is named in the text, and is not shown again"
    liked = why_not(engine, Query(text, liked=(star,)), Strategy(), star)
    assert liked.kept_out == found.kept_out
    assert (found.weight, found.clause, found.shown) == (None, None, False)


def test_what_the_words_rule_out_is_named_as_what_keeps_it_behind(engine):
    found = why_not(engine, Query("a ghost, no horses", k=7), Strategy(), row_of(engine, "mare"))
    assert found.parts.loc["limits", "this"] < found.parts.loc["limits", "last"] == 0
    said = why_not_sentence(engine, found)
    assert "mostly for “What you ruled out”" in said
    assert found.clause == "horses"
