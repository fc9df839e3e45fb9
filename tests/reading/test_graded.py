"""Tables of judged tastes: any form, any names of columns; every line is used or told."""

import json

import pytest

from recsys.errors import DataError
from recsys.reading import graded


def written(tmp_path, text, name="judged.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def lines(found):
    return [tuple(line) for line in found.table.itertuples(index=False)]


def test_columns_go_by_their_names_in_any_order(tmp_path):
    path = written(tmp_path, "Relevance;movieId;Query\n3;7;slow space\n0;8;slow space\n")
    found = graded.read(path, "me")
    assert lines(found) == [("slow space", "7", 3, "me"), ("slow space", "8", 0, "me")]
    assert found.rejected.empty
    assert "grade = Relevance." in found.notes


def test_what_is_called_otherwise_is_said(tmp_path):
    path = written(tmp_path, "a,b,c,d\nx,star,2,ann\n")
    with pytest.raises(DataError, match="no column for the taste; say which with taste=COLUMN"):
        graded.read(path, "me")
    chosen = {"taste": "a", "item": "b", "grade": "c", "judge": "d"}
    assert lines(graded.read(path, "me", chosen)) == [("x", "star", 2, "ann")]
    with pytest.raises(DataError, match="no column 'z' for judge"):
        graded.read(path, "me", {**chosen, "judge": "z"})
    with pytest.raises(DataError, match="'who' is no part of a judgement"):
        graded.read(path, "me", {"who": "d"})


def test_what_cannot_be_used_is_told_with_its_line(tmp_path):
    text = "taste,item,grade,judge\nspace,star,3,ann\nspace,tin,4,ann\nspace,,1,ann\n?!,tin,1,ann\n"
    found = graded.read(written(tmp_path, text + "space,attic,1.5,ann\n"), "me")
    assert lines(found) == [("space", "star", 3, "ann")]
    told = [tuple(line) for line in found.rejected.itertuples(index=False)]
    assert sorted(told) == [
        (3, "grade is none of 0, 1, 2, 3", "4"), (4, "no item", ""),
        (5, "taste without words", "?!"), (6, "grade is none of 0, 1, 2, 3", "1.5"),
    ]  # fmt: skip


def test_what_is_said_again_counts_as_it_was_said_last(tmp_path):
    text = "taste,item,grade,judge\nspace,star,3,\nspace,star,1,\nspace,star,0,bob\n"
    found = graded.read(written(tmp_path, text), "me")
    assert lines(found) == [("space", "star", 1, "me"), ("space", "star", 0, "bob")]
    assert "1 lines are said again below: the last one counts." in found.notes


def test_a_file_without_a_line_to_use_is_refused(tmp_path):
    path = written(tmp_path, "taste,item,grade\nspace,star,9\n")
    with pytest.raises(
        DataError, match=r"judged.csv: no line.*line 2: grade is none of .* \('9'\)"
    ):
        graded.read(path, "me")
    with pytest.raises(DataError, match=r"mine\.csv: no line"):
        graded.read(path, "me", called="mine.csv")


def test_json_is_read_as_well(tmp_path):
    told = [{"query": "space", "doc_id": "star", "rating": 2, "rater": "ann"}]
    path = written(tmp_path, json.dumps(told), "judged.json")
    assert lines(graded.read(path, "me")) == [("space", "star", 2, "ann")]
