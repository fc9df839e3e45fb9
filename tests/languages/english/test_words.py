"""Words: those that say something, by their stems."""

import pytest

from recsys.languages.english import stems, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("robots and a robot", ("robot", "robot")),
        ("I'd like something with SHARKS", ("shark",)),
        ("x y 7", ()),  # of one letter
        ("1984", ("1984",)),
        ("Amélie", ("améli",)),
        ("", ()),
    ],
)
def test_stems(text, expected):
    assert stems(text) == expected


def test_a_word_is_told_as_it_was_written():
    assert tokens("Really haunting HOUSES") == [("haunt", "haunting"), ("hous", "HOUSES")]
