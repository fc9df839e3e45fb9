"""python -m recsys recommend: a ranking for a taste in plain words."""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from recsys.cli import _common
from recsys.datatypes import SCALES, SIMILARITIES, Filters, Query, Strategy
from recsys.errors import QueryError
from recsys.fusion import fusions
from recsys.ranking.engine import STEPS, Engine, Recommendation
from recsys.ranking.explain import sentence
from recsys.signals import signals

HELP = "rank the catalogue for a taste in plain words"


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the command."""
    _common.add_workspace(parser)
    parser.add_argument("--text", required=True, help="what this person likes, in their own words")
    _common.add_repeated(parser, "like", "an item they like; may be repeated", "ID")
    _common.add_repeated(parser, "dislike", "an item they dislike; may be repeated", "ID")
    _common.add_repeated(parser, "seen", "an item not to show again; may be repeated", "ID")
    _add_strategy(parser)
    _common.add_repeated(
        parser, "category", "show only this category; may be repeated, any one is enough"
    )
    parser.add_argument("--year-from", type=int, help="show nothing older")
    parser.add_argument("--year-to", type=int, help="show nothing newer")
    parser.add_argument("-k", type=int, default=10, help="how many items to show (%(default)s)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _add_strategy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--fusion",
        default=Strategy.fusion,
        help=f"how signals become a score: {', '.join(fusions())} (%(default)s)",
    )
    say = f"say of a signal ({', '.join(signals())}); may be repeated"
    _common.add_repeated(parser, "weight", say, "SIGNAL=NUMBER")
    parser.add_argument(
        "--diversity",
        type=float,
        default=0.0,
        help="from 0, the best scores, to 0.95, anything but the same again (%(default)s)",
    )
    parser.add_argument(
        "--similarity",
        choices=SIMILARITIES,
        default=SIMILARITIES[0],
        help="how nearness of meaning is measured (%(default)s)",
    )
    parser.add_argument(
        "--scale",
        choices=SCALES,
        default=SCALES[0],
        help="how signals are put on one scale before they are added up (%(default)s)",
    )


def run(options: argparse.Namespace) -> None:
    """Ranks and prints: one JSON object, or two lines an item."""
    engine = _common.open_engine(options.workspace)
    catalogue = engine.workspace.catalogue
    query = Query(
        text=options.text,
        liked=catalogue.rows(options.like),
        disliked=catalogue.rows(options.dislike),
        filters=Filters(tuple(options.category), options.year_from, options.year_to),
        k=options.k,
        seen=catalogue.rows(options.seen),
    )
    weights = _weights(options.weight)
    said = options.diversity, options.similarity, options.scale
    strategy = Strategy("", options.fusion, weights, *said)
    result = engine.recommend(query, strategy)
    for notice in result.notices:
        print(f"note: {notice}", file=sys.stderr)
    if options.json:
        print(json.dumps(_as_json(engine, result, options), ensure_ascii=False, indent=1))
        return
    for position, (row, line) in enumerate(result.shown.iterrows()):
        item = catalogue.items.loc[row]
        print(f"{line['rank']:3.0f}  {line['score']:6.3f}  {item['title']} ({item['year']})")
        print(f"             {sentence(result, position)}")


def _weights(pairs: Sequence[str]) -> dict[str, float]:
    weights = {}
    for pair in pairs:
        name, _, value = pair.partition("=")
        try:
            weights[name] = float(value)
        except ValueError:
            raise QueryError(
                f"--weight {pair!r} is not SIGNAL=NUMBER, such as content=0.7."
            ) from None
    return weights


def _as_json(engine: Engine, result: Recommendation, options: argparse.Namespace) -> dict[str, Any]:
    items = engine.workspace.catalogue.items
    contributions = result.shown.drop(columns=["rank", "score"]).to_dict("index")
    lines = []
    for row, line in result.shown.iterrows():
        lines.append(
            {
                "rank": int(line["rank"]),
                "item": items.at[row, "id"],
                "title": items.at[row, "title"],
                "score": float(line["score"]),
                "contributions": contributions[row],
            }
        )
    return {
        "workspace": options.workspace,
        "fusion": result.strategy.fusion,
        "query": {
            "text": result.query.text,
            "liked": options.like,
            "disliked": options.dislike,
            "weights": dict(result.weights),
            "k": result.query.k,
        },
        "items": lines,
        "encoder": _common.encoder_as_json(engine.encoder),
        "took_ms": {step: round(result.took_ms[step], 3) for step in STEPS},
    }
