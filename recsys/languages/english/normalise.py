"""The text as it is read: shorthand written out, slips corrected, apostrophes put back."""

import re
from collections.abc import Sequence

from recsys.intents import Correction
from recsys.languages.english.mapped import Mapped
from recsys.languages.english.shorthand import (
    CONTRACTIONS,
    COUNTED,
    FAMILIAR,
    NUMBERS,
    SHORTHAND,
)
from recsys.languages.english.spelling import Speller

_AGE = re.compile(r"\b(\d{1,2})\s?-?\s?(?:y/?o|yr old|yrs old)s?\b", re.IGNORECASE)
_TOKEN = re.compile(r"(?<![\w-])(?:w/o|w/|b&w|[^\W_]+(?:'[^\W_]+)*)(?![\w-]|'\w)")
_COUNTED = re.compile(rf"\s*-?(?:{'|'.join(COUNTED.split())})\b|\s*-\s*\d", re.IGNORECASE)
_COUNT_BEFORE = re.compile(
    r"(?:\b(?:under|over|least|most|than|or|to|and|between|for|part|volume|exactly|about|max"
    r"|minimum|maximum|up|my|our|the|these|with|has|have)|\d|[A-Z][\w-]*)[ -]*\Z"
)
_SENTENCE_START = re.compile(r"(?:\A|[.!?:;\n(\"“])\s*\Z")
_WISH = re.compile(r"\s+(?:like|love|rather|prefer|enjoy)\b", re.IGNORECASE)


def normalise(
    text: str, speller: Speller | None, names: Sequence[tuple[int, int]] = ()
) -> tuple[Mapped, tuple[Correction, ...]]:
    """The text as it is read, and what was read as something else.

    Nothing changes inside ``names``, spans of the text that a catalogue knows.
    """
    mapped = Mapped.of(text)
    changes: list[tuple[int, int, str, str]] = []
    for match in _AGE.finditer(mapped.text):
        changes.append((*match.span(), f"{match[1]} year old", "shorthand"))
    taken = [*names, *((start, end) for start, end, _, _ in changes)]
    for match in _TOKEN.finditer(mapped.text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        words, why = _meant(mapped.text, match, speller)
        if words != match[0]:
            changes.append((*match.span(), words, why))
    shown = []
    for start, end, words, why in sorted(changes, reverse=True):
        mapped = mapped.replace(start, end, words)
        if why and text[start:end].lower() not in FAMILIAR:
            shown.append(Correction(text[start:end], words, start, end, why))
    return mapped, tuple(reversed(shown))


def _meant(text: str, match: re.Match[str], speller: Speller | None) -> tuple[str, str]:
    word = match[0]
    small = word.lower()
    before, after = text[: match.start()], text[match.end() :]
    if small in NUMBERS:
        counted = _COUNTED.match(after) or _COUNT_BEFORE.search(before) or not after.strip()
        return (word, "") if counted else (NUMBERS[small], "shorthand")
    if small == "id":
        return ("I'd", "") if _WISH.match(after) else (word, "")
    if small in CONTRACTIONS:
        return CONTRACTIONS[small], ""
    if small in SHORTHAND and (word == small or word.isupper() != text.isupper()):
        return SHORTHAND[small], "shorthand"
    if speller is None or not small.isalpha():
        return word, ""
    capital = word[0].isupper() and not text.isupper()
    meant = speller.correct(small, capital, _SENTENCE_START.search(before) is not None)
    if meant == small:
        return word, ""
    return meant.capitalize() if word[0].isupper() else meant, "spelling"
