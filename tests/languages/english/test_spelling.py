"""What is typed in a hurry, and what it is read as."""

import pytest

from recsys.languages.english.mapped import Mapped
from recsys.languages.english.normalise import normalise
from recsys.languages.english.spelling import Speller, slip_cost

SPELLER = Speller(
    labels=frozenset({"surreal"}),
    names=frozenset({"rashomon"}),
    people=frozenset({"hitchcock"}),
    strangers=frozenset({"zork"}),
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("wierd", "weird"),
        ("beter", "better"),
        ("freindship", "friendship"),
        ("comedys", "comedy"),
        ("suriel", "surreal"),  # two slips, in a word of the catalogue
        ("rashomn", "rashomon"),
        ("hitchcok", "hitchcock"),
        ("colour", "colour"),
        ("spookyish", "spookyish"),
        ("zork", "zork"),  # a word of somebody's name
        ("dis", "dis"),  # too short to tell
    ],
)
def test_a_slip_is_read_as_what_was_meant(typed, read):
    assert SPELLER.correct(typed, capital=False) == read


def test_a_word_with_a_capital_may_only_be_a_name():
    assert SPELLER.correct("hitchcok", capital=True) == "hitchcock"
    assert SPELLER.correct("wierd", capital=True) == "wierd"
    assert SPELLER.correct("wierd", capital=True, first=True) == "weird"


def test_a_doubled_or_swapped_letter_costs_less_than_a_wrong_one():
    assert slip_cost("beter", "better") == 0.5
    assert slip_cost("wierd", "weird") == 0.6
    assert slip_cost("horrar", "horror") == 0.8  # vowel for vowel
    assert slip_cost("borror", "horror") == pytest.approx(0.9 + 1.3)  # and the first letter


@pytest.mark.parametrize(
    ("typed", "read", "told"),
    [
        ("smth 4 my 6yo", "something for my 6 year old", ["smth", "4", "6yo"]),
        ("4 players", "4 players", []),
        ("thrilers n gr8 docs", "thrillers and great docs", ["thrilers", "n", "gr8"]),
        ("w/o blood", "without blood", ["w/o"]),
        ("b&w flick", "black and white film", ["b&w"]),
        ("dont like it", "don't like it", []),
        ("id like horror", "I'd like horror", []),
        ("US films", "US films", []),
    ],
)
def test_a_text_is_written_out(typed, read, told):
    mapped, changes = normalise(typed, SPELLER)
    assert mapped.text == read
    assert [one.said for one in changes] == told


def test_a_name_is_left_as_it_is():
    assert normalise("wierd science", SPELLER, [(0, 13)])[0].text == "wierd science"


def test_places_lead_back_to_what_was_typed():
    mapped = Mapped.of("no smth, pls").replace(9, 12, "please").replace(3, 7, "something")
    assert mapped.text == "no something, please"
    assert mapped.origin(3, 12) == (3, 7)
    assert mapped.origin(14, 20) == (9, 12)
    assert mapped.origin(0, 2) == (0, 2)
