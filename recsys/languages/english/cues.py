"""Words that tell what a name is there for: an example, already seen, liked or hated."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from recsys.intents import Name

_VERY = (
    r"(?:(?:really|absolutely|totally|just|also|still|always|already|all|both|recently|actually) )*"
)
CUES = (
    (
        "disliked",
        rf"(?:hated|hate|disliked|dislike|loathed?|couldn't (?:stand|finish|get into)|can't stand"
        rf"|(?:didn't|did not|don't|do not|never) {_VERY}(?:like|liked|love|loved|enjoy|enjoyed"
        r"|care for|get)|was bored by|fell asleep (?:during|in)|(?:was |am |i'm )?not a fan of"
        r"|disappointed by|walked out of)",
    ),
    (
        "seen",
        r"(?:(?:(?:i|we)(?:'ve| have|'d)? )?(?:already |just |also |only |recently )*"
        r"(?:seen|watched|rewatched|played|finished|know|saw|own)(?: (?:enough of|it all))?"
        r"|besides|apart from|aside from|other than|except(?: for)?|in addition to|on top of"
        r"|excluding|that isn't|that is not|not counting)",
    ),
    (
        "liked",
        rf"(?:(?:i|we|who|she|he|they) )?{_VERY}(?:loved|liked|enjoyed|adored|love|like|enjoy|adore"
        r"|(?:am|'m|was) (?:obsessed with|blown away by|fond of)|(?:big |huge )?fan of"
        r"|favou?rites?(?: \w+)?(?:(?: of mine)? (?:is|are|include|:))?|obsessed with"
        r"|can't get enough of|rewatch|never tire of)",
    ),
    (
        "example",
        r"(?:like|similar to|in the (?:vein|style|spirit|mould|mold|tradition|mood) of"
        r"|reminiscent of|along the lines of|comparable to|à la|a la|reminds? me of|akin to"
        r"|close to|same (?:feel|vibes?|mood|kind|sort|style|energy)(?: as| of)?|such as|think"
        r"|if (?:i|you) (?:liked|loved|enjoyed)|because i (?:liked|loved)|as \w+ as|than|version of"
        r"|meets|crossed with|(?:another|the next|a new|more) )",
    ),
)
"""Kind of a cue, and the words before a name, as a pattern; of two that end at one place, the
first counts."""
AFTER = (
    (
        "seen",
        r"(?:\(?(?:i(?:'ve| have) )?(?:already )?(?:seen|watched|played)"
        r" (?:it|that|them|those|already))",
    ),
    ("disliked", r"(?:was|were|is|are) (?:boring|terrible|awful|overrated|not for me|bad|dull)"),
    (
        "liked",
        r"(?:was|were|is|are) (?:great|brilliant|amazing|perfect|wonderful|awesome|my favou?rite)",
    ),
)
"""Kind, and the words after a name that say so."""
LOOSE = ("love", "like", "enjoy", "adore", "know", "think", "than", "own", "get", "hate", "dislike")
"""Last words of cues after which an ordinary word is no name."""

_COMPARED = re.compile(r"(?i)\b(?!rather|other)(?:\w+er|(?:more|less) \w+) \Z")
"""What stands before "than" where a name follows: "darker than", "more fun than"."""
_LIKE_VERB = re.compile(
    r"\b(?:i|we|you|they|he|she|who|that|to|don't|doesn't|didn't|would|'d|also|really|do|i'd|kids"
    r"|i also|we all) \Z",
    re.IGNORECASE,
)
_CUES = tuple((kind, re.compile(rf"(?i)\b{words}(?=\W)")) for kind, words in CUES)
_AFTER = tuple((kind, re.compile(rf"(?i)\W{{1,3}}{words}\b")) for kind, words in AFTER)
_GLUE = re.compile(
    r"(?i)(?:[\s,;&/:\"“”'(]|\b(?:and|or|the|all|of|both|by|films?|movies?|games?|everything|every"
    r"|also|maybe|even|already|old|original|first|from|ones?|works?|most|stuff|anything|either"
    r"|a|an|any|directed|made|made by|his|her|in|else)\b)*"
)
_ENDS = re.compile(
    r"(?i)\s*(?:\Z|[,.;:!?)\"”\n]|\(?\d{4}\b|(?:films?|movies?|saga|series|trilogy|but|and|or|except|without|only|already|please|with|set"
    r"|minus|though|from|for|is|was|less|more|yet|if|what|which|so|too|again|&|meets)\b)"
)


Near = Callable[[str, int], Name | None]
"""The name that nearly stands in a text from a place on."""


@dataclass(frozen=True)
class Role:
    """``name`` is there as ``kind``; from ``start`` to ``end`` with the words that say so."""

    kind: str
    name: Name
    start: int
    end: int


def find_roles(text: str, names: Sequence[Name], near: Near | None = None) -> list[Role]:
    """What each of the ``names`` is there for, where something says it; in order.

    A name that is not sure has a role or is none. Where no name follows a cue, ``near`` is asked
    for one that is nearly what stands there.
    """
    by_start = sorted(names, key=lambda name: (name.start, -name.end))
    found: dict[int, Role] = {}
    cued: dict[int, int] = {}
    for kind, cue in _cues(text):
        start = nearest = cue.start()
        chain = list(_chain(text, cue.end(), by_start, strict=_is_loose(cue)))
        if not chain and near is not None and not _is_loose(cue):
            glue = _GLUE.match(text, cue.end())
            guess = near(text, glue.end() if glue else cue.end())
            chain = [guess] if guess and _ENDS.match(text, guess.end) else []
        for name in chain:
            if cued.get(name.start, -1) < nearest:  # the nearer cue counts
                cued[name.start] = nearest
                found[name.start] = Role(kind, name, start, name.end)
            start = name.end
    for name in by_start:
        for kind, after in _AFTER:
            match = after.match(text, name.end)
            if match and name.sure and name.kind == "item":
                found[name.start] = Role(kind, name, name.start, match.end())
    return [found[start] for start in sorted(found)]


def _cues(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    ends: set[int] = set()
    for kind, pattern in _CUES:
        for match in pattern.finditer(text):
            end = match.end()
            verb = match[0].lower() == "like" and _LIKE_VERB.search(text[: match.start()])
            if end in ends or verb:
                continue
            if kind == "liked" and match[0].lower() == "like":  # "like X" is an example
                continue
            ends.add(end)
            yield kind, match


def _is_loose(cue: re.Match[str]) -> bool:
    last = cue[0].lower().split()[-1]
    if last == "than" and _COMPARED.search(cue.string[: cue.start()]):
        return False
    return last in LOOSE and cue[0].lower() != "like"


def _chain(text: str, end: int, names: Sequence[Name], strict: bool) -> Iterator[Name]:
    """The names that follow ``end`` one after another, with nothing but glue between."""
    for name in names:
        if name.start < end:
            continue
        if not _GLUE.fullmatch(text, end, name.start):
            return
        if not name.sure and (strict or not _ENDS.match(text, name.end)):
            continue
        yield name
        end = name.end
