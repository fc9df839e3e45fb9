"""python -m recsys new-item: where an item described in words would land."""

import argparse
import json
from collections.abc import Sequence
from typing import Any

from recsys.cli import _common
from recsys.datatypes import NewItem
from recsys.errors import QueryError
from recsys.new_item.judge import NewItems
from recsys.new_item.landing import to_json

HELP = "see where an item described in words would land"


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the command."""
    _common.add_workspace(parser)
    parser.add_argument("--text", required=True, help="what it is, in plain words")
    parser.add_argument("--title", default="", help="what it is called")
    parser.add_argument("--year", type=int, help="when it appears")
    _common.add_repeated(parser, "category", "one that it has; may be repeated")
    tied = "what it is tied to, such as directed_by=Agnès Varda; may be repeated"
    _common.add_repeated(parser, "fact", tied, "RELATION=NAME")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> None:
    """Judges the item and prints: one JSON object, or lines."""
    facts = _facts(options.fact)
    item = NewItem(options.text, options.title, options.year, tuple(options.category), facts)
    engine = _common.open_engine(options.workspace)
    encoder = _common.encoder_as_json(engine.encoder)
    found = to_json(NewItems(engine).describe(item)) | {"encoder": encoder}
    print(json.dumps(found, ensure_ascii=False, indent=1) if options.json else _lines(found))


def _facts(pairs: Sequence[str]) -> dict[str, tuple[str, ...]]:
    facts: dict[str, tuple[str, ...]] = {}
    for pair in pairs:
        relation, _, name = pair.partition("=")
        if not name:
            raise QueryError(f"--fact {pair!r} is not RELATION=NAME, such as has_theme=heist.")
        facts[relation] = (*facts.get(relation, ()), name)
    return facts


def _lines(found: dict[str, Any]) -> str:
    """The answer for people."""
    audience, rank = found["audience"], found["rank"]
    low, high = audience["low"], audience["high"]
    lines = ["Predicted:"]
    predicted = [line for line in found["attributes"] if line["predicted"]]
    for line in predicted:
        lines.append(f"  {line['attribute']}: {line['value']} ({line['probability']:.0%})")
    if not predicted:
        lines.append("  nothing with confidence")
    lines.append("Like it:")
    for line in found["neighbours"]:
        lines.append(f"  {line['similarity']:.2f}  {line['title']}  {line['shared']}")
    lines.append(
        f"Likes to expect: {audience['expected_likes']:.1f} of {audience['users']:,} people"
        f" ({low:.0f} to {high:.0f}, four times in five), most of all from"
    )
    for line in audience["segments"][:3]:
        times = f"{line['lift']:.1f} times the average item"
        lines.append(f"  {times}: {line['name']} ({line['users']:,} people)")
    lines.append(
        f"Place among {rank['among']:,}: {rank['median']:,.0f} for the middle user;"
        f" in the first 100 of {rank['top_100']:.1%}."
    )
    for line in found["duplicates"]:
        lines.append(f"Almost the same as {line['title']} ({line['item']}).")
    return "\n".join(lines)
