"""A new item arrives: what it is, what is like it, who would like it, and where it would rank."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np
import pandas as pd
from scipy import sparse

from recsys.datatypes import NewItem, Progress, Ranking, make_ranking, no_progress
from recsys.errors import QueryError
from recsys.excerpts import excerpt, most_telling
from recsys.knowledge.graph import label
from recsys.models.new_item import Config, NewItemModel, title_and_text
from recsys.models.new_item.kernel import components, kernel_matrix, mean_kernel
from recsys.models.new_item.probability import shifted
from recsys.new_item.assumed import Assumptions, sure, year_of
from recsys.new_item.landing import NEIGHBOURS, Changes, Expected, Landing, changes
from recsys.new_item.segments import segments
from recsys.new_item.similarity import contributions
from recsys.new_item.suggested import suggestions
from recsys.ranking.engine import Engine
from recsys.store.checks import check_known
from recsys.store.schema import document

TOP = 100
"""A rank up to this one is near the top of a list."""
MAX_SHARED = 4
"""At most so many labels that a neighbour shares are told."""
MAX_SENTENCES = 12
"""So many sentences are left out in turn: each takes as long as a new item does."""
MIN_PROBABILITY = 0.05
"""Attributes less probable are not listed, unless predicted."""
DUPLICATE_QUANTILE = 0.99
"""A duplicate is nearer than this share of all items is to its nearest."""
ROUNDING = 1e-5
"""Of the cosine of two of a kind."""

EARNINGS = ["sentence", "likes", "low", "high", "top", "gains", "loses"]
"""Columns of what each sentence earns."""
ATTRIBUTE_TYPES = {
    "threshold": float,
    "probability": float,
    "predicted": bool,
    "likely": bool,
    "named": bool,
    "code": int,
}
"""Columns of a table of attributes, of which there may be none."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])")


