"""Whatever comes in at the public doors: a whole answer, or one clear line; never a traceback.

The suite tries a few hundred of each; 10,000, others every time, are tried by
``THAW_PROFILE=thorough pytest tests/test_properties.py``.
"""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recsys.building.build import build
from recsys.building.publish import publish
from recsys.datasets import table
from recsys.datatypes import SIMILARITIES, Filters, NewItem, Query, Strategy
from recsys.errors import DataError, ThawError
from recsys.fusion import fusions
from recsys.new_item.judge import NewItems
from recsys.ranking.engine import Engine
from recsys.signals import signals
from recsys.store.workspace import Workspace
from tests.worlds import SORTS, FakeEncoder, shelf

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
"""What a busy machine would be blamed for."""
MANY = settings(max_examples=max(settings().max_examples, 200), suppress_health_check=SLOW)
FEW = settings(max_examples=max(settings().max_examples // 2, 25), suppress_health_check=SLOW)
"""Of what writes to the disk each time."""

WORDS = st.sampled_from(
    "space ghosts heist, not gory; from the 1980s? like 'Ghost Harbour' 科幻电影 é \x00 \ud800 ."
    " 1e400 a <b> [x](y) no no no between 1990 and 1800 with Ada Vale".split(" ")
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=20).map(" ".join))
NUMBERS = st.one_of(
    st.floats(),
    st.floats(0, 1),
    st.sampled_from([0, 1, 1e200, 1e308, 5e-324, 1e-200, -1, float("nan"), float("inf")]),
)
YEARS = st.one_of(st.none(), st.integers(1900, 2030), st.integers())
NAMES = st.one_of(st.sampled_from([kind for kind, *_ in SORTS.values()]), st.text(max_size=8))
FACTS = st.dictionaries(
    st.one_of(st.sampled_from(["directed_by", "has_theme"]), st.text(max_size=8)),
    st.lists(
        st.one_of(st.sampled_from(["Ada Vale", "stars"]), st.text(max_size=8)), max_size=3
    ).map(tuple),
    max_size=3,
)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder with one small workspace."""
    folder = tmp_path_factory.mktemp("properties")
    build("small", shelf(), FakeEncoder(), home=folder).close()
    return folder


@pytest.fixture(scope="module")
def engine(home):
    return Engine(Workspace.open("small", home), FakeEncoder())


@pytest.fixture(scope="module")
def new_items(engine):
    return NewItems(engine)


ROWS = st.lists(st.integers(0, 39), max_size=4).map(tuple)
QUERIES = {
    "text": TEXTS,
    "liked": ROWS,
    "disliked": ROWS,
    "seen": ROWS,
    "muted": st.lists(WORDS, max_size=2).map(tuple),
    "softened": st.lists(WORDS, max_size=2).map(tuple),
    "filters": st.builds(
        Filters,
        categories=st.lists(NAMES, max_size=2).map(tuple),
        year_from=YEARS,
        year_to=YEARS,
    ),
    "k": st.one_of(st.integers(1, 50), st.integers()),
}
STRATEGIES = {
    "fusion": st.one_of(st.sampled_from(sorted(fusions())), st.text(max_size=5)),
    "weights": st.dictionaries(
        st.one_of(st.sampled_from(sorted(signals())), st.text(max_size=5)), NUMBERS, max_size=5
    ),
    "diversity": st.one_of(st.just(0.0), st.floats(0, 0.95), NUMBERS),
    "similarity": st.one_of(st.sampled_from(SIMILARITIES), st.text(max_size=5)),
}


@MANY
@given(asked=st.fixed_dictionaries(QUERIES), how=st.fixed_dictionaries(STRATEGIES))
def test_a_taste_is_ranked_or_answered(engine, asked, how):
    try:
        found = engine.recommend(Query(**asked), Strategy(**how))
    except ThawError:
        return
    check(found, asked["k"])


@MANY
@given(
    text=TEXTS,
    weights=st.dictionaries(
        st.sampled_from(sorted(signals())), st.one_of(st.floats(0, 1), NUMBERS), max_size=9
    ),
    diversity=st.floats(0, 0.95),
    fusion=st.sampled_from(sorted(fusions())),
)
def test_any_weights_give_finite_scores_or_are_answered(engine, text, weights, diversity, fusion):
    try:
        found = engine.recommend(Query(text), Strategy("", fusion, weights, diversity))
    except ThawError:
        return
    check(found, 10)


def check(found, k):
    """A ranking is whole: finite, in order, and the score is the sum of the contributions."""
    ranking = found.ranking
    assert np.isfinite(ranking.to_numpy(dtype=float)).all()
    assert len(found.shown) == min(k, len(ranking))
    assert (np.diff(ranking["score"]) <= 0).all()
    parts = ranking.drop(columns=["rank", "score"]).sum(axis=1)
    np.testing.assert_allclose(parts, ranking["score"], atol=1e-6)


ITEMS = {
    "text": TEXTS,
    "title": st.one_of(st.just(""), st.just("Void"), TEXTS),
    "year": YEARS,
    "categories": st.lists(NAMES, max_size=3).map(tuple),
    "facts": FACTS,
}


@MANY
@given(item=st.fixed_dictionaries(ITEMS))
def test_a_new_item_lands_or_is_answered(new_items, item):
    try:
        landing = new_items.describe(NewItem(**item))
    except ThawError:
        return
    assert math.isfinite(landing.likes.expected)
    assert landing.likes.low <= landing.likes.expected <= landing.likes.high
    assert landing.probability.min() >= 0
    assert landing.probability.max() <= 1


@FEW
@given(item=st.fixed_dictionaries(ITEMS), id_=st.one_of(st.none(), st.text(max_size=10)))
def test_an_item_is_published_whole_or_not_at_all(home, item, id_):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THAW_WORKSPACES", str(home))
        before = Workspace.open("small")
        count = len(before.catalogue)
        try:
            published = publish(before, FakeEncoder(), NewItem(**item), id_)
        except ThawError:
            count -= 1
        else:
            assert published
        finally:
            before.close()
        after = Workspace.open("small")
        assert len(after.catalogue) == count + 1
        assert len(after.vectors) == count + 1
        after.close()


CELLS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        "1 5 0 -1 1e308 1e400 nan ann k1 k2 C17 12/1/2010_8:26 31.12.1999 978300760 [1,_2 | ; 2010"
        ' ["a"] " \ud800 a,_b'.replace("_", "\t").split(" ")
    ),
)
HEADERS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        "id title text year user item rating timestamp CustomerID StockCode Quantity InvoiceNo"
        " InvoiceDate asin reviewerID reviewText overall helpful plays Description genres".split()
    ),
)
FILES = st.lists(HEADERS, min_size=1, max_size=7).flatmap(
    lambda names: st.tuples(
        st.just(names),
        st.lists(st.lists(CELLS, min_size=len(names), max_size=len(names)), max_size=8),
    )
)


def written(path, names, rows, mark=","):
    """The file, and how many records it has; cells are quoted as they must be."""
    lines = [mark.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows]
    head = mark.join(f'"{name.replace(chr(34), chr(34) * 2)}"' for name in names)
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8", errors="surrogatepass")
    return path


@MANY
@given(
    items=FILES,
    likes=st.one_of(st.none(), FILES),
    rows=st.sampled_from([None, None, "items", "events"]),
    feedback=st.sampled_from([None, "explicit", "implicit"]),
    like_from=st.one_of(st.none(), NUMBERS),
    limit=st.sampled_from([0.5, 1.0, 1.0]),
)
def test_any_tables_are_read_or_answered(home, items, likes, rows, feedback, like_from, limit):
    path = written(home / "items.csv", *items)
    other = written(home / "likes.csv", *likes) if likes else None
    try:
        found = table.load(
            path, other, rows=rows, feedback=feedback, like_from=like_from, limit=limit
        )
    except DataError:
        return
    assert found.items["id"].is_unique
    assert set(found.interactions["item"]) <= set(found.items["id"])
    assert math.isfinite(found.like_from)
    assert np.isfinite(found.interactions[["rating", "timestamp"]].to_numpy(dtype=float)).all()


BOUGHT = st.lists(
    st.tuples(
        st.sampled_from(["500", "C501"]),
        st.sampled_from(["k1", "k2", ""]),
        st.sampled_from(["2", "-1", "0", "x"]),
        st.sampled_from(["3/4/2011", "3/25/2011 9:00", "soon", ""]),
        st.sampled_from(["ann", "bo", ""]),
    ),
    min_size=1,
    max_size=12,
)


@MANY
@given(rows=BOUGHT)
def test_every_purchase_is_a_like_or_told_of(home, rows):
    names = ["InvoiceNo", "StockCode", "Quantity", "InvoiceDate", "CustomerID"]
    path = written(home / "sales.csv", names, rows)
    try:
        found = table.load(path, rows="events", limit=1)
    except DataError:
        assert not any(item for _, item, *_ in rows)
        return
    assert len(found.interactions) + len(found.rejected) == len(rows)
    assert found.rejected["line"].is_unique
