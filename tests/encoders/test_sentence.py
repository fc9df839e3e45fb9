"""The pretrained encoder: texts in, unit vectors out, none of the text lost."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from recsys.encoders.sentence import Encoder
from recsys.errors import EncoderError, QueryError

pytestmark = pytest.mark.slow

TEXTS = [
    "a shark terrorises a beach town",
    "a great white in the surf, and swimmers who do not come back",
    "a jury argues in one hot room",
    "love by post",
    "a robot learns to cook " * 20,
]


@pytest.fixture(scope="module")
def encoder():
    return Encoder()


def test_vectors_are_float32_rows_of_length_one(encoder):
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (5, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_text_has_the_same_vector_in_any_company(encoder):
    together = encoder.encode(TEXTS)
    np.testing.assert_allclose(encoder.encode(TEXTS[::-1])[::-1], together, atol=1e-5)
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(alone, together, atol=1e-5)


def test_related_texts_are_nearer_than_unrelated_ones(encoder):
    shark, surf, jury, post, _ = encoder.encode(TEXTS)
    assert shark @ surf > 0.3 > max(shark @ jury, shark @ post)


@pytest.mark.parametrize(
    ("texts", "place"), [([""], "1 of 1"), (["a", " \n\t"], "2 of 2"), (["", "b", ""], "1 of 3")]
)
def test_a_blank_text_is_refused_with_its_place(encoder, texts, place):
    with pytest.raises(QueryError, match=place):
        encoder.encode(texts)


def test_the_end_of_a_long_text_counts(encoder):
    start = "The committee met again and spoke about the budget of the city. " * 50  # 600 words
    horses = "Wild horses gallop over the plain, a mare and her foal among them."
    without, with_, horse = encoder.encode([start, start + horses, "horses"])
    assert with_ @ horse > without @ horse + 0.02
    assert with_ @ without > 0.8


def test_a_long_text_beside_short_ones_changes_nothing_for_them(encoder):
    long = "Sailors tell of storms, of islands and of home. " * 80
    mixed = encoder.encode([TEXTS[0], long, TEXTS[2]])
    np.testing.assert_allclose(mixed[[0, 2]], encoder.encode([TEXTS[0], TEXTS[2]]), atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(mixed, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("text", ["x" * 9_000, "愛" * 2_000, "🎬" * 1_500])
def test_one_enormous_word_has_a_vector(encoder, text):
    vector = encoder.encode([text])
    assert vector.shape == (1, 384)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_progress_runs_to_the_end(encoder):
    seen = []
    encoder.encode(TEXTS, progress=lambda done, total, what: seen.append((done, total)))
    assert seen[-1] == (5, 5)


def test_an_unknown_model_is_one_clear_line(encoder, monkeypatch):
    # The variable is read when the library is first imported, which the fixture did.
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(EncoderError, match="'nobody/no-such-model' cannot be loaded") as caught:
        Encoder("nobody/no-such-model").encode(["words"])
    assert "\n" not in str(caught.value)


def test_threads_share_one_encoder(encoder):
    expected = encoder.encode(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(encoder.encode, [TEXTS] * 12):
            np.testing.assert_allclose(vectors, expected, atol=1e-6)


def test_torch_has_the_threads_that_it_had_before():
    import torch

    encoder = Encoder(device="cpu")
    before = torch.get_num_threads()
    torch.set_num_threads(before + 1)
    try:
        encoder.encode(TEXTS[:1])
        encoder.encode(TEXTS * 4)
        assert torch.get_num_threads() == before + 1
    finally:
        torch.set_num_threads(before)


def test_the_device_is_named_in_words(encoder):
    assert encoder.device_name.split()[0] in {"CPU", "CUDA", "Apple"}


def test_reading_a_workspace_does_not_import_torch():
    code = (
        "import sys, recsys.ranking.engine, recsys.store.workspace; print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_a_device_that_is_asked_for_is_torchs():
    encoder = Encoder(device="cpu")
    assert encoder.device_name.endswith("; torch)")
    assert encoder.why == "asked for cpu"
