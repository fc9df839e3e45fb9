"""Names: how one is compared with another, and which kinds of things have one."""

import unicodedata
from functools import lru_cache

PROPER = {"person", "item", "company", "set in", "based on", "followed by", "follows"}
"""Kinds whose names are names; those of other kinds (themes, moods, countries) are mere words."""
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_TENS = {"twen", "thir", "for", "fif", "six", "seven", "eigh", "nine"}


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """The word without case, accents, apostrophes, possessive and plural.

    >>> fold("Kurosawa's"), fold("WESTERNS"), fold("zombies") == fold("Zombie"), fold("Amélie")
    ('kurosawa', 'western', True, 'amely')
    """
    plain = unaccented(word)
    plain = plain.removesuffix("'s").replace("'", "")
    if plain.isalpha() and len(plain) > 3:
        if plain.endswith(("ches", "shes", "sses", "xes", "oes")):
            plain = plain[:-2]
        elif plain.endswith("ties") and plain[:-4] in _TENS:
            return plain
        elif plain.endswith("s") and not plain.endswith(("ss", "us", "is")):
            plain = plain[:-1]
    return f"{plain[:-2]}y" if len(plain) > 3 and plain.endswith("ie") else plain


def unaccented(text: str) -> str:
    """The text in small letters that a plain keyboard has.

    >>> unaccented("La Jetée"), unaccented("L’Avventura")
    ('la jetee', "l'avventura")
    """
    small = text.casefold()
    if small.isascii():
        return small
    apart = unicodedata.normalize("NFKD", small).translate(_LETTERS)
    return "".join(c for c in apart if not unicodedata.combining(c)).replace("’", "'")
