"""A corpus of small files, format by encoding by layout: the right value for the right value."""

import bz2
import csv
import gzip
import io
import json
import zipfile

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recsys.reading import files
from recsys.reading.files import Reading
from tests.reading.documents import ods, xlsx

WESTERN = [
    {"id": "007", "title": "Das Glück der Bäume", "year": "1995", "note": "Größe, Maß; und „Ruß“"},
    {"id": "1.0", "title": "El niño y el cañón", "year": "2001", "note": "¿Qué pasó mañana?"},
    {"id": "x-3", "title": "Où va l’été", "year": "1988", "note": "Forêt, pâté | garçon"},
    {"id": "12345678901234567890", "title": "Plain", "year": "2010", "note": 'He said "no".'},
]
CENTRAL = [
    {"id": "1", "title": "Żółta łódź", "note": "Gęś śpi w źródle"},
    {"id": "2", "title": "Ćma", "note": "Ślepa dróżka"},
]
RUSSIAN = [
    {"id": "1", "title": "Зимний сад", "note": "Сторож поливает лимоны по ночам"},
    {"id": "2", "title": "Хлеб", "note": "Пекарь и его семь сестёр"},
]
CHINESE = [
    {"id": "1", "title": "雨中的书店", "note": "老板每天晚上给猫读诗，很安静"},
    {"id": "2", "title": "山路", "note": "两个人走了很久，终于看见了大海"},
]
TAIWANESE = [
    {"id": "1", "title": "雨中的書店", "note": "老闆每天晚上給貓讀詩，很安靜"},
    {"id": "2", "title": "山路", "note": "兩個人走了很久，終於看見了大海"},
]
JAPANESE = [
    {"id": "1", "title": "雨の本屋", "note": "店主は毎晩ねこに詩を読んでいる"},
    {"id": "2", "title": "パンの道", "note": "ふたりは海まで歩いた"},
]
KOREAN = [
    {"id": "1", "title": "비 오는 서점", "note": "주인은 매일 밤 고양이에게 시를 읽어 준다"},
    {"id": "2", "title": "산길", "note": "두 사람은 바다까지 오래 걸었다"},
]
GREEK = [
    {"id": "1", "title": "Το βιβλιοπωλείο", "note": "Ο ιδιοκτήτης διαβάζει ποίηση στη γάτα"},
    {"id": "2", "title": "Ψωμί", "note": "Ένας φούρναρης και η θάλασσα"},
]
TURKISH = [
    {"id": "1", "title": "Yağmurlu kitapçı", "note": "Işıklar söndü, şiir okuyan çocuk güldü"},
    {"id": "2", "title": "Dağ yolu", "note": "İki kişi uzun süre yürüdü"},
]


def delimited(records, mark=",", end="\n", quoting=csv.QUOTE_MINIMAL, quote='"', header=True):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=mark, lineterminator=end, quoting=quoting, quotechar=quote)
    if header:
        writer.writerow(records[0])
    writer.writerows(record.values() for record in records)
    return text.getvalue()


def apart(records, mark, end="\n"):
    """Fields with a mark of several signs between them, unquoted."""
    return end.join(
        mark.join(fields) for fields in [list(records[0]), *(r.values() for r in records)]
    )


def lines(records, write=json.dumps, end="\n"):
    return end.join(write(record) for record in records) + end


def plain(value):
    return json.dumps(value, ensure_ascii=False)


