"""The command line: python -m recsys COMMAND --help."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from tqdm import tqdm

from recsys.building.build import build, is_current
from recsys.cli import bench
from recsys.cli import evaluate as evaluate_command
from recsys.cli import new_item as new_item_command
from recsys.cli.evaluate import add_workspace, open_engine
from recsys.datasets import demo, sources
from recsys.datatypes import SIMILARITIES, Filters, Query, Strategy
from recsys.encoders.sentence import DEFAULT_MODEL, Encoder
from recsys.errors import QueryError, ThawError
from recsys.fusion import fusions
from recsys.ranking.engine import STEPS, Engine, Recommendation
from recsys.ranking.explain import sentence
from recsys.signals import signals
from recsys.store.workspace import Workspace
from recsys.tables import Tables


class Bar:
    """A Progress that draws a bar on standard error, one for each kind of work."""

    def __init__(self) -> None:
        self._bars: dict[str, tqdm] = {}

    def __call__(self, done: int, total: int, what: str) -> None:
        if what not in self._bars:
            self._bars[what] = tqdm(total=total, desc=what, file=sys.stderr)
        bar = self._bars[what]
        bar.update(done - bar.n)
        if done >= total:
            self._bars.pop(what).close()

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *why: object) -> None:
        for bar in self._bars.values():  # what was broken off keeps a line of its own
            bar.close()


def run_build(options: argparse.Namespace) -> None:
    for name in [options.workspace] if options.workspace else demo.worlds():
        _build(name, demo.load(name), options)


def run_import(options: argparse.Namespace) -> None:
    given = {name: getattr(options, name) for name in options.source.OPTIONS}
    tables = options.source.load(**given, progress=options.progress)
    for note in tables.notes:
        print(note)
    for reason, count in tables.rejected["reason"].value_counts().items():
        print(f"{count:,} rejected: {reason}")
    _build(options.workspace, tables, options)
    if len(tables.rejected):
        print(f"What was rejected is listed in {Workspace.open(options.workspace).rejected}")


def _build(name: str, tables: Tables, options: argparse.Namespace) -> None:
    if not options.force and is_current(name, tables, options.encoder):
        print(f"The workspace {name} is up to date.")
        return
    workspace = build(name, tables, Encoder(options.encoder), options.progress)
    print(f"The workspace {name} is built: {len(workspace.catalogue):,} items.")


def run_recommend(options: argparse.Namespace) -> None:
    engine = open_engine(options.workspace)
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
    strategy = Strategy("", options.fusion, weights, options.diversity, options.similarity)
    result = engine.recommend(query, strategy)
    for notice in result.notices:
        print(f"note: {notice}", file=sys.stderr)
    if options.json:
        print(json.dumps(_as_json(engine, result, options), ensure_ascii=False, indent=1))
        return
    for place, (row, line) in enumerate(result.shown.iterrows()):
        item = catalogue.items.loc[row]
        print(f"{line['rank']:3.0f}  {line['score']:6.3f}  {item['title']} ({item['year']})")
        print(f"             {sentence(result, place)}")


def run_bench(options: argparse.Namespace) -> None:
    engine = open_engine(options.workspace)
    print(bench.report(bench.recommend(engine, options.rounds, options.progress), engine))


def run_bench_import(options: argparse.Namespace) -> None:
    print(bench.import_table(options.items, options.interactions, options.progress))


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
        "items": [
            {
                "rank": int(line["rank"]),
                "item": items.at[row, "id"],
                "title": items.at[row, "title"],
                "score": float(line["score"]),
                "contributions": contributions[row],
            }
            for row, line in result.shown.iterrows()
        ],
        "took_ms": {step: round(result.took_ms[step], 3) for step in STEPS},
    }


def parser() -> argparse.ArgumentParser:
    """The whole command line; every option has a help text."""
    top = argparse.ArgumentParser(
        "python -m recsys", description="Recommendation from plain words."
    )
    commands = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    command = commands.add_parser("build", help="build the bundled workspaces")
    command.add_argument("--workspace", help=f"just this one: {', '.join(demo.worlds())}")
    _builder(command)
    command.set_defaults(run=run_build)

    command = commands.add_parser("import", help="build a workspace from data of your own")
    imports = command.add_subparsers(title="sources", required=True, metavar="SOURCE")
    for name, source in sources().items():
        command = imports.add_parser(name, help=source.HELP)
        for option, settings in source.OPTIONS.items():
            command.add_argument(f"--{option}", **settings)
        command.add_argument("--workspace", default=name, help="its name (%(default)s)")
        _builder(command)
        command.set_defaults(run=run_import, source=source)

    command = commands.add_parser("recommend", help="rank the catalogue for a taste in plain words")
    add_workspace(command)
    command.add_argument("--text", required=True, help="what this person likes, in their own words")
    command.add_argument(
        "--like",
        action="append",
        default=[],
        metavar="ID",
        help="an item they like; may be repeated",
    )
    command.add_argument(
        "--dislike",
        action="append",
        default=[],
        metavar="ID",
        help="an item they dislike; may be repeated",
    )
    command.add_argument(
        "--seen",
        action="append",
        default=[],
        metavar="ID",
        help="an item not to show again; may be repeated",
    )
    command.add_argument(
        "--fusion",
        default=Strategy.fusion,
        help=f"how signals become a score: {', '.join(fusions())} (%(default)s)",
    )
    command.add_argument(
        "--weight",
        action="append",
        default=[],
        metavar="SIGNAL=NUMBER",
        help=f"say of a signal ({', '.join(signals())}); may be repeated",
    )
    command.add_argument(
        "--category",
        action="append",
        default=[],
        help="show only this category; may be repeated, any one is enough",
    )
    command.add_argument("--year-from", type=int, help="show nothing older")
    command.add_argument("--year-to", type=int, help="show nothing newer")
    command.add_argument(
        "--diversity",
        type=float,
        default=0.0,
        help="from 0, the best scores, to 0.95, anything but the same again (%(default)s)",
    )
    command.add_argument(
        "--similarity",
        choices=SIMILARITIES,
        default=SIMILARITIES[0],
        help="how nearness of meaning is measured (%(default)s)",
    )
    command.add_argument("-k", type=int, default=10, help="how many items to show (%(default)s)")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.set_defaults(run=run_recommend)

    new_item_command.add(commands)

    command = commands.add_parser("evaluate", help="measure how good the rankings are")
    protocols = command.add_subparsers(title="protocols", required=True, metavar="PROTOCOL")
    evaluate_command.add(protocols)

    command = commands.add_parser("bench", help="measure how long things take on this machine")
    benches = command.add_subparsers(title="benches", required=True, metavar="WHAT")
    command = benches.add_parser(
        "recommend", help="a recommendation, step by step, the model loaded"
    )
    add_workspace(command)
    command.add_argument(
        "--rounds", type=int, default=200, help="how many recommendations to time (%(default)s)"
    )
    command.set_defaults(run=run_bench)
    command = benches.add_parser("import", help="a generated table, everything but the embedding")
    command.add_argument("--items", type=int, default=100_000, help="how many (%(default)s)")
    command.add_argument(
        "--interactions", type=int, default=1_000_000, help="how many (%(default)s)"
    )
    command.set_defaults(run=run_bench_import)
    return top


def _builder(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--encoder",
        default=DEFAULT_MODEL,
        help="sentence-transformers model: a name or a folder (%(default)s)",
    )
    command.add_argument("--force", action="store_true", help="build even if nothing has changed")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit status, 2 with one line on standard error for an error."""
    options = parser().parse_args(arguments)
    try:
        with Bar() as options.progress:
            options.run(options)
    except ThawError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
