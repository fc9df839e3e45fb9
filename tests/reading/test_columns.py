"""What a column is: by its name in many languages, by what is in it, and by both."""

import pandas as pd
import pytest

from recsys.reading import columns, ties
from recsys.reading.contents import look
from recsys.reading.guesses import Guess

TITLES = ["Ran", "Ida", "Amélie", "Night Trains", "The Salt Road", "Stars for Sailors"]
PROSE = [
    "A lord divides his realm among his sons, and loses it.",
    "A novice learns who her parents were, and drinks a beer.",
    "A waitress mends the lives of others before her own.",
    "An inspector follows a passenger who never gets off.",
    "Two brothers carry salt over the mountains in winter.",
    "How to find your way with a stick and a clear sky.",
]


def frame(**cells):
    return pd.DataFrame(cells, dtype="str")


def role(name, cells):
    """What a column becomes beside a title: a key of ours, or what the rest of them are."""
    table = pd.DataFrame({"Titel": TITLES, name: cells}, dtype="str")
    guesses = columns.guess(table, "items", {})
    assert guesses["title"].column == "Titel"
    key = next((key for key, one in guesses.items() if name in one.columns), None)
    if key:
        return key
    rest = columns.rest(table[[name]])
    if name in rest.facts:
        return "people" if ties.are_people(table[name]) else "fact"
    return "number" if name in rest.numbers else rest.others[name]


