"""When: what a text says of it, and how items fit."""

import numpy as np
import pytest

from recsys.datatypes import Query
from recsys.languages.english import spans
from tests.worlds import told

INF = np.inf


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90s comedies", [(1990, 1999)]),
        ("comedies from the '90s", [(1990, 1999)]),
        ("the nineties", [(1990, 1999)]),
        ("1950s melodrama", [(1950, 1959)]),
        ("the 00s", [(2000, 2009)]),
        ("2010s horror", [(2010, 2019)]),
        ("20s silent films", [(1920, 1929)]),
        ("early 80s synth", [(1980, 1983)]),
        ("late seventies", [(1976, 1979)]),
        ("70s and 80s thrillers", [(1970, 1979), (1980, 1989)]),
        ("before 1960", [(-INF, 1959)]),
        ("before the 60s", [(-INF, 1959)]),
        ("after 2000", [(2001, INF)]),
        ("since 2015", [(2015, INF)]),
        ("between 1970 and 1985", [(1970, 1985)]),
        ("1970-1975", [(1970, 1975)]),
        ("made in 1994", [(1994, 1994)]),
        ("recent thrillers", [(2010, INF)]),
        ("old films", [(-INF, 1985)]),
        ("the classics", [(-INF, 1985)]),
        # numbers that are no time
        ("1917", []),
        ("Blade Runner 2049", []),
        ("2001: A Space Odyssey", []),
        ("12 angry men", []),
        ("no more than 90 minutes", []),
        ("an old man and the sea", []),
    ],
)
def test_spans_of_years(text, expected):
    assert list(spans(text, newest=2020)) == expected


def scores(engine, text):
    signal = engine.signals["period"]
    return dict(
        zip(
            engine.workspace.catalogue.items["id"],
            signal.score(engine.encode(Query(text)), np.arange(8)),
            strict=True,
        )
    )


def test_inside_is_one_and_outside_falls(engine):
    found = scores(engine, "robots from the 90s")
    assert found["tin"] == 1  # 1999
    assert found["vault"] == pytest.approx(np.exp(-2 / 5))  # 2001, two years late
    assert found["letters"] == pytest.approx(np.exp(-48 / 5), abs=1e-6)  # 1942
    assert np.isnan(found["moon"])  # no year


def test_a_time_that_is_turned_down_counts_against(engine):
    found = scores(engine, "ghosts, nothing before 1980")
    assert found["letters"] == found["mare"] == found["star"] == -1
    assert found["attic"] == pytest.approx(-np.exp(-31 / 5), abs=1e-6)  # 2010


def test_nothing_said_of_when_is_no_opinion(engine):
    assert all(np.isnan(value) for value in scores(engine, "robots").values())


def test_evidence_names_the_year_that_was_asked_for(engine):
    encoded = engine.encode(Query("robots from the 90s"))
    evidence = engine.signals["period"].evidence(encoded, np.array([1, 3]))
    assert told(evidence) == ["from 1999, as asked", ""]
