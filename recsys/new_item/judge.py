"""A new item arrives: what it is, what is like it, who would like it, and where it would rank."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np
import pandas as pd
from scipy import sparse

from recsys.building.publish import check_known
from recsys.datatypes import (
    Clause,
    EncodedQuery,
    NewItem,
    Progress,
    Ranking,
    make_ranking,
    no_progress,
)
from recsys.errors import QueryError
from recsys.knowledge.graph import kind, label
from recsys.models.new_item.attributes import ItemAttributes, plain
from recsys.models.new_item.kernel import SORTS, WEIGHTS, ItemKernel, mean, sides
from recsys.models.new_item.likes import ItemLikes
from recsys.models.new_item.map import ItemMap
from recsys.new_item import segments
from recsys.new_item.landing import NEIGHBOURS, Expected, Landing
from recsys.ranking.engine import Engine
from recsys.store.schema import document

SHARES = {"behaviour": 0.5, "content": 1.0, "graph": 1.0, "lexical": 1.0, "period": 0.25}
"""What each signal counts in the similarity of two items."""
SIDES_OF = {
    "content": ("meaning",),
    "graph": ("people", "sorts", "rest"),
    "lexical": ("words",),
    "period": ("year",),
}
"""Which sides of two items are which signal's."""
TOP = 100
"""A place up to this one is near the top of a list."""
TIES = 4
"""At most so many ties to a neighbour are told."""
LEAST = 0.05
"""Attributes less probable are not listed."""
RARE = 0.99
"""A duplicate is nearer than this share of all items is to its nearest."""
ROUNDING = 1e-5
"""Of the cosine of two of a kind."""

_YEAR = re.compile(r"\b(?:is|was|are)\s+(?:an?|the)\s+(?:\w+\s+)?((?:18|19|20)\d\d)\b")


