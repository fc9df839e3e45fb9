"""Files as they are met: no header, typed or doubled names, stray quotes, and too much of it."""

import bz2
import gzip
import json
import re

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recsys.errors import DataError
from recsys.reading import files, unpacking
from recsys.reading.formats import ods as ods_format
from recsys.reading.formats import parquet
from tests.reading.documents import ods_of, packed, xlsx, xlsx_members


@pytest.fixture
def write(tmp_path):
    def write(content, name="given"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def cells(rows):
    return rows.frame.to_numpy().tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1::Öl (1999)::Drama|War\n2::Star: A Tale (1988)::War\n", "1/Öl (1999)/Drama|War"),
        ("1,7,4.5,978300760\n1,8,3,978300761\n", "1/7/4.5/978300760"),
        ("u1\ti9\t2019-05-01\nu2\ti9\t2019-05-02\n", "u1/i9/2019-05-01"),
        ("1 7 3\n1 8 4\n", "1/7/3"),
        ("5::6::1::978300760\n", "5/6/1/978300760"),
    ],
)
def test_a_file_without_a_header_gets_numbers_for_names(write, text, expected):
    rows = files.read(write(text))
    assert cells(rows)[0] == expected.split("/")
    assert list(rows.frame) == [f"column {n}" for n in range(1, rows.frame.shape[1] + 1)]
    assert rows.frame.index[0] == 1
    assert len(rows.frame) == text.count("\n")
    assert "no header, so the columns are numbered." in rows.notes


def test_typed_headers_lose_their_types_and_lists_are_lists(write):
    rows = files.read(
        write(
            "item_id:token\tbook_title:token_seq\tprice:float\tshelf:token_seq\n"
            "7\tThe Tea House\t4.0\tcrime paper\n8\tRan\t\t\n"
        )
    )
    assert list(rows.frame) == ["item_id", "book_title", "price", "shelf"]
    assert cells(rows) == [["7", "The Tea House", "4.0", "crime|paper"], ["8", "Ran", "", ""]]


def test_a_graph_takes_the_ids_of_the_link_beside_it(write):
    link = write("item_id:token\tentity_id:token\n7\tm.01\n", "books.link")
    assert cells(files.read(link)) == [["7", "is", "m.01"]]
    head = "head_id:token\trelation_id:token\ttail_id:token\n"
    graph = head + "m.01\tby\tm.02\nm.03\tin\tm.01\n"
    rows = files.read(write(graph, "books.kg"))
    assert list(rows.frame) == ["head_id", "relation_id", "tail_id"]
    assert cells(rows) == [["7", "by", "m.02"], ["m.03", "in", "7"]]
    assert any("books.link" in note for note in rows.notes)
    alone = files.read(write(graph, "alone.kg"))
    assert cells(alone) == [["m.01", "by", "m.02"], ["m.03", "in", "m.01"]]


def test_names_are_trimmed_and_doubled_ones_get_a_number(write):
    rows = files.read(write('\ufeff id , "tags" ,tags,,tags 2,tags\n1,a,b,c,d,e\n'))
    assert list(rows.frame) == ["id", "tags", "tags 3", "column 4", "tags 2", "tags 4"]
    assert cells(rows) == [["1", "a", "b", "c", "d", "e"]]
    assert "a second column 'tags' is read as 'tags 3'." in rows.notes


def test_prefixes_of_a_feed_are_no_part_of_the_names(write):
    rows = files.read(write("g:id\tg:title\ng1\tKettle: red\ng2\tMug: blue\n"))
    assert list(rows.frame) == ["id", "title"]


def test_quotes_that_do_not_fit_are_read_as_their_writers_meant_them(write):
    rows = files.read(write('"id";"t"\n"1";"a \\"b\\" c"\n"2";"x; y"\n'))
    assert cells(rows) == [["1", 'a "b" c'], ["2", "x; y"]]
    rows = files.read(write('id\tt\n1\t"Foo" bar\n2\t5" disk\n3\t"open\n4\tx\n'))
    assert cells(rows) == [["1", '"Foo" bar'], ["2", '5" disk'], ["3", '"open'], ["4", "x"]]


def test_names_of_rows_as_r_writes_them(write):
    rows = files.read(write('"a","b"\n"r1",1,2\n"r2",3,4\n'))
    assert list(rows.frame) == ["column 1", "a", "b"]
    assert cells(rows) == [["r1", "1", "2"], ["r2", "3", "4"]]


def test_a_mark_at_the_end_of_a_row_is_no_field(write):
    rows = files.read(write("id,t\n1,a\n2,b,\n3,c\n4,d,e\n5,f\n"))
    assert cells(rows) == [["1", "a"], ["2", "b"], ["3", "c"], ["5", "f"]]
    assert rows.bad.to_numpy().tolist() == [[5, "wrong number of fields", "4,d,e"]]


def test_one_column_whose_texts_have_commas(write):
    rows = files.read(write("title\nRan, 1985\nIda\nYes, no, maybe; so\n"))
    assert cells(rows) == [["Ran, 1985"], ["Ida"], ["Yes, no, maybe; so"]]


