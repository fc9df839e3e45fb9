"""Phrases that bind in a special way: refusals, languages of a work, words that say nothing."""

import re

from recsys.languages.english.concepts import LANGUAGES
from recsys.languages.english.words import FILLERS

REWRITES = tuple(
    (re.compile(rf"(?i)\b(?:{pattern})(?= )"), words)
    for pattern, words in (
        (
            r"(?:that|which) (?:(?:aren't|isn't|are not|is not|ain't)"
            r"|(?:don't|doesn't|do not|does not) (?:have|has|involve|include|contain"
            r"|feature|need))(?: any)?",
            "not",
        ),
        (
            r"minus(?: the| any| all(?: the)?)?|hold the|leave out(?: the)?|free of|lacking",
            "without",
        ),
        (r"spare me(?: the)?|steer clear of|stay away from|go easy on(?: the)?", "no"),
    )
)
"""Ways to turn something down -> the plain one."""

LATER = re.compile(
    r"(?i)(?:\b(?:it'?s|its|it is|that'?s) )?\bnot that (?:i|we) (?:really |actually |even )?"
    r"(?:hate|dislike|mind|don't (?:like|love|enjoy)|can't stand|have anything against"
    r"|am against)\s+"
    r"(?P<what>.{2,60}?)(?:,|\s[-–—])?\s+(?:but |it's |i'm )?(?:just |only |simply )?not "
    r"(?:tonight|today|now|right now|this time|this evening|at the moment|this week(?:end)?"
    r"|in the mood)(?: for (?:it|that|them))?\b"
)
"""Turned down for now only: the fact is refused, the words around it say nothing."""

FREE_OF = re.compile(r"(?i)\b(?:(?P<free>[a-z]+)[- ]free(?= |,|\.|\Z)|non-?(?P<non>[a-z]{4,}))\b")
"""Gore-free, non-violent."""

_TONGUES = "|".join(LANGUAGES)
LANGUAGE = re.compile(
    r"(?i)\b(?P<not>(?:not|nothing|isn't|aren't|never) "
    r"|non-? ?)?(?:(?:that are |spoken )?in (?:the )?"
    rf"(?P<language>{_TONGUES})(?! (?:countryside|history|court|town|village|city|war|army|alps))\b"
    rf"|(?P<spoken>{_TONGUES})[- ](?:language|speaking|spoken)\b(?: (?:films?|movies?|cinema))?)"
)
"""In French, French-language."""
SUBTITLES = re.compile(
    r"(?i)\b(?P<not>(?:no|without|hate|not|don't (?:like|want)|avoid) (?:any |reading )?)?(?:"
    r"subtitles|subtitled|subs|foreign(?:[- ]language)?(?= (?:films?|movies?|cinema|stuff))"
    r"|foreign[- ]language)\b"
)
"""In another language than the visitor's."""

SOFTLY = re.compile(
    r"(?i)\b(?:less|fewer|not (?:too|so|very|overly|as|super|really|much)|rather not|nothing too"
    r"|(?:is|are)n't too|not much of|less of)\b"
)
"""What opens a refusal that weighs and does not filter."""
MILD = re.compile(
    r"(?i)\b(?:don't (?:really )?(?:like|love|enjoy|need|care|want)|not (?:really )?(?:into|keen"
    r"|big on|a fan|in the mood)|no fan|skip|bored of|tired of|can do without|could do without"
    r"|enough of|rather than|instead of|rather not)\b"
)
"""What opens a refusal that is nearly a filter."""
LESS = re.compile(r"(?i)\b(?:less|fewer)\b")
"""What opens a comparison."""
TEMPERED = re.compile(
    r"(?i)^(?:(?:too|so|very|overly|as|that|super|all that|really|particularly|especially)"
    r"(?: much)? )+"
)
"""At the start of what is turned down: only much of it is."""
NOUNS = frozenset(
    """directed featuring film films game games movie movies set starring stories story style
    written""".split()
)
"""Words that only say that something is asked for, where they are no part of a name."""
INTENSE = frozenset(
    "any actual bad deep excessive explicit extreme graphic gratuitous heavy intense over-the-top"
    " pointless proper real serious too unnecessary whatsoever".split()
)
"""Words that leave what is turned down as it is: "graphic violence"."""
JOINS = re.compile(r"(?i),\s*|\s+(?:and|or|nor|/|&)\s+(?:no |not |nor )?|\s*/\s*|;")
"""Between things that are turned down together."""
RATHER = re.compile(r"(?i)\s+more\s")
"""After it, what is wanted instead: "less action more talking"."""
PERSON_LEADS = re.compile(
    r"^(?:(?:[Aa]nything |[Ff]ilms? |[Mm]ovies? |[Gg]ames? )?"
    r"(?:directed |made |written |designed )?"
    r"(?:by|starring|featuring|with) )(?=[A-Z][\w'’-]+(?: (?:[A-Z]|de |van |von |del )[\w'’-]*)*$)"
)
"""What stands before a person where nothing else is said."""

