"""Which node a word names: a table of what must link, and of what must not."""

import numpy as np
import pandas as pd
import pytest

from recsys.knowledge.linking import MAX_BY_MEANING, Linker
from recsys.knowledge.names import fold
from recsys.languages import english

NODES = [
    ("Blade Runner", "item", 9),
    ("It", "item", 9),
    ("Her", "item", 9),
    ("Love Story", "item", 9),
    ("The Godfather", "item", 9),
    ("Star Wars: Episode IV - A New Hope", "item", 9),
    ("Andrei Tarkovsky", "person", 7),
    ("Steven Spielberg", "person", 30),
    ("Arielle Spielberg", "person", 1),
    ("Joel Coen", "person", 8),
    ("Ethan Coen", "person", 8),
    ("Wes Anderson", "person", 9),
    ("Paul Thomas Anderson", "person", 8),
    ("Pamela Anderson", "person", 7),
    ("David Lean", "person", 6),
    ("Lars von Trier", "person", 6),
    ("Doris Day", "person", 5),
    ("Luis Buñuel", "person", 9),
    ("heist", "theme", 15),
    ("memory", "theme", 40),
    ("truth and lies", "theme", 40),
    ("frightening", "mood", 38),
    ("gory", "mood", 20),
    ("Horror", "genre", 60),
    ("Comedy", "genre", 160),
    ("Romance", "genre", 120),
    ("Western", "genre", 15),
    ("Science fiction", "genre", 60),
    ("drama film", "genre", 300),
    ("Japan", "country", 40),
    ("South Korea", "country", 12),
    ("1990s", "decade", 100),
    ("Paris", "set in", 20),
    ("Dracula by Bram Stoker", "based on", 2),
]
TEXTS = [
    "it was her love story, and a lean day for them", "she loves him and the paper is up",
    "an old heat of stars",
]  # fmt: skip
NAMES = [name for name, _, _ in NODES]


def linker(centred=(), centres=()):
    nodes = pd.DataFrame(NODES, columns=["name", "kind", "degree"])
    topics, centroids = np.array(centred, dtype=np.int64), np.array(centres)
    return Linker(nodes, TEXTS, topics, centroids, english)


@pytest.fixture(scope="module")
def plain():
    return linker()


def named(found):
    return {(NAMES[link.node], link.how) for link in found}


def ask(linker, text, wanted=True):
    return linker.link(text, [(text, wanted)], np.zeros((1, 2), dtype=np.float32))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a clever heist", {("heist", "exact")}),
        ("HEISTS and heists", {("heist", "exact")}),
        ("bank robbery", {("heist", "alias")}),
        ("westerns", {("Western", "exact")}),
        ("cowboys", {("Western", "alias")}),
        ("a drama", {("drama film", "alias")}),
        ("drama films", {("drama film", "exact")}),
        ("sci-fi", {("Science fiction", "alias")}),
        ("science-fiction", {("Science fiction", "exact")}),
        ("a rom-com", {("Comedy", "alias"), ("Romance", "alias")}),
        ("something scary", {("Horror", "alias"), ("frightening", "alias")}),
        ("funny", {("Comedy", "alias")}),
        ("lies", {("truth and lies", "alias")}),
        ("truth and lies", {("truth and lies", "exact")}),
        ("memories", {("memory", "exact")}),
        ("Japanese", {("Japan", "alias")}),
        ("korean", {("South Korea", "alias")}),
        ("South Korea", {("South Korea", "exact")}),
        ("from the 90s", {("1990s", "alias")}),
        ("the '90s", {("1990s", "alias")}),
        ("the nineties", {("1990s", "alias")}),
        ("the 1990s", {("1990s", "exact")}),
        ("paris in the rain", {("Paris", "exact")}),
        ("by Tarkovsky", {("Andrei Tarkovsky", "alias")}),
        ("tarkovsky", {("Andrei Tarkovsky", "alias")}),
        ("Tarkovsky's", {("Andrei Tarkovsky", "alias")}),
        ("andrei tarkovsky", {("Andrei Tarkovsky", "exact")}),
        ("spielberg", {("Steven Spielberg", "alias")}),
        ("the Coens", {("Joel Coen", "alias"), ("Ethan Coen", "alias")}),
        ("by Lars Von Trier", {("Lars von Trier", "exact")}),
        ("von trier", {("Lars von Trier", "alias")}),
        ("bunuel", {("Luis Buñuel", "alias")}),
        ("like blade runner", {("Blade Runner", "exact")}),
        ("like Star Wars", {("Star Wars: Episode IV - A New Hope", "alias")}),
        ("the Godfather", {("The Godfather", "exact")}),
        ("as in Her", {("Her", "exact")}),
        ("I adore “It”", {("It", "exact")}),
        ('I adore "love story"', {("Love Story", "exact"), ("Romance", "alias")}),
        ("as in Love Story", {("Love Story", "exact"), ("Romance", "alias")}),
        ("about Dracula", {("Dracula by Bram Stoker", "alias")}),
        ("from Lean", {("David Lean", "alias")}),
    ],
)
def test_words_that_name_a_node(plain, text, expected):
    assert named(ask(plain, text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "it moves me",
        "It moves me",
        "her face",
        "Her face is everything",
        "a lean plot",
        "Lean and mean",
        "a day at work",
        "on Christmas Day",
        "films by Anderson",
        "twenty or ninety minutes",
        "IT MOVES HER",
        "stars and a new hope",
        "zzz",
        "愛 🎬",
    ],
)
def test_ordinary_words_name_nothing(plain, text):
    assert ask(plain, text) == []


