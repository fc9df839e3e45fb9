"""Anybody's catalogue: every format, what is guessed, and bad rows with their line and reason."""

import json
import re
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recsys.building.build import build
from recsys.datasets import table
from recsys.datatypes import Query
from recsys.errors import DataError
from recsys.ranking.engine import Engine
from recsys.reading import files
from tests.worlds import FakeEncoder

BOOKS = """sku,name,description,release_date,genres,author,price,cover
A1,Ran,A lord divides his realm among his sons.,1985-06-01,War|Drama,Ann|Bo,9.50,https://x.org/1
A2,Ikiru,A clerk learns that he will die and builds a park.,1952,Drama,Cy,7,https://x.org/2
A3,Red Beard,A proud young doctor learns humility in a poor clinic.,,,Bo,8,https://x.org/3
"""
EVENTS = """customer,sku,stars,time
u1,A1,5,1500000000
u1,A2,3,2017-07-14T02:40:00Z
u2,A1,4,1500000000000
u2,A3,1,
"""
TRIPLES = "subject,predicate,object\nA1,made_in,Japan\nA2,made_in,Japan\n"


@pytest.fixture
def write(tmp_path):
    def write(content, name="items.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def faults(tables):
    return tables.rejected[["line", "reason", "value"]].to_numpy().tolist()


def test_a_whole_catalogue(write):
    found = table.load(
        write(BOOKS), write(EVENTS, "events.csv"), write(TRIPLES, "facts.csv"), noun="story"
    )
    assert found.items["id"].tolist() == ["A1", "A2", "A3"]
    assert found.items["title"].tolist() == ["Ran", "Ikiru", "Red Beard"]
    assert found.items["year"].tolist() == [1985, 1952, pd.NA]
    assert found.items["categories"].tolist() == [["War", "Drama"], ["Drama"], []]
    assert found.items["facts"].tolist() == [
        {"Author": ["Ann", "Bo"], "Price": ["9.5"]},
        {"Author": ["Cy"], "Price": ["7"]},
        {"Author": ["Bo"], "Price": ["8"]},
    ]
    assert found.interactions.to_numpy().tolist() == [
        ["u1", "A1", 5.0, 1_500_000_000],
        ["u1", "A2", 3.0, 1_500_000_000],
        ["u2", "A1", 4.0, 1_500_000_000],
        ["u2", "A3", 1.0, 0],
    ]
    assert found.like_from == 4.0
    assert found.triples.to_numpy().tolist() == [
        ["A1", "made_in", "Japan"],
        ["A2", "made_in", "Japan"],
    ]
    assert "items.csv: not tied, but could be: genres, author." in found.notes
    assert found.rejected.empty
    assert found.about["nouns"] == "stories"
    assert found.about["category"] == "genre"
    assert found.about["examples"] == [
        "drama stories",
        "stories by Bo",
        "drama stories from the 1950s",
    ]
    assert found.notes[:8] == (
        "items.csv: id = sku (sure: called so, all differ).",
        "items.csv: title = name (sure: called so, all differ).",
        "items.csv: text = description (sure: called so, 10 words a cell).",
        "items.csv: year = release_date (sure: called so, dates).",
        "items.csv: categories = genres (sure: called so, 2 names).",
        "items.csv: people: author.",
        "items.csv: numbers: Price.",
        "items.csv: not used: cover (pictures).",
    )
    assert "events.csv: a rating of 4 or more counts as a like: 50% of them." in found.notes


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".jsonl", ".ndjson", ".json", ".parquet"])
def test_every_format_says_the_same(tmp_path, write, suffix):
    expected = table.load(write(BOOKS)).items
    frame = pd.read_csv(write(BOOKS), dtype=str, keep_default_na=False)
    path = tmp_path / f"again{suffix}"
    if suffix == ".parquet":
        frame.to_parquet(path)
    elif suffix in (".csv", ".tsv"):
        frame.to_csv(path, index=False, sep="\t" if suffix == ".tsv" else ",")
    else:
        frame.to_json(path, orient="records", lines=True, force_ascii=False)
    pd.testing.assert_frame_equal(table.load(path).items, expected)


