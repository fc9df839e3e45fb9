"""Words: the newcomer's own words, found in an item's title, people and description."""

from collections import defaultdict

import bm25s
import numpy as np

from recsys.datatypes import EncodedQuery, Reason
from recsys.store.catalogue import Catalogue
from recsys.store.workspace import Workspace

TITLE = "Words in common"
TERM = "BM25"
HELP = (
    "Which of the typed words stand in the title, the names or the description."
    " The rarer a word, the more it counts (BM25)."
)
DEFAULT_WEIGHT = 0.08
FEEDBACK = True
FROM_PEOPLE = False


class Signal:
    """BM25 (Robertson et al. 1994; the package bm25s) over word stems."""

    def __init__(self, workspace: Workspace):
        self._language = workspace.language
        self._texts = _texts(workspace.catalogue)
        stems = [list(self._language.stems(text)) or [""] for text in self._texts]
        self._bm25 = bm25s.BM25()
        self._bm25.index(stems, show_progress=False)

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        scores = self._scores(query)
        n = min(n, int((scores > 0).sum()))
        best = np.argpartition(-scores, n - 1)[:n] if n else np.empty(0, dtype=np.int64)
        return best[np.argsort(-scores[best], kind="stable")]

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        scores = self._scores(query)
        return scores[rows] if scores.any() else np.full(len(rows), np.nan, dtype=np.float32)

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[Reason]:
        asked = dict(self._language.tokens(query.wanted_text))
        reasons = []
        for row in rows:
            stems = set(self._language.stems(self._texts[row]))
            words = tuple(word for stem, word in asked.items() if stem in stems)
            said = f"words in common: {', '.join(words)}"
            reasons.append(Reason(said, words) if words else Reason())
        return reasons

    def _scores(self, query: EncodedQuery) -> np.ndarray:
        said = self._language.stems(query.wanted_text)
        stems = [stem for stem in said if stem in self._bm25.vocab_dict]
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
