"""Remarks about the first item of the shelf: Space Harbour of 1960, by Ada Vale, of Norland."""

import pytest

from recsys.datatypes import Query
from recsys.dialogue.remarks import spelled_out


@pytest.mark.parametrize(
    ("remark", "meant"),
    [
        ("older", "before 1960"),
        ("a bit older, please", "before 1960, please"),
        ("something newer", "something after 1960"),
        ("like this but less tense", "like Space Harbour but less tense"),
        ("similar to that one", "like Space Harbour"),
        ("not that director", "nothing by Ada Vale."),
        ("another director but tense", "nothing by Ada Vale. but tense"),
        ("without that theme", "no stars."),
        ("not that composer", "not that composer"),
        ("ghosts", "ghosts"),
        ("elders and likes", "elders and likes"),
    ],
)
def test_a_remark_is_put_into_words_that_need_no_item(shelf_engine, remark, meant):
    assert spelled_out(shelf_engine.workspace, remark, 0) == meant


def test_what_has_no_year_is_as_it_was_said(engine):
    """Not the Moon has none."""
    row = len(engine.workspace.catalogue) - 1
    assert spelled_out(engine.workspace, "older", row) == "older"


def test_another_director_is_another_one(shelf_engine):
    meant = spelled_out(shelf_engine.workspace, "not that director", 0)
    shown = shelf_engine.recommend(Query(f"space. {meant}")).shown
    assert not set(shown.index) & set(range(10))
