"""What was corrected once is known the next time; nothing of it can stop an import."""

import json

from recsys.reading import corrections

HEADER = ("sku", "label", "remark")


def test_a_correction_is_kept_for_the_same_columns_only(root):
    corrections.keep("items", HEADER, {"text": ("remark", "label"), "year": ""})
    assert corrections.recall("items", HEADER) == {"text": ["remark", "label"], "year": []}
    assert corrections.recall("items", HEADER[::-1]) == {}
    assert corrections.recall("triples", HEADER) == {}
    assert [path.name for path in root.iterdir()] == ["corrections.json"]  # nothing half-written


def test_it_can_be_forgotten(root):
    corrections.keep("items", HEADER, {"text": "remark"})
    corrections.forget("items", HEADER)
    assert corrections.recall("items", HEADER) == {}


def test_nothing_to_keep_writes_nothing(root):
    corrections.keep("items", HEADER, {})
    assert not root.exists()


def test_the_oldest_goes_when_there_are_many(root, monkeypatch):
    monkeypatch.setattr(corrections, "MAX_HEADERS", 2)
    for name in "abc":
        corrections.keep("items", (name,), {"id": name})
    corrections.keep("items", ("b",), {"id": "b"})  # the latest again
    corrections.keep("items", ("d",), {"id": "d"})
    kept = [name for name in "abcd" if corrections.recall("items", (name,))]
    assert kept == ["b", "d"]


def test_a_damaged_file_is_as_good_as_none(root):
    root.mkdir()
    for damaged in ("{", "[]", '{"x": 1}', "\x00"):
        (root / corrections.FILE).write_text(damaged)
        assert corrections.recall("items", HEADER) == {}
    corrections.keep("items", HEADER, {"id": "sku"})
    assert corrections.recall("items", HEADER) == {"id": ["sku"]}
    assert json.loads((root / corrections.FILE).read_text())
