"""python -m recsys new-item and similar: their options, and what they print."""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from recsys.cli.evaluate import add_workspace, open_engine
from recsys.datatypes import NewItem
from recsys.errors import QueryError
from recsys.evaluation import files as benchfiles
from recsys.new_item.judge import NewItems
from recsys.new_item.landing import to_json


def add(commands: Any) -> None:
    """Adds both commands to the subparsers ``commands``."""
    command = _command(commands, "new-item", "see where an item described in words would land")
    command.add_argument("--text", required=True, help="what it is, in plain words")
    command.add_argument("--title", default="", help="what it is called")
    command.add_argument("--year", type=int, help="when it appears")
    command.add_argument(
        "--category", action="append", default=[], help="one that it has; may be repeated"
    )
    command.add_argument(
        "--fact",
        action="append",
        default=[],
        metavar="RELATION=NAME",
        help="what it is tied to, such as directed_by=Agnès Varda; may be repeated",
    )
    command.set_defaults(run=run_new_item)

    command = _command(commands, "similar", "how similar pairs of items are, as neighbours are")
    command.add_argument(
        "--pairs", type=Path, required=True, metavar="FILE", help="CSV: a, b (ids of items)"
    )
    command.set_defaults(run=run_similar)


def _command(commands: Any, name: str, about: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=about)
    add_workspace(command)
    command.add_argument("--json", action="store_true", help="print one JSON object")
    return command


def run_new_item(options: argparse.Namespace) -> None:
    facts: dict[str, tuple[str, ...]] = {}
    for pair in options.fact:
        relation, _, name = pair.partition("=")
        if not name:
            raise QueryError(f"--fact {pair!r} is not RELATION=NAME, such as has_theme=heist.")
        facts[relation] = (*facts.get(relation, ()), name)
    item = NewItem(options.text, options.title, options.year, tuple(options.category), facts)
    engine = open_engine(options.workspace)
    found = to_json(NewItems(engine).describe(item))
    print(json.dumps(found, ensure_ascii=False, indent=1) if options.json else _told(found))


def run_similar(options: argparse.Namespace) -> None:
    pairs = benchfiles.pairs(options.pairs)
    engine = open_engine(options.workspace)
    rows = [np.array(engine.workspace.catalogue.rows(pairs[side]), int) for side in ("a", "b")]
    similarity = NewItems(engine).similarity(*rows)
    table = pairs.assign(similarity=np.round(similarity.astype(float), 6))
    if options.json:
        print(json.dumps({"pairs": table.to_dict("records")}, ensure_ascii=False, indent=1))
    else:
        print(table.to_csv(index=False), end="")


def _told(found: dict[str, Any]) -> str:
    audience, rank = found["audience"], found["rank"]
    predicted = [
        f"  {line['attribute']}: {line['value']} ({line['probability']:.0%})"
        for line in found["attributes"]
        if line["predicted"]
    ]
    like = [
        f"  {line['similarity']:.2f}  {line['title']}  {line['shared']}"
        for line in found["neighbours"]
    ]
    people = [
        f"  {line['lift']:.1f} times the average item: {line['name']} ({line['users']:,} people)"
        for line in audience["segments"][:3]
    ]
    low, high = audience["low"], audience["high"]
    twins = [
        f"Almost the same as {line['title']} ({line['item']})." for line in found["duplicates"]
    ]
    return "\n".join(
        [
            "Predicted:",
            *(predicted or ["  nothing with confidence"]),
            "Like it:",
            *like,
            f"Likes to expect: {audience['expected_likes']:.1f} of {audience['users']:,} people"
            f" ({low:.0f} to {high:.0f}, four times in five), most of all from",
            *people,
            f"Place among {rank['among']:,}: {rank['median']:,.0f} for the middle user;"
            f" in the first 100 of {rank['top_100']:.1%}.",
            *twins,
        ]
    )
