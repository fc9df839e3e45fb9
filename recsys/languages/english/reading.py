"""A reading of the text: intents, each with its span, polarity, strength and confidence.

First what has a form of its own is found (names, times, numbers, audiences, languages, refusals
that bind in a special way) and masked; what is left is split into clauses, wanted and turned
down, and these into topics and tones.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from recsys.datatypes import Clause
from recsys.intents import FIRM, HARD, SOFT, Intent, Name, Reading
from recsys.languages.english.audiences import find_audiences
from recsys.languages.english.clauses import split_clauses
from recsys.languages.english.concepts import COMPARATIVES, TONE_WORDS
from recsys.languages.english.cues import find_roles
from recsys.languages.english.mapped import Mapped
from recsys.languages.english.normalise import normalise
from recsys.languages.english.phrases import (
    EMPTY,
    FREE_OF,
    JOINS,
    LANGUAGE,
    LATER,
    LEADS,
    LESS,
    MILD,
    PERSON_LEADS,
    RATHER,
    REWRITES,
    SOFTLY,
    SUBTITLES,
    TEMPERED,
    UNKNOWN_NAME,
    says_nothing,
)
from recsys.languages.english.quantities import find_quantities
from recsys.languages.english.spelling import Speller
from recsys.languages.english.times import find_times

MAX_WORDS_OF_REQUEST = 20
"""A longer text tells of a person: what it says of times, ages and numbers holds for a part of it,
and filters nothing."""


class Finder(Protocol):
    """Knows the names of a catalogue."""

    def find(self, text: str) -> Sequence[Name]:
        """The names in ``text``."""

    def near(self, text: str, start: int) -> Name | None:
        """The title that nearly stands in ``text`` from ``start`` on."""


_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_COMPARATIVE = re.compile(rf"(?i)\b(?:{'|'.join(COMPARATIVES)})\b")
_MASK = "_"


@dataclass(frozen=True)
class _Clause:
    text: str
    start: int
    end: int
    wanted: bool
    opener: str
    """What stands between it and the clause before."""


def read(text: str, speller: Speller | None = None, finder: Finder | None = None) -> Reading:
    """What ``text`` says; ``speller`` corrects it, ``finder`` knows the names of a catalogue.

    >>> [(i.kind, i.text, i.polarity) for i in read("late 70s, funny, no scary stuff").intents]
    [('time', 'late 70s', 1), ('tone', 'funny', 1), ('tone', 'scary', -1)]
    """
    names = finder.find(text) if finder else ()
    own = [name for name in names if name.sure]
    mapped, read_as = normalise(text, speller, [(name.start, name.end) for name in own])
    for pattern, words in REWRITES:
        mapped = _rewritten(mapped, pattern, words, own)
    if finder and mapped.text != text:
        names = finder.find(mapped.text)
    special = _special(mapped.text, names, finder)
    clauses = _clauses(_masked(mapped.text, special))
    intents = [_placed(intent, clauses) for intent in special]
    for clause in clauses:
        intents += _wanted(clause) if clause.wanted else _refused(clause)
    if len(_WORD.findall(mapped.text)) > MAX_WORDS_OF_REQUEST:
        intents = [_softened(intent) for intent in intents]
    if any(intent.kind == "example" for intent in intents):
        intents = [_compared(intent) for intent in intents]
    intents = [_original(intent, mapped) for intent in sorted(intents, key=lambda one: one.start)]
    return Reading(mapped.text, tuple(intents), read_as, _told(mapped.text, clauses, special))


def _rewritten(
    mapped: Mapped, pattern: re.Pattern[str], words: str, names: Sequence[Name]
) -> Mapped:
    """The text with ``words`` for what matches, but within names: "Godzilla Minus One"."""

    def meant(match: re.Match[str]) -> str:
        start, end = mapped.origin(*match.span())
        inside = any(name.start < end and start < name.end for name in names)
        return match[0] if inside else words

    return mapped.sub(pattern, meant)


def _told(text: str, clauses: Sequence[_Clause], special: Sequence[Intent]) -> tuple[Clause, ...]:
    """The clauses to embed: persons stay in them, other special things do not."""
    hidden = _masked(text, [one for one in special if one.kind != "person"])
    told = []
    for clause in clauses:
        words = " ".join(hidden[clause.start : clause.end].replace(_MASK, " ").split())
        if trimmed(words):
            told.append(Clause(words, clause.wanted))
    return tuple(told)


def _special(text: str, names: Sequence[Name], finder: Finder | None) -> list[Intent]:
    """What has a form of its own, without overlaps; of two at one place, the first found."""
    kept: list[Intent] = []
    for intent in _found(text, names, finder):
        if not any(one.start < intent.end and intent.start < one.end for one in kept):
            kept.append(intent)
    return kept


def _found(text: str, names: Sequence[Name], finder: Finder | None) -> Iterator[Intent]:
    roles = find_roles(text, names, finder.near if finder else None)
    for role in roles:
        kind = role.kind
        if role.name.kind != "item" and kind != "seen":
            kind = "person"
        start = role.start if kind != "person" else role.name.start
        yield _named(text, kind, role.name, start, role.end)
    placed = {role.name.start for role in roles}
    for name in names:
        if name.sure and name.start not in placed:
            kind = "example" if name.kind == "item" else "person"
            yield _named(text, kind, name, name.start, name.end)
    yield from _unknown_names(text)
    for match in LATER.finditer(text):
        yield Intent("topic", trimmed(match["what"]), *match.span(), -1, FIRM, 0.9)
    yield from find_audiences(text)
    yield from find_times(text)
    yield from find_quantities(text)
    yield from _languages(text)
    for match in FREE_OF.finditer(text):
        what = match["free"] or match["non"]
        yield Intent(_kind(what), what, *match.span(), -1, HARD, 0.9)
    for match in _COMPARATIVE.finditer(text):
        base = COMPARATIVES[match[0].lower()]
        yield Intent("comparison", base, *match.span(), 1, SOFT, 0.8, match[0])


def _named(text: str, kind: str, name: Name, start: int, end: int) -> Intent:
    said = text[name.start : name.end]
    polarity = {"seen": 0, "disliked": -1}.get(kind, 1)
    strength = HARD if kind == "seen" else FIRM
    sure = 0.9 if name.sure else 0.7
    return Intent(kind, said, start, end, polarity, strength, sure, name)


def _unknown_names(text: str) -> Iterator[Intent]:
    """What is named as an example or as seen, and is written as a name, but no catalogue name."""
    for match in UNKNOWN_NAME.finditer(text):
        kind = "example" if match["example"] else "seen"
        said = match["quoted"] or match["written"]
        polarity = 1 if kind == "example" else 0
        yield Intent(kind, said, *match.span(), polarity, FIRM, 0.4)


def _languages(text: str) -> Iterator[Intent]:
    for match in LANGUAGE.finditer(text):
        polarity = -1 if match["not"] else 1
        said = match["language"] or match["spoken"]
        yield Intent("language", match[0], *match.span(), polarity, HARD, 0.9, said.lower())
    for match in SUBTITLES.finditer(text):
        polarity = -1 if match["not"] else 1
        yield Intent("language", match[0], *match.span(), polarity, FIRM, 0.8, "foreign")


def _masked(text: str, special: Sequence[Intent]) -> str:
    for intent in special:
        hidden = _MASK * (intent.end - intent.start)
        text = text[: intent.start] + hidden + text[intent.end :]
    return text


def _clauses(text: str) -> list[_Clause]:
    found: list[_Clause] = []
    at = 0
    for clause in split_clauses(text):
        start = text.find(clause.text, at)
        start = at if start < 0 else start
        end = start + len(clause.text)
        found.append(_Clause(text[start:end], start, end, clause.wanted, text[at:start]))
        at = end
    return found


def _placed(intent: Intent, clauses: Sequence[_Clause]) -> Intent:
    """The intent, turned down where it stands in a clause that is."""
    if intent.polarity != 1:
        return intent
    middle = (intent.start + intent.end) // 2
    around = [one for one in clauses if one.start <= middle < one.end]
    if not around or around[0].wanted:
        return intent
    if intent.kind in ("time", "audience", "number"):
        before = around[0].text[: intent.start - around[0].start].replace(_MASK, " ")
        if trimmed(before):  # "no horror from the 80s" says nothing of other kinds
            return replace(intent, polarity=1 if intent.kind == "audience" else 0)
    kind = "disliked" if intent.kind in ("example", "liked") else intent.kind
    if kind == "person" and trimmed(around[0].text.replace(_MASK, " ")):
        return replace(intent, polarity=-1, strength=SOFT)  # of a kind only: "Sandler comedies"
    return replace(intent, kind=kind, polarity=-1)


def _wanted(clause: _Clause) -> Iterator[Intent]:
    text = trimmed(clause.text.replace(_MASK, " "))
    if not text and len(_WORD.findall(clause.text)) > 1:  # "first love"
        text = clause.text.replace(_MASK, " ").strip()
    if not text:
        rest = clause.text.strip(_MASK + " ,.")
        if _MASK not in clause.text and rest:
            yield Intent("filler", rest, clause.start, clause.end, 0, 0.0)
        return
    person = PERSON_LEADS.match(text)
    kind = "person" if person else _kind(text)
    said = text[person.end() :] if person else text
    whole = clause.text.replace(_MASK, " ")
    yield Intent(kind, said, clause.start, clause.end, 1, FIRM, 0.8, whole=whole)


def _refused(clause: _Clause) -> Iterator[Intent]:
    opener = clause.opener.lower()
    strength = SOFT if SOFTLY.search(opener) else FIRM if MILD.search(opener) else HARD
    less = LESS.search(opener) is not None
    at = 0
    for part in JOINS.split(clause.text.replace(_MASK, " ")):
        tempered = TEMPERED.match(part.strip()) is not None
        text = trimmed(TEMPERED.sub("", RATHER.split(part.strip())[0]))
        if not text:
            continue
        start = clause.start + max(clause.text.find(text, at), 0)
        at = start - clause.start + len(text)
        kind = "comparison" if less else _kind(text)
        yield Intent(kind, text, start, start + len(text), -1, SOFT if tempered else strength, 0.9)


def _kind(text: str) -> str:
    words = [word.lower() for word in _WORD.findall(text)]
    heavy = [word for word in words if word not in EMPTY]
    return "tone" if heavy and all(word in TONE_WORDS for word in heavy) else "topic"


def trimmed(text: str) -> str:
    """The text without empty words at its ends: "scary stuff please" is "scary"."""
    text = LEADS.sub("", text.strip())
    words = list(_WORD.finditer(text))
    while words and says_nothing(text, *words[0].span()):
        words.pop(0)
    while words and says_nothing(text, *words[-1].span()):
        words.pop()
    return text[words[0].start() : words[-1].end()] if words else ""


def _softened(intent: Intent) -> Intent:
    if intent.kind in ("time", "audience", "number", "language"):
        return replace(intent, strength=min(intent.strength, SOFT))
    return intent


def _compared(intent: Intent) -> Intent:
    """Less of something than an example has: what has it is not what is asked for."""
    if intent.kind == "comparison" and intent.polarity < 0:
        return replace(intent, strength=max(intent.strength, FIRM))
    return intent


def _original(intent: Intent, mapped: Mapped) -> Intent:
    start, end = mapped.origin(intent.start, intent.end)
    return replace(intent, start=start, end=end)
