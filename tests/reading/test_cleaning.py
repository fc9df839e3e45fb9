"""Cells: lists in any writing, years of any form, numbers with units."""

import pandas as pd
import pytest

from recsys.reading import cleaning, measures, texts


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("War|Drama", ["War", "Drama"]),
        ('["War", "Drama"]', ["War", "Drama"]),
        ("['War', \"Driver's\"]", ["War", "Driver's"]),
        ("['War' 'Drama']", ["War", "Drama"]),  # as NumPy writes
        ("[War, Drama]", ["War", "Drama"]),
        ('c("War", "Drama")', ["War", "Drama"]),
        ("[['War', 'Drama']]", ["War", "Drama"]),
        ('[{"id": 1, "name": "War"}, {"id": 2, "name": "Drama"}]', ["War", "Drama"]),
        ("{'id': 1, 'name': 'War'}", ["War"]),
        ('{"wifi": true}', []),
        ("[18, 35]", ["18", "35"]),
        ("(uncut)", ["(uncut)"]),
        ("War|war|War|", ["War", "war"]),
        ("[]", []),
        ("None", []),
        ("[" * 5_000 + "]", ["[" * 4_998]),  # too deep to be read, and no list
        ("__import__('os').getcwd()", ["__import__('os').getcwd()"]),
        ("[__import__('os').getcwd()]", ["__import__('os').getcwd()"]),
    ],
)
def test_the_names_in_a_cell(cell, expected):
    if cell.startswith("[[[["):
        assert all(name.strip("[]") == "" for name in cleaning.names_in(cell))
    else:
        assert cleaning.names_in(cell) == expected


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["War|Drama", "Crime"], "|"),
        (["War, Drama", "Drama, War", "War"], ","),
        (["War; Drama", "Drama; War", "War"], ";"),
        (["War / Drama", "Drama / War", "War"], " / "),
        (["Home > Lamps", "Home > Rugs", "Home > Lamps > Oak"], " > "),
        (["小说、诗", "诗、散文", "散文、小说"], "、"),
        (["Ann Weir, Tom Okoro", "Lu Chen", "Ida Holm"], ","),
        (["Weir, Ann", "Okoro, Tom", "Chen, Lu"], "|"),  # a name with its family first
        (["Paris, France", "Rome, Italy"], "|"),
        (["Slice, fry and serve.", "Boil, mash and serve."], "|"),
        (["AC/DC", "Simon & Garfunkel"], "|"),
        (['["War, and Peace"]', '["Ran"]'], "|"),
    ],
)
def test_what_stands_between_names(cells, mark):
    assert cleaning.mark_between(pd.Series(cells)) == mark


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("1995", 1995), ("1995.0", 1995), ("1995-06-01", 1995), ("19950601", 1995),
        ("01/06/1995", 1995), ("12/1/2010 8:26", 2010), ("June 1, 1995", 1995), ("c. 1995", 1995),
        ("1391573996175", 2014), ("788918400000", 1995), ("978307200000", 2001),
        ("788918399", 1994), ("788918400", 1995), ("-631152000", 1950), ("0", None), ("", None),
        ("None", None), ("soon", None), ("2101", None), ("1e300", None),
    ],
)  # fmt: skip
def test_the_year_of_a_cell(cell, year):
    found = cleaning.years(pd.Series([cell]))[0].tolist()[0]
    assert (None if pd.isna(found) else found) == year


@pytest.mark.parametrize(
    ("cell", "low", "high", "unit"),
    [
        ("12.00 EUR", 12, 12, "EUR"), ("EUR 12.00", 12, 12, "EUR"), ("$12.99", 12.99, 12.99, "USD"),
        ("12,50 €", 12.5, 12.5, "EUR"), ("1.299,00 €", 1299, 1299, "EUR"),
        ("1,299", 1299, 1299, ""), ("1 299", 1299, 1299, ""), ("2,000,000", 2e6, 2e6, ""),
        ("4.125", 4.125, 4.125, ""), ("38元", 38, 38, "CNY"), ("95 min", 95, 95, "minutes"),
        ("1h 30m", 90, 90, "minutes"), ("2 hours", 120, 120, "minutes"),
        ("PT1H30M", 90, 90, "minutes"), ("2-5", 2, 5, ""), ("2–8 players", 2, 8, "players"),
        ("3+", 3, 3, ""), ("4.5/5", 4.5, 4.5, ""), ("−3", -3, -3, ""), ("1e5", 1e5, 1e5, ""),
        ("250 g", 250, 250, "g"), ("300 SEK", 300, 300, "SEK"),
    ],
)  # fmt: skip
def test_a_number_as_people_write_it(cell, low, high, unit):
    assert measures.read(cell) == measures.Measure(low, high, unit)


@pytest.mark.parametrize("cell", ["Ran", "", "B12", "1995-06-01", "5-2", "12 angry men", "EUR"])
def test_what_is_no_number(cell):
    assert measures.read(cell) is None


def numbers(name, *cells):
    return [(one.label, one.cells) for one in measures.column(pd.Series(cells, name=name))]


def test_a_column_of_numbers_says_its_unit_and_each_unit_is_one():
    assert numbers("prix", "12.00 EUR", "") == [("Prix (EUR)", ["12", ""])]
    assert numbers("价格", "38") == [("价格 (price)", ["38"])]
    assert numbers("duration", "90 min", "2 Seasons") == [
        ("Duration (minutes)", ["90", ""]),
        ("Duration (seasons)", ["", "2"]),
    ]
    assert numbers("rating", "4.5", "3") == [("Rating (stars)", ["4.5", "3"])]
    assert numbers("rating", "8.5", "7") == [("Rating", ["8.5", "7"])]  # of ten
    assert numbers("duration", "5400", "7200") == [("Duration (minutes)", ["90", "120"])]
    assert numbers("length", "3:45") == [("Length (minutes)", ["3.75"])]


def test_titles_give_their_years_where_most_have_one():
    frame = pd.DataFrame({"t": ["Lamp Keeper, The (1995)", "Ran (1985)", "Ida"]}, dtype="str")
    found, example = texts.with_years(frame, {"title": "t"})
    assert found["t"].tolist() == ["The Lamp Keeper", "Ran", "Ida"]
    assert found[texts.YEAR_OF_TITLE].tolist() == ["1995", "1985", ""]
    assert example == "Lamp Keeper, The (1995)"
    known = frame.assign(y=["", "1986", "2013"])
    assert texts.with_years(known, {"title": "t", "year": "y"})[0]["y"].tolist() == [
        "1995", "1986", "2013",
    ]  # fmt: skip
    few = pd.DataFrame({"t": ["Ran (1985)", "Ida", "Vitamin, A"]}, dtype="str")
    assert texts.with_years(few, {"title": "t"})[0] is few


def test_other_names_of_a_title_stay_in_brackets():
    frame = pd.DataFrame({"t": ["Avventura, L' (Adventure, The) (1960)"]}, dtype="str")
    assert texts.with_years(frame, {"title": "t"})[0]["t"][0] == "L'Avventura (The Adventure)"


def test_texts_are_joined_with_the_names_of_their_columns():
    frame = pd.DataFrame(
        {"steps": ["['Mix.', 'Rest']", ""], "ingredients": ["['flour', 'salt']", "milk"]},
        dtype="str",
    )
    assert texts.joined(frame, ["steps", "ingredients"]).tolist() == [
        "Mix. Rest. Ingredients: flour, salt",
        "Ingredients: milk",
    ]
