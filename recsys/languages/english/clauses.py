"""A visitor's text in clauses: what is wanted, and what is turned down."""

import re
from collections.abc import Iterator

from recsys.datatypes import Clause
from recsys.languages.english.words import FILLERS

_SO = "(?:(?:really|much|even|ever|so|too|very|quite|just|usually|always|that|all|also) ){0,3}"
_DO_NOT = r"(?:(?:do|does|did|could|would|ca|wo)n'?t|(?:do|does|did|could|would|can) ?not)"
_NAME = r"[A-Z][a-z][\w'-]*"
_NAMES = rf"(?:\s(?:(?:a|an|the|of|for|to|in|on|my|yet)\s){{0,3}}{_NAME})"
_KEPT = re.compile(  # stretches in which no clause ends and nothing is turned down
    r"\([^()]{0,200}\)|[\"“][^\"“”]{1,80}[\"”]|(?i:\bthings i hate about)"
    r"|\b(?:(?i:Dr|Mr|Mrs|Ms|St|vs|Jr|Sr)\.(?: [A-Z]\w+)?|[A-HJ-Z]\.(?=\s?[A-Z]))"
    # a title: "No" before a capital inside a sentence (and not after but, and, or, please, just,
    # -ly), or before more capitals than a name has
    r"|(?:(?<=\w )(?<!\bI )(?<!ut )(?<!nd )(?<!or )(?<!ease )(?<!ly )(?<!ust )"
    rf"(?:No|Not|Never|Nothing|Without|Zero){_NAMES}++"
    rf"|\b(?:(?:No|Not){_NAMES}{{3,}}+|(?:Never|Nothing|Without|Zero|Less){_NAMES}{{2,}}+"
    rf"|(?:No|Not|Nothing) {_NAME} (?:for|to) {_NAME}))"
    r"(?! (?:films?|movies?|flicks|stuff|please|thanks|sequels?|remakes?)\b)"
    # it reads like a refusal and is none
    r"|(?i:\b(?:more often than not|or not(?=\W*$)|why (?:not|don't)"
    r"|not (?:only|just|without|necessarily|bad|yet|to mention|against|afraid|opposed|averse|un\w+"
    r"|as (?:good|great))"
    r"|not (?:\w{1,9} )?(?:sure|picky|fussy)"
    r"|no (?:one|matter|doubt|problem|worries|preference|idea|need to|i|i'm|i've|we|it's)"
    r"|nothing (?:beats|better|happens|else|wrong|against|like an?)|without (?:a )?doubt"
    r"|never (?:really )?(?:not|moved|seen|heard|knew|tire|fail|disappoint|miss|bore"
    r"|gets? (?:old|tired)|lets? me)"
    rf"|(?:never|{_DO_NOT}) (?:get enough|(?:live|do) without)|say no to"
    r"|(?:can't|cannot) say (?:that )?i\b[\w' ]{0,20}"
    rf"|{_DO_NOT} {_SO}(?:hate|dislike|detest|mind|object to|take (?:it|them)sel\w+"
    r"|\w{1,9} anything (?:but|except|other than))"
    r"|less(?:er)?[ -]known|less than|or less)\b)"
)
_BREAK = re.compile(
    r"(?i)(?<![.!?;:\n])[.!?;:\n]+(?:\s+|$)|\n+|,\s+(?!far away)"
    r"|(?<!\s)\s+(?:[-–—]+\s+|(?=nor\s)|and\s+(?=i\s))"
    r"|(?<!anything)(?<!everything)(?<!\s)\s+(?:but|though|although)\s+"
)
_TURN = re.compile(  # after a refusal, what is wanted again
    rf"(?i)(?<!\s)\s+(?=i(?:'d)? {_SO}(?:love|like|enjoy|want|prefer|adore)\b)"
)
_VERB = (
    rf"{_DO_NOT} {_SO}(?:like|love|want(?: to (?:see|watch))?|enjoy|need|stand|bear|take|watch"
    r"|care (?:for|(?:less )?about)|handle|stomach|tolerate|sit thr\w+|go for|feel like|do"
    r"|deal with|(?:give|show|send|bring|offer|recommend|suggest|bother)(?: me)?(?: with)?)"
    r"|(?:there's |there is )?nothing i (?:hate|dislike|detest|loathe) more than"
    rf"|{_SO}(?:(?<!the )(?<!of )(?<!about )(?<!with )(?<!to )(?:hate[sd]?|skip)(?! behind)|hating"
    r"|dislikes?|detest|loathe|avoid(?:ing)?|(?:sick|tired|bored) of)"
    rf"|(?:not|never|\w{{1,5}}n't) (?:been )?{_SO}(?:into|(?:an? )?(?:\w{{1,9}} )?fan of|fond of"
    r"|keen on|big on|crazy about|in the mood for|interested in|looking for|up for)|no fan of"
    r"|(?:i'm|i am) (?:\w{1,9} ){0,2}done with"
    rf"|(?:never|no longer) {_SO}(?:like|love|enjoy|watch|care for)d?|fed up with|allergic to"
    r"|(?:had )?(?:more than )?enough of(?! an? )|(?:can|could) (?:happily )?(?:live|do) without"
    r"|keep me (?:well |far )?away from|(?:have )?(?:no|zero) (?:patience|interest|time) (?:for|in)"
    r"|anything but|everything but"
)
_NOUN = "except(?: for)?|other than|rather than|instead of|without|none of|no more|no|zero(?! dark)"
_OTHER = (
    r"rather not|nothing(?: too| that is)?|less|not as|neither(?: do| does| are| is)?"
    r"|nor(?: do| does| are| is)?|(?:is|are)n't(?= too | so )|(?<!\bi )(?<!ve )never"
    r"|(?<!do )(?<!can )(?<!oes )(?<!did )(?<!may )(?<!ight )(?<!ave )(?<!has )(?<!uld )not"
)
_AHEAD = re.compile(  # what is turned down follows
    rf"(?i)\b(?:(?P<verb>(?:{_VERB})(?: is\b| are\b)?)|(?P<noun>{_NOUN})|{_OTHER})\b(?!-)\s*"
    r"(?:any\s|anything\s(?!with|by|from|about|like|that|in\b|on\b))?"
)
_AGAIN = re.compile(  # one refusal more in what is turned down already
    r"(?i)\s(?:(?:and|or|nor) (?:no|not|nothing|never)|(?<!with )(?<!ave )(?<!has )(?<!'s )no) "
)
_BEHIND = re.compile(  # what is turned down stands before
    r"(?i)(?<!that)(?<!which)(?<!who)(?<!\s)\s+(?:"
    r"(?:is|are|was|were)(?: not|n't) (?:really )?(?:for me|my (?:thing|style|cup of tea))"
    rf"|{_DO_NOT} (?:really )?(?:work|do it|interest|appeal)\b.*"
    r"|(?:(?<!n't )(?:bores?|annoys?|loses?) me|puts? me off|turns? me off|leaves? me cold"
    r"|makes? me cringe|do(?:es)? nothing for me)(?! is\b).*"
    rf"|(?:(?:is|are) (?:the one thing|something) )?i (?:can |could |{_DO_NOT} )?{_SO}"
    r"(?:skip|do without|live without|(?:(?<=n't )|(?<=not ))(?:stand|take|bear|sit thr\w+)))\s*$"
)
_AWAY = re.compile(r"(?i)\bkeep (?!me )(.{1,80}?) (?:well |far,? ){0,2}away from me\b(?: lol)?")
_REPLY = re.compile(  # an answer to what stands before
    r"(?i)(?:(?:absolutely|definitely|certainly) not|no thanks|no thank you|no way|hard pass"
    r"|(?:i'm )?not (?:really )?(?:a fan|for me|my thing))"
)
_SAME = re.compile(r"(?i)(?:and )?(?:same (?:with|for|goes for)|so (?:do|does|are|is))\s")
_STATEMENT = re.compile(  # more than an item of a list
    r"(?i)\b(?:i|i'm|i'd|i've|we|is|are|was|me|love|like|want|prefer|give|show|please|some\w*"
    r"|more|just|maybe|also|too|but)\b"
)
_JOIN = {  # what ends the list that a refusal opens, by the kind of the refusal
    "verb": re.compile(r"(?i)(?:^|\s)(?:and|or)\s"),
    "noun": re.compile(r"(?i)(?:^|\s)or\s"),
    "closed": re.compile(r"(?i)^(?:and|or)\s"),
}
_EDGE = " \t\r\n,.;:!?-–—*•"
_POLITE = re.compile(r"(?i)\s(?:please|thanks|either|at all|though|for sure)\Z")


