"""The verdict: what one strategy's list trades against another's, in words."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from recsys.metrics.lists import popular
from recsys.ranking.engine import Engine, Recommendation
from recsys.signals import signals

MATCH_THRESHOLD = 1.0
"""How many standard deviations above the mean candidate a score is that counts as a match."""
FIT_THRESHOLD = 0.5
"""From this fit on an item has what was asked for."""
MAX_PHRASES = 2
"""So many phrases at most are named of a side."""

SAYINGS = {
    "behaviour": "liked by the same people",
    "content": "whose text sounds alike",
    "described": "that the words describe",
    "graph": "tied to the words by known facts",
    "lexical": "with the same words",
    "period": "of the right years",
    "popularity": "that many like",
    "stated": "that have what was said",
    "text_lift": "that are favourites of such people",
    "text_share": "liked by such people",
}
"""Signal -> what the items are that stand out in it; any other goes by its title."""


def verdict(engine: Engine, results: Sequence[Recommendation]) -> str:
    """What each other list trades against the first, in a line each.

    A match is what a signal's reason answers of the taste, on which the item stands out (see
    MATCH_THRESHOLD) in that signal, whatever it weighs; it is named where one side has more of it.
    """
    first, *others = results
    return "\n".join(_trade(engine, first, other) for other in others)


def summary(engine: Engine, results: Sequence[Recommendation]) -> str:
    """The verdict in one plain line: of two lists what is kept, dropped and brought; of more, how
    many of the first each other keeps."""
    first, *others = results
    if len(others) == 1:
        return plain(engine, first, others[0])
    kept = [len(first.shown.index.intersection(other.shown.index)) for other in others]
    told = [
        f"“{other.strategy.name}” keeps {count}" for other, count in zip(others, kept, strict=True)
    ]
    listed = f"{', '.join(told[:-1])} and {told[-1]}"
    return f"Of the {len(first.shown)} in “{first.strategy.name}”, {listed}."


def plain(engine: Engine, first: Recommendation, other: Recommendation) -> str:
    """What ``other`` keeps of the list of ``first``, drops and brings, and what most tells apart
    what it drops from what it brings: what was asked for, the most liked, or a signal."""
    gone = first.shown.index.difference(other.shown.index)
    came = other.shown.index.difference(first.shown.index)
    if not len(gone) and not len(came):
        return _reordered(engine, first, other)
    kept, size = len(first.shown) - len(gone), len(first.shown)
    name, base = f"“{other.strategy.name}”", f"“{first.strategy.name}”"
    before, after = _marks(engine, first, gone), _marks(engine, other, came)
    drops = f"drops {_counted(before, after)}"
    brings = f"brings {_counted(after, before)}"
    if not kept:
        return f"{name} shares nothing with {base}: {drops}; {brings}."
    return f"{name} keeps {kept} of {size} from {base}; {drops}; {brings}."


def _marks(engine: Engine, result: Recommendation, rows: pd.Index) -> pd.DataFrame:
    """(rows, marks) bool: which of the shown ``rows`` have what a person could call them by.

    What was asked for and the most liked come first; then the column "", which none has; then the
    signals, the weightiest first.
    """
    found: dict[str, pd.Series] = {}
    for phrase, fit in result.query.aspects:
        found[f"“{phrase}”"] = pd.Series(fit[rows] >= FIT_THRESHOLD, rows)
    head = popular(engine.workspace.interactions.popularity)
    found["among the most liked"] = pd.Series(head[rows], rows)
    found[""] = pd.Series(False, rows)
    floor = result.scores.mean() + MATCH_THRESHOLD * result.scores.std(ddof=0)
    for name in sorted(signals(), key=lambda name: -result.weights[name]):
        saying = SAYINGS.get(name, f"strong in “{signals()[name].TITLE}”")
        found[saying] = result.scores.loc[rows, name] >= floor[name]
    return pd.DataFrame(found, index=rows)


def _counted(here: pd.DataFrame, there: pd.DataFrame) -> str:
    """Such as "9 (7 with “slow-burn”)", or "9 whose text sounds alike": what they are called by
    is what more of them have than of the others.

    A signal is named only where half of them share nothing that a person could see.
    """
    count, surplus = len(here), here.sum() - there.sum()[here.columns]
    seen = surplus.loc[:""]
    mark = seen.idxmax() if 2 * seen.max() >= count else surplus.idxmax()
    if not count or surplus[mark] <= 0:
        return str(count) if count else "none"
    n_marked = int(here[mark].sum())
    said = f"with {mark}" if mark.startswith("“") else mark
    return f"{count} {said}" if n_marked == count else f"{count} ({n_marked} {said})"


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
