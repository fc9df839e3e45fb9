"""The catalogue: what goes in comes out, under row numbers, and damage is told."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from recsys.datatypes import Filters
from recsys.errors import QueryError, WorkspaceError
from recsys.store.catalogue import Catalogue
from recsys.store.schema import digest
from recsys.tables import Tables
from tests.worlds import ITEMS, LIKES, tables

HOSTILE = [
    "'; DROP TABLE items; --",
    'she said "no"',
    "it's",
    "愛と記憶",
    "🎬",
    "a\\b%s{x}|,;\t$1 ?",
    "e\u0301 and \u00e9",
]


@pytest.fixture
def make(tmp_path):
    """Makes a catalogue from tables; all are closed afterwards."""
    made = []

    def create(source):
        made.append(Catalogue.create(tmp_path / f"{len(made)}.duckdb", source))
        return made[-1]

    yield create
    for catalogue in made:
        catalogue.close()


@pytest.fixture
def catalogue(make):
    return make(tables())


def events(*rows):
    return pd.DataFrame(rows, columns=["user", "item", "rating", "timestamp"])


def test_rows_are_numbered_in_the_order_of_the_source(catalogue):
    assert len(catalogue) == 8
    assert catalogue.items.index.tolist() == list(range(8))
    assert catalogue.items["id"].tolist() == [item[0] for item in ITEMS]
    assert catalogue.rows(["moon", "star"]) == (7, 0)
    assert catalogue.rows([]) == ()


def test_an_unknown_id_is_refused_by_name(catalogue):
    with pytest.raises(QueryError, match="no item 'nobody'"):
        catalogue.rows(["star", "nobody"])


def test_items_come_back_as_they_went_in(catalogue):
    moon = catalogue.items.loc[7]
    assert (moon["title"], moon["categories"], moon["facts"]) == (
        "Not the Moon",
        (),
        {"Maker": ["Maker of moon"]},
    )
    assert pd.isna(moon["year"])
    assert catalogue.items["year"].tolist()[:7] == [item[2] for item in ITEMS[:7]]
    assert catalogue.items.loc[1, "categories"] == ("Drama", "Family")
    assert catalogue.triples.to_numpy().tolist() == [["star", "has_theme", "solitude"]]
    assert catalogue.about["noun"] == "story"
    assert catalogue.about["like_from"] == 4.0


def test_likes_are_counted(catalogue):
    assert catalogue.likes.tolist() == [LIKES.get(item[0], 0) for item in ITEMS]


@pytest.mark.parametrize(
    ("like_from", "expected"), [(4.0, 2), (4.5, 1), (0.5, 4), (5.5, 0)], ids=str
)
def test_a_like_is_a_rating_of_like_from_or_more(make, like_from, expected):
    rated = events(
        ("u1", "tin", 4.0, 0),
        ("u2", "tin", 5.0, 0),
        ("u3", "tin", 3.5, 0),
        ("u4", "tin", 0.5, 0),
        ("u5", "tin", None, 0),
        ("u1", "an item that is not here", 5.0, 0),
    )
    likes = make(Tables(tables().items, rated, like_from=like_from)).likes
    assert likes.tolist() == [0, expected, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), "star tin vault letters attic mare orbit moon"),
        (Filters(("Crime",)), "vault orbit"),
        (Filters(("Family", "Horror")), "tin attic mare"),
        (Filters(("Opera",)), ""),
        (Filters(("Opera", "Romance")), "letters"),
        (Filters(year_from=1942), "star tin vault letters attic mare orbit"),
        (Filters(year_from=2001), "vault attic orbit"),
        (Filters(year_to=1960), "letters mare"),
        (Filters(year_from=1999, year_to=1999), "tin"),
        (Filters(year_from=2000, year_to=1990), ""),
        (Filters(("Drama",), 1990, 2005), "tin"),
    ],
)
def test_filters_let_through_what_they_say(catalogue, filters, expected):
    passed = catalogue.allowed(filters)
    assert catalogue.items["id"][passed].tolist() == expected.split()


def test_a_catalogue_without_categories_or_years_can_be_filtered(make):
    catalogue = make(tables([(i, t, None, [], text) for i, t, _, _, text in ITEMS]))
    assert not catalogue.allowed(Filters(("Crime",))).any()
    assert not catalogue.allowed(Filters(year_to=2030)).any()
    assert catalogue.categories == []


def test_categories_come_most_used_first(catalogue):
    assert set(catalogue.categories[:3]) == {"Drama", "Family", "Crime"}
    assert set(catalogue.categories[3:]) == {"Romance", "Horror"}


def test_documents_hold_what_is_known_of_an_item_under_their_digests(catalogue):
    documents = catalogue.documents()
    for part in ("Orbit Job", "Crime", "A heist in space, with one robot."):
        assert part in documents.loc[6, "document"]
    assert documents.index.tolist() == list(range(8))
    assert documents["digest"].tolist() == documents["document"].map(digest).tolist()
    assert documents["digest"].is_unique


def test_the_same_text_has_the_same_digest_and_another_text_another():
    assert digest("a heist") == digest("a heist") != digest("a heist.")


def test_embeddings_belong_to_a_text_and_an_encoder(make):
    twins = [
        ("a", "Twin", 2000, [], "Same."),
        ("b", "Other", 2000, [], "Else."),
        ("c", "Twin", 2000, [], "Same."),
    ]
    source = tables(twins)
    catalogue = make(replace(source, items=source.items.assign(facts=[{}, {}, {}])))
    same, other, again = catalogue.documents()["digest"]
    assert same == again
    first, second = np.eye(2, 3, dtype=np.float32)
    catalogue.add_embeddings("one", [other, same], np.stack([first, second]))
    catalogue.add_embeddings("two", [same], first[None])
    assert catalogue.embeddings("one").tolist() == np.stack([second, first, second]).tolist()
    assert catalogue.embeddings("one").dtype == np.float32
    assert {k: v.tolist() for k, v in catalogue.embedded("two", [same, other]).items()} == {
        same: first.tolist()
    }
    assert catalogue.embedded("three", [same]) == {}


def test_hostile_text_is_only_text(make):
    items = [(text, f"T {text}", 2000, [text, "plain"], f"About {text}.") for text in HOSTILE]
    source = tables(items, dict.fromkeys(HOSTILE, 2))
    source = Tables(
        source.items.assign(facts=[{text: [text, "x"]} for text in HOSTILE]),
        source.interactions.assign(user=source.interactions["user"] + HOSTILE[0]),
        pd.DataFrame(
            [(text, text, text) for text in HOSTILE], columns=["head", "relation", "tail"]
        ),
        {text: text for text in HOSTILE},
    )
    first = make(source)
    first.add_embeddings(HOSTILE[0], first.documents()["digest"].tolist(), np.eye(7))
    first.close()
    catalogue = Catalogue.open(first.path)
    assert catalogue.items["id"].tolist() == HOSTILE
    assert catalogue.items["title"].tolist() == [f"T {text}" for text in HOSTILE]
    assert catalogue.items["text"].tolist() == [f"About {text}." for text in HOSTILE]
    assert catalogue.items["categories"].tolist() == [(text, "plain") for text in HOSTILE]
    assert catalogue.items["facts"].tolist() == [{text: [text, "x"]} for text in HOSTILE]
    assert catalogue.triples["tail"].tolist() == HOSTILE
    assert catalogue.likes.tolist() == [2] * 7
    assert catalogue.rows(HOSTILE) == tuple(range(7))
    assert catalogue.about == {text: text for text in HOSTILE} | {"like_from": 4.0}
    assert catalogue.embeddings(HOSTILE[0]).tolist() == np.eye(7).tolist()
    for row, text in enumerate(HOSTILE):
        assert np.flatnonzero(catalogue.allowed(Filters((text,)))).tolist() == [row]
    catalogue.close()


def test_a_missing_embedding_is_told(catalogue):
    digests = catalogue.documents()["digest"].tolist()
    catalogue.add_embeddings("fake", digests[:6], np.ones((6, 2)))
    with pytest.raises(WorkspaceError, match="2 of 8 items have no embedding by fake"):
        catalogue.embeddings("fake")
    with pytest.raises(WorkspaceError, match="8 of 8 items have no embedding by other"):
        catalogue.embeddings("other")


def test_a_catalogue_that_was_never_embedded_is_told(catalogue):
    with pytest.raises(WorkspaceError):
        catalogue.embeddings("fake")


def test_opening_what_is_not_there_makes_no_file(tmp_path):
    with pytest.raises(WorkspaceError, match=r"none\.duckdb is missing"):
        Catalogue.open(tmp_path / "none.duckdb")
    assert list(tmp_path.glob("*.duckdb")) == []


@pytest.mark.parametrize(
    "damage",
    [lambda data: b"", lambda data: b"not a database" * 999, lambda data: data[:9000]],
    ids=["empty", "something else", "cut short"],
)
def test_a_damaged_file_is_told_in_one_line(catalogue, damage):
    catalogue.add_embeddings("fake", catalogue.documents()["digest"].tolist(), np.eye(8))
    catalogue.close()
    catalogue.path.write_bytes(damage(catalogue.path.read_bytes()))
    with pytest.raises(WorkspaceError, match="damaged") as caught:
        Catalogue.open(catalogue.path)
    assert "\n" not in str(caught.value)
