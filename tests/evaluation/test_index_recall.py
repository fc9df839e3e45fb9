"""Recall against worked answers, an index that is broken on purpose, and looking through SQL."""

import numpy as np
import pandas as pd
import pytest

from recsys.building.build import build
from recsys.errors import QueryError
from recsys.evaluation import index_recall
from recsys.indexes import Identity
from recsys.indexes.hnsw import Index
from recsys.store import browse
from recsys.store.catalogue import Catalogue
from tests.worlds import ITEMS, FakeEncoder, tables


@pytest.fixture
def rng():
    return np.random.default_rng(0)


def measure(workspace, *arguments):
    return index_recall.recall(workspace.vectors, workspace.index, *arguments)


def test_a_sound_index_finds_all_and_is_timed(workspace, rng):
    found = measure(workspace, index_recall.WIDTHS, 500, rng)
    assert found.curve.index.tolist() == list(index_recall.WIDTHS)
    assert found.curve["recall"].tolist() == [1.0] * len(index_recall.WIDTHS)
    assert (found.curve["milliseconds"] > 0).all()
    assert found.exact_ms > 0
    assert (found.n_queries, found.n_items, found.k) == (8, 8, 8)


def test_an_index_of_other_vectors_is_caught(workspace, rng):
    many = rng.normal(size=(400, 16)).astype(np.float32)
    many /= np.linalg.norm(many, axis=1, keepdims=True)
    workspace.vectors = many
    workspace.index = Index.build(many[:, ::-1].copy(), Identity("fake", 16, 400, "x"))
    assert measure(workspace, [200], 50, rng).curve.loc[200, "recall"] < 0.1


def test_a_wider_search_finds_more_of_many(workspace, rng):
    many = rng.normal(size=(3000, 64)).astype(np.float32)
    many /= np.linalg.norm(many, axis=1, keepdims=True)
    workspace.vectors = many
    workspace.index = Index.build(many, Identity("fake", 64, 3000, "x"))
    share = measure(workspace, [10, 100, 400], 100, rng).curve["recall"]
    assert share[10] < share[100] <= share[400] <= 1


def test_twins_count_whichever_of_them_is_found(root, rng):
    twins = [(f"t{i}", f"Twin {i}", 2000, [], "space and love") for i in range(30)]
    workspace = build("twins", tables([*ITEMS, *twins]), FakeEncoder())
    assert measure(workspace, [200], 38, rng).curve.loc[200, "recall"] > 0.9


@pytest.mark.parametrize(("efs", "sample"), [([10], 0), ([0], 5), ([], 5)])
def test_what_cannot_be_measured_is_refused(workspace, rng, efs, sample):
    with pytest.raises(QueryError, match="at least 1"):
        measure(workspace, efs, sample, rng)


def test_progress_reaches_its_end(workspace, rng):
    steps = []
    measure(workspace, [10, 20], 3, rng, lambda *step: steps.append(step[:2]))
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_counts(workspace):
    # Likes are 8 + 4 + 4 + 2 + 1 + 1 by eight people; "orbit" and "moon" have none.
    assert browse.counts(workspace.catalogue) == browse.Counts(8, 20, 8, 1, 2)


@pytest.mark.parametrize(
    ("search", "titles"),
    [
        ("HEIST", ["Orbit Job", "The Vault"]),
        ("heist robot", ["Orbit Job"]),
        ("grey", ["The Grey Mare"]),
        ("%", []),
        ("_", []),
        ("' OR 1=1 --", []),
        ("  ", sorted(title for _, title, *_ in ITEMS)),
    ],
)
def test_every_word_must_be_there_and_signs_are_letters(workspace, search, titles):
    assert browse.found(workspace.catalogue, search) == len(titles)
    assert browse.listing(workspace.catalogue, search)["title"].tolist() == titles


def test_titles_are_found_without_their_accents(root):
    world = tables([*ITEMS, ("amelie", "Amélie", 2001, [], "Love in a café.")])
    catalogue = build("accents", world, FakeEncoder()).catalogue
    assert browse.found(catalogue, "amelie") == browse.found(catalogue, "AMÉLIE") == 1


def test_orders_and_categories(workspace):
    catalogue = workspace.catalogue
    newest = browse.listing(catalogue, order="year")
    assert newest["title"].iloc[[0, -1]].tolist() == ["Orbit Job", "Not the Moon"]
    assert browse.listing(catalogue, order="likes")["likes"].tolist() == [8, 4, 4, 2, 1, 1, 0, 0]
    family = browse.listing(catalogue, category="Family")
    assert family["title"].tolist() == ["The Grey Mare", "Tin Heart"]
    with pytest.raises(QueryError, match="title, year, likes"):
        browse.listing(catalogue, order="row; DROP TABLE items")
    with pytest.raises(QueryError, match="first is 1"):
        browse.listing(catalogue, page=0)


def test_pages_follow_each_other(root):
    many = [(f"i{i}", f"Story {i:03}", 2000, [], "love") for i in range(60)]
    catalogue = build("many", tables(many), FakeEncoder()).catalogue
    pages = [browse.listing(catalogue, page=page) for page in (1, 2, 3, 4)]
    assert [len(page) for page in pages] == [25, 25, 10, 0]
    assert pd.concat(pages)["title"].tolist() == [title for _, title, *_ in many]


def test_an_item_in_full(workspace):
    item = browse.item(workspace.catalogue, 7)
    assert (item.title, item.year, item.categories) == ("Not the Moon", None, ())
    assert item.facts == {"Maker": ["Maker of moon"]}
    with pytest.raises(QueryError, match="row 8"):
        browse.item(workspace.catalogue, 8)


def test_what_is_in_it(workspace):
    catalogue: Catalogue = workspace.catalogue
    assert browse.likes_by_rank(catalogue)["likes"].tolist() == [8, 4, 4, 2, 1, 1]
    assert browse.categories(catalogue).iloc[0].tolist() == ["Crime", 2]
    assert browse.relations(catalogue).to_numpy().tolist() == [["has_theme", 1]]
    decades, step = browse.years(catalogue)
    assert step == 10
    assert decades["year"].tolist() == [1940, 1960, 1970, 1990, 2000, 2010, 2020]
    lengths = browse.text_lengths(catalogue)
    assert (lengths.width, lengths.median) == (1, 8)  # 7 8 8 8 8 9 8 10 words, sorted by item
    assert lengths.bins["count"].sum() == 8