def split_clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of ``text`` in order, those turned down without the words that turn them down.

    A text that only turns things down keeps no wanted clause.

    >>> [(c.text, c.wanted) for c in split_clauses("slow sci-fi about memory, nothing gory")]
    [('slow sci-fi about memory', True), ('gory', False)]
    """
    plain = _KEPT.sub(lambda kept: "_" * len(kept[0]), text.replace("’", "'"))
    found: list[Clause] = []
    items: list[int] = []  # of a list that goes on: places in `found`
    opener = ""  # of that list: the start of a sentence, a colon, or the kind of a refusal
    for start, end, mark in _pieces(plain):
        piece = plain[start:end]
        if ":" in mark and opener in _JOIN:
            opener = "colon"
        elif "," not in mark and mark.strip():
            opener, items = "start", []
        if _REPLY.fullmatch(piece):
            _turn_down(found, [len(found) - 1] if found and "." not in mark else [])
            continue
        parts, kind = _cut(piece, found[-1].wanted if found else True)
        before = len(found)
        for a, b, wanted in parts:
            clause = text[start + a : start + b].strip(_EDGE)
            clause = clause if wanted else _POLITE.sub("", clause)
            if _says_something(clause):
                found.append(Clause(clause, wanted))
        if kind:
            if kind == "behind" and opener == "start" and _JOIN["verb"].search(piece):
                _turn_down(found, items)
            closed = kind in _JOIN and _JOIN[kind].search(piece)
            opener, items = ("closed" if closed else kind), []
        elif _STATEMENT.search(piece):
            opener, items = "", []
        else:
            items += range(before, len(found))
            if opener == "colon" or (opener in _JOIN and _JOIN[opener].search(piece)):
                _turn_down(found, items)
                opener, items = opener if opener == "colon" else "", []
    return tuple(found) or (Clause(text),)


def _pieces(plain: str) -> Iterator[tuple[int, int, str]]:
    """Start and end of each piece, with the mark that stands before it."""
    at, mark = 0, "."
    for cut in [*_BREAK.finditer(plain), None]:
        end = cut.start() if cut else len(plain)
        read = at
        for turn in _TURN.finditer(plain, at, end):
            if _AHEAD.search(plain, read, turn.start()):
                yield at, turn.start(), mark
                at, mark = turn.end(), "."
            read = turn.end()
        yield at, end, mark
        if cut:
            at, mark = cut.end(), cut[0]


def _cut(piece: str, wanted_before: bool) -> tuple[list[tuple[int, int, bool]], str]:
    """The wanted and unwanted parts of a piece, and the kind of its refusal: "" if it has none."""
    if same := _SAME.match(piece):
        return [(same.end(), len(piece), wanted_before)], "" if wanted_before else "same"
    if away := _AWAY.search(piece):
        rest = (away.end(), len(piece), True)
        return [(0, away.start(), True), (*away.span(1), False), rest], "verb"
    if behind := _BEHIND.search(piece):
        head = piece[: behind.start()]
        cut = max(head.rfind(" and "), 0) if _STATEMENT.match(head) else 0
        return [(0, cut, True), (cut, len(head), False)], "behind"
    ahead = _AHEAD.search(piece)
    if not ahead:
        return [(0, len(piece), True)], ""
    parts, at = [(0, ahead.start(), True)], ahead.end()
    for again in _AGAIN.finditer(piece, at):
        parts.append((at, again.start(), False))
        at = again.end()
    end = len(piece)
    if ahead[0].lower().startswith("not as") and (than := re.search(r"\sas\s", piece[at:])):
        end = at + than.start()
    return [*parts, (at, end, False)], ahead.lastgroup or "other"


def _turn_down(found: list[Clause], places: list[int]) -> None:
    for i in places:
        found[i] = Clause(found[i].text, wanted=False)


def _says_something(text: str) -> bool:
    words = re.findall(r"[\w']+", text.lower())
    return words == ["love"] or any(word not in FILLERS for word in words)
