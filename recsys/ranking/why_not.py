"""Why not this one: what keeps an item out of the list, and the least that would bring it in."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from recsys.datatypes import EncodedQuery, Query, Strategy
from recsys.ranking.engine import Engine, Recommendation
from recsys.ranking.parts import part_modules

STEPS = 20
"""A weight is tried at 0, 1/20, 2/20, .. 1."""


@dataclass(frozen=True, eq=False)
class WhyNot:
    """Why ``row`` is not among the first ``k``, or that it is.

    ``rank`` among ``count`` candidates, itself included; ``kept_out`` is why it may not be shown
    at all, "" if it may; ``parts``: index signal, the contributions of ``this`` and of the
    ``last`` item shown; ``weight`` is the smallest change of one weight that brings it in
    (signal, new weight), ``clause`` the part of the text that keeps it out; None for neither.
    """

    row: int
    rank: int
    count: int
    k: int
    kept_out: str
    last: int
    parts: pd.DataFrame
    weight: tuple[str, float] | None
    clause: str | None

    @property
    def shown(self) -> bool:
        return not self.kept_out and self.rank <= self.k


def why_not(engine: Engine, query: Query, strategy: Strategy, row: int) -> WhyNot:
    """Asks for ``query`` why ``row`` is not shown; raises as ``Engine.recommend`` does."""
    result = engine.recommend(query, strategy, also=(row,))
    ranking = result.ranking
    kept_out = _kept_out(engine, result.query, row)
    others = ranking.drop(index=row) if kept_out else ranking
    last = int(others.index[: query.k][-1])
    rank = int(ranking.loc[row, "rank"])
    parts = ranking.loc[[row, last]].drop(columns=["rank", "score"])
    outside = not kept_out and rank > query.k
    return WhyNot(
        row,
        rank,
        len(ranking),
        query.k,
        kept_out,
        last,
        pd.DataFrame({"this": parts.iloc[0], "last": parts.iloc[1]}),
        least_weight(engine, result, row) if outside else None,
        clause_against(engine, query, result, row) if outside else None,
    )


def least_weight(engine: Engine, result: Recommendation, row: int) -> tuple[str, float] | None:
    """The smallest change of one weight that brings ``row`` into the list: (signal, new weight)."""
    tried = [
        (abs(weight - now), name, weight)
        for name, now in result.weights.items()
        for weight in (np.arange(STEPS + 1) / STEPS).tolist()
        if weight != now
    ]
    for _, name, weight in sorted(tried):
        weights = dict(result.weights) | {name: weight}
        if any(weights.values()):
            changed = replace(result.strategy, weights=weights)
            if row in engine.fuse(result.query, result.scores, changed).index[: result.query.k]:
                return name, weight
    return None


def clause_against(engine: Engine, query: Query, result: Recommendation, row: int) -> str | None:
    """The part of the text without which ``row`` comes in; of several, what lifts it the most.

    Never the last one that is wanted: without it there is no taste to go by.
    """
    counted = [part for part in result.understanding.parts if part.state in ("wanted", "not")]
    wanted = {part.intent.text for part in counted if part.state == "wanted"}
    texts = dict.fromkeys(part.intent.text for part in counted)
    if len(texts) < 2:
        return None
    lifted = {}
    for text in texts:
        if wanted == {text}:
            continue
        muted = replace(query, muted=(*query.muted, text))
        shown = engine.recommend(muted, result.strategy).shown
        if row in shown.index:
            lifted[text] = shown.loc[row, "rank"]
    return min(lifted, key=lambda text: lifted[text], default=None)


def why_not_sentence(engine: Engine, found: WhyNot) -> str:
    """What was found, in words: the honest answer to "why not this one?"."""
    items = engine.workspace.catalogue.items["title"]
    title, last = items[found.row], items[found.last]
    place = f"{title} stands at {found.rank:,} of {found.count:,}"
    if found.kept_out:
        return f"{title} {found.kept_out}; else it would stand at {found.rank:,}."
    if found.shown:
        return f"{place}: it is in the list."
    behind = (found.parts["this"] - found.parts["last"]).sort_values(kind="stable")
    names = {name: module.TITLE for name, module in part_modules().items()}
    why = f"{place}, behind {last} mostly for “{names[str(behind.index[0])]}”."
    return " ".join([why, *_ways(found, names)])


def _ways(found: WhyNot, names: dict[str, str]) -> list[str]:
    ways = []
    if found.weight:
        name, weight = found.weight
        ways.append(f"It comes in with “{names[name]}” at {weight:.2f}.")
    if found.clause:
        ways.append(f"It comes in without “{found.clause}”.")
    return ways or ["No single weight brings it in, and no part of the text alone keeps it out."]


def _kept_out(engine: Engine, query: EncodedQuery, row: int) -> str:
    """Why ``row`` cannot be in the list whatever its score, or ""."""
    if row in query.excluded:
        return "is named in the text, and is not shown again"
    if row in query.liked:
        return "is among the likes, which are not shown again"
    if row in query.disliked:
        return "is among the dislikes, which are not shown"
    if row in query.seen:
        return "is marked as seen"
    if row in engine.candidates(query):
        return ""
    if query.filters:
        return "does not pass the filters"
    return "is not looked at, as no signal has it among its best for this taste"
