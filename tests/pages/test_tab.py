"""What the tab says, where a run that was broken off has forgotten the tab."""

import streamlit as st

from pages.shared import tab


def test_a_tab_that_was_forgotten_changes_nothing_and_is_asked_again(monkeypatch):
    visit = {"visit_taste": "a ghost"}
    monkeypatch.setattr(st, "session_state", visit)
    tab._restore()
    assert visit == {"visit_taste": "a ghost"}  # not "visit_taken": the tab will say it again


def test_a_tab_that_is_there_begins_the_visit_anew(monkeypatch):
    visit = {"visit_taste": "a ghost", "visit_tab": {"restored": "taste=a+horse"}}
    monkeypatch.setattr(st, "session_state", visit)
    tab._restore()
    assert visit["visit_taken"]
    assert visit["visit_restored"] == {"taste": ["a horse"]}
    assert "visit_taste" not in visit
