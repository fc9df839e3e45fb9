"""Tastes to try are made of what a catalogue has, and are the same every time."""

import pandas as pd

from recsys.datasets._examples import examples

KINDS = {"Horror": "A ghost waits in a cellar of the {} house.", "Crime": "A {} heist and a thief."}


def shop(kinds=KINDS, **more) -> pd.DataFrame:
    rows = [
        (f"{kind} {n}", text.format(word), 1980 + n, [kind], {"Author": [f"Ann {kind}", f"Bo {n}"]})
        for kind, text in kinds.items()
        for n, word in enumerate(("lonely", "cold", "quiet"))
    ]
    items = pd.DataFrame(rows, columns=["title", "text", "year", "categories", "facts"])
    return items.assign(**more)


def test_kinds_with_their_words_a_person_and_a_decade():
    assert examples(shop(), "book", "books") == [
        "crime books with a heist and a thief",
        "horror books with a cellar and house",
        "books by Ann Crime",
        "horror books from the 1980s",
    ]


def test_items_are_not_called_items():
    assert examples(shop(), "item", "items")[0] == "crime with a heist and a thief"
    assert "something by Ann Crime" in examples(shop(), "item", "items")


def test_no_text_is_copied():
    for example in examples(shop(), "book", "books"):
        assert not any(example in text or text in example for text in shop()["text"])


def test_without_kinds_the_words_and_titles_serve():
    bare = shop(categories=[[]] * 6, facts=[{}] * 6, year=None)
    found = examples(bare, "book", "books")
    assert found[:2] == [
        "books with a cellar and a heist",
        "like Horror 0",
    ]


def test_without_texts_the_kinds_serve():
    bare = shop(text="", facts=[{}] * 6, year=None)
    assert examples(bare, "book", "books") == ["crime books", "horror books"]


def test_the_order_of_the_rows_changes_nothing():
    turned = shop().iloc[::-1].reset_index(drop=True)
    assert examples(turned, "book", "books") == examples(shop(), "book", "books")


def test_another_writing_gives_no_error():
    chinese = shop({"餐馆": "手工拉面和牛肉汤，安静，适合一个人慢慢吃。{}"})
    assert examples(chinese, "地方", "地方s")
