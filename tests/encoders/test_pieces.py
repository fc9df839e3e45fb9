"""Batches by tokens waste little on padding; a text is cut between sentences, none of it lost."""

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from recsys.encoders._pieces import Piece, batches, cut


def words(text):
    """A token is a word here, and two mark the ends."""
    return len(text.split()) + 2


@given(st.lists(st.integers(1, 300), max_size=60), st.integers(1, 1_000))
def test_every_piece_is_in_one_batch_and_no_batch_is_too_large(sizes, most):
    pieces = [Piece("x", [1] * size) for size in sizes]
    found = [batch.tolist() for batch in batches(pieces, most)]
    assert sorted(chain.from_iterable(found)) == list(range(len(sizes)))
    for batch in found:
        longest = max(sizes[i] for i in batch)
        assert longest * len(batch) <= most or len(batch) == 1


def test_like_lengths_are_together():
    pieces = [Piece("x", [1] * size) for size in (9, 2, 8, 3)]
    assert [batch.tolist() for batch in batches(pieces, 18)] == [[0, 2], [3, 1]]


def test_sentences_fill_the_window():
    assert list(cut("One two. Three four. Five six seven.", words, 6)) == [
        "One two. Three four.",
        "Five six seven.",
    ]


def test_a_sentence_that_does_not_fit_is_halved_at_a_word():
    assert list(cut("one two three four five six", words, 5)) == ["one two three", "four five six"]


@given(st.text(alphabet="ab .!?\n", max_size=120))
def test_no_word_is_lost(text):
    assert "".join("".join(cut(text, words, 4)).split()) == "".join(text.split())
