"""Facts that a text suggests, on the shelf of four sorts: the words that say so are its own."""

from dataclasses import replace

import pytest

from recsys.building.build import build
from recsys.datatypes import NewItem
from recsys.new_item.judge import NewItems
from recsys.ranking.engine import Engine
from tests.worlds import FakeEncoder, shelf

ITEM = NewItem("A space in the orchard. The captain, a rocket and an orbit; a space.", title="Far")


@pytest.fixture
def new_items(root):
    return NewItems(Engine(build("shelf", shelf(), FakeEncoder()), FakeEncoder()))


def test_what_the_text_suggests_is_told_with_the_words_that_say_so(new_items):
    found = new_items.suggested(ITEM).set_index("name")
    stars = found.loc["stars"]
    assert (stars["relation"], bool(stars["named"])) == ("has_theme", False)
    assert stars["probability"] > 0.5
    assert 0 < len(stars["words"]) <= 3
    assert {"space", "captain", "rocket", "orbit"} & set(" ".join(stars["words"]).split())
    assert all(word in ITEM.text.lower() for word in stars["words"])
    assert not {"haunting", "robbery", "frontier"} & set(found.index)
    assert found["probability"].is_monotonic_decreasing

    # Without the words that speak for it most, it is less likely.
    text = ITEM.text
    for word in " ".join(stars["words"]).split():
        text = text.replace(word, "thing")
    less = new_items.suggested(replace(ITEM, text=text)).set_index("name")
    assert "stars" not in less.index or less.loc["stars", "probability"] < stars["probability"]

    # What was said is not suggested any more, and nothing is of a text that says nothing.
    told = replace(ITEM, facts={"has_theme": ("stars",)}, categories=("Science fiction",))
    rest = new_items.suggested(told)
    assert not set(rest["name"]) & {"stars", "Science fiction"}
    nothing = new_items.suggested(NewItem("zzz qqq"))
    assert all(words == () for words in nothing["words"])
