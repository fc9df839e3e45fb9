"""What has a form of its own: times, numbers and audiences."""

import pytest

from recsys.intents import FIRM, HARD, SOFT, Audience, Bounds, Years
from recsys.languages.english.audiences import find_audiences
from recsys.languages.english.quantities import find_quantities
from recsys.languages.english.times import find_times

INF = float("inf")


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("90s comedies", [(1990, 1999)]),
        ("comedies from the '90s", [(1990, 1999)]),
        ("the nineties", [(1990, 1999)]),
        ("noughties", [(2000, 2009)]),
        ("20s silent films", [(1920, 1929)]),
        ("early 80s synth", [(1980, 1984)]),
        ("late seventies", [(1975, 1980)]),
        ("70s and 80s thrillers", [(1970, 1979), (1980, 1989)]),
        ("80s or older", [(-INF, 1989)]),
        ("before the 60s", [(-INF, 1959)]),
        ("pre-1940", [(-INF, 1939)]),
        ("after 2000", [(2001, INF)]),
        ("since 2015", [(2015, INF)]),
        ("between 1985 and 1970", [(1970, 1985)]),
        ("1970-1975", [(1970, 1975)]),
        ("made in 1994", [(1994, 1994)]),
        ("the last five years", [(2016, INF)]),
        ("last 2 decades", [(2001, INF)]),
        ("recent thrillers", [(2011, INF)]),
        ("the newest thrillers", [(2016, INF)]),
        ("old films", [(-INF, 1969)]),
        # numbers and words that are no time
        ("1917", []),
        ("Blade Runner 2049", []),
        ("2001: A Space Odyssey", []),
        ("12 angry men", []),
        ("not old men", []),
    ],
)
def test_years(text, spans):
    assert [one.value.bounds(2020) for one in find_times(text)] == spans


@pytest.mark.parametrize(
    ("text", "strength"), [("before 1950", HARD), ("the 70s", FIRM), ("recent", SOFT)]
)
def test_how_firm_a_time_is(text, strength):
    assert [one.strength for one in find_times(text)] == [strength]


def test_a_year_that_only_the_visitor_knows():
    assert [one.value for one in find_times("the year I was born")] == [Years(unknown=True)]


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("under 90 minutes", Bounds("minutes", high=90)),
        ("at least 2 hours", Bounds("minutes", low=120)),
        ("one and a half hours", Bounds("minutes", 90, 90)),
        ("2 to 4 players", Bounds("players", 2, 4)),
        ("3+ players", Bounds("players", low=3)),
        ("for two", Bounds("players", 2, 2)),
        ("solo", Bounds("players", 1, 1)),
        ("less than 20 dollars", Bounds("dollars", high=20)),
        ("$30 or less", Bounds("dollars", high=30)),
        ("shorter", Bounds("minutes", relative=-1)),
    ],
)
def test_numbers(text, bounds):
    assert [one.value for one in find_quantities(text)] == [bounds]


def test_people_in_a_story_are_no_players():
    assert list(find_quantities("two people in love")) == []


def test_a_number_that_is_turned_down():
    [one] = find_quantities("not four hours long")
    assert (one.text, one.polarity) == ("four hours long", -1)
    assert one.value == Bounds("minutes", low=240)


@pytest.mark.parametrize(
    ("text", "said", "audience", "polarity"),
    [
        ("for my 6 year old", "for my 6 year old", Audience("child", 6), 1),
        ("for a fifteen, no: 15 year old", "15 year old", Audience("teen", 15), 1),
        ("smth with grandma", "with grandma", Audience("elder"), 1),
        ("the whole family can watch", "the whole family can watch", Audience("family"), 1),
        ("my daughter loves horses", "my daughter", Audience("child"), 1),
        ("adults only", "adults only", Audience("adult"), 1),
        ("films not for kids", "for kids", Audience("child"), -1),
        ("not just for kids", "not just for kids", Audience("child"), 1),
    ],
)
def test_audiences(text, said, audience, polarity):
    found = [(one.text, one.value, one.polarity) for one in find_audiences(text)]
    assert found == [(said, audience, polarity)]


def test_a_family_drama_is_for_nobody_in_particular():
    assert list(find_audiences("a family drama about teens")) == []
