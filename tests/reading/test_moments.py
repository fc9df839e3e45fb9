import pandas as pd
import pytest

from recsys.reading.moments import looks_like_moments, moments


def cells(*values: str) -> pd.Series:
    return pd.Series(list(values), dtype="str")


def read(*values: str) -> list[str]:
    return [
        "" if pd.isna(second) else str(pd.Timestamp(second, unit="s").round("s"))
        for second in moments(cells(*values)).seconds
    ]


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("1262304000", "2010-01-01 00:00:00"),
        ("1262304000000", "2010-01-01 00:00:00"),
        ("1262304000000000", "2010-01-01 00:00:00"),
        ("2010-01-01T09:30:00Z", "2010-01-01 09:30:00"),
        ("2010-01-01 09:30", "2010-01-01 09:30:00"),
        ("2010/1/2 09:30", "2010-01-02 09:30:00"),
        ("2010年1月2日", "2010-01-02 00:00:00"),
        ("12/1/2010 8:26", "2010-12-01 08:26:00"),
        ("12/1/2010 12:05 AM", "2010-12-01 00:05:00"),
        ("12/1/2010 8:26 pm", "2010-12-01 20:26:00"),
        ("01.12.2010", "2010-12-01 00:00:00"),
        ("09 13, 2009", "2009-09-13 00:00:00"),
        ("Sep 13, 2009", "2009-09-13 00:00:00"),
        ("13 September 2009", "2009-09-13 00:00:00"),
        ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06 08:49:37"),
        ("20100102", "2010-01-02 00:00:00"),
        ("2010", "2010-01-01 00:00:00"),
        ("5/6/99", "1999-05-06 00:00:00"),
        ("", "1970-01-01 00:00:00"),
        ("yesterday", ""),
        ("31/31/2010", ""),
        ("2101-01-01", ""),
    ],
)
def test_a_moment_is_read_however_it_is_written(written, moment):
    assert read(written) == [moment]


def test_one_date_that_can_be_nothing_else_decides_for_the_column():
    assert read("3/4/2011 9:00", "25/4/2011 9:00") == [
        "2011-04-03 09:00:00",
        "2011-04-25 09:00:00",
    ]
    assert read("3/4/2011", "4/25/2011") == ["2011-03-04 00:00:00", "2011-04-25 00:00:00"]


def test_how_day_and_month_were_told_apart_is_said():
    assert moments(cells("3/4/2011", "25/4/2011")).order == (
        "dates are read as day, month, year: 25/4/2011 can be nothing else."
    )
    assert moments(cells("3/4/2011")).order == (
        "dates are read as month, day, year: nothing in them decides."
    )
    assert moments(cells("2011-04-03", "978300760")).order == ""


def test_small_numbers_and_names_are_no_moments():
    assert looks_like_moments(cells("978300760", "978302109"))
    assert looks_like_moments(cells("1.2.2011", "2.2.2011"))
    assert not looks_like_moments(cells("1", "5"))
    assert not looks_like_moments(cells("Ann", "2011-01-01"))
    assert not looks_like_moments(cells("", ""))
