"""Who watches or plays: ages, children, the whole family, grandparents, adults only."""

import re
from collections.abc import Iterator

from recsys.intents import FIRM, HARD, Audience, Intent

CHILD = (
    "kids?|kiddos?|kiddies|children|child|little ones?|toddlers?|sons?|daughters?|nephews?|nieces?"
    "|grandsons?|granddaughters?|grandchild(?:ren)?|grandkids|(?:little|small|young|baby) "
    "(?:boys?|girls?|brothers?|sisters?|cousins?|one)|pre-?schoolers?|primary school|my class"
)
"""Words for children, as a pattern."""
TEEN = "teens?|teenagers?|tweens?|adolescents"
"""Words for teenagers."""
ELDER = (
    "grandma|grandmother|gran|granny|grandpa|granddad|grandad|grandfather|grandparents|nan|nana"
    "|parents|mum|mom|mother|in-laws|mother-in-law|old aunt|elderly \\w+"
)
"""Words for those before whom nobody wants to blush."""
ADULT = "adults?|grown-?ups?|mature (?:audiences?|viewers?)"
"""Words for adults."""
FAMILY = (
    "(?:the |my |our )?(?:whole|entire) family|(?:the |my |our )?family|all ages|everyone|everybody"
)
"""Words for all of them together."""
MAX_CHILD, MAX_TEEN = 12, 17
"""The oldest child and the oldest teenager, in years."""
NUMBERS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split()
"""Ages as words, from one."""

_MY = (
    r"(?:(?:my|our|a|the|some|an|his|her|their|two|three|\d) )?"
    r"(?:(?:young|little|small|tiny|own) )?"
)
_AGED = r"(?:\d{1,2}|" + "|".join(NUMBERS) + r")[- ]year[- ]?olds?(?:[- ](?:" + CHILD + r"))?"
_NOT = (
    r"(?P<not>(?:not(?: \w+)?|isn't|aren't|nothing(?: that is)?|never|no(?:ne)?"
    r"|shouldn't be|(?:is|are) not)\s+"
    r"(?:really |just |only |necessarily |meant |made |suitable |fit |intended |appropriate )*)?"
)
_FOR = (
    r"(?P<lead>(?:\b(?:suitable|good|ok|okay|appropriate|safe|fine|made|meant) )?"
    r"(?:\bfor|\bwith|\btogether with|\baimed at) (?:both |all )?)"
)
_FORMS = (
    ("aged", re.compile(rf"\b{_NOT}{_FOR}?{_MY}(?P<who>{_AGED})\b", re.IGNORECASE)),
    ("child", re.compile(rf"\b{_NOT}{_FOR}{_MY}(?P<who>{CHILD})\b", re.IGNORECASE)),
    ("teen", re.compile(rf"\b{_NOT}{_FOR}{_MY}(?P<who>{TEEN})\b", re.IGNORECASE)),
    ("elder", re.compile(rf"\b{_NOT}{_FOR}{_MY}(?P<who>{ELDER})\b", re.IGNORECASE)),
    ("adult", re.compile(rf"\b{_NOT}{_FOR}(?P<who>{ADULT})\b", re.IGNORECASE)),
    (
        "family",
        re.compile(
            rf"\b{_NOT}(?:(?:{_FOR}|\bthat )(?P<who>{FAMILY})(?: (?:can|could|will|to) \w+)?"
            r"|(?:the |my |our )?(?P<who2>whole family|entire family)(?: (?:can|could|will) \w+)?"
            r"|family[- ](?:friendly|night|movie night|viewing))\b",
            re.IGNORECASE,
        ),
    ),
    ("child", re.compile(rf"\b{_NOT}(?P<who>(?:kid|child|kids)[- ](?:friendly|safe))\b", re.I)),
    (
        "adult",
        re.compile(
            rf"\b{_NOT}(?P<who>adults[- ]only|only (?:for )?(?:{ADULT})"
            r"|adult (?:content|themes|stuff|material))\b",
            re.I,
        ),
    ),
    (
        "child",
        re.compile(
            r"(?P<who>(?:\bmy |\bour |\bthe )(?:" + CHILD + r"))"
            r"(?= (?:\([^)]*\) )?(?:can|could|will|would|wants?|loves?|likes?|to|is|are)\b)",
            re.IGNORECASE,
        ),
    ),
)
"""Group, and how it is written; of two at one place, the first counts."""
_HINT = re.compile(
    rf"(?i)\b(?:{CHILD}|{TEEN}|{ELDER}|{ADULT}|family|all ages|everyone|everybody|kid|olds?)\b"
)
"""Without one of these, nobody is named."""
_ONLY = re.compile(r"(?i)\bnot (?:just|only|necessarily)")


def find_audiences(text: str) -> Iterator[Intent]:
    """Everybody that ``text`` is to please, with places in ``text``.

    >>> [intent.value for intent in find_audiences("for my 6 year old")]
    [Audience(group='child', age=6)]
    """
    if not _HINT.search(text):
        return
    taken: list[tuple[int, int]] = []
    for group, pattern in _FORMS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(first < end and start < last for first, last in taken):
                continue
            taken.append((start, end))
            yield _intent(match, group)


def _intent(match: re.Match[str], group: str) -> Intent:
    age = None
    if group == "aged":
        age = _age(match["who"])
        group = "child" if age <= MAX_CHILD else "teen" if age <= MAX_TEEN else "adult"
    turned = bool(match.groupdict().get("not")) and not _ONLY.match(match[0])
    polarity = -1 if turned else 1
    said = match[0][len(match["not"]) :] if turned else match[0]
    strength = HARD if group == "child" or turned else FIRM
    value = Audience(group, age)
    return Intent("audience", said.strip(), *match.span(), polarity, strength, 0.9, value)


def _age(who: str) -> int:
    first = re.split(r"[- ]", who)[0].lower()
    return int(first) if first.isdigit() else NUMBERS.index(first) + 1
