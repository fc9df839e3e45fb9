"""The turns of a conversation: what was asked and answered, and what stood before it.

The conversation is about the newcomer of all pages: an answer adds words to the taste or an item to
the likes, so that what was said here counts everywhere. What is changed elsewhere meanwhile begins
a new conversation.
"""

from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.shared import taste
from recsys.dialogue.questions import Answer, Promise, Question, changed

TURNS = "visit_here_talk"
"""Key in the visit of the turns, the first one first."""
STANDS = "visit_here_talk_stands"
"""Key in the visit of what stands in it after the last turn."""
OPENING = "visit_here_talk_opening"
"""Key in the visit of whether the next words are the first ones."""


@dataclass(frozen=True)
class Turn:
    """``asked`` is "" where the visitor spoke of their own; ``said`` is what an answer added to the
    taste; ``shown`` are the rows shown before, of which ``could_be`` was how many items it could
    still have been, and ``before`` what stood in the visit."""

    asked: str
    answer: str
    about: str
    said: str
    promised: float | None
    shown: tuple[int, ...]
    could_be: float
    before: dict[str, Any]


@dataclass(frozen=True)
class Standing:
    """The list as it stands: the rows shown, and how many items it could still be."""

    shown: tuple[int, ...]
    could_be: float


def turns() -> list[Turn]:
    """The turns so far; none where the taste or the likes were changed on another page."""
    state = st.session_state
    found: list[Turn] = state.get(TURNS, [])
    if found and state.get(STANDS) != _values():
        found = state[TURNS] = []
    return found


def answer(question: Question, promise: Promise, chosen: Answer, liked: str, at: Standing) -> None:
    """Answers ``question`` with ``chosen``, whose item has the id ``liked``; for callbacks."""
    _begin(question.text, chosen.label, at, question.about, chosen.said, promise.expected)
    if chosen.said:
        _add_words(chosen.said)
    if liked:
        taste.judge("liked", liked)
    _end()


def speak(words: str, meant: str, at: Standing) -> None:
    """Adds ``words`` of the visitor's own, which mean ``meant``; the first ones are the taste."""
    if st.session_state.pop(OPENING, False):
        taste.ask_for(words)
        return
    _begin("", words, at)
    _add_words(meant)
    _end()


def judge(what: str, id_: str, title: str, at: Standing) -> None:
    """Puts an item into one of the lists of what was judged, which is a turn, too."""
    _begin("", f"{taste.JUDGED[what]}: {title}", at)
    taste.judge(what, id_)
    _end()


def take_back() -> None:
    """Undoes the last turn; for callbacks."""
    found = turns()
    if not found:
        return
    last = found[-1]
    for key, value in last.before.items():
        st.session_state[key] = value
    st.session_state[TURNS] = found[:-1]
    _end()


def start_again() -> None:
    """Forgets the turns and what was judged; the next words are the first; for callbacks."""
    state = st.session_state
    first = state.get(TURNS, [])[:1]
    taste.start_again()
    if first:
        state["visit_taste"] = first[0].before["visit_taste"]
    state[TURNS], state[OPENING] = [], True


def moved(found: list[Turn], at: Standing) -> list[int]:
    """After each turn, how many of the items shown were others."""
    shown = [turn.shown for turn in found] + [at.shown]
    return [changed(shown[place], shown[place + 1]) for place in range(len(found))]


def _begin(
    asked: str,
    said: str,
    at: Standing,
    about: str = "",
    words: str = "",
    promised: float | None = None,
) -> None:
    turn = Turn(asked, said, about, words, promised, at.shown, at.could_be, _values())
    st.session_state[TURNS] = [*turns(), turn]


def _end() -> None:
    st.session_state[STANDS] = _values()


def _add_words(words: str) -> None:
    state = st.session_state
    state["visit_taste"] = f"{state['visit_taste'].rstrip('. ')}. {words}"


def _values() -> dict[str, Any]:
    keys = ["visit_taste", *map(taste.list_key, taste.JUDGED)]
    return {key: st.session_state.get(key) for key in keys}
