"""Queries, scores and rankings are checked once, when they are made."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from recsys.datatypes import (
    MAX_TEXT,
    Filters,
    Query,
    clean_text,
    make_ranking,
    make_scores,
)
from recsys.errors import DataError, QueryError
from recsys.tables import Tables
from tests.worlds import tables


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("heist", "heist"),
        ("  two   spaces  ", "two spaces"),
        ("space\x00opera", "space opera"),
        ("a\tb\nc\rd\x1be\x7ff\x85g", "a b c d e f g"),
        ("half a surrogate \ud800 pair", "half a surrogate pair"),
        ("'; DROP TABLE items; --", "'; DROP TABLE items; --"),
        ("<script>alert('x')</script> & co", "<script>alert('x')</script> & co"),
        ("{x} %s ${y} \\n", "{x} %s ${y} \\n"),
        ("愛と記憶", "愛と記憶"),
        ("любовь, é, ß", "любовь, é, ß"),
        ("heist 🎬", "heist 🎬"),
        ("7", "7"),
        ("x" * MAX_TEXT, "x" * MAX_TEXT),
    ],
)
def test_text_is_kept_as_it_is_but_for_control_characters(text, expected):
    assert clean_text(text) == expected


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00\x07", "😀🎬", "?!…", "-- ;"])
def test_a_text_without_words_is_refused(text):
    with pytest.raises(QueryError, match="no words"):
        clean_text(text)


def test_a_text_that_is_too_long_is_refused_with_both_numbers():
    with pytest.raises(QueryError, match="10,001 characters; at most 10,000"):
        clean_text("x" * (MAX_TEXT + 1))


@given(st.text(max_size=300))
def test_cleaning_leaves_no_control_character_and_is_done_once(text):
    try:
        cleaned = clean_text(text)
    except QueryError:
        assert not any(c.isalnum() for c in text)
        return
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in cleaned)
    assert [c for c in cleaned if c.isalnum()] == [c for c in text if c.isalnum()]
    assert clean_text(cleaned) == cleaned


def test_a_query_cleans_its_text():
    assert Query(" space\x00opera ").text == "space opera"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"text": " "}, "no words"),
        ({"text": "heist", "k": 0}, "k is 0; it must be at least 1"),
        ({"text": "heist", "k": -3}, "k is -3"),
        ({"text": "heist", "liked": (1, 2), "disliked": (2,)}, "likes and the dislikes"),
    ],
)
def test_a_query_that_makes_no_sense_is_refused(arguments, words):
    with pytest.raises(QueryError, match=words):
        Query(**arguments)


@pytest.mark.parametrize(
    ("filters", "active"),
    [
        (Filters(), False),
        (Filters(categories=("Crime",)), True),
        (Filters(year_from=1990), True),
        (Filters(year_to=0), True),
    ],
)
def test_a_filter_is_true_when_it_holds_something_back(filters, active):
    assert bool(filters) is active


def test_scores_keep_nan_as_no_opinion():
    rows = np.array([4, 1])
    scores = make_scores(rows, {"a": np.array([np.nan, 0.5]), "b": np.array([1.0, np.nan])})
    assert scores.index.tolist() == [4, 1]
    assert scores.index.name == "item"
    assert (scores.dtypes == np.float32).all()
    assert scores.isna().to_numpy().tolist() == [[True, False], [False, True]]
    assert scores.loc[1, "a"] == 0.5


@pytest.mark.parametrize(
    "values",
    [
        np.array([np.inf, 0.0]),
        np.array([0.0, -np.inf]),
        np.array([1.0]),
        np.array([1.0, 2.0, 3.0]),
        np.array([[1.0], [2.0]]),
    ],
)
def test_scores_of_the_wrong_shape_or_without_end_are_refused(values):
    with pytest.raises(ValueError, match="signal odd"):
        make_scores(np.array([0, 1]), {"fine": np.zeros(2), "odd": values})


def test_a_ranking_sorts_by_the_row_sum_and_then_by_row_number():
    parts = pd.DataFrame(
        {"a": [0.5, 1.0, 0.25, 0.0], "b": [0.5, -2.0, 0.75, 1.5]}, index=[9, 2, 3, 5]
    )
    ranking = make_ranking(parts)
    assert ranking.columns.tolist() == ["rank", "score", "a", "b"]
    assert ranking.index.tolist() == [5, 3, 9, 2]
    assert ranking["rank"].tolist() == [1, 2, 3, 4]
    assert ranking["score"].tolist() == [1.5, 1.0, 1.0, -1.0]


@given(
    hnp.arrays(
        np.float64,
        st.tuples(st.integers(1, 12), st.integers(1, 4)),
        elements=st.integers(-8, 8).map(lambda n: n / 4),  # so that sums are exact and often tie
    ),
    st.randoms(use_true_random=False),
)
def test_every_ranking_is_the_same_rows_sorted_with_parts_that_add_up(values, random):
    rows = random.sample(range(100), len(values))
    parts = pd.DataFrame(values, index=rows, columns=[f"s{i}" for i in range(values.shape[1])])
    before = parts.copy()
    ranking = make_ranking(parts)
    pd.testing.assert_frame_equal(parts, before)
    pd.testing.assert_frame_equal(ranking.drop(columns=["rank", "score"]).loc[rows], parts)
    assert ranking["score"].tolist() == ranking[parts.columns].sum(axis=1).tolist()
    assert ranking["rank"].tolist() == list(range(1, len(rows) + 1))
    order = list(zip(-ranking["score"], ranking.index, strict=True))
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda items: items.drop(columns=["text", "year"]), r"items table lacks .*text.*year"),
        (lambda items: items.iloc[:0], "items table is empty"),
        (lambda items: pd.concat([items, items.iloc[[1]]]), "'tin' appears more than once"),
        (
            lambda items: items.assign(
                text=items["text"].where(items["id"] != "attic", " "),
                title=items["title"].where(items["id"] != "attic", ""),
            ),
            "'attic' has neither a text nor a title",
        ),
    ],
)
def test_tables_that_do_not_fit_are_refused(change, words):
    with pytest.raises(DataError, match=words):
        Tables(change(tables().items))
