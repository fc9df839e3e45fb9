"""English."""

from recsys.languages.english import remarks
from recsys.languages.english.aliases import ALIASES, ARTICLES, SILENT
from recsys.languages.english.clauses import split_clauses
from recsys.languages.english.foreign import ENGLISH as STOP_WORDS
from recsys.languages.english.foreign import other_script, stop_shares
from recsys.languages.english.normalise import normalise
from recsys.languages.english.reading import read
from recsys.languages.english.spelling import Speller, common_words
from recsys.languages.english.tables import TABLES
from recsys.languages.english.words import FILLERS, stems, tokens

TITLE = "English"

__all__ = [
    "ALIASES",
    "ARTICLES",
    "FILLERS",
    "SILENT",
    "STOP_WORDS",
    "TABLES",
    "TITLE",
    "Speller",
    "common_words",
    "normalise",
    "other_script",
    "read",
    "remarks",
    "split_clauses",
    "stems",
    "stop_shares",
    "tokens",
]  # fmt: skip