COLUMNS = [
    # ids
    ("id", ["1", "2", "3", "4", "5", "6"], "id"),
    ("g:id", ["b1", "b2", "b3", "b4", "b5", "b6"], "id"),
    ("编号", ["01", "02", "03", "04", "05", "06"], "id"),
    ("Unnamed: 0", ["0", "1", "2", "3", "4", "5"], "id"),
    ("column 1", ["0", "1", "2", "3", "4", "5"], "row numbers"),  # it stands after the title
    ("x", ["tt01", "tt02", "tt03", "tt04", "tt05", "tt06"], "id"),
    ("collection_id", ["7", "7", "9", "9", "7", "7"], "ids"),
    ("code", ["a1", "a1", "b1", "b1", "a1", "c2"], "ids"),  # ours would differ everywhere
    # texts
    ("plot", PROSE, "text"),
    ("Beschreibung", PROSE, "text"),
    ("descripción", PROSE, "text"),
    ("attributes.summary", PROSE, "text"),
    ("column 7", PROSE, "text"),
    ("推荐", [f"手工拉面和牛肉汤，适合一个人慢慢吃{n}。" for n in "一二三四五六"], "text"),
    ("steps", [f"['{text}', 'Then rest.']" for text in PROSE], "text"),
    # years
    ("year", ["1985", "2013", "2001", "2010", "1999", "2006"], "year"),
    ("Año", ["1985", "2013", "2001", "2010", "1999", ""], "year"),
    ("column 4", ["1985", "2013", "2001", "2010", "1999", "2006"], "year"),
    ("pubDate", ["Sat, 3 Jan 1999", "4 Feb 2001", "2001", "2010", "1999", "2006"], "year"),
    ("published", [f"{n}573996175" for n in (1391, 1291, 1191, 1091, 991, 891)], "year"),
    ("first", [f"{n}/1/2010 8:26" for n in range(1, 7)], "year"),
    ("date_added", ["2020-01-02"] * 3 + ["2021-01-02"] * 3, "dates"),
    # kinds
    ("genres", ["War|Drama", "Drama", "Romance", "Crime", "Drama", "Science"], "categories"),
    ("movie_genres", ["War, Drama", "Drama", "Crime", "Crime", "Drama", "War"], "categories"),
    ("类别", ["小说", "小说", "散文", "散文", "小说", "诗"], "categories"),
    ("art", ["Roman", "Roman", "Essay", "Essay", "Roman", "Roman"], "categories"),
    ("column 3", ["A|B", "B", "C|A", "B", "C", "A"], "categories"),
    (
        "keywords",
        [f'[{{"id": 1, "name": "{name}"}}, {{"id": 9, "name": "sea"}}]' for name in "abcdef"],
        "categories",
    ),
    # people
    ("cast", ["Ann Weir, Tom Okoro", "Lu Chen", "Ida Holm", "", "Bo Ek", "Ann Weir"], "people"),
    ("Autor", ["José Müller"] * 3 + ["Ann Weir"] * 3, "people"),
    ("导演", ["王一", "王一", "李二", "李二", "王一", "张三"], "people"),
    ("column 9", ["Ann Weir; Bo Ek", "Lu Chen; Ann Weir", "Ida Holm; Bo Ek"] * 2, "people"),
    # facts
    ("country", ["Japan", "Poland", "France", "Japan", "Mali", "Peru"], "fact"),
    ("brand", ["Own", "Own", "Own", "Lux", "Lux", "Own"], "fact"),
    # numbers
    ("price", ["12.00 EUR", "9.50 EUR", "7 EUR", "8,20 EUR", "1.299,00 EUR", ""], "number"),
    ("价格", ["38", "60", "0", "12", "38", "45"], "number"),
    ("runtime", ["95 min", "1h 30m", "PT45M", "120 min", "2h", "89 min"], "number"),
    ("averageRating", ["7.1", "6.5", "8.0", "7.7", "9.1", "5.5"], "number"),
    ("players", ["2-5", "1-4", "2", "3+", "2–8", "4"], "number"),
    ("votes", ["1,299", "45", "2,000,000", "7", "9", "8"], "number"),
    # what is no fact
    ("poster", [f"https://x.org/{n}.jpg" for n in range(6)], "pictures"),
    ("link", [f"https://x.org/{n}" for n in range(6)], "addresses"),
    ("电话", [f"010-000000{n}" for n in range(6)], "telephone numbers"),
    ("contact", [f"+49 30 1234{n}67" for n in range(6)], "telephone numbers"),
    ("mail", [f"a{n}@example.org" for n in range(6)], "mail addresses"),
    ("地址", ["东街一号", "河路二号", "塔路三号", "东街四号", "塔", "寺"], "street addresses"),
    ("where", [f"{n} Main Street" for n in range(12, 18)], "street addresses"),
    ("latitude", ["52.5200", "48.8566", "35.6762", "41.9028", "40.4168", "59.3293"], "coordinates"),
    ("open", ["1", "0", "1", "1", "0", "1"], "truth values"),
    ("nutrition", ["[51.5, 0.0]", "[1.0, 2.0]", "[3.5, 0.5]"] * 2, "lists of numbers"),
    ("event", ["TED2006", "TED2007", "TED2006", "TED2006", "TED2007", "TED2006"], "categories"),
    ("comments", ["4553", "265", "124", "200", "593", "672"], "number"),
    ("is_open", ["true", "false", "true", "true", "false", "true"], "truth values"),
    ("attributes", ['{"wifi": true}', '{"bar": false}'] * 3, "records"),
    ("empty", ["", "", "nan", "", "None", ""], "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "cells", "expected"), COLUMNS, ids=lambda value: str(value)[:20])
def test_a_column_becomes_what_a_person_would_say(name, cells, expected):
    assert role(name, cells) == expected


@pytest.mark.parametrize(
    "name",
    ["title", "Book-Title", "movie_title", "recipe_name", "g:title", "attributes.title", "名称",
     "商品名称", "título", "titre", "Titel", "original_title", "productName", "name:token_seq"],
)  # fmt: skip
def test_titles_in_many_tongues(name):
    found = columns.guess(frame(**{name: TITLES, "other": TITLES[::-1]}), "items", {})
    assert found["title"].column == name
    assert found["title"].told.startswith("sure: called")


def test_names_of_other_things_are_no_titles():
    table = frame(director_name=TITLES, brand=TITLES, sellers=["A", "A", "B", "B", "A", "C"])
    assert "title" not in columns.guess(table, "items", {})


def test_a_file_without_a_header_is_read_by_its_cells():
    table = pd.DataFrame(
        {
            "column 1": ["1", "2", "3"],
            "column 2": [
                "The Lamp Keeper (1995)",
                "Bread and Iron (1988)",
                "Small Machines (2001)",
            ],
            "column 3": ["Drama|Romance", "Documentary|History", "Documentary"],
        },
        dtype="str",
    )
    found = columns.guess(table, "items", {})
    assert columns.plainly(found) == {
        "id": "column 1", "title": "column 2", "categories": "column 3",
    }  # fmt: skip
    assert found["title"].told == "likely: short names, all differ"


def test_an_unnamed_first_column_of_a_data_frame_is_the_id():
    table = pd.DataFrame(
        {"column 1": list("012345"), "recipe_name": TITLES, "directions": PROSE,
         "ingredients": ["onions, butter"] * 6},
        dtype="str",
    )  # fmt: skip
    found = columns.guess(table, "items", {})
    assert found["id"].column == "column 1"
    assert found["text"].columns == ("directions", "ingredients")
    assert "joined with ingredients" in found["text"].why


def test_a_text_that_says_the_same_again_is_not_joined():
    table = frame(title=TITLES, description=PROSE, summary=[text[:35] for text in PROSE])
    assert columns.guess(table, "items", {})["text"].columns == ("description",)


def test_a_second_id_is_no_number():
    table = frame(title=TITLES, isbn=["b1", "b2", "b3", "b4", "b5", "b6"], isbn13=list("124578"))
    assert columns.guess(table, "items", {})["id"].column == "isbn"
    assert columns.rest(table[["isbn13"]]).others == {"isbn13": "codes"}


def test_an_id_that_repeats_is_left_to_one_that_does_not():
    table = frame(title=TITLES, isbn=["1", "1", "2", "2", "3", "3"], book_id=list("123456"))
    assert columns.guess(table, "items", {})["id"].column == "book_id"


def test_what_was_chosen_stands_and_what_is_remembered_where_it_fits():
    table = frame(title=TITLES, blurb=PROSE, notes=PROSE[::-1])
    found = columns.guess(table, "items", {"title": "notes"}, {"text": "title", "year": "gone"})
    assert found["title"] == Guess(("notes",), "chosen", 1.0)
    assert found["text"] == Guess(("title",), "as corrected last time", 1.0)
    assert "year" not in found
    assert "text" not in columns.guess(table, "items", {"text": ""})


def test_how_sure_a_guess_is_stands_in_words():
    told = [Guess(("a",), "called so", sure).told for sure in (0.9, 0.65, 0.5)]
    assert told == ["sure: called so", "likely: called so", "a guess: called so"]


def test_the_least_and_the_most_are_one_range():
    table = frame(min_players=["2", "1"], max_players=["5", "1"], duration_ms=["180000", "90000"])
    players, minutes = columns.numbers(table, list(table))
    assert (players.label, players.cells) == ("Players", ["2-5", "1"])
    assert (minutes.label, minutes.cells) == ("Duration ms (minutes)", ["3", "1.5"])
    assert minutes.assumed == "milliseconds"


def test_contents_are_counted():
    held = look(pd.Series(["War, Drama", "Drama, War", "War, Drama, Crime", ""], name="x"))
    assert (held.what, held.mark, held.names, held.per_cell) == ("names", ",", 3, 7 / 3)
    assert (held.distinct, held.filled, held.shared) == (1.0, 0.75, 1.0)


def test_a_short_description_is_the_title_where_there_is_no_other():
    table = frame(StockCode=list("ABCDEF"), Description=[title.upper() for title in TITLES])
    found = columns.guess(table, "items", {})
    assert columns.plainly(found) == {"id": "StockCode", "title": "Description"}
