"""The verdict: what one strategy's list trades against another's, in words."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from recsys.metrics.lists import popular
from recsys.ranking.engine import Engine, Recommendation

MATCH_THRESHOLD = 1.0
"""How many standard deviations above the mean candidate a score is that counts as a match."""
MAX_PHRASES = 2
"""So many phrases at most are named of a side."""


def verdict(engine: Engine, results: Sequence[Recommendation]) -> str:
    """What each other list trades against the first, in a line each.

    A match is what a signal's reason answers of the taste, on which the item stands out (see
    MATCH_THRESHOLD) in that signal, whatever it weighs; it is named where one side has more of it.
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
    floor = result.scores.mean() + MATCH_THRESHOLD * result.scores.std(ddof=0)
    scores = result.scores.loc[rows]
    found: list[set[str]] = []
    for row, place in zip(rows, result.shown.index.get_indexer(rows), strict=True):
        phrases: set[str] = set()
        for name, reasons in result.evidence.items():
            if scores.loc[row, name] >= floor[name]:
                phrases.update(reasons[place].phrases)
        found.append(phrases)
    return found


def _more(here: list[set[str]], there: list[set[str]]) -> list[str]:
    """Up to MAX_PHRASES that more items match here than there, none of them part of another."""
    surplus = Counter(phrase for said in here for phrase in said)
    surplus.subtract(phrase for said in there for phrase in said)
    kept: list[str] = []
    for phrase in sorted(surplus, key=lambda phrase: (-surplus[phrase], len(phrase), phrase)):
        new = not any(phrase in other or other in phrase for other in kept)
        if surplus[phrase] > 0 and new and len(kept) < MAX_PHRASES:
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
