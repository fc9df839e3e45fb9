"""From a Recommendation to what the list of results draws: plain numbers and texts."""

from collections.abc import Iterable
from typing import Any

import pandas as pd

from pages.shared.moves import Moves
from pages.shared.text import facts
from recsys.charts.contributions import score_parts
from recsys.ranking.engine import Recommendation
from recsys.ranking.explain import by_source, reasons
from recsys.ranking.parts import part_modules

BEST = 100
"""The score of the first of a list; the others are to be compared with it."""

CLOSE = 0.5
"""From this fit on an item is close to what was turned down."""

MOST_REASONS = 2
"""So many reasons stand in a row, the strongest; all of them open under it."""

THINNEST = 0.4
"""Per cent of the bar's width: a part that is thinner is not drawn."""


def list_rows(result: Recommendation, moves: Moves) -> list[dict[str, Any]]:
    """One row an item shown, best first; the widths of its parts are per cent of the bar."""
    shown = result.shown
    items = result.workspace.catalogue.items.loc[shown.index]
    drawn = bars(shown[_by_size(result)], points_of(result))
    scores = (shown["score"] * points_of(result)).round().astype(int)
    return [
        {
            "id": item.id,
            "rank": place + 1,
            "title": item.title,
            "facts": facts(item),
            "score": int(scores.iloc[place]),
            **drawn[place],
            "reason": _reason(result, place),
            "near": [
                f"close to ‘{text}’, which you turned down" for text in close_to(result, item.Index)
            ],
            "badge": badge(moves, item.Index),
        }
        for place, item in enumerate(items.itertuples())
    ]


def title_rows(result: Recommendation, both: Iterable[int] = ()) -> list[dict[str, Any]]:
    """One row an item shown, with its title only; those in ``both``, rows of items, stand out."""
    items = result.workspace.catalogue.items["title"]
    ids = result.workspace.catalogue.items["id"]
    scores = (result.shown["score"] * points_of(result)).round().astype(int)
    shared = set(both)
    return [
        {
            "id": ids[row],
            "rank": place + 1,
            "title": items[row],
            "score": int(scores.iloc[place]),
            "both": row in shared,
        }
        for place, row in enumerate(result.shown.index)
    ]


def points_of(result: Recommendation) -> float:
    """How many points one unit of the score is, where the best of the list has BEST."""
    best = float(result.shown["score"].max())
    return BEST / best if best > 0 else BEST / max(abs(best), 1.0)


def bars(contributions: pd.DataFrame, points: float) -> list[dict[str, Any]]:
    """(n,) of each row: where its parts begin and end on the bar, and where zero is, in per cent.

    What lifts the item stands to the right of zero, what lowers it to the left. ``points`` is what
    one unit is worth.
    """
    low = float(contributions.clip(upper=0).sum(axis=1).min())
    high = float(contributions.clip(lower=0).sum(axis=1).max())
    across = 100 / max(high - low, 1e-9)
    zero, looks = -low * across, score_parts()
    found = []
    for _, line in contributions.iterrows():
        right, left, parts = zero, zero, []
        for name, value in line.items():
            width = abs(float(value)) * across
            if width != width or width < THINNEST:
                continue
            left -= width * (value < 0)
            start = right if value > 0 else left
            right += width * (value > 0)
            part = looks[str(name)]
            parts.append(
                {
                    "title": part.title,
                    "points": f"{value * points:+.0f}",
                    "css": part.css,
                    "left": round(start, 2),
                    "width": round(width, 2),
                }
            )
        found.append({"zero": round(zero, 2), "parts": parts})
    return found


def legend(result: Recommendation) -> list[dict[str, str]]:
    """The parts that the bars show, the greatest first."""
    looks, modules = score_parts(), part_modules()
    return [
        {"title": looks[name].title, "term": modules[name].TERM, "css": looks[name].css}
        for name in _by_size(result)
    ]


def share_line(result: Recommendation) -> str:
    """How much of the scores is what was asked, and how much what people like."""
    shares = by_source(result)
    told = {"words": "what you asked", "people": "what people like"}
    said = " · ".join(f"{shares[source]:.0%} {what}" for source, what in told.items())
    return f"{said} · score: the first has {BEST}; not to be compared between tastes"


def close_to(result: Recommendation, row: int) -> list[str]:
    """The texts of the parts that are turned down and that the item of ``row`` fits."""
    turned = [part for part in result.understanding.parts if part.state == "not"]
    near = [part for part in turned if part.fit is not None and part.fit[row] >= CLOSE]
    return list(dict.fromkeys(part.intent.text for part in near))


def badge(moves: Moves, row: int) -> dict[str, str]:
    """How the item of ``row`` moved: a text, and its kind."""
    places = moves.places.get(row, 0)
    if row in moves.places and places is None:
        return {"text": "new", "kind": "new"}
    if not places:
        return {"text": "", "kind": ""}
    up = places > 0
    return {"text": f"{'▲' if up else '▼'}{abs(places)}", "kind": "up" if up else "down"}


def _by_size(result: Recommendation) -> list[str]:
    """The parts that are worth drawing in this list, the greatest first."""
    sizes = result.shown.drop(columns=["rank", "score"]).abs().sum()
    drawn = sizes[sizes > THINNEST / 100 * sizes.sum()]
    return [str(name) for name in drawn.sort_values(ascending=False, kind="stable").index]


def _reason(result: Recommendation, place: int) -> str:
    told = [reason for _, reason in reasons(result, place)]
    return "; ".join(told[:MOST_REASONS]) or "nothing speaks for it; it fills the list"
