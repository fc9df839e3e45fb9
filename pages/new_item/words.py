"""A landing in words: plain text, for the page to escape."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from recsys.new_item.landing import Landing

GAP_THRESHOLD = 0.8
"""From this share of the catalogue with a nearer neighbour on, it fills a gap."""

CROWD_THRESHOLD = 0.3
"""Up to this share of the catalogue with a nearer neighbour, it lands in a crowd."""

TOP = 10
"""Being among the first so many is worth saying."""

MOST_NAMED = 4
"""So many names stand in a sentence."""


def number(value: float) -> str:
    """A count that need not be whole, in two or three digits.

    >>> number(1234.5), number(61.3), number(8.0), number(0.84), number(-0.04)
    ('1,234', '61', '8', '0.8', '0')
    """
    value = round(value, 1) + 0.0  # no minus before a zero
    return f"{value:,.0f}" if abs(value) >= 10 or value % 1 == 0 else f"{value:.1f}"


def people(about: Mapping[str, Any]) -> str:
    """What those who like are called: in a simulated world they are called that."""
    return "simulated people" if about.get("simulated") else "people"


def listed(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """Names in a sentence.

    >>> listed(["War"]), listed(["War", "Drama"]), listed(list("abcdef"))
    ('War', 'War and Drama', 'a, b, c, d and 2 more')
    """
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def expected(found: Landing, about: Mapping[str, Any]) -> str:
    """How many would like it, and how sure that is."""
    likes = found.likes
    return (
        f"About {number(likes.expected)} of {likes.users:,} {people(about)} would like it;"
        f" the 80 % interval is {number(likes.low)} to {number(likes.high)}."
    )


def best_segment(found: Landing, about: Mapping[str, Any]) -> str:
    """Whom it suits most, "" where nobody is grouped."""
    if not len(found.segments):
        return ""
    best, noun = found.segments.iloc[0], about.get("noun", "item")
    share = f"{best['rate']:.0%}" if best["rate"] >= 0.01 else "under 1%"
    return (
        f"It suits “{best['name']}” most: {share} of {best['users']:,} would like it,"
        f" {best['lift']:.1f} times as many as like the average {noun}."
    )


def suits(found: Landing, about: Mapping[str, Any]) -> str:
    """The groups that it suits more than the average item does, the first three."""
    better = found.segments[found.segments["lift"] > 1]
    if better.empty:
        return f"It suits no group better than the average {about.get('noun', 'item')} does"
    return f"It suits {listed([f'“{name}”' for name in better['name'].head(3)])} best"


def standing(ranks: np.ndarray, n_candidates: int, who: str) -> str:
    """Where it stands in the lists of ``who``: ``ranks`` (m,) from 1 among ``n_candidates``."""
    first = float((ranks <= TOP).mean())
    share = f"{first:.1%}" if first else "nobody"
    return (
        f"For half of {who} it stands at place {np.median(ranks):,.0f} of {n_candidates + 1:,} or"
        f" better; for {share} it is among the first {TOP}."
    )


def assumed(found: Landing) -> str:
    """What was read from the text because it was not given, "" for nothing."""
    read = {what: names for what, names in found.assumed.items() if names}
    called = {"named": "the names"}
    said = [f"{called.get(what, what)} {listed(names)}" for what, names in read.items()]
    return f"Not given, so read from the text: {'; '.join(said)}." if said else ""


def reads_as(attributes: pd.DataFrame) -> str:
    """The attributes that are said, a relation after the other."""
    said = attributes[attributes["predicted"].to_numpy(bool)]
    if said.empty:
        return "Nothing is said for certain: these are the likeliest"
    first = attributes["relation"].iloc[0]  # the category, which need not be named
    groups = said.groupby("relation", sort=False)["name"].agg(list).head(3)
    called = {relation: "" if relation == first else f"{relation}: " for relation in groups.index}
    words = [f"{called[relation]}{listed(names, 3)}" for relation, names in groups.items()]
    return f"It reads as {'; '.join(words)}"


def gap(found: Landing, about: Mapping[str, Any], nearest: str) -> str:
    """Whether it fills a gap: ``nearest`` is the title of the item nearest to it."""
    noun, nouns = about.get("noun", "item"), about.get("nouns", "items")
    share = f"{found.novelty_percentile:.0%} of the {nouns} have a nearer neighbour than it has"
    near = f"The nearest {noun} is {nearest}, {found.max_similarity:.2f} alike in meaning"
    if found.novelty_percentile >= GAP_THRESHOLD:
        return f"It fills a gap. {near}; {share}."
    if found.novelty_percentile <= CROWD_THRESHOLD:
        return f"It lands among many like it. {near}; only {share}."
    return f"It stands neither apart nor in a crowd. {near}; {share}."


def earns(frame: pd.DataFrame, who: str) -> list[str]:
    """Which sentence brings most likes, and which costs most, in a line each.

    ``frame``: as ``NewItems.sentences`` returns it.
    """
    lines = []
    best, worst = frame.loc[frame["likes"].idxmax()], frame.loc[frame["likes"].idxmin()]
    if best["likes"] > 0:
        lost = f", and it would not be said to be {listed(best['gains'])}" if best["gains"] else ""
        lines.append(
            f"“{best['sentence']}” earns most: without it, {number(best['likes'])} fewer {who}"
            f" would like it{lost}."
        )
    if worst["likes"] < 0:
        more = f", and it would be said to be {listed(worst['loses'])}" if worst["loses"] else ""
        lines.append(
            f"“{worst['sentence']}” costs most: without it, {number(-worst['likes'])} more {who}"
            f" would like it{more}."
        )
    return lines or ["Every sentence does as well as the next."]
