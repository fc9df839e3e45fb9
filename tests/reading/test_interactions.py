"""Columns of interactions, and what their values are."""

import pandas as pd
import pytest

from recsys.reading.events import items_of, meanings, recognise
from recsys.reading.feedback import feedback
from recsys.reading.interactions import by_overlap, guess


def frame(text: str) -> pd.DataFrame:
    header, *rows = [line.split(",") for line in text.strip().splitlines()]
    return pd.DataFrame([[cell.strip() for cell in row] for row in rows], columns=header).astype(
        "str"
    )


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (
            "InvoiceNo,StockCode,Quantity,InvoiceDate,CustomerID",
            {
                "user": "CustomerID",
                "item": "StockCode",
                "rating": "Quantity",
                "timestamp": "InvoiceDate",
            },
        ),
        (
            "review_id,business_id,stars,user_id,date",
            {"user": "user_id", "item": "business_id", "rating": "stars", "timestamp": "date"},
        ),
        ("用户,商品编号,评分", {"user": "用户", "item": "商品编号", "rating": "评分"}),
    ],
)
def test_names_decide_first(header, found):
    row = ",".join("1" for _ in header.split(","))
    assert guess(frame(f"{header}\n{row}\n{row}"), {}) == found


def test_without_names_the_values_decide():
    ratings = frame(
        "column 1,column 2,column 3,column 4\n7,31,4,978300760\n7,88,2,978302109\n9,31,5,978301968"
    )
    assert guess(ratings, {}) == {
        "user": "column 1",
        "item": "column 2",
        "rating": "column 3",
        "timestamp": "column 4",
    }
    shuffled = ratings[["column 4", "column 1", "column 2"]]
    assert guess(shuffled, {}) == {
        "timestamp": "column 4",
        "user": "column 1",
        "item": "column 2",
    }


def test_the_ids_of_the_items_say_which_column_they_are_in():
    found = {"user": "column 1", "item": "column 2"}
    likes = frame("column 1,column 2\nb1,u1\nb2,u1")
    assert by_overlap(likes, found, pd.Series(["b1", "b2"])) == {
        "user": "column 2",
        "item": "column 1",
    }
    assert by_overlap(likes, found, pd.Series(["u1", "b1"])) == found
    named = likes.set_axis(["user", "item"], axis=1)
    found = {"user": "user", "item": "item"}
    assert by_overlap(named, found, pd.Series(["b1", "b2"])) == found


@pytest.mark.parametrize(
    ("values", "column", "kind"),
    [
        ([1, 5, 3.5], "stars", "explicit"),
        ([1, 2, 5, 4], "column 3", "explicit"),
        ([0, 1, 0], "liked", "explicit"),
        ([10, 55, 90, 77], "score", "explicit"),
        ([1, 2, 5, 4], "plays", "implicit"),
        ([1, 1, 2, 1, 3, 907], "column 3", "implicit"),
        ([1, 1, 2, 12], "n", "implicit"),
        ([0.2, 3.1, 0.5, 60.5], "h", "implicit"),
        ([1, 1, 1], "column 3", "implicit"),
    ],
)
def test_values_and_the_name_say_whether_they_are_opinions(values, column, kind):
    found = feedback(pd.Series(values, dtype=float), column)
    assert found.kind == kind
    assert found.reason


def test_zeros_are_no_opinion_where_none_is_commoner():
    assert feedback(pd.Series([0, 0, 7, 8, 8.0]), "stars").unrated
    assert feedback(pd.Series([0, 7, 8, 8.0]), "Book-Rating").unrated
    assert not feedback(pd.Series([0, 5, 5, 4.0]), "stars").unrated
    assert not feedback(pd.Series([0, 0, 1.0]), "liked").unrated
    assert not feedback(pd.Series([-1, 0, 0, 5.0]), "stars").unrated


REVIEWS = """
asin,reviewerID,overall,reviewText,brand,helpful
k1,ann,5,A kettle that whistles in tune,Norden,0
k1,bo,2,Leaks,Norden,9
k2,ann,4,A pan for life,Sol,1
"""


def test_reviews_are_recognised_and_give_items():
    reviews = frame(REVIEWS)
    found = recognise(reviews, {})
    assert found is not None
    assert (found.what, found.text) == ("reviews", "reviewText")
    assert found.columns == {"user": "reviewerID", "item": "asin", "rating": "overall"}
    rows = items_of(reviews, found, {})
    assert rows["asin"].tolist() == ["k1", "k2"]
    assert rows["brand"].tolist() == ["Norden", "Sol"]
    assert rows["reviews"].tolist() == ["Leaks A kettle that whistles in tune", "A pan for life"]
    kinds = meanings(rows, found, {})
    assert (kinds["id"], kinds["title"], kinds["text"]) == ("asin", "", "reviews")


@pytest.mark.parametrize(
    "catalogue",
    [
        "id,title,user,rating\n1,A,ann,3\n2,B,ann,4",  # nothing comes twice
        "id,title,genre\n1,A,sea\n1,B,sea",  # a slip, and nobody named
        "reviewid,title,artist,score,review\n1,A,Moon,7,Good\n2,B,Moon,8,Bad",  # albums
        "title,year\nA,1990\nA,1990",
    ],
)
def test_a_catalogue_is_not_taken_for_reviews(catalogue):
    assert recognise(frame(catalogue), {}) is None


def test_ratings_of_nobody_give_items_only():
    reviews = frame(
        "app_id,app_name,review_text,review_score\n1,Ox,Fun,1\n1,Ox,Dull,-1\n2,Elk,Hm,1"
    )
    found = recognise(reviews, {})
    assert found is not None
    assert "user" not in found.columns
    rows = items_of(reviews, found, {})
    assert meanings(rows, found, {})["title"] == "app_name"
