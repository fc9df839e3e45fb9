"""What strategies do to one newcomer's list: who shares what, and what was traded for what."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from recsys.metrics.lists import diversity
from recsys.ranking.engine import Engine, Recommendation, ranking_frame

POPULAR, TENTH = 100, 10
"""The popular items are the 100 most liked, or the most liked tenth of a smaller catalogue."""
STANDS_OUT = 1.0
"""How many standard deviations above the mean candidate a score is that counts as a match."""
MOST_PHRASES = 2
WORDS = "words in common: "
"""How the reason of the words in common begins; other reasons quote what they match."""


def places(results: Sequence[Recommendation]) -> pd.DataFrame:
    """Index ``item``, all that any of the ``results`` shows; a column each: its place, from 1.

    What is no candidate of a result stands behind its last one.
    """
    union = list(dict.fromkeys(row for result in results for row in result.shown.index))
    columns = [
        result.ranking["rank"].reindex(union).fillna(len(result.ranking) + 1) for result in results
    ]
    table = pd.DataFrame(dict(enumerate(columns)), index=pd.Index(union, name="item"))
    return table.astype(int)


def rank_table(results: Sequence[Recommendation]) -> pd.DataFrame:
    """The ``places`` within the first k only; NaN where an item is not shown."""
    table = places(results)
    return table.where(table <= [result.query.k for result in results])


def overlap(results: Sequence[Recommendation]) -> pd.DataFrame:
    """(m, m): the items that two lists share over the items in either (Jaccard 1912)."""
    shown = rank_table(results).notna().to_numpy().astype(float)  # (items, m)
    both = shown.T @ shown
    sizes = shown.sum(axis=0)
    return pd.DataFrame(both / (sizes[:, None] + sizes - both))


def correlation(results: Sequence[Recommendation]) -> pd.DataFrame:
    """(m, m): Kendall's tau-b of two rankings over all items that any list shows.

    From -1, the opposite order, to 1, the same; NaN over fewer than two items.
    """
    return places(results).corr(method="kendall")


def popular(likes: np.ndarray) -> np.ndarray:
    """(n,) bool: the most liked items (see POPULAR); one that nobody likes is not among them."""
    head = np.argsort(-likes, kind="stable")[: min(POPULAR, -(-len(likes) // TENTH))]
    return np.isin(np.arange(len(likes)), head) & (likes > 0)


def traits(engine: Engine, result: Recommendation) -> dict[str, float]:
    """What the shown list is like.

    ``likes``, median of how many like an item; ``popular``, share of the list that is (see
    ``popular``); ``variety``, mean of 1 - cosine over its pairs, NaN for a list of one; ``year``,
    median of those known, NaN without any.
    """
    workspace = engine.workspace
    rows = result.shown.index.to_numpy()
    likes = workspace.interactions.popularity
    years = workspace.catalogue.items["year"].loc[rows].dropna()
    return {
        "likes": float(np.median(likes[rows])),
        "popular": float(popular(likes)[rows].mean()),
        "variety": float(diversity(rows[None], workspace.vectors)[0]),
        "year": float(years.median()) if len(years) else float("nan"),
    }


def verdict(engine: Engine, results: Sequence[Recommendation]) -> str:
    """What each other list trades against the first, in a line each.

    A match is what a signal's reason quotes of the taste, on which the item stands out (see
    STANDS_OUT) in that signal, whatever it weighs; it is named where one side has more of it.
    """
    first, *others = results
    return "\n".join(_trade(engine, first, other) for other in others)


def _trade(engine: Engine, first: Recommendation, other: Recommendation) -> str:
    about = engine.workspace.catalogue.about
    name, base = f"“{other.strategy.name}”", f"“{first.strategy.name}”"
    gone = first.shown.index.difference(other.shown.index)
    came = other.shown.index.difference(first.shown.index)
    if not len(gone) and not len(came):
        return _reordered(engine, first, other)
    head = popular(engine.workspace.interactions.popularity)
    before, after = _matches(first, gone), _matches(other, came)
    n_before, n_after = int(head[gone].sum()), int(head[came].sum())
    words = (about.get("noun", "item"), about.get("nouns", "items"))
    left = _group(before, _more(before, after), max(n_before - n_after, 0) and n_before, words)
    others = ("other", "others")
    right = _group(after, _more(after, before), max(n_after - n_before, 0) and n_after, others)
    if len(gone) == len(first.shown):
        return f"{name} shares nothing with {base}: it trades {left} for {right}."
    return f"Against {base}, {name} trades {left} for {right}."


def _reordered(engine: Engine, first: Recommendation, other: Recommendation) -> str:
    name, base = f"“{other.strategy.name}”", f"“{first.strategy.name}”"
    before = first.shown["rank"]
    after = other.shown["rank"].reindex(before.index)
    if (before == after).all():
        return f"{name} shows the same list as {base}."
    row = (before - after).abs().idxmax()
    title = engine.workspace.catalogue.items.loc[row, "title"]
    way = "rises" if after[row] < before[row] else "falls"
    return (
        f"{name} shows what {base} does, in another order:"
        f" {title} {way} from {before[row]} to {after[row]}."
    )


def _matches(result: Recommendation, rows: pd.Index) -> list[set[str]]:
    """For each of the shown ``rows``, the phrases of the taste that it matches."""
    floor = result.scores.mean() + STANDS_OUT * result.scores.std(ddof=0)
    scores = result.scores.loc[rows]
    found: list[set[str]] = []
    for row, place in zip(rows, result.shown.index.get_indexer(rows), strict=True):
        reasons = [
            said[place]
            for name, said in result.evidence.items()
            if scores.loc[row, name] >= floor[name]
        ]
        found.append({phrase for reason in reasons for phrase in _quoted(reason)})
    return found


def _quoted(reason: str) -> list[str]:
    if reason.startswith(WORDS):
        return reason.removeprefix(WORDS).split(", ")
    return re.findall(r"“([^”]+)”", reason)


def _more(here: list[set[str]], there: list[set[str]]) -> list[str]:
    """Up to MOST_PHRASES that more items match here than there, none of them part of another."""
    surplus = Counter(phrase for said in here for phrase in said)
    surplus.subtract(phrase for said in there for phrase in said)
    kept: list[str] = []
    for phrase in sorted(surplus, key=lambda phrase: (-surplus[phrase], len(phrase), phrase)):
        new = not any(phrase in other or other in phrase for other in kept)
        if surplus[phrase] > 0 and new and len(kept) < MOST_PHRASES:
            kept.append(phrase)
    return kept


def _group(
    matches: list[set[str]], phrases: list[str], n_popular: int, words: tuple[str, str]
) -> str:
    """Such as "3 popular films", or "4 others (1 popular, 2 that match “lonely”)"."""
    count = len(matches)
    n_matching = sum(not said.isdisjoint(phrases) for said in matches)
    said = " and ".join(f"“{phrase}”" for phrase in phrases)
    matching = f"that match{'es' if n_matching == 1 else ''} {said}"
    kind = "popular " if n_popular == count else ""
    tail = f" {matching}" if n_matching == count else ""
    asides = [f"{n_popular} popular"] if 0 < n_popular < count else []
    asides += [f"{n_matching} {matching}"] if 0 < n_matching < count else []
    aside = f" ({', '.join(asides)})" if asides else ""
    return f"{count} {kind}{words[count > 1]}{tail}{aside}"


def table(engine: Engine, results: Sequence[Recommendation]) -> pd.DataFrame:
    """All lists in one table to keep: ``strategy``, then as ``ranking_frame``."""
    frames = {
        result.strategy.name: ranking_frame(engine.workspace, result.shown) for result in results
    }
    return pd.concat(frames, names=["strategy", None]).reset_index("strategy")


def report(engine: Engine, results: Sequence[Recommendation]) -> dict[str, Any]:
    """All lists with what made them, as JSON would have it."""
    catalogue = engine.workspace.catalogue
    query = results[0].query
    return {
        "workspace": engine.workspace.name,
        "taste": query.text,
        "liked": catalogue.items["id"].loc[list(query.liked)].tolist(),
        "disliked": catalogue.items["id"].loc[list(query.disliked)].tolist(),
        "strategies": [
            {
                **vars(result.strategy),
                "weights": dict(result.weights),
                "ranking": json.loads(
                    ranking_frame(engine.workspace, result.shown).to_json(orient="records")
                ),
            }
            for result in results
        ],
    }
