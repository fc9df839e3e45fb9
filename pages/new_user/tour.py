"""A guided tour of five steps, for who presents the page or sees it for the first time."""

from dataclasses import dataclass

import streamlit as st

from pages.new_user.ranking import BEHIND

AT = "new_user_tour"
"""Key in the visit of the number of the step that is shown, from 0; absent where there is none."""


@dataclass(frozen=True)
class Stop:
    """A step of the tour: what to look at, and what stands beside the list meanwhile."""

    text: str
    behind: str | None = None


STOPS = (
    Stop(
        "**Words in, a list out.** Type a taste as you would say it, and press Ctrl+Enter. The line"
        " under the box says what was understood; each part is a chip to switch off."
    ),
    Stop(
        "**Every place has its reasons.** A bar is the score, taken apart by colour; press ? on a"
        " row for all of it. The line above says how much is what you asked, and how much is the"
        " crowd."
    ),
    Stop(
        "**It answers.** Like, dislike or mark one as seen: what moved is marked ▲ ▼ or new, and ↶"
        " takes any step back."
    ),
    Stop(
        "**Why not this one?** Ask for anything that is missing: its place, what keeps it down, and"
        " the least that would bring it in.",
        "why_not",
    ),
    Stop(
        "**Is it personal?** Put two people side by side, then see on Compare what another strategy"
        " does to the same list.",
        "two",
    ),
)


def show_tour() -> None:
    """The step that is shown, with the buttons to go on; nothing where the tour is not taken."""
    at = st.session_state.get(AT)
    if at is None:
        return
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", key="new_user_tour_box"
    ):
        st.markdown(f"{at + 1} of {len(STOPS)} · {STOPS[at].text}", width="stretch")
        st.button("Back", key="new_user_tour_back", on_click=go, args=(at - 1,), disabled=at == 0)
        last = at == len(STOPS) - 1
        label = "Done" if last else "Next"
        st.button(
            label,
            key="new_user_tour_next",
            type="primary",
            on_click=go,
            args=(None if last else at + 1,),
        )


def go(at: int | None) -> None:
    """Shows the step ``at``, from 0, and what belongs beside the list; None ends the tour."""
    if at is None:
        del st.session_state[AT]
        st.session_state[BEHIND] = None
        return
    st.session_state[AT] = at
    st.session_state[BEHIND] = STOPS[at].behind
