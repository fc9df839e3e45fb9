"""Whatever the table, its format, encoding, mark and quotes: every row is read, or told of.

Right value for right value, too. Ten thousand of each:
``THAW_PROFILE=thorough pytest tests/reading/test_nothing_is_lost.py``.
"""

import csv
import io
import json

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recsys.reading import files
from recsys.reading.files import Reading
from recsys.reading.formats._cells import flat
from recsys.reading.formats._layout import has_header
from tests.reading.documents import ods, xlsx

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"]
LETTERS = st.characters(exclude_categories=["C", "Z"], exclude_characters="\ufffd\ufeff")
SIGNS = st.sampled_from(list(",;|\t :'\"[]{}<>&\\\n"))
CELLS = st.text(LETTERS | SIGNS, max_size=12).map(lambda cell: cell.strip().replace("\t", " "))
NAMES = ["code", "name", "kind", "remark"]


@st.composite
def tables(draw, cells=CELLS):
    """Rows with a number, so that none is blank, and a word, which no header of numbers has."""
    names = NAMES[: draw(st.integers(2, len(NAMES)))]
    rows = draw(
        st.lists(
            st.lists(cells, min_size=len(names) - 1, max_size=len(names) - 1),
            min_size=1,
            max_size=8,
        )
    )
    return [dict(zip(names, [f"c{n}", *row], strict=True)) for n, row in enumerate(rows)]


def as_read(records):
    """The values as they are shown: a line break within a cell is a space."""
    return [{key: cell.replace("\n", " ").strip() for key, cell in one.items()} for one in records]


def check(content, records, folder, **reading):
    path = folder / "given"
    path.write_bytes(content)
    rows = files.read(path, reading=Reading(**reading))
    assert len(rows.frame) + len(rows.bad) == len(records), (rows.notes, rows.bad)
    assert rows.bad.empty, rows.bad
    assert rows.frame.to_dict("records") == as_read(records)
    assert rows.frame.index.is_unique


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("lost")


@given(
    tables(),
    st.sampled_from(",;\t|^~"),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    st.sampled_from(ENCODINGS),
)
def test_of_delimited_text(folder, records, mark, end, quoting, encoding):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=mark, lineterminator=end, quoting=quoting)
    writer.writerow(records[0])
    writer.writerows(record.values() for record in records)
    check(text.getvalue().encode(encoding), records, folder, encoding=encoding)


@given(
    tables(),
    st.sampled_from(["lines", "array", "key", "indented", "literals"]),
    st.sampled_from(["utf-8", "utf-16", "utf-32"]),
)
def test_of_objects(folder, records, layout, encoding):
    text = {
        "lines": "\n".join(map(json.dumps, records)),
        "array": json.dumps(records, ensure_ascii=False),
        "key": json.dumps({"n": 1, "rows": records, "end": []}),
        "indented": json.dumps(records, indent=1),
        "literals": "\n".join(map(repr, [*records, records[0]])),
    }[layout]
    expected = [*records, records[0]] if layout == "literals" else records
    check(text.encode(encoding), expected, folder)


@given(tables())
def test_of_parquet(folder, records):
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(records), sink)
    check(sink.getvalue().to_pybytes(), records, folder)


@given(tables(), st.sampled_from([xlsx, ods]))
def test_of_spreadsheets(folder, records, write):
    rows = [list(records[0]), *(list(record.values()) for record in records)]
    check(write({"Sheet": rows}), records, folder)


@given(tables(st.text(LETTERS, min_size=1, max_size=9)))
def test_of_feeds(folder, records):
    frame = pd.DataFrame(records).to_xml(
        index=False, parser="etree", row_name="entry", root_name="feed"
    )
    check(frame.encode(), records, folder)


BROKEN = st.sampled_from(["x", 'x,"y', "x,y,z,w,v,u", '"a"b,c', ",,,,,,z", "x,y,z"])


@given(st.lists(BROKEN | st.just("n,a,b,c"), max_size=30), st.sampled_from(["\n", "\r\n", "\r"]))
def test_of_files_half_of_which_is_broken(folder, lines, end):
    good = ["g,1,2,3"] * (len(lines) + 1)
    path = folder / "broken"
    path.write_text(end.join(["id,title,text,year", *good, *lines]) + end, newline="")
    rows = files.read(path)
    assert len(rows.frame) + len(rows.bad) == len(good) + len(lines)
    assert sorted([*rows.frame.index, *rows.bad["line"]]) == list(
        range(2, 2 + len(good) + len(lines))
    )
    assert len(rows.frame) == len(good) + lines.count("n,a,b,c")


PIECES = st.sampled_from(
    [b"a", b"1", b",", b'"', b"\n", b"\r", b"[", b"]", b"{", b"}", b":", b"::", b"<a>", b"</a>",
     b"\xff", b"\0", b"\xfe", b"PAR1", b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"<?xml", b"\xe9",
     b"'", b"\\", b"sep=;"]
)  # fmt: skip


@given(st.binary(max_size=300) | st.lists(PIECES, max_size=80).map(b"".join))
@example(b"{")
@example(b"[")
@example(b"[[")
@example(b'{"a":[{"b":1},')
@example(b"PK\x03\x04")
@example(b"<a")
@example(b"a\x1eb\nc\n")
def test_anything_is_read_or_refused_in_one_line(folder, content):
    path = folder / "anything"
    path.write_bytes(content)
    try:
        rows = files.read(path)
    except files.DataError as error:
        said = str(error)
    else:
        assert len(rows.frame)
        said = " ".join([*rows.notes, rows.frame.to_csv(), rows.bad.to_csv()]).replace("\n", " ")
    said.encode()
    assert "\n" not in said


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=3),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
        ),
    )
)
def test_any_object_becomes_text(value):
    assert all(isinstance(cell, str) for cell in flat({"a": value}).values())


@pytest.mark.parametrize(
    ("first", "rows", "expected"),
    [
        (["userId", "movieId"], [["1", "2"]], True),
        (["1", "2", "5", "978300760"], [["1", "3", "4", "978300761"]], False),
        (["1", "Ran (1985)", "Drama"], [["2", "Ida (2013)", "Drama"]], False),
        (["u1", "i1", "2015-01-02"], [["u2", "i1", "2015-02-02"]], False),
        (["Ran", "War"], [["Ida", "Drama"]], True),
        (["user", "1995", "1996", "1997"], [["u1", "3", "4", "5"]], True),
        (["", "title"], [["0", "Ran"], ["1", "Ida"]], True),
        (["title", "https://x.org"], [["Ran", "https://x.org/2"]], False),
        (["id"], [], True),
        (["1", "2"], [], False),
        (["id", ""], [["1", ""]], True),
    ],
)
def test_a_header_is_told_from_a_row_by_what_is_below_it(first, rows, expected):
    assert has_header(first, rows) == expected
