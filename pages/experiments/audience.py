"""What somebody in the room sees: one list, unmarked, to vote on, or a taste to type."""

import hashlib
import secrets

import numpy as np
import pandas as pd
import streamlit as st

from pages.experiments import rooms
from pages.shared import address, resources
from pages.shared.text import escape
from recsys.errors import ThawError
from recsys.online.experiments.interleaving import preferences, team_draft, without_shared
from recsys.store.rooms import MAX_TASTE, Room, Rooms
from recsys.store.workspace import Workspace

VOTER = "experiments_voter"
"""Key in the visit of the random name under which somebody votes; the address keeps it for a
reload."""


def show_audience(code: str) -> None:
    """What the room with this code asks, or why it asks nothing."""
    try:
        room = Rooms().find(code)
        opened = resources.workspace(room.about["workspace"])
        voter = st.session_state.setdefault(VOTER, address.text("as", secrets.token_hex(8)))
        address.write({"room": code, "as": voter})
        if room.about["kind"] == rooms.DUEL:
            _show_duel(room, opened, voter)
        else:
            _show_wish(room, voter)
    except ThawError as error:
        st.title("This room is closed", anchor=False)
        st.warning(escape(str(error)), title="There is nothing to say here")


def _show_duel(room: Room, opened: Workspace, voter: str) -> None:
    """One list, unmarked, to vote on."""
    st.title("Which of these would you like?", anchor=False)
    titles = opened.catalogue.items.set_index("id")["title"]
    shown, team = drafted(room, voter)
    st.markdown(f"For somebody who says: *{escape(room.about['taste']) or 'nothing'}*")
    with st.form("experiments_vote", border=False):
        liked = [
            st.checkbox(escape(str(titles.get(id_, id_))), key=f"experiments_vote_{id_}")
            for id_ in shown
        ]
        sent = st.form_submit_button("Send my likes", type="primary", width="stretch")
    if sent:
        preferred = int(preferences(np.array([liked]), team[None])[0])
        first = Rooms().vote(room.code, voter, preferred)
        st.success("Thank you." if first else "You have voted already: the first vote counts.")
    st.markdown(":small[Kept for a day at most: a random name, and which of two strategies you like"
                " more. Not which items.]")  # fmt: skip


def _show_wish(room: Room, voter: str) -> None:
    """A taste to type, which can be changed until the room is closed."""
    st.title("What would you like?", anchor=False)
    with st.form("experiments_wish", border=False):
        wish = st.text_area("In plain words", key="experiments_wish_text", max_chars=MAX_TASTE)
        sent = st.form_submit_button("Send", type="primary", width="stretch")
    if sent:
        Rooms().say(room.code, voter, wish)
        st.success("Thank you: look at the screen." if wish.strip() else "Taken back.")
    st.markdown(":small[Kept for a day at most: a random name and these words, which everybody in"
                " the room can read. Send nothing to take them back.]")  # fmt: skip


def drafted(room: Room, voter: str) -> tuple[list[str], np.ndarray]:
    """The ids that this voter is shown, and (k,) whose each is: the same after a reload."""
    one, other = room.about["lists"]
    number, ids = pd.factorize(np.array([*one, *other], dtype=object))
    k = max(len(one), len(other))
    lists = np.full((2, 1, k), -1)
    lists[0, 0, : len(one)], lists[1, 0, : len(other)] = number[: len(one)], number[len(one) :]
    seed = hashlib.blake2b(f"{room.code}{voter}".encode(), digest_size=8).digest()
    coins = np.random.default_rng(int.from_bytes(seed)).integers(0, 2, (1, k))
    shown, team = team_draft(lists[0], lists[1], k, coins)
    credited = without_shared(lists[0], lists[1], shown, team)
    there = shown[0] >= 0
    return [str(ids[each]) for each in shown[0][there]], credited[0][there]
