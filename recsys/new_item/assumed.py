"""What a new item is taken to be where nobody says: read from its text, or guessed from it."""

import re
from collections.abc import Iterable
from itertools import chain

import numpy as np
import pandas as pd

from recsys.datatypes import Clause, NewItem
from recsys.knowledge.graph import kind, label
from recsys.models.new_item.kernel import TOPICS
from recsys.ranking.engine import Engine

Assumed = dict[str, tuple[str, ...]]
"""What it is called -> names."""

_YEAR = re.compile(r"\b(?:is|was|are)\s+(?:an?|the)\s+(?:\w+\s+)?((?:18|19|20)\d\d)\b")


class Assumptions:
    """Reads the texts of new items for what their authors left open, in one workspace."""

    def __init__(self, engine: Engine):
        self._engine, self._workspace = engine, engine.workspace

    def of(self, item: NewItem, vector: np.ndarray, attributes: pd.DataFrame) -> Assumed:
        """What the item was not said to be: its year and people where the text names them, and
        what sorts of thing it is by its ``attributes`` (relation, name, predicted, named)."""
        assumed: Assumed = {}
        written = _YEAR.search(item.text)
        if item.year is None and written:
            assumed["year"] = (written.group(1),)
        given = self._given(item)
        if not any(kind(relation) == "person" for relation in given):
            people = self._people(item.text, vector)
            if people:
                assumed["named"] = tuple(people)
        taken = attributes[attributes["predicted"] | attributes["named"]]
        for relation, group in taken.groupby("relation", sort=False):
            topic = "category" if relation == "category" else kind(relation)
            if relation not in given and topic in TOPICS:
                called = self.called(relation)
                assumed[called] = (*assumed.get(called, ()), *group["name"])
        return assumed

    def called(self, relation: str) -> str:
        """What people call the relation; two of one name would be taken for one."""
        category = str(self._workspace.catalogue.about.get("category", "category"))
        if relation == "category":
            return category
        return label(relation) if label(relation) != category else "kind"

    def _given(self, item: NewItem) -> set[str]:
        """The relations of which the item is said to have some, with "category"."""
        given = {relation for relation, names in item.facts.items() if names}
        # A genre given as a fact may well be called as a category is.
        named = {*item.categories, *chain(*item.facts.values())}
        if item.categories or named & set(self._workspace.catalogue.categories):
            given.add("category")
        return given

    def _people(self, text: str, vector: np.ndarray) -> list[str]:
        """The people whom the text names, as the graph calls them."""
        nodes = self._workspace.graph.nodes
        links = self._engine.link(text, [Clause(text)], vector[None])
        exact = [link.node for link in links if link.how == "exact"]
        people = nodes.loc[list(dict.fromkeys(exact))]
        return people["name"][people["kind"] == "person"].tolist()


def year_of(item: NewItem, assumed: Assumed) -> int | None:
    """The item's year, given or read; None where it is not known."""
    if item.year is not None:
        return item.year or None
    written = assumed.get("year")
    return int(written[0]) if written else None


def sure(names: Iterable[str], attributes: pd.DataFrame) -> list[str]:
    """Those of the ``names`` that are more than a guess: given, read in the text, or likely."""
    guessed = attributes[attributes["predicted"] & ~(attributes["likely"] | attributes["named"])]
    doubtful = set(guessed["name"])
    return [name for name in names if name not in doubtful]