def test_a_lower_case_phrase_that_is_ordinary_is_not_the_film(plain):
    assert named(ask(plain, "a love story")) == {("Romance", "alias")}


def test_the_longest_name_wins(plain):
    assert named(ask(plain, "Paul Thomas Anderson")) == {("Paul Thomas Anderson", "exact")}


def test_a_link_knows_its_clause_its_words_and_whether_it_is_wanted(plain):
    clauses = [("a heist in Paris", True), ("gore", False)]
    links = plain.link("a heist in Paris, no gore", clauses, np.zeros((2, 2), dtype=np.float32))
    told = [(link.clause, NAMES[link.node], link.said, link.wanted) for link in links]
    assert sorted(told) == [
        (0, "Paris", "Paris", True),
        (0, "heist", "heist", True),
        (1, "gory", "gore", False),
    ]


def test_a_capital_tells_a_name_in_the_middle_of_a_sentence_only(plain):
    clauses = [("I like Blade Runner", True), ("Her", True)]
    vectors = np.zeros((2, 2), dtype=np.float32)
    after_comma = plain.link("I like Blade Runner, Her", clauses, vectors)
    after_stop = plain.link("I like Blade Runner. Her", clauses, vectors)
    assert "Her" in {NAMES[link.node] for link in after_comma}
    assert "Her" not in {NAMES[link.node] for link in after_stop}


def test_a_better_known_name_is_surer_than_an_alias_and_one_of_two_the_least(plain):
    exact, alias, shared = (
        ask(plain, text)[0].strength for text in ("Joel Coen", "spielberg", "the Coens")
    )
    assert 1 == exact > alias > shared > 0


def test_a_wanted_clause_is_linked_by_meaning_to_what_is_near_enough():
    centres = np.array([[1, 0], [0.8, 0.6], [0, 1]], dtype=np.float32)
    heist, memory, gory = (NAMES.index(name) for name in ("heist", "memory", "gory"))
    near = linker((heist, memory, gory), centres)
    vectors = np.array([[1, 0]], dtype=np.float32)
    found = near.link("crooks", [("crooks", True)], vectors)
    assert named(found) == {("heist", "meaning"), ("memory", "meaning")}
    assert len(found) == MAX_BY_MEANING
    assert found[0].strength > found[1].strength > 0
    assert near.link("crooks", [("crooks", False)], vectors) == []
    twice = near.link("heist", [("heist", True)], vectors)
    assert sum(link.node == heist for link in twice) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Zombies", "zombie"), ("cities", "City"), ("witches", "witch"), ("Amélie", "amelie"),
     ("Łódź", "lodz"), ("heroes", "hero"), ("Hitchcock’s", "hitchcock")],
)  # fmt: skip
def test_forms_of_a_word_fold_together(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("glass", "glas"), ("ninety", "nineties"), ("90s", "90")]
)
def test_different_words_stay_apart(one, other):
    assert fold(one) != fold(other)
