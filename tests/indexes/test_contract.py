"""Every index: as good as comparing every vector, and used from a file only if it fits."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recsys.indexes import Extended, Identity, StaleIndex, exact, indexes

COUNT = 300
"""Vectors in most of these indexes."""
DIMENSION = 16
"""Of each vector."""
IDENTITY = Identity("fake", DIMENSION, COUNT, "some digest")


def unit_rows(seed, count=COUNT):
    vectors = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture(params=list(indexes()))
def backend(request):
    """Each file of the room in turn."""
    return indexes()[request.param]


@pytest.fixture
def saved(tmp_path, backend):
    """The path of a saved index, and the index."""
    index = backend.Index.build(unit_rows(1), IDENTITY)
    index.save(tmp_path / "index.bin")
    return tmp_path / "index.bin", index


def test_the_exact_one_stands_beside_those_that_are_tested_against_it():
    assert {"exact", "hnsw"} <= set(indexes())


@pytest.mark.parametrize("name", list(indexes()))
@given(seed=st.integers(0, 2**32 - 1))
@settings(max_examples=10)
def test_search_agrees_with_exact_search(name, seed):
    vectors, queries = unit_rows(seed), unit_rows(seed + 1, 20)
    index = indexes()[name].Index.build(vectors, IDENTITY)
    reference = exact.Index.build(vectors, IDENTITY)
    hits = 0
    for query in queries:
        rows, cosines = index.search(query, 10)
        np.testing.assert_allclose(cosines, (vectors @ query)[rows], atol=1e-4)
        assert (np.diff(cosines) <= 0).all()
        assert len(set(rows.tolist())) == 10
        hits += len(set(rows.tolist()) & set(reference.search(query, 10)[0].tolist()))
    assert hits / (10 * len(queries)) >= 0.95


@pytest.mark.parametrize(("asked", "given_"), [(1, 1), (299, 299), (300, 300), (10_000, 300)])
def test_no_more_rows_than_there_are(backend, asked, given_):
    index = backend.Index.build(unit_rows(2), IDENTITY)
    rows, cosines = index.search(unit_rows(3, 1)[0], asked)
    assert len(set(rows.tolist())) == given_
    assert cosines.shape == (given_,)
    assert rows.dtype == np.int64


def test_a_width_of_the_search_may_be_asked_of_any(backend):
    vectors = unit_rows(7)
    index = backend.Index.build(vectors, IDENTITY)
    assert index.search(vectors[5], 1, COUNT)[0].tolist() == [5]
    assert backend.WIDTH is None or backend.WIDTH > 0


def test_an_item_finds_itself_and_what_lies_opposite_comes_last(backend):
    vectors = np.eye(3, dtype=np.float32)
    vectors[2] = -vectors[0]
    index = backend.Index.build(vectors, Identity("fake", 3, 3, ""))
    rows, cosines = index.search(vectors[0], 3)
    assert rows.tolist() == [0, 1, 2]
    np.testing.assert_allclose(cosines, [1, 0, -1], atol=1e-6)


def test_the_length_of_a_question_does_not_matter(backend):
    index = backend.Index.build(unit_rows(8), IDENTITY)
    query = unit_rows(9, 1)[0]
    for one, other in zip(index.search(query, 5), index.search(3 * query, 5), strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


def test_what_lies_behind_an_index_is_found_with_what_is_in_it(backend):
    vectors = unit_rows(6, 40)
    index = backend.Index.build(vectors[:30], Identity("fake", DIMENSION, 30, ""))
    whole = Extended(index, vectors[30:])
    for row, vector in enumerate(vectors):
        assert whole.search(3 * vector, 1)[0].tolist() == [row]
    rows, cosines = whole.search(vectors[2], 1000)
    assert sorted(rows.tolist()) == list(range(40))
    np.testing.assert_allclose(cosines, vectors[rows] @ vectors[2], atol=1e-5)
    assert (np.diff(cosines) <= 0).all()
    alone = Extended(index, vectors[:0]).search(vectors[2], 7)
    for one, other in zip(alone, index.search(vectors[2], 7), strict=True):
        np.testing.assert_array_equal(one, other)


def test_a_saved_index_answers_as_before(saved, backend):
    path, index = saved
    loaded = backend.Index.load(path, IDENTITY, unit_rows(1))
    for query in unit_rows(4, 5):
        for before, after in zip(index.search(query, 20), loaded.search(query, 20), strict=True):
            np.testing.assert_array_equal(before, after)
    assert sorted(file.name for file in path.parent.iterdir()) == ["index.bin", "index.json"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"encoder": "other"}, "another encoder (fake, not other)"),
        ({"dimension": 8}, "another dimension (16, not 8)"),
        ({"count": 299}, "another count (300, not 299)"),
        ({"content": "other digest"}, "another content"),
    ],
)
def test_an_index_of_something_else_is_refused_with_the_reason(saved, backend, change, reason):
    path, _ = saved
    with pytest.raises(StaleIndex) as caught:
        backend.Index.load(path, replace(IDENTITY, **change), unit_rows(1))
    assert reason in str(caught.value)


def flip_a_bit(data):
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


@pytest.mark.parametrize(
    "damage",
    [lambda data: b"", lambda data: data[:-1], lambda data: data[: len(data) // 2], flip_a_bit],
    ids=["empty", "last byte lost", "half lost", "one bit flipped"],
)
def test_a_damaged_index_is_refused(saved, backend, damage):
    path, _ = saved
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(StaleIndex, match="damaged"):
        backend.Index.load(path, IDENTITY, unit_rows(1))


@pytest.mark.parametrize("name", ["index.bin", "index.json"])
def test_a_missing_file_is_a_reason(saved, backend, name):
    path, _ = saved
    path.with_name(name).unlink()
    with pytest.raises(StaleIndex, match="could not be read") as caught:
        backend.Index.load(path, IDENTITY, unit_rows(1))
    assert name in str(caught.value)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", "null", json.dumps({"identity": {}}), "\x00\x01"]
)
def test_an_unreadable_description_is_a_reason(saved, backend, text):
    path, _ = saved
    path.with_suffix(".json").write_text(text)
    with pytest.raises(StaleIndex, match="could not be read"):
        backend.Index.load(path, IDENTITY, unit_rows(1))


def test_the_file_of_one_index_is_not_read_by_another(tmp_path):
    for name, writer in indexes().items():
        path = tmp_path / name
        writer.Index.build(unit_rows(1), IDENTITY).save(path)
        for other, reader in indexes().items():
            if other != name:
                with pytest.raises(StaleIndex, match="another"):
                    reader.Index.load(path, IDENTITY, unit_rows(1))
