"""What grounding needs of English, in one place."""

import re
from types import SimpleNamespace

from recsys.languages.english import aliases, concepts, phrases, reading

MORE = re.compile(
    r"(?i)\b(?:similar|what else|more|like (?:it|that|this|them|those|these)|what next"
    r"|what(?:'s| is) (?:next|near|close)|something else|in that (?:vein|style)|same)\b"
)
"""Asks for what resembles that which was seen."""
_SILENT = phrases.NOUNS | aliases.SILENT - phrases.EMPTY


def _says_nothing(text: str, start: int, end: int) -> bool:
    return text[start:end].lower() in _SILENT or phrases.says_nothing(text, start, end)


TABLES = SimpleNamespace(
    ALIASES=aliases.ALIASES,
    WANTED=concepts.WANTED,
    REFUSED=concepts.REFUSED,
    AUDIENCES=concepts.AUDIENCES,
    UNFIT=concepts.UNFIT,
    LANGUAGES=concepts.LANGUAGES,
    NATIONS=concepts.NATIONS,
    says_nothing=_says_nothing,
    trimmed=reading.trimmed,
    INTENSE=phrases.INTENSE,
    MORE=MORE,
)
