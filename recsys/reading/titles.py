"""Titles of films and names of people, as MovieLens and Wikipedia write them."""

import re
import unicodedata
from functools import cache

_YEAR = re.compile(r"\s*\((\d{4})(?:[-–]\d{0,4})?\s*\)\s*$")
_OTHER_NAMES = re.compile(r"(?:\s+\([^()]*\))+$")
_ALSO_KNOWN_AS = re.compile(r"^a\.?k\.?a\.?:? ", re.IGNORECASE)
_ARTICLE_LAST = re.compile(
    r"^(.*), (The|A|An|Le|La|Les|L'|Un|Une|El|Los|Las|Lo|Una|Il|I|Gli|Der|Die|Das|Ein|Eine"
    r"|De|Det|Den|En|Et|Da|O|Os)$"
)
_ARTICLE_FIRST = re.compile(r"^(?:(?:the|an?|les?|la|el|los|las|il|der|das)\s+|l['’])")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "&": " and "}
)

_KEYS = {
    "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d",
    "Ø": "O", "Ł": "L", "Đ": "D", "Æ": "AE", "Œ": "OE", "Þ": "Th",
    "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-",
}  # fmt: skip
"""Signs that are no letter with an accent, and what is typed for them."""

_NOT_A_NAME = {"and", "cast", "dir", "director", "narrator", "none", "of", "the"}
_WORD = r"(?![JS]r\b)(?:(?:[A-Z]\.)+|[^\W\d_a-zß-öø-ÿ][\w'’-]*)"
_NAME = (
    rf"{_WORD}(?:(?: (?:de|del|della|der|den|di|da|du|dos|la|le|van|von|ter))* {_WORD})*"
    r"(?: [JS]r\.)?"
)
_DIRECTED_BY = re.compile(
    r"\b[Dd]irected(?:,? (?:and )?(?:co-)?(?:written|produced|scored|edited|animated|narrated))*"
    rf",? by(?: and (?:co-)?starring)? (?!The )(?>({_NAME}(?:(?:,|,? and| &) {_NAME})*))"
    r"(?! (?:[a-z-]+ )?(?:director|film|founder|animator|filmmaker|actor|actress|brothers|duo)\b)"
)


def read_title(title: str) -> tuple[list[str], int | None]:
    """A MovieLens title as the film's names in natural word order, the main one first, and year.

    >>> read_title("City of Lost Children, The (Cité des enfants perdus, La) (1995)")
    (['The City of Lost Children', 'La Cité des enfants perdus'], 1995)
    """
    dated = _YEAR.search(title)
    whole = _YEAR.sub("", title).strip() or title.strip()
    main = _OTHER_NAMES.sub("", whole)
    others = re.findall(r"\(([^()]*)\)", whole[len(main) :])
    names = [main, *(_ALSO_KNOWN_AS.sub("", name) for name in others)]
    return [in_order(name) for name in names], int(dated[1]) if dated else None


def in_order(title: str) -> str:
    """The title with its article in front.

    >>> in_order("Avventura, L'")
    "L'Avventura"
    """
    title = title.strip()
    last = _ARTICLE_LAST.match(title)
    if last is None:
        return title
    return f"{last[2]}{last[1]}" if last[2].endswith("'") else f"{last[2]} {last[1]}"


def title_key(name: str) -> str:
    """What is left of a title for comparing: letters and digits, without accents and article.

    >>> title_key("Les Misérables") == title_key("misérables") == "miserables"
    True
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(_LETTERS).strip()
    return "".join(filter(str.isalnum, _ARTICLE_FIRST.sub("", plain)))


def typed(text: str) -> str:
    """The text as a plain keyboard types it: Latin letters without accents, straight quotes.

    Letters of other scripts stay: there, what looks like an accent may make another letter.

    >>> typed("Amélie"), typed("Smørrebrød – l’été"), typed("がんばって")
    ('Amelie', "Smorrebrod - l'ete", 'がんばって')
    """
    return "".join(map(_typed, unicodedata.normalize("NFC", text)))


@cache
def _typed(sign: str) -> str:
    if sign in _KEYS:
        return _KEYS[sign]
    letter = unicodedata.normalize("NFD", sign)[0]
    return letter if letter.isascii() else sign


def clean_name(name: str) -> str:
    """The name without remarks in brackets; empty when it is a remark itself, not a name.

    >>> clean_name("Al Pacino (uncredited)"), clean_name("and")
    ('Al Pacino', '')
    """
    bare = re.sub(r"\s*[(\[].*|[)\]]", "", name).replace(", Jr.", " Jr.").strip()
    letters = sum(map(str.isalnum, bare))
    phrase = (bare[:1].islower() and "." not in bare) or len(bare) > 40
    return "" if letters < 2 or phrase or bare.lower().rstrip(".:") in _NOT_A_NAME else bare


def read_directors(text: str) -> list[str]:
    """The full names after "directed by", as far as they are told.

    >>> read_directors("It was written and directed by Joel and Ethan Coen. It stars nobody.")
    ['Joel Coen', 'Ethan Coen']
    """
    told = _DIRECTED_BY.search(text.replace(", Jr.", " Jr."))
    if told is None:
        return []
    names = re.split(r",? and |, | & ", told[1])
    family = names[-1].split()[-1]
    if len(names) == 2 and " " not in names[0]:
        names[0] = f"{names[0]} {family}"
    return [name for name in names if " " in name]
