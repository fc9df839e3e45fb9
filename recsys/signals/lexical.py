"""Words: the newcomer's own words, found in an item's title, people and description."""

import re
from collections import defaultdict
from functools import lru_cache

import bm25s
import numpy as np
import Stemmer

from recsys.datatypes import EncodedQuery
from recsys.languages.english.clauses import FILLERS
from recsys.store.catalogue import Catalogue
from recsys.store.workspace import Workspace

TITLE = "Words in common"
HELP = (
    "Which of the typed words stand in the title, the names or the description."
    " The rarer a word, the more it counts (BM25)."
)
DEFAULT_WEIGHT = 0.4
SEEDS = True


class Signal:
    """BM25 (Robertson et al. 1994; the package bm25s) over English word stems."""

    def __init__(self, workspace: Workspace):
        self._texts = _texts(workspace.catalogue)
        self._bm25 = bm25s.BM25()
        self._bm25.index([list(_stems(text)) or [""] for text in self._texts], show_progress=False)

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        scores = self._scores(query)
        n = min(n, int((scores > 0).sum()))
        best = np.argpartition(-scores, n - 1)[:n] if n else np.empty(0, dtype=np.int64)
        return best[np.argsort(-scores[best], kind="stable")]

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        scores = self._scores(query)
        return scores[rows] if scores.any() else np.full(len(rows), np.nan, dtype=np.float32)

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[str]:
        asked = dict(_tokens(query.wanted_text))
        found = [set(_stems(self._texts[row])) for row in rows]
        hits = [[word for stem, word in asked.items() if stem in stems] for stems in found]
        return [f"words in common: {', '.join(words)}" if words else "" for words in hits]

    def _scores(self, query: EncodedQuery) -> np.ndarray:
        stems = [stem for stem in _stems(query.wanted_text) if stem in self._bm25.vocab_dict]
        if not stems:
            return np.zeros(len(self._texts), dtype=np.float32)
        return self._bm25.get_scores(stems)


def _texts(catalogue: Catalogue) -> list[str]:
    """Of every item: its title, categories, description, and each name it is tied to once."""
    items = catalogue.items
    tails = defaultdict(list)
    triples = catalogue.triples
    for head, tail in zip(triples["head"].tolist(), triples["tail"].tolist(), strict=True):
        tails[head].append(tail)
    texts = []
    for item in items.itertuples():
        names = [name for group in item.facts.values() for name in group]
        names += [*item.categories, *tails[item.id]]
        texts.append(" ".join((item.title, *dict.fromkeys(names), item.text)))
    return texts


_STEMMER = Stemmer.Stemmer("english")
_WORD = re.compile(r"\w\w+")
_SILENT = frozenset(bm25s.tokenization.STOPWORDS_EN_PLUS) | FILLERS


def _tokens(text: str) -> list[tuple[str, str]]:
    """(stem, word as written) of every word that says something."""
    pairs = [(_stem(word), word) for word in _WORD.findall(text)]
    return [pair for pair in pairs if pair[0]]


# Most texts are in the next version of a catalogue, too, and most words in the next text.
@lru_cache(maxsize=1 << 16)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(_stem, _WORD.findall(text))))


@lru_cache(maxsize=1 << 17)
def _stem(word: str) -> str:
    """ "" for a word that says nothing."""
    lower = word.lower()
    return "" if lower in _SILENT else _STEMMER.stemWord(lower)
