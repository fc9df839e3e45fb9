"""A taste in plain words, in clauses: what is wanted, and what is turned down."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recsys.clauses import split_clauses

TASTES = [
    # one thing, or several, that are all wanted
    ("heist", ["heist"], []),
    ("slow sci-fi about memory", ["slow sci-fi about memory"], []),
    ("warm; funny: short", ["warm", "funny", "short"], []),
    ("love stories, space", ["love stories", "space"], []),
    ("I love heists 🎬", ["I love heists 🎬"], []),
    ("3.5 stars, or 1917", ["3.5 stars", "or 1917"], []),
    # something turned down, ahead
    ("nothing gory", [], ["gory"]),
    ("NOTHING GORY", [], ["GORY"]),
    ("not too long", [], ["too long"]),
    ("slow sci-fi about memory, nothing gory", ["slow sci-fi about memory"], ["gory"]),
    ("I can't stand musicals", [], ["musicals"]),
    ("I can’t stand musicals", [], ["musicals"]),
    ("I couldn't stand Titanic", [], ["Titanic"]),
    ("I don't really like slow films", [], ["slow films"]),
    ("I hate horror. I love comedies.", ["I love comedies"], ["horror"]),
    ("I'm not into sport", [], ["sport"]),
    ("westerns without any singing", ["westerns"], ["singing"]),
    ("I like crime but not gore, and no jump scares", ["I like crime"], ["gore", "jump scares"]),
    ("like Alien - no sequels", ["like Alien"], ["sequels"]),
    ("less violence, more talk", ["more talk"], ["violence"]),
    ("I'm tired of superheroes", [], ["superheroes"]),
    ("anything but romance", [], ["romance"]),
    ("don't like war? peace!", ["peace"], ["war"]),
    ("I love heists 🎬, no ghosts 👻", ["I love heists 🎬"], ["ghosts 👻"]),
    ("love, no ghosts", ["love"], ["ghosts"]),
    # something turned down, behind
    ("horror is not for me", [], ["horror"]),
    ("romance isn't my thing", [], ["romance"]),
    ("musicals don't work for me", [], ["musicals"]),
    ("superheroes bore me, robots are fun", ["robots are fun"], ["superheroes"]),
    # only refusals
    ("no horror, no musicals", [], ["horror", "musicals"]),
    ("not gory, not sad, not long", [], ["gory", "sad", "long"]),
    # it sounds like a refusal and is none
    ("no, I love war films", ["I love war films"], []),
    ("Notting Hill", ["Notting Hill"], []),
    ("knots, nobility and noise", ["knots", "nobility and noise"], []),
    ("not only funny", ["not only funny"], []),
    ("nothing beats a good heist", ["nothing beats a good heist"], []),
    ("I can't get enough of westerns", ["I can't get enough of westerns"], []),
    ("I don't mind violence", ["I don't mind violence"], []),
    ("without a doubt a western", ["without a doubt a western"], []),
    ("a no-nonsense detective", ["a no-nonsense detective"], []),
    ("films that don't bore me", ["films that don't bore me"], []),
    # too little to cut up
    ("no", ["no"], []),
    ("🎬🍿", ["🎬🍿"], []),
]


@pytest.mark.parametrize(("text", "wanted", "unwanted"), TASTES)
def test_a_taste_is_cut_into_what_is_wanted_and_what_is_turned_down(text, wanted, unwanted):
    clauses = split_clauses(text)
    assert [clause.text for clause in clauses if clause.wanted] == wanted
    assert [clause.text for clause in clauses if not clause.wanted] == unwanted


def test_clauses_stand_in_the_order_of_the_text():
    texts = [clause.text for clause in split_clauses("no war, robots, no ghosts, and horses")]
    assert texts == ["war", "robots", "ghosts", "and horses"]


words = st.sampled_from(
    "no not never love , . but horror films I don't like nothing – 🎬 …".split()
)


@given(st.lists(words, min_size=1, max_size=12).map(" ".join) | st.text(min_size=1, max_size=80))
def test_every_text_has_clauses_and_each_is_a_piece_of_it(text):
    clauses = split_clauses(text)
    assert clauses
    for clause in clauses:
        assert clause.text
        assert clause.text in text