TEXTS = {
    "comma": (delimited(WESTERN), WESTERN),
    "comma, all quoted": (delimited(WESTERN, quoting=csv.QUOTE_ALL), WESTERN),
    "comma, CRLF": (delimited(WESTERN, end="\r\n"), WESTERN),
    "comma, CR": (delimited(WESTERN, end="\r"), WESTERN),
    "semicolon": (delimited(WESTERN, ";"), WESTERN),
    "semicolon, all quoted, CRLF": (
        delimited(WESTERN, ";", "\r\n", csv.QUOTE_ALL),
        WESTERN,
    ),
    "semicolon, told to Excel": ("sep=;\r\n" + delimited(WESTERN, ";", "\r\n"), WESTERN),
    "tab": (delimited(WESTERN, "\t"), WESTERN),
    "bar": (delimited(WESTERN, "|"), WESTERN),
    "caret": (delimited(WESTERN, "^"), WESTERN),
    "tilde": (delimited(WESTERN, "~"), WESTERN),
    "a control character": (delimited(WESTERN, "\x01"), WESTERN),
    "two colons": (apart(WESTERN, "::"), WESTERN),
    "two bars": (apart(CENTRAL, "||"), CENTRAL),
    "single quotes": (delimited(CENTRAL, ";", quoting=csv.QUOTE_ALL, quote="'"), CENTRAL),
    "JSON lines": (lines(WESTERN), WESTERN),
    "JSON lines, CRLF": (lines(WESTERN, plain, "\r\n"), WESTERN),
    "JSON array": (plain(WESTERN), WESTERN),
    "JSON array, indented": (json.dumps(WESTERN, indent=2), WESTERN),
    "JSON array, a record a line": ("[\n" + ",\n".join(map(plain, WESTERN)) + "\n]", WESTERN),
    "JSON under a key": (plain({"count": 4, "items": WESTERN, "next": None}), WESTERN),
    "JSON under keys": (plain({"response": {"took": 3, "docs": WESTERN}}), WESTERN),
    "JSON objects one after another": (
        "\n".join(json.dumps(record, indent=1) for record in WESTERN),
        WESTERN,
    ),
    "JSON, a table by columns": (pd.DataFrame(WESTERN).to_json(force_ascii=False), WESTERN),
    "JSON, one record": (plain(WESTERN[0]), WESTERN[:1]),
    "JSON, arrays below names": (
        plain([list(WESTERN[0]), *(list(record.values()) for record in WESTERN)]),
        WESTERN,
    ),
    "Python literals": (lines(WESTERN, repr), WESTERN),
}
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
SCRIPTS = [
    (CENTRAL, "cp1250"), (CENTRAL, "iso8859_2"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8_r"),
    (RUSSIAN, "cp866"), (CHINESE, "gb18030"), (CHINESE, "gb2312"), (TAIWANESE, "big5"),
    (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp"), (JAPANESE, "iso2022_jp"), (KOREAN, "euc_kr"),
    (GREEK, "cp1253"), (TURKISH, "cp1254"), (WESTERN, "mac_roman"), (CENTRAL, "utf-16"),
    (CHINESE, "utf-16-le"), (JAPANESE, "utf-8"),
]  # fmt: skip


@pytest.fixture
def read(tmp_path):
    def read(content, name="given", **wishes):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return files.read(path, **wishes)

    return read


def cells(rows):
    return rows.frame.to_dict("records")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("layout", TEXTS)
def test_every_layout_in_every_encoding(read, layout, encoding):
    text, records = TEXTS[layout]
    if records is CENTRAL and encoding == "cp1252":
        encoding = "cp1250"
    rows = read(text.encode(encoding))
    assert cells(rows) == records
    assert rows.bad.empty
    assert rows.frame.index.is_unique


@pytest.mark.parametrize(("records", "encoding"), SCRIPTS)
def test_every_script_in_its_encodings(read, records, encoding):
    for text in (delimited(records, ";"), lines(records, plain)):
        rows = read(text.encode(encoding))
        assert cells(rows) == records
        assert (rows.encoding == "utf-8") == (encoding == "utf-8")


def test_the_encoding_is_said_and_can_be_chosen(read):
    content = "name,note\nÖl,süß\n".encode("cp1252")
    rows = read(content)
    assert rows.encoding == "cp1252"
    assert "the encoding is Windows-1252 (Western Europe)." in rows.notes
    chosen = read(content, reading=Reading(encoding="cp1251"))
    assert cells(chosen) == [{"name": "Цl", "note": "sьЯ"}]
    assert "the encoding is Windows-1251 (Cyrillic)." in chosen.notes
    with pytest.raises(
        files.DataError, match="cannot be read as 'rot13'; there are: utf-8, utf-16"
    ):
        read(content, reading=Reading(encoding="rot13"))


def test_a_broken_cell_costs_the_letter_and_is_counted(read):
    good = "".join(f"{n},Größe und Maß\n" for n in range(9))
    rows = read(b"id,text\n" + good.encode() + b"9,Gr\xf6\xdfe und Mass\n10,fine\n")
    assert rows.encoding == "utf-8"
    assert rows.bad.empty
    assert cells(rows)[9:] == [
        {"id": "9", "text": "Gr\ufffd\ufffde und Mass"},
        {"id": "10", "text": "fine"},
    ]
    assert rows.notes == ("1 cells hold bytes that are no utf-8; each is read as \ufffd.",)


@pytest.mark.parametrize("line", [b'{"id": 2, "text": "\\ud800x"}', b'{"id": 2, "text": "\xffx"}'])
def test_a_broken_letter_in_json_costs_no_row(read, line):
    rows = read(b'{"id": 1, "text": "a"}\n' + line + b'\n{"id": 3, "text": "b"}\n')
    assert rows.frame["text"].tolist() == ["a", "\ufffdx", "b"]


def test_a_broken_letter_in_parquet_costs_no_row(tmp_path):
    text = pa.array([b"fine", b"b\xffd", b"fine"]).view(pa.string())
    pq.write_table(pa.table({"id": [1, 2, 3], "text": text}), tmp_path / "a")
    rows = files.read(tmp_path / "a")
    assert rows.frame["text"].tolist() == ["fine", "b\ufffdd", "fine"]
    assert "1 cells hold bytes that are no UTF-8; each is read as \ufffd." in rows.notes


NESTED = {
    "id": 7,
    "attributes": {"name": "Kettle", "size": {"cm": 20.50}, "none": None, "no": {}},
    "tags": ["red", "hot"],
    "paths": [["shop", "kitchen"], ["shop", "gifts"]],
    "cast": [{"name": "Ann"}],
    "sold": True,
}
FLAT = {
    "id": "7",
    "attributes.name": "Kettle",
    "attributes.size.cm": "20.5",
    "attributes.none": "",
    "tags": '["red", "hot"]',
    "paths": '["shop", "kitchen", "gifts"]',
    "cast": '[{"name": "Ann"}]',
}


@pytest.mark.parametrize(
    "text", [json.dumps([NESTED]), lines([NESTED, NESTED]), lines([NESTED] * 2, repr)]
)
def test_fields_within_fields_are_columns_of_their_own(read, text):
    first = cells(read(text))[0]
    assert first.pop("sold").lower() == "true"
    assert first == FLAT


def test_the_key_of_the_records_is_said_and_can_be_chosen(read):
    text = plain(
        {"films": [{"id": 1}, {"id": 2}], "more": {"people": [{"name": "Ann Weir the Elder"}]}}
    )
    rows = read(text)
    assert rows.notes == ("JSON, records under 'more.people'.",)
    assert rows.parts == ("films", "more.people")
    rows = read(text, reading=Reading(part="films"))
    assert cells(rows) == [{"id": "1"}, {"id": "2"}]
    assert rows.part == "films"
    with pytest.raises(files.DataError, match=r"has no part 'x'; it has: films, more\.people"):
        read(text, reading=Reading(part="x"))


def test_an_object_of_objects_keeps_its_keys(read):
    rows = read(plain({"b1": {"title": "One"}, "b2": {"title": "Two"}}))
    assert cells(rows) == [{"key": "b1", "title": "One"}, {"key": "b2", "title": "Two"}]


def test_json_that_breaks_off_keeps_what_is_whole_and_says_so(read):
    whole = plain([{"id": 1}, {"id": 2}, {"id": 3}])
    rows = read(whole[:-5])
    assert cells(rows) == [{"id": "1"}, {"id": "2"}]
    assert rows.bad[["line", "reason"]].to_numpy().tolist() == [
        [3, "broken JSON, from here to the end"]
    ]
    rows = read(plain([{"id": 1}, 5, {"id": 2}]))
    assert rows.bad.to_numpy().tolist() == [[2, "not a JSON object", "5"]]


@pytest.mark.parametrize(
    "line",
    [
        "__import__('os').system('true')",
        "{'a': open('x')}",
        "{" * 5000,
        "{'a': [" + "[" * 5000,
        "{'a': 1",
        "{**{}}",
    ],
)
def test_python_that_is_no_literal_is_never_run(read, line):
    rows = read(f"{{'id': 'a', 'n': 1.50}}\n{line}\n{{'id': 'b', 'n': None}}\n{{'id': 'c'}}\n")
    assert cells(rows) == [{"id": "a", "n": "1.5"}, {"id": "b", "n": ""}, {"id": "c", "n": ""}]
    assert rows.bad[["line", "reason"]].to_numpy().tolist() == [[2, "not a Python literal"]]
    assert "Python literals, read safely." in rows.notes


@pytest.mark.parametrize("write", [xlsx, ods])
def test_a_spreadsheet_gives_its_sheets(read, write):
    content = write(
        {
            "About": [["Only a remark"]],
            "Books": [["code", "name", "price"], ["007", "Öl", 12], [], ["8", "Ra\nn", 7.5]],
            "More": [["a"], ["x"], ["y"]],
        }
    )
    rows = read(content)
    assert cells(rows) == [
        {"code": "007", "name": "Öl", "price": "12"},
        {"code": "8", "name": "Ra n", "price": "7.5"},
    ]
    assert rows.frame.index.tolist() == [2, 4]
    assert rows.parts == ("About", "Books", "More")
    assert rows.part == "Books"
    assert rows.encoding == ""
    assert any("sheet 'Books' of 3" in note for note in rows.notes)
    assert cells(read(content, reading=Reading(part="More"))) == [{"a": "x"}, {"a": "y"}]


@pytest.mark.parametrize("write", [xlsx, ods])
def test_a_title_above_the_table_of_a_sheet_is_left_out_and_said(read, write):
    rows = read(write({"S": [["Our catalogue"], [], ["id", "name", "kind"], ["1", "a", "b"]]}))
    assert cells(rows) == [{"id": "1", "name": "a", "kind": "b"}]
    assert "what stands above the header was left out: 1 rows." in rows.notes


@pytest.mark.parametrize("write", [xlsx, ods])
def test_a_cell_beyond_the_header_is_not_lost_silently(read, write):
    filled = [["id", "name"], *([str(n), "x"] for n in range(150)), ["b", "y", "beyond"]]
    rows = read(write({"S": filled}))
    assert len(rows.frame) == 150
    assert rows.bad.to_numpy().tolist() == [[152, "more cells than the header has", "b y beyond"]]


RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel><title>Laden</title>
<link>https://x.org</link>
<item><g:id>k1</g:id><title>Größe</title><g:title>Size</g:title><category>Küche</category>
<category>Tee</category><description><![CDATA[A <b>big</b> one]]></description>
<enclosure url="https://x.org/1.jpg" type="image/jpeg"/></item>
<item><g:id>k2</g:id><title>Maß &amp; Öl</title><description>More</description></item>
</channel></rss>"""


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16", "windows-1252"])
def test_a_feed_gives_its_items(read, encoding):
    rows = read(RSS.format(encoding=encoding).encode(encoding))
    assert cells(rows) == [
        {
            "id": "k1",
            "title": "Größe",
            "title 2": "Size",
            "category": "Küche|Tee",
            "description": "A <b>big</b> one",
            "enclosure": "https://x.org/1.jpg",
            "enclosure.type": "image/jpeg",
        },
        {
            "id": "k2",
            "title": "Maß & Öl",
            "title 2": "",
            "category": "",
            "description": "More",
            "enclosure": "",
            "enclosure.type": "",
        },
    ]
    assert "RSS, an item for each 'item'." in rows.notes


def test_atom_and_any_other_list_of_elements(read):
    rows = read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>One</title>'
        '<link href="https://x.org/1"/><category term="war"/><category term="sea"/>'
        "<author><name>Ann</name></author></entry></feed>"
    )
    assert cells(rows) == [
        {"title": "One", "link": "https://x.org/1", "category": "war|sea", "author.name": "Ann"}
    ]
    rows = read(
        '<shop><book nr="1"><name>A</name><price cur="EUR">5</price></book>'
        '<book nr="2"><name>B</name></book><film><name>F</name></film></shop>'
    )
    assert cells(rows) == [
        {"nr": "1", "name": "A", "price": "5", "price.cur": "EUR"},
        {"nr": "2", "name": "B", "price": "", "price.cur": ""},
    ]


def test_entities_of_xml_are_not_followed(read):
    laughs = (
        '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">]><l><i><t>&a;</t></i><i><t/></i></l>'
    )
    with pytest.raises(files.DataError, match="defines entities, which are not followed"):
        read(laughs)


def test_xml_that_breaks_off_is_refused(read):
    with pytest.raises(files.DataError, match="given is no XML that can be read: "):
        read("<shop><book><name>A</name></book><book><name>B</na")


def zipped(content):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("__MACOSX/._items.csv", b"rubbish")
        archive.writestr("folder/items.csv", content)
    return packed.getvalue()


def zstandard(content):
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(content)
    return sink.getvalue().to_pybytes()


PACKERS = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "Zstandard": zstandard,
    "zip": zipped,
}


@pytest.mark.parametrize("how", PACKERS)
def test_what_is_compressed_is_read(read, how):
    rows = read(PACKERS[how](delimited(WESTERN, ";").encode("cp1252")))
    assert cells(rows) == WESTERN
    assert rows.notes[0] == f"unpacked ({how})."


@pytest.mark.parametrize("how", ["gzip", "bzip2", "Zstandard"])
def test_what_is_packed_and_cut_off_is_refused_in_one_line(read, how):
    content = PACKERS[how](bytes(range(256)) * 400)
    with pytest.raises(files.DataError, match=f"given is no whole {how} file") as raised:
        read(content[: len(content) // 2])
    assert "\n" not in str(raised.value)


def test_a_zip_of_several_files_says_which(read):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", "x")
        archive.writestr("b.csv", "y")
    with pytest.raises(
        files.DataError, match=r"is a zip of 2 files, and one is read \(a.csv, b.csv\)"
    ):
        read(packed.getvalue())