def test_lists_and_numbers_of_typed_formats(tmp_path, write):
    rows = [
        {"id": 12345678901234567890, "text": "a é", "genres": ["War", "Drama"], "year": 1999.0},
        {"id": 2, "text": "b", "genres": None, "extra": {"deep": [1]}},
    ]
    found = table.load(write("\n".join(map(json.dumps, rows)), "a.jsonl")).items
    assert found["id"].tolist() == ["12345678901234567890", "2"]
    assert found["categories"].tolist() == [["War", "Drama"], []]
    assert found["year"].tolist() == [1999, pd.NA]
    pd.DataFrame(
        {
            "id": [1.0, 2.0],
            "text": pd.Categorical(["a", "b"]),
            "genres": [["War", "Drama"], []],
            "date": pd.to_datetime(["1999-05-01", None]),
        }
    ).to_parquet(tmp_path / "a.parquet")
    found = table.load(tmp_path / "a.parquet").items
    assert found["id"].tolist() == ["1", "2"]
    assert found["categories"].tolist() == [["War", "Drama"], []]
    assert found["year"].tolist() == [1999, pd.NA]


GOOD = "g1,One,fine text,2000\ng2,Two,fine text,2000\n"


@pytest.mark.parametrize(
    ("row", "reason", "value"),
    [
        (b",,fine text,2000", "neither id nor title", "fine text"),
        (b"g1,Again,fine text,2000", "duplicate id", "g1"),
        (b"b,,,2000", "neither text nor title", "b"),
        (b"b,, \x00\x07 ,2000", "neither text nor title", "b"),
        (b"b,Bad,text,soon", "year is not a number or date", "soon"),
        (b"b,Bad,text,1999.5", "year is not a number or date", "1999.5"),
        (b"b,Bad,text,inf", "year is not a number or date", "inf"),
        (b"b,Bad,text,-50", "year is not from 0 to 2100", "-50"),
        (b"b,Bad,text,2101", "year is not from 0 to 2100", "2101"),
        (b"b,Bad,text,99999999999999999999999", "year is not from 0 to 2100", "9" * 23),
        (b"b,Short,text", "wrong number of fields", "b,Short,text"),
        (b"b,Long,text,2000,more", "wrong number of fields", "b,Long,text,2000,more"),
        (b'b,"Open,text,2000', "a quote that does not close", 'b,"Open,text,2000'),
        (b'b,"Shut"up,text,2000', "a quote that does not close", 'b,"Shut"up,text,2000'),
        (b",,%s,2000" % (b"x" * 99), "neither id nor title", "x" * 80),
    ],
)
def test_a_bad_row_is_left_out_with_its_line(write, row, reason, value):
    content = b"id,title,text,year\n" + GOOD.encode() + row + b"\ng3,Three,fine text,2000\n"
    found = table.load(write(content))
    assert found.items["id"].tolist() == ["g1", "g2", "g3"]
    assert faults(found) == [[4, reason, value]]
    assert found.rejected["file"].tolist() == ["items.csv"]
    assert found.notes[-1] == f"items.csv: 1 of 4 rows were left out: 1 {reason}."


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_does(write, end):
    content = end.join(
        [
            "id,text",
            '1,"two',
            'lines"',
            "",
            "2",
            '3,"an ""open"" quote',
            "",
            'and a blank line"',
            "1,again",
            '4,"never closed',
            "5,fine",
        ]
    )
    found = table.load(write(content), limit=1)
    assert found.items["id"].tolist() == ["1", "3", "5"]
    assert [line for line, _, _ in faults(found)] == [5, 9, 10]
    assert found.items["text"][1] == 'an "open" quote' + " " * (2 * len(end)) + "and a blank line"


@pytest.mark.parametrize(
    ("row", "reason", "value"),
    [
        ("u,nowhere,5,0", "unknown item", "nowhere"),
        (",A1,5,0", "no user", "A1"),
        ("u,,5,0", "no item", "u"),
        ("u,A1,good,0", "rating is not a number", "good"),
        ("u,A1,,0", "rating is not a number", ""),
        ("u,A1,nan,0", "rating is not a number", "nan"),
        ("u,A1,inf,0", "rating is not a number", "inf"),
        ("u,A1,1e300,0", "rating is not a number", "1e300"),
        ("u,A1,5,yesterday", "timestamp is not a date", "yesterday"),
        ("u,A1,5,2101-01-01", "timestamp is not a date", "2101-01-01"),
        ("u,A1,5,1e40", "timestamp is not a date", "1e40"),
    ],
)
def test_a_bad_interaction_is_left_out(write, row, reason, value):
    content = f"user,item,rating,timestamp\nu,A1,5,0\n{row}\nu,A2,4,0\n"
    found = table.load(write(BOOKS), write(content, "events.csv"))
    assert found.interactions["item"].tolist() == ["A1", "A2"]
    assert faults(found) == [[3, reason, value]]


