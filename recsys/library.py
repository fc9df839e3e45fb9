"""Thaw from Python: open a workspace, recommend, describe a new item, measure."""

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from recsys import encoders, protocols
from recsys.building.build import build
from recsys.datasets import demo
from recsys.datatypes import Filters, NewItem, Progress, Query, Strategy, no_progress
from recsys.evaluation.report import summary
from recsys.new_item.judge import NewItems
from recsys.new_item.landing import Landing
from recsys.online.learn import learn
from recsys.ranking.engine import Engine, Recommendation
from recsys.registry import pick
from recsys.store.events import EventLog
from recsys.store.learned import State
from recsys.store.workspace import Workspace, names


class Recommender:
    """One open workspace, ready to be asked.

    >>> films = open_workspace("demo")  # doctest: +SKIP
    >>> films.recommend("slow sci-fi, nothing gory").table  # doctest: +SKIP
    """

    def __init__(self, engine: Engine):
        self.engine = engine
        self.workspace = engine.workspace

    def recommend(
        self,
        text: str,
        liked: Collection[str] = (),
        disliked: Collection[str] = (),
        seen: Collection[str] = (),
        k: int = 10,
        filters: Filters = Filters(),
        strategy: Strategy = Strategy(),
    ) -> Recommendation:
        """The k items for somebody who says ``text``; likes and such are ids of items.

        ``.table`` of the answer has their titles. Raises QueryError for what cannot be answered.
        """
        rows = self.workspace.catalogue.rows
        query = Query(text, rows(liked), rows(disliked), rows(seen), filters=filters, k=k)
        return self.engine.recommend(query, strategy)

    def describe(
        self,
        text: str,
        title: str = "",
        year: int | None = None,
        categories: Collection[str] = (),
        facts: Mapping[str, tuple[str, ...]] | None = None,
    ) -> Landing:
        """Where a new item of this description would land: what it is, who would like it.

        Raises QueryError for what cannot be judged.
        """
        item = NewItem(text, title, year, tuple(categories), facts or {})
        return self._new_items.describe(item)

    def evaluate(self, protocol: str, **options: Any) -> pd.DataFrame:
        """The main figures of a protocol on this workspace, a row a strategy, the best first.

        ``options`` are the protocol's own, such as ``profiles=`` and ``ratings=`` of new_user.
        """
        module = pick("protocol", protocols.protocols(), protocol)
        report = summary(getattr(module, protocol)(self.engine, **options))
        figures = [metric for metric in report["strategies"][0] if metric != "name"]
        lines = []
        for strategy in report["strategies"]:
            for metric in figures:
                lines.append({"strategy": strategy["name"], "metric": metric, **strategy[metric]})
        table = pd.DataFrame(lines)
        return table.sort_values(["metric", "mean"], ascending=[True, False], ignore_index=True)

    @property
    def events(self) -> EventLog:
        """The log of what visitors were shown and did: ``append`` keeps events, ``forget`` deletes
        a visitor's; ``learn`` makes the lists follow them."""
        return EventLog(self.workspace.name)

    def learn(self, progress: Progress = no_progress) -> State:
        """Learns from the events that came since it last did; what is learned by then."""
        return learn(self.workspace.name, progress)

    @cached_property
    def _new_items(self) -> NewItems:
        return NewItems(self.engine)


def open_workspace(name: str = "demo", progress: Progress = no_progress) -> Recommender:
    """The workspace called ``name``; a bundled world is built when it is first asked for.

    Raises WorkspaceError when there is no such workspace, or it is damaged.
    """
    if name not in names() and name in demo.worlds():
        build(name, demo.load(name), encoders.prepare(), progress).close()
    workspace = Workspace.open(name)
    return Recommender(Engine(workspace, encoders.ready(workspace.manifest.encoder)))
