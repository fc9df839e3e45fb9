"""The bundled board games, and the short lists of words that both worlds are described by."""

from collections import Counter

import pandas as pd
import pytest

from recsys.datasets import demo

GAMES = demo.load("games")


def described(triples: pd.DataFrame, *relations: str) -> Counter:
    chosen = triples[triples["relation"].isin(relations)]
    return Counter(zip(chosen["relation"], chosen["tail"], strict=True))


def test_there_are_150_games_with_a_description_of_a_few_lines():
    words = GAMES.items["text"].str.split().str.len()
    assert len(GAMES.items) == 150
    assert GAMES.items["id"].is_unique
    assert words.between(35, 70).all()
    assert GAMES.items["year"].between(1900, 2026).all()
    assert (GAMES.items["categories"].str.len() > 0).all()


def test_no_two_descriptions_open_alike():
    openings = GAMES.items["text"].str.lower().str.split().str[:4].str.join(" ")
    assert openings.is_unique


def test_every_game_is_tied_to_eight_names_or_more():
    assert set(GAMES.triples["head"]) == set(GAMES.items["id"])
    assert GAMES.triples.groupby("head").size().min() >= 8


@pytest.mark.parametrize(("world", "fewest", "most"), [("demo", 100, 140), ("games", 40, 70)])
def test_themes_and_moods_come_from_a_short_list(world, fewest, most):
    used = described(demo.load(world).triples, "has_theme", "has_mood")
    assert fewest <= len(used) <= most
    assert sum(used.values()) > 5 * len(used)  # a word that is used once or twice says little
