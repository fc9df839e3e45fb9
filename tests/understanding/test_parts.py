"""A text on the small world: its parts, what follows from them, and what is said of it."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from recsys.building.build import build
from recsys.understanding.understander import Understander
from tests.worlds import ITEMS, FakeEncoder, tables

READ = {
    "love": ["+love"],
    "love, no ghost": ["+love", "-ghost"],
    "no love please": ["-love"],
    "I love horses": ["+horses"],
    "stories I love": [],
    "horses & ghosts": ["+ghosts", "+horses"],
    "already seen attic, what's similar to it": ["0attic"],
    "space, and space": ["+space", "+space"],
}
"""Text -> its parts in order of their words, with what they are wanted for."""


def ids(rows):
    return [ITEMS[row][0] for row in rows]


@pytest.mark.parametrize("text", READ)
def test_what_is_read(stories, text):
    parts = [part.intent for part in stories.understand(text).parts]
    said = []
    for one in parts:
        said += [{1: "+", -1: "-", 0: "0"}[one.polarity] + word for word in one.text.split()]
    assert sorted(said) == READ[text]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("space, and more space", "Understood: space."),
        ("stories not for kids", "“for kids”: nothing here says whom stories suit."),
        ("love, no ghosts", "Understood: love; not ghosts."),
        ("under $9", "“under $9”: no prices here, so that part is not used."),
        ("like The Vault", "Understood: like The Vault."),
        ("ein Film ohne Krieg", "This looks like German; tastes are read in English here."),
    ],
)
def test_what_is_said_of_it(stories, text, sentence):
    assert stories.understand(text).sentence == sentence


@pytest.mark.parametrize(
    ("text", "muted", "left"),
    [
        ("horses and ghosts", ["horses ghosts"], []),
        ("horses and ghosts", ["ghosts"], ["horses"]),
        ("a horse fair", ["horse fair"], []),
        ("space, no ghosts", ["ghosts"], ["space"]),
        ("art for space", ["for kids"], ["art for space"]),
    ],
)
def test_what_is_switched_off_is_not_embedded(stories, text, muted, left):
    found = stories.understand(text).without(muted)
    assert [clause.text for clause in found.clauses] == left
    assert not set(muted) & {part.intent.text for part in found.parts}


def test_a_filter_can_be_switched_off_and_softened(stories):
    found = stories.understand("before 1950")
    assert ids(np.flatnonzero(found.allowed)) == ["letters"]
    assert found.without({"before 1950"}).allowed.all()
    soft = found.softened({"before 1950"})
    assert soft.allowed.all()
    assert soft.penalty.max() == pytest.approx(0.5)


def test_what_follows_from_a_text_is_worked_out_once_where_nothing_is_switched_off(stories):
    found = stories.understand("horses, nothing sad")
    same = stories.understand("horses, nothing sad").without(()).softened(())
    assert same.penalty is found.penalty
    assert found.without(["horses"]).wanted is not found.wanted


def test_a_refusal_weighs_on_what_has_it(stories):
    found = stories.understand("no horses")
    assert ids(np.flatnonzero(found.penalty)) == ["mare"]


def test_what_is_named_is_not_shown_again(stories):
    found = stories.understand("like The Vault, and I've seen Attic")
    assert ids(found.excluded) == ["vault", "attic"]
    assert ids(found.rows("seen")) == ["attic"]


def test_places_are_those_of_the_text_as_typed(stories):
    text = "smth wierd, no ghosts pls"
    found = stories.understand(text)
    assert {text[part.intent.start : part.intent.end] for part in found.parts} == {
        "smth wierd",
        "ghosts",
    }
    assert [(one.said, one.read) for one in found.read_as][:2] == [
        ("smth", "something"),
        ("wierd", "weird"),
    ]


def test_a_work_that_the_catalogue_lacks_is_no_item(root):
    world = tables()
    sequel = pd.DataFrame([("star", "follows", "Moon Harbour")], columns=world.triples.columns)
    world = replace(world, triples=pd.concat([world.triples, sequel], ignore_index=True))
    found = Understander(build("small", world, FakeEncoder())).understand(
        "like Moon Harbour (1970)"
    )
    assert [(part.intent.kind, part.acted, part.rows) for part in found.parts] == [
        ("example", False, ())
    ]
