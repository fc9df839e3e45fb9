"""What was asked and said, the next question with its promise, and a line to say something."""

import streamlit as st

from pages.shared import tab
from pages.shared.text import escape
from pages.talk import phrasing, turns
from recsys.datatypes import MAX_TEXT
from recsys.dialogue.belief import still_open
from recsys.dialogue.questions import Asker, Promise, Question
from recsys.dialogue.remarks import spelled_out
from recsys.ranking.engine import Recommendation

HEIGHT = 200
"""Of what was said, in pixels; longer conversations scroll."""


def show_said(found: list[turns.Turn], at: turns.Standing) -> None:
    """The opening words, and each turn with what it changed."""
    opening = found[0].before["visit_taste"] if found else st.session_state["visit_taste"]
    many = turns.moved(found, at)
    count = "1 turn" if len(found) == 1 else f"{len(found)} turns"
    place = (
        st.expander(f"What was said: {count}", icon=":material/forum:")
        if tab.is_narrow()
        else st.container(height=HEIGHT, autoscroll=True, key="talk_said")
    )
    with place:
        with st.chat_message("user", avatar=":material/person:"):
            st.markdown(escape(opening))
        for turn, others in zip(found, many, strict=True):
            if turn.asked:
                with st.chat_message("assistant", avatar=":material/ac_unit:"):
                    st.markdown(escape(turn.asked))
            with st.chat_message("user", avatar=":material/person:"):
                st.markdown(escape(turn.answer))
                st.markdown(f":small[{_kept(turn, others, len(at.shown))}]")


def show_question(
    result: Recommendation, question: Question | None, promise: Promise | None, at: turns.Standing
) -> None:
    """The question that tells most, what its answers would do, and a button for each."""
    if question is None or promise is None:
        st.markdown(":small[There is nothing left to ask that would tell more.]")
        return
    ids = result.workspace.catalogue.items["id"]
    with st.container(border=True, gap="xsmall", key="talk_question"):
        st.markdown(f"**{escape(phrasing.phrased(question.text))}**")
        st.markdown(f":small[{_promised(question, promise, len(at.shown))}]")
        with st.container(horizontal=True, gap="small", key="talk_answers"):
            for place, each in enumerate(question.answers):
                liked = str(ids[each.liked[0]]) if each.liked else ""
                st.button(
                    escape(each.label),
                    key=f"talk_answer_{place}",
                    on_click=turns.answer,
                    args=(question, promise, each, liked, at),
                )


def show_words(result: Recommendation, at: turns.Standing) -> None:
    """The line to say something in, and what to do with the conversation as a whole."""
    opening = st.session_state.get(turns.OPENING)
    st.chat_input(
        "What do you feel like?" if opening else "Or say it: like this but less violent; older …",
        key="talk_words",
        max_chars=MAX_TEXT,
        on_submit=_speak,
        args=(result, at),
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            "Take back",
            key="talk_take_back",
            type="tertiary",
            icon=":material/undo:",
            disabled=not turns.turns(),
            on_click=turns.take_back,
        )
        st.button(
            "Start again", key="talk_start_again", type="tertiary", on_click=turns.start_again
        )
        st.markdown(f":small[“This” is {_subject(result)}.]", width="content")
    phrasing.show_notice()


def next_question(
    asker: Asker, result: Recommendation, found: list[turns.Turn], said: list[str]
) -> tuple[Question | None, float]:
    """The next question, and how many items it could still be."""
    believed = asker.believed(result.ranking, said)
    asked = [turn.about for turn in found] + asker.stated(result.understanding)
    return asker.best(result.ranking, believed, asked), still_open(believed)


def _speak(result: Recommendation, at: turns.Standing) -> None:
    words = str(st.session_state["talk_words"] or "").strip()
    if words:
        row = int(result.shown.index[0])
        turns.speak(words, spelled_out(result.workspace, phrasing.read(words), row), at)


def _subject(result: Recommendation) -> str:
    title = result.workspace.catalogue.items["title"][result.shown.index[0]]
    return f"the first of the list, *{escape(title)}*"


def _promised(question: Question, promise: Promise, k: int) -> str:
    told = [
        f"{escape(each.label)}: {many}"
        for each, many in zip(question.answers, promise.by_answer, strict=True)
        if each.said or each.liked
    ]
    return (
        f"Would bring about {promise.expected:.0f} other items into these {k}"
        f" ({', '.join(told)}); tells {question.bits:.2f} bits."
    )


def _kept(turn: turns.Turn, others: int, k: int) -> str:
    was = f"{others} of these {k} are others" if others else "the same items"
    return f"promised about {turn.promised:.0f}; {was}" if turn.promised is not None else was
