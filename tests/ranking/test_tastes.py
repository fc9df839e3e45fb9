"""Tastes with an obvious answer find it in the bundled catalogue, with nothing touched."""

import pytest

from recsys.datatypes import Query

TASTES = [
    ("slow-burn science fiction about memory, nothing gory", "solaris-1972"),
    ("a shark terrorises a beach town", "jaws-1975"),
    ("a mafia family, power passing from father to son", "the-godfather-1972"),
    ("toys that come alive when nobody looks", "toy-story-1995"),
    ("someone who cannot form memories leaves himself notes and tattoos", "memento-2000"),
    ("a rat who dreams of being a chef in paris", "ratatouille-2007"),
    ("farmers hire swordsmen to defend their village", "seven-samurai-1954"),
    ("the same day again and again, funny", "groundhog-day-1993"),
    ("a jury argues in one hot room, just talk", "12-angry-men-1957"),
    ("stuck in a hotel in winter, a father goes mad", "the-shining-1980"),
    ("young drummer and a brutal teacher, jazz", "whiplash-2014"),
    ("erasing an ex from your mind, a love story", "eternal-sunshine-of-the-spotless-mind-2004"),
]


@pytest.mark.parametrize(("text", "expected"), TASTES)
def test_the_obvious_film_is_in_the_top_five(demo_engine, text, expected):
    shown = demo_engine.recommend(Query(text, k=5)).shown
    assert expected in demo_engine.workspace.catalogue.items.loc[shown.index, "id"].tolist()


def test_a_name_finds_its_films(demo_engine):
    shown = demo_engine.recommend(Query("Akira Kurosawa", k=5)).shown
    facts = demo_engine.workspace.catalogue.items.loc[shown.index, "facts"]
    assert sum("Akira Kurosawa" in fact["Director"] for fact in facts) >= 4
