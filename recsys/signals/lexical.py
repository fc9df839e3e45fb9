"""Words: the newcomer's own words, found in an item's title, people and description."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from recsys.arrays import greatest
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


SATURATION = 1.5
"""BM25's k1: how soon a word that is said again counts no more."""
LENGTH_SHARE = 0.75
"""BM25's b: how far a long text makes each of its words count less."""


class Signal:
    """BM25 (Robertson et al. 1994, as Lucene has it) over word stems."""

    def __init__(self, workspace: Workspace):
        self._language = workspace.language
        self._words = workspace.inverted("lexical", lambda rows: self._documents(workspace, rows))
        lengths = np.maximum(self._words.lengths, 1)
        share = (1 - LENGTH_SHARE) + LENGTH_SHARE * lengths / lengths.mean()
        self._norms = SATURATION * share  # (n,)
        self._all = lru_cache(maxsize=8)(self._score_all)

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        scores = self._scores(query)
        found = np.flatnonzero(scores > 0)
        return found[greatest(scores[found], n)]

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        scores = self._scores(query)
        return scores[rows] if scores.any() else np.full(len(rows), np.nan, dtype=np.float32)

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[Reason]:
        asked = dict(self._language.tokens(query.wanted_text))
        has = {stem: self._words.has(stem, rows) for stem in asked}
        reasons = []
        for place in range(len(rows)):
            words = tuple(word for stem, word in asked.items() if has[stem][place])
            said = f"words in common: {', '.join(words)}"
            reasons.append(Reason(said, words) if words else Reason())
        return reasons

    def _scores(self, query: EncodedQuery) -> np.ndarray:
        return self._all(query.wanted_text)

    def _score_all(self, text: str) -> np.ndarray:
        """(n,) float32, 0 where no word is in common."""
        count = len(self._norms)
        scores = np.zeros(count, dtype=np.float32)
        for stem in self._language.stems(text):
            rows, said = self._words.of(stem)
            idf = np.float32(math.log(1 + (count - len(rows) + 0.5) / (len(rows) + 0.5)))
            scores[rows] += (idf * (said / (self._norms[rows] + said))).astype(np.float32)
        return scores

    def _documents(self, workspace: Workspace, rows: range) -> Iterator[Sequence[str]]:
        return map(self._language.stems, _texts(workspace.catalogue, rows))


def _texts(catalogue: Catalogue, rows: range) -> Iterator[str]:
    """Of every item of ``rows``: its title, categories, description, and each name it is tied to
    once."""
    items = catalogue.items.iloc[rows.start : rows.stop]
    tails = defaultdict(list)
    triples = catalogue.triples
    triples = triples[triples["head"].isin(items["id"])]  # what was published is a few of many
    for head, tail in zip(triples["head"].tolist(), triples["tail"].tolist(), strict=True):
        tails[head].append(tail)
    for item in items.itertuples():
        names = [name for group in item.facts.values() for name in group]
        names += [*item.categories, *tails[item.id]]
        yield " ".join((item.title, *dict.fromkeys(names), item.text))
