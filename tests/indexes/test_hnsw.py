"""What is HNSW's own: its settings are part of what a saved index was built from."""

from dataclasses import replace

import numpy as np
import pytest

from recsys.indexes import StaleIndex, hnsw
from tests.indexes.test_contract import IDENTITY, unit_rows


@pytest.mark.parametrize(("setting", "value"), [("M", 8), ("seed", 1), ("ef_construction", 50)])
def test_an_index_of_other_settings_is_refused(tmp_path, monkeypatch, setting, value):
    hnsw.Index.build(unit_rows(1), IDENTITY).save(tmp_path / "index.bin")
    monkeypatch.setitem(hnsw.SETTINGS["parameters"], setting, value)
    with pytest.raises(StaleIndex, match="another parameters"):
        hnsw.Index.load(tmp_path / "index.bin", IDENTITY, unit_rows(1))


def test_a_narrow_search_misses_what_a_wide_one_finds():
    vectors = unit_rows(3, 3000)
    index = hnsw.Index.build(vectors, replace(IDENTITY, count=3000))
    hits = {10: 0, 400: 0}
    for query in unit_rows(4, 50):
        best = np.argsort(-(vectors @ query))[:10]
        for width in hits:
            hits[width] += len(np.intersect1d(index.search(query, 10, width)[0], best))
    assert hits[10] < hits[400] == 500
