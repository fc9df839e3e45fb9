"""One line that says what was understood and what was not."""

from collections.abc import Sequence

from recsys.understanding.understanding import Part

MAX_TOLD = 24
"""So many parts of a text are told."""
LEADS = {
    "example": "like {}",
    "seen": "not {} again",
    "liked": "you liked {}",
    "disliked": "you did not like {}",
    "comparison": "more {}",
}
"""Kind of a part -> how it is told; any other is told as it is."""


def sentence(parts: Sequence[Part], understood: bool, language: str, nouns: str) -> str:
    """What was understood of a text in ``language`` about these ``nouns``."""
    if language != "English":
        return f"This looks like {language}; tastes are read in English here."
    if not understood:
        return f"Nothing of this was understood; these are {nouns} that most people like."
    wanted = [_told(part) for part in parts if part.acted and part.intent.polarity >= 0]
    turned = [_told(part) for part in parts if part.acted and part.intent.polarity < 0]
    unused = [f"“{part.intent.text}”: {part.why}" for part in parts if not part.acted]
    if not parts:
        return f"Nothing in particular was asked for; these are {nouns} that most people like."
    told = "; ".join(filter(None, (", ".join(_first(wanted)), _not(_first(turned)))))
    lines = [
        f"Understood: {told}." if told else "",
        *(f"{line[0].upper()}{line[1:]}." for line in unused[:MAX_TOLD]),
    ]
    return " ".join(filter(None, lines))


def _told(part: Part) -> str:
    named = part.intent.kind in (
        "example",
        "seen",
        "liked",
        "disliked",
        "person",
        "time",
        "audience",
    )
    said = part.label if named else part.intent.text
    if part.intent.polarity < 0:
        return said
    return LEADS.get(part.intent.kind, "{}").format(said)


def _once(told: Sequence[str]) -> list[str]:
    """Each of these once, however it is written."""
    found: dict[str, str] = {}
    for one in told:
        found.setdefault(one.lower(), one)
    return list(found.values())


def _first(told: Sequence[str]) -> list[str]:
    """The first MAX_TOLD of these, each once, and how many more there are."""
    once = _once(told)
    more = len(once) - MAX_TOLD
    return [*once[:MAX_TOLD], f"and {more:,} more"] if more > 0 else once


def _not(turned: Sequence[str]) -> str:
    return f"not {', not '.join(turned)}" if turned else ""
