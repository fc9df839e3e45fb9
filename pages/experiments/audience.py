"""What somebody in the room sees: one list, unmarked, to vote on."""

import hashlib
import secrets

import numpy as np
import pandas as pd
import streamlit as st

from pages.shared import address, resources
from pages.shared.text import escape
from recsys.errors import ThawError
from recsys.online.experiments.interleaving import preferences, team_draft, without_shared
from recsys.store.rooms import Room, Rooms

VOTER = "experiments_voter"
"""Key in the visit of the random name under which somebody votes; the address keeps it for a
reload."""


def show_audience(code: str) -> None:
    """The list of the room with this code, or why there is none."""
    st.title("Which of these would you like?", anchor=False)
    try:
        room = Rooms().find(code)
        items = resources.workspace(room.about["workspace"]).catalogue.items
    except ThawError as error:
        st.warning(escape(str(error)), title="There is nothing to vote on")
        return
    voter = st.session_state.setdefault(VOTER, address.text("as", secrets.token_hex(8)))
    address.write({"room": code, "as": voter})
    titles = items.set_index("id")["title"]
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
        first = Rooms().vote(code, voter, preferred)
        st.success("Thank you." if first else "You have voted already: the first vote counts.")
    st.markdown(":small[Kept for a day at most: a random name, and which of two strategies you like"
                " more. Not which items.]")  # fmt: skip


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
