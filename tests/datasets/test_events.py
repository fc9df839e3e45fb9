"""Reviews, purchases, plays: files in which an item comes more than once."""

import pytest

from recsys.datasets import table
from recsys.errors import DataError


@pytest.fixture
def write(tmp_path):
    def written(name: str, content: str):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return path

    return written


ITEMS = "sku,name\nk1,Kettle\nk2,Pan\nk3,Ladle\n"

SALES = """InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID
500,k1,RED KETTLE,2,3/4/2011 9:00,5.5,ann
501,k1,RED KETTLE,1,3/5/2011 9:00,5.5,ann
502,k2,IRON PAN,12,3/5/2011 9:00,8,bo
C503,k1,RED KETTLE,-1,3/25/2011 9:00,5.5,ann
C504,k2,IRON PAN,-1,1/1/2011 9:00,8,bo
505,k2,IRON PAN,40,3/6/2011 9:00,8,
"""


def test_purchases_alone_are_items_and_likes(write):
    tables = table.load(write("sales.csv", SALES))
    assert tables.items[["id", "title"]].to_numpy().tolist() == [
        ["k1", "RED KETTLE"],
        ["k2", "IRON PAN"],
    ]
    # Ann's later kettle went back; what Bo took back he had not bought by then.
    assert tables.interactions.to_numpy().tolist() == [
        ["ann", "k1", 1.0, 1299229200],
        ["bo", "k2", 1.0, 1299315600],
    ]
    assert tables.like_from == 0
    assert dict(zip(tables.rejected["line"], tables.rejected["reason"], strict=True)) == {
        3: "taken back by a return",
        5: "a return",
        6: "a return",
        7: "no customer",
    }
    told = "\n".join(tables.notes)
    assert "these are purchases, several rows with the same StockCode" in told
    assert "month, day, year: 3/25/2011 9:00 can be nothing else" in told


def test_every_row_is_an_interaction_or_told_of(write):
    tables = table.load(write("sales.csv", SALES))
    assert len(tables.interactions) + len(tables.rejected) == SALES.count("\n") - 1


REVIEWS = """{"asin": "k1", "user_id": "ann", "overall": 5, "text": "Whistles in tune."}
{"asin": "k1", "user_id": "bo", "overall": 2, "text": "Leaks."}
{"asin": "k2", "user_id": "ann", "overall": 4, "text": "A pan for life."}
"""


def test_reviews_alone_are_items_and_likes(write):
    tables = table.load(write("reviews.jsonl", REVIEWS))
    assert tables.items[["id", "title", "text"]].to_numpy().tolist() == [
        ["k1", "k1", "Whistles in tune. Leaks."],
        ["k2", "k2", "A pan for life."],
    ]
    assert tables.interactions["rating"].tolist() == [5, 2, 4]
    assert tables.like_from == 5
    assert tables.rejected.empty


def test_rows_may_be_items_all_the_same(write):
    tables = table.load(write("reviews.jsonl", REVIEWS), rows="items")
    assert len(tables.interactions) == 0
    assert tables.rejected["reason"].tolist() == ["duplicate id"]


def test_rows_may_be_events_that_nothing_shows(write):
    path = write("met.csv", "who,what\nann,k1\nbo,k2\n")
    tables = table.load(path, rows="events", map=["user=who", "item=what"])
    assert tables.items["title"].tolist() == ["k1", "k2"]
    assert tables.interactions[["user", "item"]].to_numpy().tolist() == [
        ["ann", "k1"],
        ["bo", "k2"],
    ]


def test_reviews_describe_items_that_have_no_description(write):
    items = write("items.csv", "sku,name,description\nk1,Kettle,\nk2,Pan,Of iron.\nk3,Ladle,\n")
    tables = table.load(items, write("reviews.jsonl", REVIEWS))
    assert tables.items["text"].tolist() == ["Whistles in tune. Leaks.", "Of iron.", ""]
    told = "reviews.jsonl: items without a description that their reviews describe: 1."
    assert told in tables.notes


def load_likes(write, likes: str, **options):
    return table.load(write("items.csv", ITEMS), write("likes.csv", likes), **options)


PLAYS = "user,item,plays\nann,k1,1\nbo,k1,310\nbo,k2,1\n"


def test_plays_are_likes_whatever_their_number(write):
    tables = load_likes(write, PLAYS)
    assert tables.interactions["rating"].tolist() == [1, 310, 1]
    assert tables.like_from == 0
    assert "values are counts (implicit)" in "\n".join(tables.notes)


def test_the_kind_of_values_and_the_threshold_can_be_said(write):
    assert load_likes(write, PLAYS, feedback="explicit").like_from == 310
    assert load_likes(write, PLAYS, like_from=2).like_from == 2
    assert load_likes(write, PLAYS.replace("plays", "rating"), feedback="implicit").like_from == 0


def test_who_met_a_book_and_rated_it_0_has_no_opinion(write):
    rows = "u1,k1,0\nu2,k1,0\nu3,k1,5\nu3,k2,8\nu4,k2,9\n"
    tables = load_likes(write, f"User-ID,ISBN,Book-Rating\n{rows}")
    assert len(tables.interactions) == 5
    assert tables.like_from == 9
    assert "2 of 5 are 0: somebody met an item and did not rate it" in "\n".join(tables.notes)


def test_a_file_without_headers_is_read_by_its_values_and_the_items(write):
    rows = "k1,ann,5,978300760\nk2,ann,3,978302109\nk1,bo,4,978301968\n"
    tables = load_likes(write, f"column 1,column 2,column 3,column 4\n{rows}")
    assert tables.interactions.to_numpy().tolist()[0] == ["ann", "k1", 5, 978300760]
    assert "there the items' ids are" in "\n".join(tables.notes)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"feedback": "loud"}, "The feedback is 'loud'; it must be explicit or implicit"),
        ({"like_from": float("nan")}, "A like begins at nan; it must be a number"),
        ({"rows": "cells"}, "The rows are 'cells'; they must be items or events"),
    ],
)
def test_a_wrong_wish_is_answered(write, options, message):
    with pytest.raises(DataError, match=message):
        table.load(write("items.csv", ITEMS), **options)