@pytest.mark.parametrize(("row", "key"), [(",r,t", "head"), ("h,,t", "relation"), ("h,r,", "tail")])
def test_a_triple_with_a_gap_is_left_out(write, row, key):
    found = table.load(write(BOOKS), triples=write(f"h,r,t\na,b,c\n{row}\n", "facts.csv"))
    assert found.triples.to_numpy().tolist() == [["a", "b", "c"]]
    assert [fault[:2] for fault in faults(found)] == [[3, f"no {key}"]]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"[1, 2]", "not a JSON object"),
        (b"{}", "not a JSON object"),
        (b'{"id": "3", "text"', "not a JSON object"),
        (b"[" * 100_000, "not a JSON object"),
        (b'{"id": "3", "text": null}', "neither text nor title"),
        (b'{"text": "no id"}', "neither id nor title"),
    ],
)
def test_a_bad_json_line_is_left_out(write, line, reason):
    content = b'{"id": 1, "text": "a"}\n\n' + line + b'\n{"id": 2, "text": "b"}\n'
    found = table.load(write(content, "items.jsonl"))
    assert found.items["id"].tolist() == ["1", "2"]
    assert [fault[:2] for fault in faults(found)] == [[3, reason]]


def test_too_many_bad_rows_stop_the_import(write):
    path = write("id,text\n1,a\n1,b\n2,\n3,c\n")
    assert len(table.load(path).items) == 2
    with pytest.raises(DataError) as raised:
        table.load(path, limit=0.4)
    assert str(raised.value) == (
        "items.csv: 2 of 4 rows cannot be used (1 duplicate id, 1 neither text nor title); at most"
        " 40% may be. The first is line 3: '1'."
    )


def test_a_long_text_is_cut_and_said(write):
    found = table.load(write(f"id,text\n1,a\n2,{'b' * 200_000}\n"))
    assert found.items["text"].str.len().tolist() == [1, 20_000]
    assert "items.csv: 1 texts were cut to 20,000 characters, the first in line 3." in found.notes
    assert found.rejected.empty


def test_what_names_do_not_say_is_guessed_from_values(write):
    prose = "words and words and yet more words of it"
    path = write(f"kind,nr,say\nold,x1,{prose} one\nold,x2,{prose} two\n")
    assert table.guess(path, "items") == {"text": "say", "id": "nr"}
    path = write(f"Name,Country,Plot\nRan,Japan,{prose}\nIda,Poland,{prose}\n")
    assert table.guess(path, "items") == {"title": "Name", "text": "Plot"}
    path = write(f"Produkt,Nr,Text\nRoter Kessel,1,{prose}\nBlaue Tasse,2,{prose}\n")
    assert table.guess(path, "items") == {"text": "Text", "id": "Nr", "title": "Produkt"}
    path = write("userID,artistID,weight\n1,2,3\n", "listens.csv")
    assert table.guess(path, "interactions") == {
        "user": "userID",
        "item": "artistID",
        "rating": "weight",
    }
    path = write("movieId,relation,entity,source\n1,has,x,wd\n", "graph.csv")
    assert table.guess(path, "triples") == {
        "head": "movieId",
        "relation": "relation",
        "tail": "entity",
    }


@pytest.mark.parametrize(
    "given_map",
    [["id=name", "text=author", "year="], {"id": "name", "text": "author", "year": ""}],
)
def test_the_mapping_corrects_the_guess(write, given_map):
    found = table.load(write(BOOKS), map=given_map).items
    assert found["id"].tolist() == ["Ran", "Ikiru", "Red Beard"]
    assert found["text"].tolist() == ["Ann|Bo", "Cy", "Bo"]
    assert found["year"].isna().all()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"map": ["id"]}, "'id' is not KEY=COLUMN with a key of: id, title, text"),
        ({"map": ["colour=name"]}, "'colour=name' is not KEY=COLUMN with a key of: id, title"),
        ({"map": ["id=isbn"]}, "items.csv has no column 'isbn' for id; it has: sku, name,"),
        ({"map": ["user=name"]}, "names user=name, but no interactions file is given"),
        ({"map": ["text=", "title="]}, "items.csv has no column for texts or titles; say which"),
        ({"map": ["id=", "title="]}, "items.csv has no column for titles or ids; say which with"),
        ({"ties": ["colour"]}, "items.csv has no column 'colour' for ties; it has: sku, name,"),
        ({"limit": 2}, "The limit is 2; it must be from 0 to 1"),
        ({"interactions": "events.xlsx"}, "There is no file 'events.xlsx'."),
    ],
)
def test_a_wrong_option_is_answered(write, options, message):
    with pytest.raises(DataError, match=re.escape(message)) as raised:
        table.load(write(BOOKS), **options)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "a.csv has no row that can be read."),
        ("a.csv", b"id,text\n", "a.csv has no row that can be read."),
        ("a.csv", b"," * 600, "a.csv has no row that can be read."),
        ("a.jsonl", b"nothing", "a.jsonl has no row that can be read."),
        ("a.parquet", b"PAR1 but not really PAR1", "a.parquet cannot be read as Parquet: "),
    ],
)
def test_a_file_that_is_not_what_it_says(write, name, content, message):
    with pytest.raises(DataError, match=re.escape(message)):
        table.load(write(content, name))