class NewItems:
    """Judges new items against one workspace; safe to share between threads.

    ``points`` (n, 2) is the map of the catalogue, from -1 to 1; NaN for what is not on it. Raises
    QueryError for a workspace without the model, which takes 20 items or more and people who like
    some of them.
    """

    def __init__(self, engine: Engine, config: Config = Config()):
        self.engine, self.workspace = engine, engine.workspace
        arrays = self.workspace.models.get("new_item")
        if arrays is None:
            raise QueryError(
                f"The workspace {self.workspace.name!r} has too few items or likes to say"
                " anything of a new item."
            )
        model = NewItemModel(self.workspace, arrays, config)
        self._kernel, self._likes = model.kernel, model.likes
        self._attributes, self._map = model.attributes, model.map
        self._assumptions = Assumptions(engine)
        self._candidates = (~self._likes.likes).sum(axis=1)  # (u,)
        self.points = self._map.points
        self.segments = segments(self.workspace, self._kernel, self._likes)
        self.duplicate_from = {}
        for name, cosines in self._kernel.max_cosine.items():
            rare = float(np.quantile(cosines, DUPLICATE_QUANTILE))
            self.duplicate_from[name] = min(rare, 1 - ROUNDING)

    def place(self, vectors: np.ndarray) -> np.ndarray:
        """(m, 2): where on the map what has these centred unit ``vectors`` (m, d) falls."""
        return self._map.place(vectors)

    def describe(self, item: NewItem) -> Landing:
        """Where ``item`` would land; raises QueryError for what publishing would refuse."""
        check_known(self.workspace.catalogue, item)
        read, kept, count = excerpt(item.text)
        text, embedding = self._embed(replace(item, text=read))
        landing = self._land(item, text, self.workspace.centre(embedding))
        return replace(landing, unread=count - kept)

    def suggested(self, item: NewItem) -> pd.DataFrame:
        """The facts that the text suggests and nobody has said, as ``suggestions`` has them.

        Raises as ``describe`` does.
        """
        check_known(self.workspace.catalogue, item)
        if self._attributes is None:
            return pd.DataFrame(columns=["relation", "name", "probability", "named", "words"])
        read = replace(item, text=excerpt(item.text)[0])
        words = self._kernel.words([read.title], [read.text])
        found = self._predicted(self._embed(read)[0], words, read.text)
        silent = self.workspace.language.SILENT
        return suggestions(self._attributes, self._kernel, read, found, silent)

    def sentences(self, item: NewItem, progress: Progress = no_progress) -> pd.DataFrame:
        """What each sentence earns, by leaving it out: ``sentence``; ``likes`` and ``top``, how
        much more the item is expected to be liked (four times in five from ``low`` to ``high``),
        and how many more of the users have it among their first TOP, than without the sentence;
        ``gains`` and ``loses``, the names of the attributes that it makes likely and unlikely.
        Of a long text the MAX_SENTENCES that tell most. Empty for fewer than two sentences."""
        parts = split_sentences(item.text)
        if len(parts) < 2:
            return pd.DataFrame(columns=EARNINGS)
        whole, rows = self.describe(item), []
        chosen = sorted(most_telling(parts, MAX_SENTENCES))
        for done, number in enumerate(chosen):
            progress(done, len(chosen), "leaving out one sentence after the other")
            sentence = parts[number]
            rest = " ".join(parts[:number] + parts[number + 1 :])
            without = self.describe(replace(item, text=rest))
            low, high = self._difference(without, whole)
            earned = _earned(whole, without)
            rows.append({"sentence": sentence, **earned, "low": low, "high": high})
        return pd.DataFrame(rows, columns=EARNINGS)

    def changes(self, before: Landing, after: Landing) -> Changes:
        """What moved from ``before`` to ``after``, two versions of one item."""
        return changes(before, after, self._difference(before, after))

    def _difference(self, before: Landing, after: Landing) -> tuple[float, float]:
        """Low and high of how many more like the second."""
        versions, config = (before.features, after.features), self._kernel.config
        every = self._kernel.features
        kernel = np.concatenate([kernel_matrix(each, every, config) for each in versions])
        own = [[kernel_matrix(one, other, config) for other in versions] for one in versions]
        return self._likes.difference(kernel, np.block(own))

    def similarity(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """(m,): the similarity of the items at rows ``a`` and ``b`` (m,), as of neighbours."""
        features, config = self._kernel.features, self._kernel.config
        similarity = np.empty(len(a), np.float32)
        for row in np.unique(a):
            pairs = np.flatnonzero(a == row)
            one, others = np.array([row]), b[pairs]
            parts = components(features.of(one), features.of(others), config)
            behaviour = (self._likes.audiences(one).T @ self._likes.audiences(others))[0]
            shares = contributions(parts, behaviour, config.weights)
            similarity[pairs] = shares.sum(axis=1)
        return similarity

    def _embed(self, item: NewItem) -> tuple[np.ndarray, np.ndarray]:
        """The embeddings of title and text, and of the document that the item would be."""
        facts = {label(name).capitalize(): names for name, names in item.facts.items() if names}
        whole = document(item.title, item.categories, item.text, facts)
        texts = list(dict.fromkeys((title_and_text(item.title, item.text), whole)))
        vectors = self.engine.encoder.encode(texts)
        return vectors[0], vectors[-1]

    def _land(self, item: NewItem, text: np.ndarray, vector: np.ndarray) -> Landing:
        words = self._kernel.words([item.title], [item.text])
        attributes = self._predicted(text, words, item.text)
        assumed = self._assumptions.of(item, vector, attributes)
        names = [*item.categories, *chain(*item.facts.values()), *chain(*assumed.values())]
        features = self._kernel.described(vector, words, names, year_of(item, assumed))
        parts = components(features, self._kernel.features, self._kernel.config)
        kernel = self._likes.sharpened(mean_kernel(parts, self._kernel.config))  # (1, k)
        scores = self._likes.scores(kernel)  # (u, 1)
        people = len(self.workspace.interactions.users)
        expected, low, high = self._likes.counts(kernel)[0].tolist()
        likes = Expected(expected, low, high, people)
        # The probabilities of the users that are kept add up to their share of the likes.
        of_kept = likes.expected * (len(self._likes.users) / people)
        probability = self._likes.probabilities(scores, np.array([of_kept]))[:, 0]
        neighbours = self._neighbours(parts, scores)
        first = neighbours.index[:NEIGHBOURS].to_numpy()
        max_similarity = parts["meaning"].max()
        return Landing(
            item=item,
            items=self.workspace.catalogue.items,
            assumed=assumed,
            neighbours=neighbours,
            because=self._shared(first, sure(names, attributes)),
            attributes=self._witnessed(attributes, first),
            likes=likes,
            segments=self._by_segment(probability, likes),
            segment_of=self.segments.of,
            probability=probability,
            ranks=self._likes.ranks(scores)[:, 0],
            n_candidates=len(self._likes.known),
            candidates=self._candidates,
            duplicates=self._duplicates(parts),
            point=self._map.amid(neighbours["score"].sort_index().to_numpy()[None])[0],
            features=features,
            max_similarity=float(max_similarity),
            novelty_percentile=float((self._kernel.max_cosine["meaning"] > max_similarity).mean()),
        )

    def _predicted(self, vector: np.ndarray, words: sparse.csr_array, text: str) -> pd.DataFrame:
        if self._attributes is None:
            none = pd.DataFrame(columns=["relation", "name", *ATTRIBUTE_TYPES])
            return none.astype(ATTRIBUTE_TYPES)
        named = self._kernel.named([text])
        probabilities = self._attributes.probabilities(vector[None], words, named)
        return self._attributes.predicted(probabilities[0], named)

    def _neighbours(self, parts: Mapping[str, np.ndarray], scores: np.ndarray) -> Ranking:
        behaviour = self._likes.same_audience(scores)[0]  # (n,)
        index = pd.RangeIndex(len(behaviour), name="item")
        shares = contributions(parts, behaviour, self._kernel.config.weights)
        return make_ranking(shares.set_axis(index))

    def _shared(self, rows: np.ndarray, names: Sequence[str]) -> list[str]:
        """For each row what it shares with ``names``, the rarest first, in words."""
        codes = self._kernel.codes(names)
        codes = codes[np.argsort(-self._kernel.idf[codes], kind="stable")]
        lines = self._kernel.labels.iloc[codes]
        pairs = zip(lines["name"], lines["relation"], strict=True)
        told = np.array(
            [f"{self._assumptions.called(relation)}: {name}" for name, relation in pairs],
            dtype=object,
        )
        tied = self._kernel.tied[rows][:, codes].toarray() > 0  # (rows, codes)
        return [" · ".join(told[shared][:MAX_SHARED]) for shared in tied]

    def _witnessed(self, attributes: pd.DataFrame, first: np.ndarray) -> pd.DataFrame:
        """The attributes worth listing, with which of the ``first`` rows have each."""
        probable = attributes["probability"] >= MIN_PROBABILITY
        listed = attributes[probable | attributes["predicted"] | attributes["named"]]
        tied = self._kernel.tied[first][:, listed["code"].to_numpy(int)].toarray() > 0
        named = listed.assign(
            relation=listed["relation"].map(self._assumptions.called),
            neighbours=[tuple(first[witnesses].tolist()) for witnesses in tied.T],
            order=listed["relation"] != "category",
        )
        named = named.sort_values(
            ["order", "relation", "probability"], ascending=[True, True, False]
        )
        return named.drop(columns=["code", "order"]).reset_index(drop=True)

    def _by_segment(self, probability: np.ndarray, likes: Expected) -> pd.DataFrame:
        scale = likes.users / len(probability)  # each user that is kept stands for so many
        ends = [shifted(probability, end / scale) for end in (likes.low, likes.high)]
        rows = []
        for number, name in enumerate(self.segments.names):
            own = self.segments.of == number
            if own.any():
                rate, low, high = (float(each[own].mean()) for each in (probability, *ends))
                base_rate = max(float(self.segments.base_rate[number]), 1e-9)
                users = round(own.sum() * scale)
                rows.append((number, name, users, rate * users, rate, rate / base_rate, low, high))
        columns = ["segment", "name", "users", "expected", "rate", "lift", "low", "high"]
        table = pd.DataFrame(rows, columns=columns)
        return table.set_index("segment").sort_values("lift", ascending=False, kind="stable")

    def _duplicates(self, parts: Mapping[str, np.ndarray]) -> pd.DataFrame:
        cosines = pd.DataFrame({name: parts[name][0] for name in self.duplicate_from})
        cosines.index.name = "item"
        near = (cosines >= pd.Series(self.duplicate_from)).any(axis=1)
        return cosines[near].sort_values("words", ascending=False, kind="stable")


def split_sentences(text: str) -> list[str]:
    """The sentences of the text.

    >>> split_sentences("A war film. It rains! Nobody wins")
    ['A war film.', 'It rains!', 'Nobody wins']
    """
    parts = _SENTENCE_END.split(text.strip())
    return [part for part in parts if any(map(str.isalnum, part))]


def _earned(whole: Landing, without: Landing) -> dict[str, object]:
    """What is more of the ``whole`` than of what is left without a sentence."""
    said, left = _said(whole), _said(without)
    top = (whole.ranks <= TOP).mean() - (without.ranks <= TOP).mean()
    return {
        "likes": whole.likes.expected - without.likes.expected,
        "top": float(top),
        "gains": tuple(sorted(name for _, name in said - left)),
        "loses": tuple(sorted(name for _, name in left - said)),
    }


def _said(landing: Landing) -> set[tuple[str, str]]:
    """What is likely, or in the text's own words."""
    said = landing.attributes[landing.attributes["likely"] | landing.attributes["named"]]
    return set(zip(said["relation"], said["name"], strict=True))