@pytest.mark.parametrize("kind", ["csv", "jsonl", "json", "parquet"])
def test_ten_thousand_columns_are_cut_and_said(write, tmp_path, kind):
    record = {f"column name {n}": str(n) for n in range(10_000)}
    if kind == "parquet":
        pq.write_table(pa.Table.from_pylist([record]), tmp_path / "given")
    else:
        text = {
            "csv": ",".join(record) + "\n" + ",".join(record.values()) + "\n",
            "jsonl": json.dumps(record) + "\n" + json.dumps(record) + "\n",
            "json": json.dumps([record]),
        }[kind]
        write(text)
    rows = files.read(tmp_path / "given")
    assert list(rows.frame) == list(record)[:500]
    assert cells(rows)[0] == list(record.values())[:500]
    assert "the first 500 of 10,000 columns are read, the others are left out." in rows.notes


def test_a_long_cell_is_read_and_one_that_is_too_long_is_told(write):
    rows = files.read(write(f"id,t\n1,{'x' * 5_000_000}\n2,{'y' * 10_000_001}\n3,z\n"))
    assert rows.frame["t"].str.len().tolist() == [5_000_000, 1]
    assert rows.bad[["line", "reason"]].to_numpy().tolist() == [
        [3, "a cell of more than 10,000,000 characters"]
    ]


def test_progress_is_told_and_may_stop_the_reading(write):
    path = write("id,t\n" + "1,a text that takes some room\n" * 100_000)
    told = []
    files.read(path, progress=lambda *given: told.append(given))
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert told[-1] == (path.stat().st_size, path.stat().st_size, "reading given")
    assert told[0][0] < told[-1][0]

    def stop(done, total, what):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        files.read(path, progress=stop)


def test_the_first_rows_are_enough_for_a_look(write):
    path = write("id,t\n" + "".join(f"{n},a\n" for n in range(5_000)))
    assert files.read(path, 3).frame["id"].tolist() == ["0", "1", "2"]
    path = write(xlsx({"S": [["id"], *[[str(n)] for n in range(9)]]}))
    assert files.read(path, 3).frame["id"].tolist() == ["0", "1", "2"]


def refused(path, message):
    with pytest.raises(DataError, match=re.escape(message)) as raised:
        files.read(path)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("kind", ["texts", "lists"])
def test_a_dictionary_of_parquet_is_not_written_out_beyond_the_bound(tmp_path, monkeypatch, kind):
    said = pa.DictionaryArray.from_arrays(pa.array([0] * 50_000), pa.array(["x" * 2_000]))
    if kind == "lists":
        said = pa.ListArray.from_arrays(pa.array(range(0, 50_001, 5)), said)
    pq.write_table(pa.table({"a": said}), tmp_path / "a")
    assert (tmp_path / "a").stat().st_size < 100_000
    monkeypatch.setattr(files, "MAX_BYTES", 60_000_000)
    refused(tmp_path / "a", "a holds more than 57 MB of text, the most that is read, from row")
    monkeypatch.setattr(parquet, "MAX_BATCH_BYTES", 1 << 20)
    refused(tmp_path / "a", "a has 10,000 rows that unpack to more than 1 MB of text")


def test_a_row_group_that_is_too_large_is_refused_unread(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "MAX_GROUP_BYTES", 1 << 20)
    texts = [str(n) * 300_000 for n in range(9)]
    pq.write_table(pa.table({"a": texts}), tmp_path / "a")
    refused(tmp_path / "a", "a has a column of which 2 MB come in one row group; at most 1 MB are")


@pytest.mark.parametrize(("pack", "how"), [(gzip.compress, "gzip"), (bz2.compress, "bzip2")])
def test_what_unpacks_to_too_much_is_refused(write, monkeypatch, pack, how):
    monkeypatch.setattr(unpacking, "MAX_BYTES", 1 << 20)
    refused(write(pack(b"a" * (3 << 20))), f"unpacks ({how}) to more than 1 MB, the most that is")


def test_two_cells_far_apart_in_a_sheet_take_no_memory(write):
    row = '<row r="{0}"><c r="{1}{0}"><v>1</v></c></row>'
    sheet = row.format(1, "A") + row.format(1048576, "XFD")
    refused(write(packed(xlsx_members({"S": sheet}))), "sheet of 1,048,576 rows and 16,384 columns")


@pytest.mark.parametrize(("times", "room"), [(5_000, 1_000), (50, 100)])
def test_cells_that_stand_for_many_are_bounded(write, monkeypatch, times, room):
    monkeypatch.setattr(ods_format, "MAX_REPEATED", room)
    cell = "<table:table-cell{}><text:p>x</text:p></table:table-cell>"
    row = "<table:table-row{}>{}</table:table-row>"
    wide = cell.format(' table:number-columns-repeated="2"')
    rows = row.format("", cell.format("") + cell.format("").replace(">x<", ">y<"))
    rows += row.format(f' table:number-rows-repeated="{times}"', wide)
    path = write(ods_of(f'<table:table table:name="S">{rows}</table:table>'))
    if times > room:
        refused(path, "given has a row that stands for 5,000; at most 1,000 may.")
    else:
        assert cells(files.read(path)) == [["x", "x"]] * times


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "given is a picture."),
        (b"%PDF-1.7 and more", "given is a PDF."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "given is an old Excel file (.xls)"),
        (b"<!DOCTYPE html><html><body><p>x</p></body></html>", "given is a web page, not a table."),
        (b"\x01\x02\x03\x04" * 50, "given is neither text nor of another kind that is read."),
        (b"", "given has no row that can be read."),
        (packed(xlsx_members({})), "given has no sheet."),
        (ods_of(""), "given has no sheet."),
        (packed({"[Content_Types].xml": "x"}), "given is a document that holds no table."),
    ],
)
def test_what_is_no_table_is_told_apart(write, content, message):
    refused(write(content), message)
