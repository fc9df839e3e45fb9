"""When: the years that a text names."""

import numpy as np
import pytest

from recsys.languages.english import spans

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
