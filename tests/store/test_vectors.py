"""Vectors are mapped as they were written, and what is published lies behind them."""

import numpy as np
import pytest

from recsys.errors import WorkspaceError
from recsys.store import vectors

EMBEDDINGS = np.random.default_rng(2).normal(size=(7, 5)).astype(np.float32)
NEW = np.random.default_rng(3).normal(size=(2, 5)).astype(np.float32)


@pytest.fixture
def folder(tmp_path):
    parts = [np.array([6, 0, 3]), np.array([1, 2, 4, 5])]
    vectors.write(tmp_path, 7, [(rows, EMBEDDINGS[rows]) for rows in parts])
    return tmp_path


def test_they_are_the_directions_from_the_mean_and_how_far_away(folder):
    found = vectors.load(folder, EMBEDDINGS[:0])
    moved = EMBEDDINGS - EMBEDDINGS.mean(axis=0)
    np.testing.assert_allclose(found.rows * found.lengths[:, None], moved, atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(found.rows, axis=1), 1, atol=1e-6)
    with pytest.raises(ValueError, match="read-only"):
        found.rows[0] = 0


def test_what_is_published_lies_behind_and_changes_nothing_for_others(folder):
    alone = vectors.load(folder, EMBEDDINGS[:0])
    both, one = vectors.load(folder, NEW), vectors.load(folder, NEW[1:])
    for found, new in ((both, NEW), (one, NEW[1:])):
        np.testing.assert_array_equal(found.rows[:7], alone.rows)
        moved = new - alone.mean
        np.testing.assert_allclose(found.rows[7:] * found.lengths[7:, None], moved, atol=1e-6)
    assert both.content == one.content == alone.content


def test_what_is_missing_is_told(folder, tmp_path):
    with pytest.raises(WorkspaceError, match="2 of 7 items have no embedding"):
        vectors.write(tmp_path, 7, [(np.arange(5), EMBEDDINGS[:5])])
    (tmp_path / "centre.npz").unlink()
    with pytest.raises(WorkspaceError, match="cannot be read"):
        vectors.load(tmp_path, NEW)
