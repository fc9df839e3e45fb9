"""What was understood of a taste: one line that says it, and a chip for each part."""

import streamlit as st

from pages.shared.text import escape
from recsys.datatypes import clean_text
from recsys.errors import QueryError
from recsys.intents import FIRM
from recsys.store.workspace import Workspace
from recsys.understanding.understander import understander_of
from recsys.understanding.understanding import Part, Understanding

MOST_PARTS = 12
"""So many parts of a text have a chip."""

MOST_NAMED = 3
"""More items than these are not named one by one."""

LONGEST_CHIP = 60
"""Letters of a part that its chip shows."""

MARKS = {"wanted": ":green[**+**]", "not": ":red[**−**]", "aside": ":gray[**◌**]"}
"""State of a part -> the mark of its chip."""

HELP = (
    ":green[**+**] is wanted, :red[**−**] counts against, :gray[**◌**] is set aside. Click a part"
    " to switch it off, and again to switch it on."
)
"""What a visitor can do with the chips."""

KINDS = {
    "topic": "about",
    "tone": "tone",
    "person": "person",
    "example": "like",
    "seen": "seen",
    "liked": "liked",
    "disliked": "disliked",
    "time": "time",
    "place": "place",
    "language": "language",
    "audience": "for whom",
    "number": "how much",
    "comparison": "compared",
}
"""Kind of a part -> what a visitor calls it."""


def understood(opened: Workspace, text: str) -> Understanding:
    """What ``text`` stands for here; one without words, or too long to be read, for nothing."""
    try:
        cleaned = clean_text(text)
    except QueryError:
        return Understanding("", len(opened.catalogue))
    return understander_of(opened).understand(cleaned)


def switches(found: Understanding) -> dict[str, list[Part]]:
    """Text -> the parts that it switches, of what the catalogue can act on."""
    return _by_text(found, acted=True)


def rulings(found: Understanding) -> list[str]:
    """The texts of the parts that rule items out, and could weigh instead."""
    return [text for text, parts in switches(found).items() if any(map(_rules_out, parts))]


def show_line(opened: Workspace, found: Understanding, muted: list[str]) -> None:
    """What was understood and what was not, how it was read, and what is not shown again."""
    if not found.sentence:
        return
    if not found.understood:
        st.info(escape(found.sentence), icon=":material/help:")
        return
    told = [found.sentence, _corrections(found), _not_again(opened, found.without(muted))]
    st.markdown(f":small[{escape(' '.join(filter(None, told)))}]")


def show_chips(found: Understanding) -> None:
    """A chip for each part: a click switches it off and on, or makes it weigh where it rules out.

    What the catalogue cannot act on is grey, with the reason as its tooltip.
    """
    _show_switches(found)
    _show_wishes(rulings(found))
    unused = _by_text(found, acted=False)
    if unused:
        with st.container(horizontal=True, gap="small", key="visit_unused"):
            for parts in unused.values():
                why = parts[0].why or "nothing here tells it"
                st.badge(_called(parts[0]), color="gray", help=escape(why))


def _show_switches(found: Understanding) -> None:
    parts, state = switches(found), st.session_state
    if not parts:
        return
    state["visit_parts"] = [text for text in parts if text not in state["visit_muted"]]
    st.pills(
        "What counts",
        list(parts),
        selection_mode="multi",
        key="visit_parts",
        format_func=lambda text: f"{_marks(parts[text])} {_called(parts[text][0])}",
        on_change=_switch,
        args=(tuple(parts),),
        help="  \n".join([HELP, *_remarks(found)]),
        wrap=True,
    )


def _show_wishes(texts: list[str]) -> None:
    state = st.session_state
    if not texts:
        return
    state["visit_wishes"] = [text for text in texts if text in state["visit_softened"]]
    st.pills(
        "Only as a wish",
        texts,
        selection_mode="multi",
        key="visit_wishes",
        format_func=lambda text: escape(text[:LONGEST_CHIP]),
        on_change=_soften,
        help="These parts rule out: what does not fit them stands behind all else, or is not shown."
        " Click one to make it a wish that only weighs, and again to take it at its word.",
        wrap=True,
    )


def _switch(texts: tuple[str, ...]) -> None:
    state = st.session_state
    state["visit_muted"] = [text for text in texts if text not in state["visit_parts"]]


def _soften() -> None:
    st.session_state["visit_softened"] = list(st.session_state["visit_wishes"])


def _by_text(found: Understanding, acted: bool) -> dict[str, list[Part]]:
    """Text -> its parts, of the first texts that are acted on, or are not."""
    grouped: dict[str, list[Part]] = {}
    for part in found.parts:
        if part.acted == acted:
            grouped.setdefault(part.intent.text, []).append(part)
    return dict(list(grouped.items())[:MOST_PARTS])


def _rules_out(part: Part) -> bool:
    against = part.allowed is not None or part.intent.polarity < 0
    return against and part.intent.strength >= FIRM


def _marks(parts: list[Part]) -> str:
    return "".join(dict.fromkeys(MARKS[part.state] for part in parts))


def _called(part: Part) -> str:
    """The kind in plain words, and the text, as Markdown."""
    kind, text = part.intent.kind, part.intent.text
    return f"{KINDS.get(kind, kind)}: {escape(text[:LONGEST_CHIP])}"


def _remarks(found: Understanding) -> list[str]:
    """What parts stand for, where that is not what they say, and what is to be said of them."""
    told = dict[str, None]()
    for part in found.parts:
        label = part.label if part.label != part.intent.text else ""
        said = "; ".join(filter(None, (label, part.why)))
        if part.acted and said:
            told[escape(f"“{part.intent.text}”: {said}.")] = None
    return list(told)[:MOST_PARTS]


def _corrections(found: Understanding) -> str:
    pairs = dict.fromkeys(f"{one.said} → {one.read}" for one in found.read_as)
    return f"Read as: {', '.join(pairs)}." if pairs else ""


def _not_again(opened: Workspace, found: Understanding) -> str:
    """The items that the text names, which are not shown."""
    titles = opened.catalogue.items["title"][found.excluded].tolist()
    if not titles:
        return ""
    more = f" and {len(titles) - MOST_NAMED:,} more" if len(titles) > MOST_NAMED else ""
    return f"Named in the text and not shown again: {', '.join(titles[:MOST_NAMED])}{more}."
