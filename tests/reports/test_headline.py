"""One sentence a report."""

import pytest

from recsys.reports import headline, learning_curve
from recsys.reports import store as reports
from tests.reports.test_reports import VALUES, made, report, sure

CLEAR = {"mean": -0.3, "low": -0.4, "high": -0.1, "p": 0.0001, "p_holm": 0.0004}


@pytest.fixture
def worth(monkeypatch):
    """A report whose text is worth what the test says: (value, low, high) likes."""

    def said(*found):
        monkeypatch.setattr(learning_curve, "worth", lambda *_: found)
        return headline.headline(report(protocol="new-user"), "ndcg@10")

    return said


def test_with_a_learning_curve_it_says_what_a_sentence_is_worth():
    run = report(protocol="new-user")
    assert headline.headline(run, "ndcg@10") == (
        "A sentence is worth about three likes, between one and five."
    )
    assert headline.in_figures(run, "ndcg@10").startswith(
        "What people typed is worth about 3.0 likes [1.0, 5.0]: the text alone gives 0.500 NDCG@10"
        " (how high"
    )


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ((3.4, 0.6, float("inf")), "about three likes, between one and more than five."),
        ((1.2, 0.2, 3), "about one like, between none and three."),
        ((float("inf"), 4, float("inf")), "more than five likes, and at least four."),
        ((float("inf"), float("inf"), float("inf")), "more than five likes."),
        ((0.3, 0.0, 2), "less than one like, at most two."),
    ],
)
def test_no_number_of_likes_breaks_the_sentence(worth, found, said):
    assert worth(*found) == f"A sentence is worth {said}"


def test_a_sentence_that_adds_nothing_is_said_to(worth):
    assert worth(0, 0, 1) == "A sentence adds nothing to what is known without it."


def test_without_a_curve_it_says_whether_popularity_is_beaten_and_for_how_many():
    assert headline.headline(report(), "ndcg@10") == (
        "A sentence does not clearly beat popularity alone: better for 3 of 4 invented people,"
        " worse for none."
    )
    found = sure(made(), "popularity", **CLEAR)
    assert headline.headline(found, "ndcg@10") == (
        "A sentence beats popularity alone: better for 3 of 4 invented people, worse for none."
    )
    assert headline.in_figures(found, "ndcg@10").endswith(
        "0.500 [0.300, 0.700] against 0.200 [0.050, 0.350], a difference of"
        " +0.300 [+0.100, +0.400]."
    )


def test_what_beats_the_usual_is_not_kept_quiet():
    body = sure(made(), "popularity", **CLEAR).body
    better = {"mean": 0.1, "low": 0.05, "high": 0.2, "p_holm": 0.01}
    found = headline.headline(sure(body, "content", **better), "ndcg@10")
    assert found.endswith("worse for none; clearly better still: “Meaning only (cosine)”.")
    found = headline.headline(sure(made(), "popularity", **better), "ndcg@10")
    assert found == (
        "Popularity alone beats the usual: better for 0 of 4 invented people, worse for 3."
    )


def test_a_new_item_is_held_against_its_nearest_text():
    values = VALUES | {"plain cosine": [0.1, 0.2, 0.3, 0.3]}
    assert headline.rival(report(protocol="new-item", values=values)) == "plain cosine"
    assert headline.rival(report(values=values)) == "popularity"


def test_where_little_was_measured_there_is_still_a_sentence():
    alone = report(values={"default": [0.5] * 4})
    assert headline.headline(alone, "ndcg@10") == (
        "The usual reaches 0.500 [0.500, 0.500] NDCG@10 over 4 invented people."
    )
    assert headline.in_figures(alone, "ndcg@10").startswith("Measured by NDCG@10")
    two = report(values={name: VALUES[name] for name in ("default", "random")})
    assert "clearly beat “Random”: better for 3" in headline.headline(two, "ndcg@10")
    body = made()
    body["strategies"][0]["ndcg@10"] = dict.fromkeys(("mean", "low", "high"))
    said = headline.headline(reports.Report("x", True, body), "ndcg@10")
    assert said == "NDCG@10 could not be measured for anybody."
