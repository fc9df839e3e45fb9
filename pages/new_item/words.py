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


def by_chance(candidates: np.ndarray) -> float:
    """The share of people of whom an item taken at random would be among the first TOP, where the
    list of each has so many ``candidates`` (m,) beside it.

    >>> by_chance(np.array([19, 4]))
    0.75
    """
    return float(np.minimum(TOP / (candidates + 1), 1).mean())


def standing(ranks: np.ndarray, candidates: np.ndarray, n_candidates: int, who: str) -> str:
    """Where it stands in the lists of ``who``: ``ranks`` (m,) from 1, each among its ``candidates``
    (m,), of ``n_candidates`` at most."""
    first = float((ranks <= TOP).mean())
    share = f"{first:.1%}" if first else "nobody"
    return (
        f"For half of {who} it stands at place {np.median(ranks):,.0f} of {n_candidates + 1:,} or"
        f" better; for {share} it is among the first {TOP}, by chance it were for"
        f" {by_chance(candidates):.1%}."
    )


def assumed(found: Landing) -> str:
    """What was read from the text because it was not given, "" for nothing: what is likely or in
    its words first, then what was only guessed and counts nonetheless."""
    doubtful = set(_guessed(found.attributes)["name"])
    called = {"named": "the names"}
    parts = []
    for what, names in found.assumed.items():
        known = [name for name in names if name not in doubtful]
        perhaps = [name for name in names if name in doubtful]
        said = [listed(known)] if known else []
        said += [f"perhaps {listed(perhaps)}"] if perhaps else []
        if said:
            parts.append(f"{called.get(what, what)} {', '.join(said)}")
    return f"Not given, so read from the text: {'; '.join(parts)}." if parts else ""


def reads_as(attributes: pd.DataFrame) -> str:
    """What it is, a relation after the other: what is likely or in its own words, then perhaps."""
    said = attributes[(attributes["likely"] | attributes["named"]).to_numpy(bool)]
    if said.empty:
        return "Nothing is likely enough to be said"
    first = attributes["relation"].iloc[0]  # the category, which need not be named
    groups = said.groupby("relation", sort=False)["name"].agg(list).head(3)
    called = {relation: "" if relation == first else f"{relation}: " for relation in groups.index}
    words = [f"{called[relation]}{listed(names, 3)}" for relation, names in groups.items()]
    guessed = _guessed(attributes)
    perhaps = guessed["name"][guessed["relation"] == first]
    more = f"; perhaps {listed(list(perhaps), 3)}" if len(perhaps) else ""
    return f"It reads as {'; '.join(words)}{more}"


def _guessed(attributes: pd.DataFrame) -> pd.DataFrame:
    """What reaches the threshold of its relation and is not likely all the same."""
    likely = (attributes["likely"] | attributes["named"]).to_numpy(bool)
    return attributes[attributes["predicted"].to_numpy(bool) & ~likely]


def gap(found: Landing, about: Mapping[str, Any]) -> str:
    """Whether it fills a gap: how far its text is from all that is here."""
    nouns = about.get("nouns", "items")
    return (
        f"{verdict(found)}: no text here sounds more like its own than {found.max_similarity:.2f},"
        f" and {found.novelty_percentile:.0%} of the {nouns} have one that sounds more like theirs."
    )


def verdict(found: Landing) -> str:
    """The same in two or three words."""
    if found.novelty_percentile >= GAP_THRESHOLD:
        return "Fills a gap"
    if found.novelty_percentile <= CROWD_THRESHOLD:
        return "Lands in a crowd"
    return "No gap, no crowd"


def difference(value: float, low: float, high: float) -> str:
    """A difference with its interval.

    >>> difference(12.4, -3.0, 20.0), difference(-2.0, -4.5, -1.0)
    ('+12 [−3 to +20]', '−2 [−4.5 to −1]')
    """
    return f"{_signed(value)} [{_signed(low)} to {_signed(high)}]"


def is_clear(low: float, high: float) -> bool:
    """Whether the interval of a difference leaves 0 out."""
    return low > 0 or high < 0


def earns(frame: pd.DataFrame, who: str) -> list[str]:
    """Which sentence brings most likes, and which costs most, in a line each.

    ``frame``: as ``NewItems.sentences`` returns it.
    """
    lines = []
    best, worst = frame.loc[frame["likes"].idxmax()], frame.loc[frame["likes"].idxmin()]
    if best["likes"] > 0:
        lost = f", and {listed(best['gains'])} would not be likely" if best["gains"] else ""
        lines.append(
            f"“{best['sentence']}” earns most: {_of_likes(best)} {who} like it with it{lost}."
        )
    if worst["likes"] < 0:
        more = f", and {listed(worst['loses'])} would be likely" if worst["loses"] else ""
        lines.append(
            f"“{worst['sentence']}” costs most: {_of_likes(worst)} {who} like it with it{more}."
        )
    return lines or ["Every sentence does as well as the next."]


def _of_likes(line: pd.Series) -> str:
    close = "" if is_clear(line["low"], line["high"]) else ", which may be nothing,"
    return f"{difference(line['likes'], line['low'], line['high'])}{close}"


def _signed(value: float) -> str:
    sign = "−" if value < 0 else "+"
    said = number(abs(value))
    return said if said == "0" else f"{sign}{said}"
