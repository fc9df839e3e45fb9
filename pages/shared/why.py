"""Why an item stands where it stands: everything behind its one sentence, for the row opened."""

from typing import Any

import pandas as pd

from pages.shared.rows import BEST, points_of
from recsys.charts.contributions import score_parts
from recsys.ranking.engine import Engine, Recommendation
from recsys.ranking.explain import clause_matches, nearest_liked, parts, paths, reasons
from recsys.signals import signals

MOST_CLAUSES = 4
"""So many parts of the taste are named, the nearest."""


def explanation(engine: Engine, result: Recommendation, id_: str | None) -> dict[str, Any] | None:
    """What opens under the row of the item ``id_``, None where that is not shown.

    The parts, each with the place it gives the item and what it adds; they add up to the score.
    """
    items = result.workspace.catalogue.items.loc[result.shown.index]
    rows = items.index[items["id"] == id_].tolist()
    if not rows:
        return None
    row = int(rows[0])
    place = result.shown.index.get_loc(row)
    table, points = parts(result, row), points_of(result)
    nouns = result.workspace.catalogue.about.get("nouns", "items")
    silent = table["place"].isna() & (table["contribution"] == 0)
    whole = table["contribution"].sum() * points
    return {
        "id": id_,
        "text": items.loc[row, "text"],
        "among": f"Place among {len(result.ranking):,} {nouns}",
        "parts": _lines(table[~silent], points),
        "sum": f"The parts add up to {whole:.1f}, where the first of this list has {BEST}. A place"
        " is by that part alone.",
        "silent": _silent([str(name) for name in table.index[silent]]),
        "lines": _matched(engine, result, row, place),
    }


def _lines(table: pd.DataFrame, points: float) -> list[dict[str, str]]:
    looks = score_parts()
    return [
        {
            "title": looks[str(name)].title,
            "css": looks[str(name)].css,
            "place": "–" if pd.isna(line["place"]) else f"{line['place']:,.0f}",
            "adds": f"{line['contribution'] * points:+.1f}",
        }
        for name, line in table.iterrows()
    ]


def _silent(names: list[str]) -> str:
    """Which signals say nothing of the item; "" where all do."""
    looks = score_parts()
    told = ", ".join(looks[name].title for name in names if name in signals())
    return f"No opinion: {told}." if told else ""


def _matched(engine: Engine, result: Recommendation, row: int, place: int) -> list[str]:
    """What was matched, a line each: all reasons, then the parts of the text, facts and likes."""
    lines = [reason for _, reason in reasons(result, place)]
    if near := _nearness(engine, result, row):
        lines.append(f"Nearness to each part (cosine): {near}")
    if known := paths(engine, result, row):
        lines.append(f"Known facts: {'; '.join(known)}")
    if liked := nearest_liked(engine, result, row):
        named = " · ".join(f"{title} {cosine:.2f}" for title, cosine in liked)
        lines.append(f"Nearest of the likes (cosine): {named}")
    return lines


def _nearness(engine: Engine, result: Recommendation, row: int) -> str:
    """The parts of the taste nearest to ``row``, + for what is wanted, - for what is not; "" where
    the text has none with a meaning of its own, such as "I have seen Heat"."""
    signs = {True: "+", False: "−"}
    nearest = clause_matches(engine, result, row).head(MOST_CLAUSES)
    said = [
        f"“{match.clause}” ({signs[match.wanted]}) {match.cosine:.2f}"
        for match in nearest.itertuples()
    ]
    return " · ".join(said)