class NewItems:
    """Judges new items against one workspace; safe to share between threads.

    ``points`` (n, 2) is the map of the catalogue, from -1 to 1; NaN for what is not on it. Raises
    QueryError for a workspace without the models, which take 20 items or more and people who like
    some of them.
    """

    def __init__(self, engine: Engine):
        models = engine.workspace.models
        if "item_likes" not in models:
            raise QueryError(
                f"The workspace {engine.workspace.name!r} has too few items or likes to say"
                " anything of a new item."
            )
        self.engine, self.workspace = engine, engine.workspace
        self._kernel = ItemKernel(self.workspace, models["item_kernel"])
        self._likes = ItemLikes(models["item_likes"], self._kernel)
        self._attributes = None
        if "item_attributes" in models:
            self._attributes = ItemAttributes(models["item_attributes"], self._kernel)
        self._map = ItemMap(models["item_map"], self.workspace.vectors, self.workspace.built)
        self.points = self._map.points
        self.segments = segments.segments(self.workspace, self._kernel, self._likes)
        self.duplicate_from = {
            side: min(float(np.quantile(near, RARE)), 1 - ROUNDING)
            for side, near in self._kernel.nearest.items()
        }

    def describe(self, item: NewItem) -> Landing:
        """Where ``item`` would land; raises QueryError for what publishing would refuse."""
        check_known(self.workspace.catalogue, item)
        read, embedding = self._embed(item)
        return self._land(item, read, self.workspace.centre(embedding))

    def sentences(self, item: NewItem, progress: Progress = no_progress) -> pd.DataFrame:
        """What each sentence earns, by leaving it out: ``sentence``; ``likes`` and ``top``, how
        much more the item is expected to be liked, and how many more of the users have it among
        their first TOP, than without the sentence; ``gains`` and ``loses``, the names of the
        attributes that it adds and takes away. Empty for fewer than two sentences."""
        parts = split_sentences(item.text)
        if len(parts) < 2:
            return pd.DataFrame(columns=["sentence", "likes", "top", "gains", "loses"])
        whole, rows = self.describe(item), []
        for number, part in enumerate(parts):
            progress(number, len(parts), "leaving out one sentence after the other")
            left = " ".join(parts[:number] + parts[number + 1 :])
            other = self.describe(replace(item, text=left))
            more, fewer = _said(whole) - _said(other), _said(other) - _said(whole)
            rows.append(
                {
                    "sentence": part,
                    "likes": whole.likes.expected - other.likes.expected,
                    "top": float((whole.places <= TOP).mean() - (other.places <= TOP).mean()),
                    "gains": tuple(sorted(name for _, name in more)),
                    "loses": tuple(sorted(name for _, name in fewer)),
                }
            )
        return pd.DataFrame(rows)

    def similarity(self, a: np.ndarray, b: np.ndarray) -> np.ndarray:
        """(m,): the similarity of the items at rows ``a`` and ``b`` (m,), as of neighbours."""
        features = self._kernel.features
        found = np.empty(len(a), np.float32)
        for row in np.unique(a):
            pairs = np.flatnonzero(a == row)
            others = b[pairs]
            alike = sides(features.of(np.array([row])), features.of(others))
            mine, theirs = self._likes.audiences(np.array([row])), self._likes.audiences(others)
            behaviour = (mine.T @ theirs)[0]
            found[pairs] = _similar(alike, behaviour).sum(axis=1)
        return found

    def _embed(self, item: NewItem) -> tuple[np.ndarray, np.ndarray]:
        """The embeddings of title and text, and of the document that the item would be."""
        facts = {label(name).capitalize(): own for name, own in item.facts.items() if own}
        whole = document(item.title, item.categories, item.text, facts)
        texts = list(dict.fromkeys((plain(item.title, item.text), whole)))
        vectors = self.engine.encoder.encode(texts)
        return vectors[0], vectors[-1]

    def _land(self, item: NewItem, read: np.ndarray, vector: np.ndarray) -> Landing:
        words = self._kernel.words([item.title], [item.text])
        attributes = self._predicted(read, words)
        assumed = self._assumed(item, vector, attributes)
        year = item.year or int(next(iter(assumed.get("year", ())), 0)) or None
        names = [*item.categories, *chain(*item.facts.values()), *chain(*assumed.values())]
        features = self._kernel.described(vector, words, names, year)
        alike = sides(features, self._kernel.features)
        kernel = self._likes.alike(mean(alike))
        scores = self._likes.scores(kernel)  # (u, 1)
        expected, low, high = self._likes.counts(kernel)[0].tolist()
        people = len(self.workspace.interactions.users)
        sampled = len(self._likes.users) / people
        chance = self._likes.chances(scores, np.array([expected * sampled]))[:, 0]
        neighbours = self._neighbours(alike, scores)
        first = neighbours.index[:NEIGHBOURS].to_numpy()
        return Landing(
            item=item,
            assumed=assumed,
            neighbours=neighbours,
            because=self._shared(first, names),
            attributes=self._witnessed(attributes, first),
            likes=Expected(expected, low, high, people),
            segments=self._by_segment(chance, people),
            segment_of=self.segments.of,
            chance=chance,
            places=self._likes.places(scores)[:, 0],
            rivals=len(self._likes.known),
            duplicates=self._duplicates(alike),
            point=self._map.place(vector[None])[0],
            nearest=float(alike["meaning"].max()),
            lonelier=float((self._kernel.nearest["meaning"] > alike["meaning"].max()).mean()),
        )

    def _predicted(self, read: np.ndarray, words: sparse.csr_array) -> pd.DataFrame:
        if self._attributes is None:
            none = pd.DataFrame(columns=["relation", "name", "probability", "said", "code"])
            return none.astype({"probability": float, "said": bool, "code": int})
        return self._attributes.said(self._attributes.chances(read[None], words)[0])

    def _assumed(
        self, item: NewItem, vector: np.ndarray, attributes: pd.DataFrame
    ) -> dict[str, tuple[str, ...]]:
        """What the item was not said to be: its year and people where the text names them, and
        what sorts of thing it probably is."""
        assumed: dict[str, tuple[str, ...]] = {}
        if item.year is None and (written := _YEAR.search(item.text)):
            assumed["year"] = (written.group(1),)
        given = {"category"} if item.categories else set()
        given |= {name for name, own in item.facts.items() if own}
        if set(chain(*item.facts.values())) & set(self.workspace.catalogue.categories):
            given.add("category")
        if not any(kind(name) == "person" for name in given):
            for person in self._named(item.text, vector):
                assumed["named"] = (*assumed.get("named", ()), person)
        for relation, own in attributes[attributes["said"]].groupby("relation", sort=False):
            sort = "category" if relation == "category" else kind(relation)
            if relation not in given and sort in SORTS:
                called = self._called(relation)
                assumed[called] = (*assumed.get(called, ()), *own["name"])
        return assumed

    def _named(self, text: str, vector: np.ndarray) -> list[str]:
        query = EncodedQuery(text, clauses=(Clause(text),), clause_vectors=vector[None])
        nodes = self.workspace.graph.nodes
        links = self.engine.signals["graph"].links(query)
        exact = [link.node for link in links if link.how == "exact"]
        people = nodes.loc[list(dict.fromkeys(exact))]
        return people["name"][people["kind"] == "person"].tolist()

    def _called(self, relation: str) -> str:
        category = str(self.workspace.catalogue.about.get("category", "category"))
        if relation == "category":
            return category
        return label(relation) if label(relation) != category else "kind"

    def _neighbours(self, alike: Mapping[str, np.ndarray], scores: np.ndarray) -> Ranking:
        behaviour = self._likes.same_audience(scores)[0]  # (n,)
        index = pd.RangeIndex(len(behaviour), name="item")
        flat = {side: found[0] for side, found in alike.items()}
        return make_ranking(_similar(flat, behaviour).set_axis(index))

    def _shared(self, rows: np.ndarray, names: Sequence[str]) -> list[str]:
        """For each row what it shares with ``names``, the rarest first, in words."""
        labels = self._kernel.labels
        codes = labels.index.get_indexer([name.casefold() for name in names])
        codes = np.unique(codes[codes >= 0])
        codes = codes[np.argsort(-self._kernel.rarity[codes], kind="stable")]
        told = [
            f"{self._called(relation)}: {name}"
            for name, relation in labels.iloc[codes][["name", "relation"]].itertuples(index=False)
        ]
        tied = self._kernel.tied[rows][:, codes].toarray() > 0
        return [" · ".join(np.array(told, dtype=object)[own][:TIES]) for own in tied]

    def _witnessed(self, attributes: pd.DataFrame, first: np.ndarray) -> pd.DataFrame:
        listed = attributes[(attributes["probability"] >= LEAST) | attributes["said"]]
        tied = self._kernel.tied[first][:, listed["code"].to_numpy(int)].toarray() > 0
        named = listed.assign(
            relation=listed["relation"].map(self._called),
            neighbours=[tuple(first[own].tolist()) for own in tied.T],
            order=listed["relation"] != "category",
        )
        named = named.sort_values(
            ["order", "relation", "probability"], ascending=[True, True, False]
        )
        return named.drop(columns=["code", "order"]).reset_index(drop=True)

    def _by_segment(self, chance: np.ndarray, people: int) -> pd.DataFrame:
        scale = people / len(chance)
        rows = []
        for number, name in enumerate(self.segments.names):
            own = chance[self.segments.of == number]
            if len(own):
                usual = max(float(self.segments.usual[number]), 1e-9)
                rate = float(own.mean())
                users = round(len(own) * scale)
                rows.append((number, name, users, rate * users, rate, rate / usual))
        table = pd.DataFrame(rows, columns=["segment", "name", "users", "expected", "rate", "lift"])
        return table.set_index("segment").sort_values("lift", ascending=False, kind="stable")

    def _duplicates(self, alike: Mapping[str, np.ndarray]) -> pd.DataFrame:
        near = pd.DataFrame({side: alike[side][0] for side in self.duplicate_from})
        near.index.name = "item"
        found = near[(near >= pd.Series(self.duplicate_from)).any(axis=1)]
        return found.sort_values("words", ascending=False, kind="stable")


def split_sentences(text: str) -> list[str]:
    """The sentences of the text.

    >>> split_sentences("A war film. It rains! Nobody wins")
    ['A war film.', 'It rains!', 'Nobody wins']
    """
    return [
        part for part in re.split(r"(?<=[.!?])\s+", text.strip()) if any(map(str.isalnum, part))
    ]


def _similar(alike: Mapping[str, np.ndarray], behaviour: np.ndarray) -> pd.DataFrame:
    """Contributions (m, 5) of the signals to the similarity, from the sides (m,) each."""
    found = {"behaviour": behaviour}
    for signal, own in SIDES_OF.items():
        whole = sum(WEIGHTS[side] for side in own)
        found[signal] = np.sum(
            [WEIGHTS[side] / whole * alike[side].ravel() for side in own], axis=0
        )
    share = sum(SHARES.values())
    return pd.DataFrame({name: SHARES[name] / share * found[name] for name in sorted(SHARES)})


def _said(landing: Landing) -> set[tuple[str, str]]:
    said = landing.attributes[landing.attributes["said"]]
    return set(zip(said["relation"], said["name"], strict=True))
