"""Questions and answers in the words of a language model, where the host has set one."""

import streamlit as st

from pages.shared.text import escape
from recsys.dialogue.endpoint import configured
from recsys.errors import ThawError

PHRASED = "talk_phrased"
"""Key of the questions that were phrased: what was worked out -> how it is said."""
FAILED = "talk_failed"
"""Key of why the model could not be asked."""


def phrased(question: str) -> str:
    """The question as the model says it, or as it is."""
    known: dict[str, str] = st.session_state.setdefault(PHRASED, {})
    if question not in known:
        known[question] = _other_words("phrased", question)
    return known[question]


def read(words: str) -> str:
    """What the visitor said as the model reads it, or as it is."""
    return _other_words("read", words)


def show_notice() -> None:
    """That words leave this machine, and why the model could not be asked; nothing where the host
    has set no model."""
    if failed := st.session_state.pop(FAILED, ""):
        st.warning(escape(failed))
    elif _is_set():
        st.markdown(":small[A language model set by this host reads what is said here.]")


def _is_set() -> bool:
    try:
        return configured() is not None
    except ThawError:
        return False


def _other_words(how: str, words: str) -> str:
    try:
        endpoint = configured()
        return getattr(endpoint, how)(words) if endpoint else words
    except ThawError as error:
        st.session_state[FAILED] = str(error)
        return words
