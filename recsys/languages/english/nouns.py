"""Which words of texts are nouns, told by the words around them: no tagger, no model."""

import re
from collections import Counter
from collections.abc import Iterable

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|[^\w\s]")
_OF_ONE = frozenset(["a", "an", "his", "her", "its"])
"""What stands before a thing of which there may be several."""
_BEFORE = _OF_ONE | frozenset(
    "the their my your our of with about for from into in no some every".split()
)
"""What stands before a noun, or before the adjective before it."""
_AFTER = frozenset(
    "of and or in on who whose that with without to for is are was were has have had at from by"
    " as but where when while which must can will before after into through until against".split()
)
"""What stands after a noun, where no sign does."""
_NO_NOUNS = frozenset(
    "about above after again against all another any back because been before being between both"
    " come each else even ever every everything first from full good great have here into itself"
    " just last least less like long made make many more most much must nothing once only other"
    " others over same several some something still such than that their them then there these"
    " they thing things this those through time times together under until very well what when"
    " where which while whole whom whose with without years year kind sort part parts name names"
    " half next lots pair piece pieces rest himself herself themselves everybody somebody".split()
)
"""Words that say nothing about what a text is about."""
_OF_WORKS = frozenset(
    "story stories novel novels screenplay debut sequel installment role roles remake adaptation"
    " series season episode plot scene scenes soundtrack release critics fans movie movies film"
    " films book books album albums song songs track tracks author character characters ending"
    " chapter chapters reader readers edition version centers cinematography subtitles player"
    " players life lives play plays hand group groups work works game games product products"
    " item items brand quality".split()
)
"""Words about works and wares of any kind, and not about one."""
_SILENT = _NO_NOUNS | _OF_WORKS
MIN_LETTERS = 4
MIN_SHARE = 0.35
"""Of a word's occurrences, the share that must look like a noun's."""
COUNTED = 0.15
"""The share of a word's occurrences with one of these before it, from which it has an article."""
_AN = re.compile(r"[aeio]|u(?!ni|s)|hour|heir|honest|honou?r")
"""How words begin that have "an" for an article."""


def _nouns_of(text: str) -> list[tuple[str, bool, bool]]:
    """(word, whether it stands as a noun does, whether "a" or an owner leads it) in one text.

    Words with a capital are left out: they are names, or begin a sentence.

    >>> _nouns_of("A dark storm of grief.")
    [('dark', False, True), ('storm', True, True), ('grief', True, False)]
    """
    tokens = ["", "", *_TOKEN.findall(text), "."]
    found = []
    for place in range(2, len(tokens) - 1):
        word, after = tokens[place], tokens[place + 1]
        if len(word) < MIN_LETTERS or not word.islower() or word in _SILENT:
            continue
        leading = _leading(tokens[place - 2], tokens[place - 1])
        closed = after in _AFTER or not after[0].isalpha()
        found.append((word, bool(leading) and closed, leading in _OF_ONE))
    return found


def _leading(earlier: str, before: str) -> str:
    """The word before a noun that leads it, in small letters; "" if there is none."""
    if before.lower() in _BEFORE:
        return before.lower()
    adjective = before.isalpha() and before.islower() and before not in _AFTER
    return earlier.lower() if adjective and earlier.lower() in _BEFORE else ""


def count_nouns(texts: Iterable[str]) -> tuple[list[set[str]], dict[str, str]]:
    """The nouns of each text, and how each is said: with its article where it has one.

    >>> count_nouns(["A storm of grief."])[1]
    {'grief': 'grief', 'storm': 'a storm'}
    """
    seen, as_noun, led = Counter[str](), Counter[str](), Counter[str]()
    words: list[set[str]] = []
    for text in texts:
        here = _nouns_of(text)
        seen.update(word for word, _, _ in here)
        as_noun.update(word for word, noun, _ in here if noun)
        led.update(word for word, noun, one in here if noun and one)
        words.append({word for word, _, _ in here})
    kept = {word for word, count in as_noun.items() if count >= MIN_SHARE * seen[word]}
    said = {word: _phrased(word, led[word] / as_noun[word]) for word in sorted(kept)}
    return [own & kept for own in words], said


def _phrased(word: str, share: float) -> str:
    several = word.endswith("s") and not word.endswith("ss")
    if share < COUNTED or several:
        return word
    return f"{'an' if _AN.match(word) else 'a'} {word}"