@pytest.mark.parametrize(
    "name",
    ["*.csv", "i?ems.csv", "[i]tems.csv", "{items,secret}.csv", "https://example.org/items.csv",
     "s3://bucket/items.parquet", "items.csv\0.csv", "' OR 1=1 --.csv", "", "/dev/stdin.csv"],
)  # fmt: skip
def test_a_name_is_only_a_name(write, monkeypatch, tmp_path, name):
    write(BOOKS)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError):
        table.load(name)


@pytest.mark.parametrize("name", ["*.csv", "a'; DROP TABLE items; --.csv", 'q"uote[1].csv'])
def test_a_file_with_a_strange_name_is_read_alone(write, name):
    write("id,text\nother,other\n", "other.csv")
    assert table.load(write("id,text\n1,a\n", name)).items["id"].tolist() == ["1"]


def test_sql_in_names_and_cells_is_text(write):
    quoted = '"x""); DROP TABLE items; --"'
    found = table.load(write(f"id,text,{quoted}\n'; --,\"1'); DELETE FROM items\",a b\n")).items
    assert found["id"].tolist() == ["'; --"]
    assert found["text"].tolist() == ["1'); DELETE FROM items"]
    assert found["facts"].tolist() == [{'X"); drop table items; --': ["a b"]}]


TITLES_ONLY = """title,genres,cast
Ran,War|Drama,Ann|Bo
Amélie,Romance,Cy
Ran,Drama,Di
Ran,Drama,Di
"""


def test_a_title_is_enough(write):
    found = table.load(write(TITLES_ONLY), write("user,item\nu,Amélie\nu,Ran\n", "likes.csv"))
    assert found.items["id"].tolist() == ["ran", "amelie", "ran-2"]
    assert found.items["title"].tolist() == ["Ran", "Amélie", "Ran"]
    assert found.items["text"].tolist() == ["", "", ""]
    assert found.interactions["item"].tolist() == ["amelie"]  # which Ran, nobody can know
    assert faults(found) == [[5, "the same as an earlier row", "Ran"], [3, "unknown item", "Ran"]]
    assert "items.csv: 3 codes were made from titles." in found.notes
    assert "items.csv: descriptions are short: half have fewer than 8 words." in found.notes


def test_a_blank_code_or_text_costs_nothing_where_there_is_a_title(write):
    found = table.load(write("id,title,text\n1,One,fine\n,Two,fine\n3,Three,\ntwo,Four,fine\n"))
    assert found.items["id"].tolist() == ["1", "two-2", "3", "two"]
    assert found.items["text"].tolist() == ["fine", "fine", "", "fine"]
    assert any("1 of 4 have no description" in note for note in found.notes)


def test_titles_alone_are_ranked_and_explained(write):
    opened = build("titles", table.load(write(TITLES_ONLY)), FakeEncoder())
    assert opened.catalogue.documents()["document"].tolist()[0] == "Ran. War, Drama. Cast: Ann, Bo"
    result = Engine(opened, FakeEncoder()).recommend(Query("a war drama", k=3))
    assert len(result.shown) == 3


def test_one_blank_cell_does_not_stop_the_guess(write):
    prose = "words and words and yet more words of it"
    rows = "".join(f"old,x{n},{prose} {n}\n" for n in range(4))
    path = write(f"kind,nr,say\n{rows}old,,{prose} five\n")
    assert table.guess(path, "items") == {"text": "say", "id": "nr"}
    rows += "".join(f"old,,{prose}\n" for _ in range(3))
    assert table.guess(write(f"kind,nr,say\n{rows}"), "items") == {"text": "say"}


