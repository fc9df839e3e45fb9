"""What the columns of a given file mean, why it is thought so, and what is still missing."""

import streamlit as st

from pages.catalogue.kinds import ABSENT, KINDS, MEANINGS, SEVERAL
from pages.catalogue.shelf import Held, Shelf
from pages.shared.text import escape
from recsys.reading import columns, corrections
from recsys.reading.guesses import REMEMBERED, Columns, Guess, as_columns


def show_columns(kind: str, held: Held) -> None:
    """The choice of a column for each of ours, each with the reason for what was guessed."""
    st.markdown(f"##### {escape(held.name)}: what the columns mean")
    guesses = _guesses(kind, held)
    with st.grid(len(KINDS[kind].columns), min_column_width=150):
        for name in KINDS[kind].columns:
            with st.container(gap="xxsmall"):
                _show_choice(kind, held, name, guesses.get(name))
                st.markdown(f":small[:gray[{escape(_told(kind, name, guesses.get(name)))}]]")
    if any(one.why == REMEMBERED for one in guesses.values()):
        st.button(
            "Forget what was corrected",
            key=f"catalogue_forget_{kind}",
            type="tertiary",
            icon=":material/undo:",
            help="What was chosen for an earlier file with the same columns is used again here.",
            on_click=_forget_corrections,
            args=(kind, held),
        )


def missing(shelf: Shelf) -> list[str]:
    """What each file lacks first before anything can be built, in the words of the page."""
    return [line for kind, held in shelf.held.items() for line in lacking(kind, held)]


def lacking(kind: str, held: Held) -> list[str]:
    """The same of one file."""
    found = chosen(kind)
    unmet = [needed for needed in KINDS[kind].needs if not found.keys() & set(needed)]
    names = [" or ".join(f"“{MEANINGS[name]}”" for name in needed) for needed in unmet[:1]]
    return [f"{held.name}: choose the column for {name}." for name in names]


def corrected(shelf: Shelf) -> dict[str, Columns]:
    """Our column -> the file's where another than the guessed is chosen, "" for none."""
    found: dict[str, Columns] = {}
    for kind, held in shelf.held.items():
        guesses, now = _guesses(kind, held), chosen(kind)
        for name in KINDS[kind].columns:
            guessed = guesses[name].columns if name in guesses else ()
            if now.get(name, ()) != guessed:
                found[name] = now.get(name, ())
    return found


def chosen(kind: str) -> dict[str, tuple[str, ...]]:
    """Our column -> the file's, as far as there are any."""
    state = st.session_state
    found = {name: as_columns(state[_key(kind, name)] or "") for name in KINDS[kind].columns}
    return {name: own for name, own in found.items() if own}


def forget(kind: str) -> None:
    """Drops what was chosen for a file."""
    st.session_state.pop(_guesses_key(kind), None)
    for name in KINDS[kind].columns:
        st.session_state.pop(_key(kind, name), None)


def _forget_corrections(kind: str, held: Held) -> None:
    corrections.forget(kind, tuple(held.rows))
    forget(kind)


def _guesses(kind: str, held: Held) -> dict[str, Guess]:
    """What was guessed of a file, once for a visit."""
    key = _guesses_key(kind)
    if key not in st.session_state:
        remembered = corrections.recall(kind, tuple(held.rows))
        guessed = columns.guess(held.rows, kind, {}, remembered) if remembered else held.columns
        st.session_state[key] = guessed
    found: dict[str, Guess] = st.session_state[key]
    return found


def _show_choice(kind: str, held: Held, name: str, guess: Guess | None) -> None:
    key, offered = _key(kind, name), held.rows.columns.tolist()
    nothing = ABSENT.get(name, "Not in the file")
    if name in SEVERAL:
        st.session_state.setdefault(key, list(guess.columns) if guess else [])
        st.multiselect(
            MEANINGS[name],
            offered,
            key=key,
            placeholder=nothing,
            help="Several are joined, in this order.",
            persist_state="session",
        )
        return
    st.session_state.setdefault(key, guess.column if guess else None)
    st.selectbox(
        MEANINGS[name],
        offered,
        index=None,  # so that it can be cleared
        key=key,
        placeholder=nothing,
        persist_state="session",
    )


def _told(kind: str, name: str, guess: Guess | None) -> str:
    """Why this column: the guess with its reason, or that somebody chose."""
    now = as_columns(st.session_state[_key(kind, name)] or "")
    if now != (guess.columns if guess else ()):
        return "chosen here"
    return guess.told if guess else "none was found"


def _key(kind: str, name: str) -> str:
    return f"catalogue_column_{kind}_{name}"


def _guesses_key(kind: str) -> str:
    return f"catalogue_guesses_{kind}"
