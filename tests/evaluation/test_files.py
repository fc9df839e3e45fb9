"""Benchmark files: read whole, or one line that names the file, the line and what is wrong."""

import os
from pathlib import Path

import pytest

from recsys.errors import DataError
from recsys.evaluation import files as benchfiles

SHARED = Path(__file__).parents[3] / "shared"


@pytest.fixture
def write(tmp_path):
    def written(text, name="file.txt"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


def test_profiles_are_read_with_ids_as_text(write):
    path = write('{"userId": 284, "profile": "90s comedies"}\n\n{"userId": "x", "profile": "war"}')
    assert [tuple(vars(p).values()) for p in benchfiles.profiles(path)] == [
        ("284", "90s comedies", 0),
        ("x", "war", 0),
    ]


def test_dialogues_name_each_item_once(write):
    path = write(
        '{"id": "7", "text": "hello", "liked": [1, "b", 1], "disliked": [], "relevant": [2]}'
    )
    (dialogue,) = benchfiles.dialogues(path)
    assert dialogue == benchfiles.Dialogue("7", "hello", ("1", "b"), (), ("2",))


GOOD = '{"userId": 1, "profile": "space"}\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "file.txt is empty."),
        ("\n \n", "file.txt is empty."),
        (GOOD + '{"userId": 2, "profile"', "file.txt, line 2: it is not JSON"),
        (GOOD + "[1, 2]", "line 2: it is not a JSON object."),
        (GOOD + "3", "line 2: it is not a JSON object."),
        (GOOD + '{"profile": "x"}', "line 2: it lacks 'userId'."),
        (GOOD + '{"userId": 2}', "line 2: it lacks 'profile'."),
        (GOOD + '{"userId": null, "profile": "x"}', "'userId' is None; it must be a number"),
        (GOOD + '{"userId": true, "profile": "x"}', "'userId' is True; it must be a number"),
        (GOOD + '{"userId": 2, "profile": ["x"]}', "'profile' is ['x']; it must be a text."),
        (GOOD + '{"userId": 2, "profile": "  "}', "line 2: There are no words to go by"),
        (GOOD + "\n" + GOOD, "line 3: '1' has a line already."),
        (b'{"userId": 1, "profile": "\xff"}', "file.txt is not UTF-8 text."),
    ],
)
def test_a_malformed_profile_gets_one_line_with_its_number(write, text, words):
    with pytest.raises(DataError) as caught:
        benchfiles.profiles(write(text))
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_malformed_dialogue_gets_one_line_with_its_number(write):
    path = write('{"id": 1, "text": "hello", "liked": 5, "disliked": [], "relevant": []}')
    with pytest.raises(DataError, match=r"line 1: 'liked' is 5; it must be a list of items\."):
        benchfiles.dialogues(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(DataError, match=r"nowhere\.csv cannot be read: No such file"):
        benchfiles.users(tmp_path / "nowhere.csv")


def test_tables_are_read_as_text_with_further_columns_left_out(write):
    frame = benchfiles.ratings(
        write("\ufeffuserId,x,movieId,part\r\n1,9,007,seen\r\n\r\n1,9,8,hidden\r\n")
    )
    assert frame.to_numpy().tolist() == [["1", "007", "seen"], ["1", "8", "hidden"]]
    assert benchfiles.users(write("userId\n11\n15\n")) == ["11", "15"]
    assert benchfiles.split(write("movieId,part\n5,warm\n"))["part"].tolist() == ["warm"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1: it lacks movieId, part; the columns are none."),
        ("movieId,fold\n1,2\n", "line 1: it lacks part; the columns are movieId, fold."),
        ("movieId,part\n", "file.txt is empty but for its header."),
        ("movieId,part\n1,warm\n2\n", "line 3: '2' does not give movieId, part."),
        ("movieId,part\n1,warm\n\n2,\n", "line 4: '2,' does not give movieId, part."),
        ("movieId,part\n1,warm,3\n", "line 2: '1,warm,3' does not give"),
        ("movieId,part\n1,train\n", "line 2: part is 'train'; it must be one of warm, val, test."),
        ("movieId,part\n1,warm\n1,test\n", "line 3: '1' has a line already."),
    ],
)
def test_a_malformed_table_gets_one_line_with_its_number(write, text, words):
    with pytest.raises(DataError) as caught:
        benchfiles.split(write(text))
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_files_of_the_benchmark_are_read():
    if not SHARED.exists():
        reason = f"no benchmark files in {SHARED}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    bench = SHARED / "bench"
    people = {profile.user for profile in benchfiles.profiles(bench / "new_user_profiles.jsonl")}
    held = benchfiles.users(bench / "held_out_users.csv")
    assert (len(people), len(held)) == (60, 120)
    assert people <= set(held)
    assert people <= set(benchfiles.ratings(bench / "new_user_ratings.csv")["user"])
    parts = benchfiles.split(bench / "new_item_split.csv")["part"]
    assert parts.value_counts(normalize=True).round(1).to_dict() == {
        "warm": 0.8,
        "val": 0.1,
        "test": 0.1,
    }
    assert len(benchfiles.dialogues(SHARED / "data" / "redial" / "profiles.jsonl")) == 1445