def test_errors_and_notes_use_the_name_that_the_owner_knows(write):
    path = write("id,text\n1,a\n1,b\n2,\n3,c\n")
    found = table.load(path, called={"items": "My Shop.csv"})
    assert {note.partition(":")[0] for note in found.notes} == {"My Shop.csv"}
    assert found.about["source"] == "Imported from My Shop.csv."
    assert set(found.rejected["file"]) == {"My Shop.csv"}
    with pytest.raises(DataError, match=r"^My Shop.csv: 2 of 4 rows cannot be used"):
        table.load(path, limit=0.1, called={"items": "My Shop.csv"})
    with pytest.raises(DataError, match=r"^My Shop.csv has no row that can be read"):
        table.load(write("id,text\n"), called={"items": "My Shop.csv"})


TIED = """title,text,genres,author,brand,price,code,year
One,first,War|Drama,Ann|Bo,Own,9.50,x1,1985-06-01
Two,second,Drama,Bo,Own,7,x2,1989
Three,third,,Cy,Own,8,x3,2001
"""


def test_columns_whose_names_recur_tie_items(write):
    found = table.load(write(TIED), map=["id="])
    assert found.triples.to_numpy().tolist() == [
        ["one", "has_genre", "War"],
        ["one", "has_genre", "Drama"],
        ["two", "has_genre", "Drama"],
        ["one", "from_decade", "1980s"],
        ["two", "from_decade", "1980s"],
        ["three", "from_decade", "2000s"],
        ["one", "written_by", "Ann"],
        ["one", "written_by", "Bo"],
        ["two", "written_by", "Bo"],
        ["three", "written_by", "Cy"],
    ]  # not the brand, which all share; not prices and codes
    assert "items.csv: tied in the graph by: genres, year, author (10 facts)." in found.notes


def test_ties_are_chosen_or_switched_off(write):
    assert table.load(write(TIED), ties=[]).triples.empty
    found = table.load(write(TIED), ties=["brand"])
    assert set(found.triples["relation"]) == {"has_brand"}
    graph = write("head,relation,tail\none,made_in,Japan\n", "facts.csv")
    both = table.load(write(TIED), triples=graph, ties=["author"], map=["id="])
    assert both.triples["relation"].value_counts().to_dict() == {"written_by": 4, "made_in": 1}


def test_names_that_nobody_shares_tie_nothing(write):
    rows = "".join(f"T{n},some text,Author {n}\n" for n in range(30))
    assert table.load(write(f"title,text,author\n{rows}")).triples.empty


def test_preview_shows_the_first_rows(write):
    shown = table.preview(write(BOOKS), rows=2)
    assert shown["sku"].tolist() == ["A1", "A2"]
    assert shown.index.tolist() == [2, 3]


def test_without_ratings_everything_is_a_like(write):
    found = table.load(write(BOOKS), write("user,item\nu,A1\nu,A1\n", "events.csv"))
    assert found.like_from == 0
    assert found.interactions["rating"].tolist() == [1.0, 1.0]


def load_or_refuse(path):
    try:
        tables = table.load(path, limit=1)
    except DataError as error:
        return str(error)
    return tables.items.to_csv() + tables.rejected.to_csv()


PIECES = st.sampled_from(
    [b"a", b"1", b"id", b"text", b",", b'"', b"\n", b"\r", b"|", b"[", b"\xff", b"\0", b" ", b"\t",
     b"\xed\xa0\x80", b"year", b"-", b"99999999999999999999", b"\xe2\x80\xa8", b";", b"{"]
)  # fmt: skip


