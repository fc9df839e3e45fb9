"""Arrays come back from a file as they went in, and a damaged file is refused."""

import numpy as np
import pytest
from safetensors import SafetensorError

from recsys.store import arrays

KEPT = {
    "some": np.arange(6, dtype=np.float32).reshape(2, 3),
    "turned": np.arange(6).reshape(2, 3).T,
    "none": np.zeros((0, 4), dtype=np.float16),
    "one": np.array([True]),
}


def test_what_is_saved_is_mapped_and_cannot_be_written_to(tmp_path):
    path = tmp_path / "a.safetensors"
    arrays.save(path, KEPT)
    found = arrays.mapped(path)
    assert set(found) == set(KEPT)
    for name, array in KEPT.items():
        np.testing.assert_array_equal(found[name], array)
        assert found[name].dtype == array.dtype
    with pytest.raises(ValueError, match="read-only"):
        found["some"][0] = 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.safetensors"]


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data[:9], lambda _: b""])
def test_a_damaged_file_is_refused(tmp_path, damage):
    path = tmp_path / "a.safetensors"
    arrays.save(path, KEPT)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises((SafetensorError, OSError)):
        arrays.mapped(path)