LEADS = re.compile(
    r"(?i)^(?:(?:an?|the|some|any|good|great|really) )*(?:films?|movies?|games?|books?"
    r"|stor(?:y|ies)|something|anything|stuff|ones?)(?: (?=about|with|that|by|from|set|in|for|of"
    r"|where|who|which|like|to|made|starring|featuring)|$)"
)
"""Words at the start of a phrase that only say that something is asked for."""
UNKNOWN_NAME = re.compile(
    r"(?:(?P<example>\b(?i:like|similar to|in the (?:vein|style|spirit) of|reminiscent of))"
    r"|\b(?i:(?:i|we)(?:'ve| have) (?:already )?(?:seen|watched|played)"
    r"|besides|other than))\s+(?i:the )?"
    r"(?:[\"“](?P<quoted>[^\"”]{2,60})[\"”]"
    r"|(?P<written>[A-Z][\w'’-]+(?:(?: (?:of|the|and|in|a|to|for|on))* [A-Z0-9][\w'’-]*)*))"
    r"(?:\s*\((?:18|19|20)\d\d\))?"
)
"""An example or what was seen, written as a name."""

EMPTY = FILLERS | frozenset(
    """& about again all already anyone anybody around as at away back before best better bit
    both by call
    called cinema come comes day days else especially ever every everybody everyone everything
    evening feel feels feeling few films find first flick flicks for from go goes
    going good great guess hello help her here hers hey hi him his how i'll idea includes
    including into know kinda last later lately let lot made make makes making many
    maybe means mind mine moment mood most movies must need needs next nice nor not
    now off on only other others our out over own people perhaps picture pictures play please
    plus mostly lots mainly plenty
    prefer preferably put quite rather recommend recommendation recommendations right say see seen
    set she should similar sort suggest suggestion suggestions sure take
    tell than thank thanks their them these they they're think this those though time titles today
    together tonight too try type types up us usually very vibe vibes want wanted was watch
    watched watching way weekend were when where which while who whose why will without 
    would you'd you're your yet here's let's that's there's what's where's who's""".split()
)
"""Words that say nothing at the start or the end of a phrase."""

_LOVE = re.compile(
    r"(?i)(?<!\bi )(?<!\bwe )(?<!you )(?<!they )(?<!\bwho )(?<!really )(?<!also )(?<!'d )"
    r"(?<!would )(?<!\bto )\blove\b"
    r"(?=\W*\Z|\s*[,.;:!?&]|\s+(?:across|after|among|and|at|between|by|from|in|or|please|thanks|under)\b)"
)
"""Love as a topic: nothing follows that is loved."""


def says_nothing(text: str, start: int, end: int) -> bool:
    """Whether the word from ``start`` to ``end`` of ``text`` says nothing there.

    >>> says_nothing("love, no ghosts", 0, 4), says_nothing("love ghosts", 0, 4)
    (False, True)
    """
    return text[start:end].lower() in EMPTY and not _LOVE.match(text, start)
