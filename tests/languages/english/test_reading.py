"""A text as intents: what is wanted, turned down, named and asked for in a special way."""

import pytest

from recsys.intents import FIRM, HARD, SOFT, Name
from recsys.languages.english.cues import find_roles
from recsys.languages.english.foreign import other_script, stop_shares
from recsys.languages.english.reading import read


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("love", [("topic", "love", 1, FIRM)]),
        ("love, no ghosts", [("topic", "love", 1, FIRM), ("topic", "ghosts", -1, HARD)]),
        ("love by post", [("topic", "love by post", 1, FIRM)]),
        ("I love horror", [("topic", "horror", 1, FIRM)]),
        ("hello", [("filler", "hello", 0, 0)]),
        ("not too sad", [("tone", "sad", -1, SOFT)]),
        ("films that aren't scary", [("tone", "scary", -1, HARD)]),
        ("spare me the gore", [("topic", "gore", -1, HARD)]),
        ("gore-free horror", [("topic", "gore", -1, HARD), ("topic", "horror", 1, FIRM)]),
        (
            "it's not that I hate romance, just not tonight",
            [("topic", "romance", -1, FIRM)],
        ),
        (
            "darker, less violent",
            [("comparison", "dark", 1, SOFT), ("comparison", "violent", -1, SOFT)],
        ),
        ("in French", [("language", "in French", 1, HARD)]),
        ("no subtitles", [("language", "no subtitles", -1, FIRM)]),
        ("like “Blue Moon”", [("example", "Blue Moon", 1, FIRM)]),
        ("like Blue Moon (1971)", [("example", "Blue Moon", 1, FIRM)]),
        ("I've seen Blue Moon", [("seen", "Blue Moon", 0, FIRM)]),
    ],
)
def test_what_a_text_says(text, intents):
    found = [(one.kind, one.text, one.polarity, one.strength) for one in read(text).intents]
    assert found == intents


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("late 70s horror for my mum", [("horror", True)]),
        ("already seen it, what's similar to it", []),
        ("robots in French, no war", [("robots", True), ("war", False)]),
    ],
)
def test_what_is_embedded(text, clauses):
    assert [(one.text, one.wanted) for one in read(text).clauses] == clauses


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("like heat", ["example like heat"]),
        ("I hated heat", ["disliked hated heat"]),
        ("besides heat", ["seen besides heat"]),
        ("if you liked heat", ["liked liked heat"]),
        ("darker than heat", ["example than heat"]),
        ("rather than heat", []),
        ("I love heat", []),
        ("better heat", []),
    ],
)
def test_an_ordinary_word_is_a_name_where_something_says_so(text, roles):
    start = text.index("heat")
    found = find_roles(text, [Name(start, start + 4, "item", sure=False)])
    assert [f"{one.kind} {text[one.start : one.end]}" for one in found] == roles


def test_what_follows_a_name_says_what_it_is_there_for():
    text = "Heat was boring"
    assert [one.kind for one in find_roles(text, [Name(0, 4, "item")])] == ["disliked"]


def test_the_language_of_a_text():
    assert stop_shares("ein film nicht traurig".split())["German"] == 0.75
    assert stop_shares(["quiero", "dragones"])["Spanish"] == 0.5
    assert [other_script(text) for text in ("фильм о дружбе", "映画", "a film")] == [
        "Russian",
        "Chinese",
        "",
    ]
