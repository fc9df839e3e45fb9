"""Rooms: one vote each, several processes at once, and nothing left of a room that is closed."""

import subprocess
import sys
from datetime import timedelta

import pytest

from recsys.errors import DataError, QueryError
from recsys.store import rooms
from recsys.store.rooms import Rooms

VOTER = """
import sys
from pathlib import Path
from recsys.store.rooms import Rooms
home, code, name = sys.argv[1:]
for number in range(10):
    Rooms(Path(home)).vote(code, f"{name}-{number}", 1)
"""


@pytest.fixture
def found(tmp_path):
    return Rooms(tmp_path)


def test_a_vote_counts_once_and_in_its_order(found):
    code = found.open({"taste": "Ghosts & 100 %"})
    assert found.find(code).about == {"taste": "Ghosts & 100 %"}
    told = [found.vote(code, voter, value) for voter, value in [("a", 1), ("b", -1), ("a", -1)]]
    assert told == [True, True, False]
    assert found.vote(code, "c", 0)
    assert found.votes(code).tolist() == [1, -1, 0]


def test_who_says_something_else_is_heard_anew_and_who_says_nothing_is_gone(found):
    code = found.open({})
    for voter, taste in [("a", "ghosts"), ("b", " horses "), ("a", "ships")]:
        found.say(code, voter, taste)
    assert found.tastes(code) == ["horses", "ships"]
    found.say(code, "b", "  ")
    assert found.tastes(code) == ["ships"]
    with pytest.raises(QueryError, match="301 letters; 300 fit"):
        found.say(code, "b", "x" * 301)


def test_rooms_do_not_know_each_other(found):
    one, other = found.open({}), found.open({})
    found.vote(one, "a", 1)
    assert found.votes(other).tolist() == []
    found.close(one)
    assert found.find(other).code == other


def test_of_a_closed_room_nothing_is_left(found):
    code = found.open({"taste": "unmistakable words"})
    found.vote(code, "a-random-name", 1)
    found.say(code, "a-random-name", "unmistakable, too")
    found.close(code)
    for ask in (found.find, found.votes, lambda code: found.vote(code, "b", 1)):
        with pytest.raises(QueryError, match=f"There is no open room {code}"):
            ask(code)
    for path in found.path.parent.iterdir():
        left = path.read_bytes()
        assert b"unmistakable" not in left
        assert b"a-random-name" not in left


def test_a_room_is_gone_after_a_day(found, monkeypatch):
    code = found.open({})
    monkeypatch.setattr(rooms, "KEPT", timedelta(0))
    with pytest.raises(QueryError, match="no open room"):
        found.find(code)


def test_no_vote_of_several_processes_is_lost(found):
    code = found.open({})
    home = str(found.path.parent.parent)
    run = [sys.executable, "-c", VOTER, home, code]
    voters = [subprocess.Popen([*run, str(number)]) for number in range(3)]
    assert [each.wait(60) for each in voters] == [0, 0, 0]
    assert found.votes(code).tolist() == [1] * 30


def test_a_vote_that_is_none_changes_nothing(found):
    code = found.open({})
    with pytest.raises(DataError, match="CHECK constraint"):
        found.vote(code, "a", 2)
    assert found.votes(code).tolist() == []


def test_a_damaged_file_is_told(found):
    found.path.parent.mkdir()
    found.path.write_bytes(b"no database at all " * 100)
    with pytest.raises(DataError, match="cannot be used"):
        found.open({})
