"""Every encoder has a name and a device; one that is asked twice is not asked twice."""

import numpy as np
import pytest

from recsys import encoders
from recsys.encoders import CachedEncoder
from tests.worlds import FakeEncoder


@pytest.mark.parametrize("name", list(encoders.encoders()))
def test_every_encoder_is_found_by_its_name(name):
    assert encoders.encoders()[name].TITLE
    assert encoders.encoders()[name].HELP
    assert encoders.load(name).name == name


def test_any_other_name_is_a_language_model():
    encoder = encoders.load("some/model")
    assert encoder.name == "some/model"
    assert type(encoder) is encoders.encoders()["sentence"].Encoder


def test_random_vectors_are_unit_rows_and_the_same_again():
    encoder = encoders.ready("random")
    vectors = encoder.encode(["a", "b", "c"])
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    np.testing.assert_array_equal(vectors, encoder.encode(["a", "b", "c"]))


class Counting(FakeEncoder):
    """Says how many texts it was asked."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def encode(self, texts, *args, **kwargs):
        self.asked += texts
        return super().encode(texts, *args, **kwargs)


def test_the_same_text_is_read_once():
    source = Counting()
    encoder = CachedEncoder(source)
    texts = ["space", "love", "space"]
    first = encoder.encode(texts)
    second = encoder.encode(["love", "robots"])
    assert source.asked == ["space", "love", "robots"]
    np.testing.assert_array_equal(first, FakeEncoder().encode(texts))
    np.testing.assert_array_equal(second[0], first[1])
    assert (encoder.name, encoder.device_name) == (source.name, source.device_name)
