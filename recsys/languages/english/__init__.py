"""English."""

from recsys.languages.english.aliases import ALIASES, ARTICLES, SILENT
from recsys.languages.english.clauses import split_clauses
from recsys.languages.english.words import FILLERS, stems, tokens
from recsys.languages.english.years import spans

TITLE = "English"

__all__ = [
    "ALIASES", "ARTICLES", "FILLERS", "SILENT", "TITLE",
    "spans", "split_clauses", "stems", "tokens",
]  # fmt: skip
