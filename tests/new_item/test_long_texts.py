"""Ten thousand characters are answered as a page of them is: what tells most is read."""

import pytest

from recsys.building.build import build
from recsys.datatypes import NewItem, Query
from recsys.new_item.judge import MAX_SENTENCES, NewItems
from recsys.ranking.engine import Engine
from tests.worlds import FakeEncoder, shelf

LONG = "A space captain waits. " * 400 + "At the end a horse crosses the desert."


@pytest.fixture
def engine(root):
    return Engine(build("small", shelf(), FakeEncoder()), FakeEncoder())


def test_of_a_long_new_item_what_tells_most_is_read(engine):
    engine.encoder.encoded.clear()
    landing = NewItems(engine).describe(NewItem(LONG))
    assert landing.unread > 200  # of 401
    read = engine.encoder.encoded[-1]
    assert len(read) < 4_000
    assert "a horse crosses the desert" in read


def test_a_short_new_item_is_read_whole(engine):
    assert NewItems(engine).describe(NewItem("A space captain. A horse.")).unread == 0


def test_a_dozen_sentences_at_most_are_left_out_in_turn(engine):
    steps = []
    found = NewItems(engine).sentences(
        NewItem(LONG[-3_000:]), lambda done, total, what: steps.append((done, total))
    )
    assert len(found) == MAX_SENTENCES
    assert "At the end a horse crosses the desert." in list(found["sentence"])
    assert steps[-1] == (MAX_SENTENCES - 1, MAX_SENTENCES)


def test_of_a_long_taste_what_tells_most_is_read(engine):
    wishes = " ".join(f"I want a slow horror story about ghosts in house {n}." for n in range(180))
    assert 0 < len(engine.understand(Query(wishes[:9_000])).clauses) < 90