@given(st.binary(max_size=200) | st.lists(PIECES, max_size=60).map(b"".join))
@example(b"\xef\xbb\xbfid,text\n1,\xed\xa0\x80\n")
@example(b'id,text\n1,"')
def test_random_bytes_are_read_or_refused(tmp_path_factory, content):
    folder = tmp_path_factory.getbasetemp()
    for name in ("random.csv", "random.jsonl"):
        (folder / name).write_bytes(content)
        load_or_refuse(folder / name).encode()
    (folder / "headed.csv").write_bytes(b"id,title,text,year,tags,more\n" + content)
    load_or_refuse(folder / "headed.csv").encode()


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=30)), min_size=1, max_size=8))
def test_no_row_is_lost(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "rows.csv"
    frame = pd.DataFrame(rows, columns=["id", "text"]).map(
        # pandas writes a bare carriage return, which ends a line, without quotes.
        lambda cell: cell.replace("\r", " ").encode(errors="replace").decode()
    )
    frame.to_csv(path, index=False)
    read = files.read(path)
    assert len(read.frame) + len(read.bad) == len(frame)
    assert (read.frame.index > 1).all()
    assert read.frame.index.is_unique


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_a_tenth_of_the_promised_size(tmp_path, suffix):
    rng = np.random.default_rng(3)
    items = pd.DataFrame({"id": np.arange(10_000).astype(str)})
    items["text"] = "a text of some length about number " + items["id"]
    items["genres"] = np.array(["War|Drama", "Drama", ""])[rng.integers(0, 3, len(items))]
    events = pd.DataFrame(
        {
            "user": rng.integers(0, 5_000, 100_000),
            "item": rng.integers(0, 10_001, 100_000),
            "rating": rng.integers(1, 6, 100_000),
        }
    )
    paths = [tmp_path / f"{name}{suffix}" for name in ("items", "events")]
    for frame, path in zip((items, events), paths, strict=True):
        frame.to_csv(path, index=False) if suffix == ".csv" else frame.to_parquet(path)
    started = time.perf_counter()
    found = table.load(*paths)
    assert time.perf_counter() - started < 10
    known = events["item"] < 10_000
    assert len(found.items) == 10_000
    assert len(found.interactions) == known.sum()
    expected = np.flatnonzero(~known) + (2 if suffix == ".csv" else 1)
    assert found.rejected["line"].tolist() == expected.tolist()


PLAIN = "name,say,also\nRan,A lord divides his realm.,Long remarks on lords and on their realms.\n"


def test_a_correction_is_kept_for_the_next_file_and_can_be_forgotten(write):
    path = write(
        PLAIN + "Ida,A novice learns of her parents.,Long remarks on novices and on beer.\n"
    )
    assert table.load(path, remember=True).items["text"][0].startswith("Long remarks")
    table.load(path, map={"text": ["say", "also"]}, remember=True)
    again = table.load(path, remember=True)
    assert again.items["text"][0].startswith("A lord divides his realm. Also: Long remarks")
    assert "items.csv: text = say, also (as corrected last time)." in again.notes
    assert table.load(path).items["text"][0].startswith("Long remarks")  # nobody asked
    assert table.load(path, remember=False).items["text"][0].startswith("Long remarks")
    assert table.load(path, remember=True).items["text"][0].startswith("Long remarks")


def test_a_correction_taken_back_is_forgotten(write, root):
    path = write(PLAIN)
    table.load(path, map=["text=say"], remember=True)
    table.load(path, map=["text=also"], remember=True)  # as it would be guessed
    assert "as corrected" not in " ".join(table.load(path, remember=True).notes)


def test_several_texts_are_joined(write):
    found = table.load(write(PLAIN), map=["text=say", "text=also"])
    assert found.items["text"][0] == (
        "A lord divides his realm. Also: Long remarks on lords and on their realms."
    )
    assert "Also" not in found.items["facts"][0]


FILMS = """movieId,title,genres,minutes
1,"Lamp Keeper, The (1995)",Drama|Romance,95
2,Bread and Iron (1988),Documentary|History,120
3,Small Machines (2001),Documentary,80
"""


def test_a_title_with_its_year_is_enough_and_numbers_bound_what_is_typed(write):
    found = table.load(write(FILMS))
    assert found.items["title"].tolist() == ["The Lamp Keeper", "Bread and Iron", "Small Machines"]
    assert found.items["year"].tolist() == [1995, 1988, 2001]
    assert found.items["facts"].tolist() == [{"Minutes": [n]} for n in ("95", "120", "80")]
    assert "items.csv: descriptions are short: half have fewer than 8 words." in found.notes
    assert any("as in “Lamp Keeper, The (1995)”" in note for note in found.notes)
    assert not found.triples["tail"].isin(["95", "120", "80"]).any()
    opened = build("films", found, FakeEncoder())
    documents = opened.catalogue.documents()["document"].tolist()
    assert documents[0] == "The Lamp Keeper. Drama, Romance"
    shown = Engine(opened, FakeEncoder()).recommend(Query("under 90 minutes", k=3)).shown
    assert shown.index[0] == 2  # the others only fill the list


def test_ids_are_kept_as_they_are_typed(write):
    found = table.load(
        write("id, title , text\n 01 , A  , The first.\n01, B, Two.\n1.0, C, Three.\n")
    )
    assert found.items["id"].tolist() == ["01", "1.0"]
    assert faults(found) == [[3, "duplicate id", "01"]]
