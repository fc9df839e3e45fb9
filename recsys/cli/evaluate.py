"""python -m recsys evaluate PROTOCOL: its options, and what it prints."""

import argparse
import json
import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from recsys import protocols as evaluate
from recsys.datatypes import Progress
from recsys.encoders.sentence import Encoder, TextEncoder
from recsys.errors import QueryError
from recsys.models.new_item import likes as item_likes
from recsys.ranking.engine import Engine
from recsys.store.workspace import Workspace, names

FLAGS = (
    "workspace", "profiles", "ratings", "exclude", "split", "part", "folds", "likes", "strategy",
)  # fmt: skip
"""What a report says of its command, in this order."""


def add(protocols: Any) -> None:
    """Adds a subcommand for each protocol to the subparsers ``protocols``."""
    profiles = "a JSON object a line: userId, profile"
    command = _command(
        protocols, "new-user", "rank everything for what a new user types", _new_user
    )
    _file(command, "profiles", profiles, required=True)
    _file(command, "ratings", "CSV: userId, movieId, part (seen or hidden)", required=True)
    _file(command, "exclude", "CSV: userId, of whom nothing is learned either")
    command.add_argument(
        "--likes",
        default="",
        metavar="N,N",
        help="tell the default strategy so many likes, with the text and without: 0,1,3,5,10",
    )

    command = _command(protocols, "new-item", "rank new items for those who like one", _new_item)
    _split(command)
    command.add_argument(
        "--folds", type=int, default=0, help="instead of a split, so many random ones in turn"
    )

    command = _command(
        protocols,
        "landing",
        "compare what is foretold of new items with what came true",
        _landing,
        compares=False,
    )
    _split(command, required=True)

    command = _command(protocols, "dialogues", "rank everything for what people say", _dialogues)
    said = "a JSON object a line: id, text, liked, disliked, relevant"
    _file(command, "profiles", said, required=True)
    _file(command, "exclude", "CSV: userId, of whom nothing is learned")

    _command(protocols, "warm", "leave out everybody's last like and look for it", _warm)
    _command(protocols, "personas", "each persona's judged items, ranked by its taste", _personas)


def _command(
    protocols: Any,
    name: str,
    about: str,
    measure: Callable[..., dict[str, Any]],
    compares: bool = True,
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = protocols.add_parser(name, help=about)
    add_workspace(command)
    if compares:
        command.add_argument(
            "--strategy",
            action="extend",
            nargs="+",
            default=[],
            metavar="NAME",
            help="measure only this one and the default; may be repeated (all)",
        )
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.add_argument("--out", type=Path, help="write the whole report to this file (JSON)")
    command.set_defaults(run=run, measure=measure, protocol=name)
    return command


def _file(command: argparse.ArgumentParser, name: str, about: str, required: bool = False) -> None:
    command.add_argument(f"--{name}", type=Path, required=required, metavar="FILE", help=about)


def _split(command: argparse.ArgumentParser, required: bool = False) -> None:
    _file(command, "split", "CSV: movieId, part (warm, val or test)", required)
    command.add_argument(
        "--part", default="test", help="which part is new, val or test (%(default)s)"
    )


def run(options: argparse.Namespace) -> None:
    """Measures, prints the figures, and writes the report where one is wanted."""
    report = options.measure(open_engine(options.workspace), options) | {"command": _typed(options)}
    for note in report["notes"]:
        print(f"note: {note}", file=sys.stderr)
    if options.out:
        evaluate.write(report, options.out)
        print(f"The report is in {options.out}.", file=sys.stderr)
    if options.json:
        print(json.dumps(evaluate.summary(report), indent=1, allow_nan=False))
    else:
        print(table(report))


def table(report: dict[str, Any]) -> str:
    """The main figures with their intervals, a line a strategy, the best first."""
    metrics = report["metrics"]
    width = max(len(line["name"]) for line in report["strategies"])
    lines = [
        f"{report['protocol']} on {report['workspace']}: {report['n']:,} measured in"
        f" {report['seconds']:.0f} s, means with 95 % bootstrap intervals",
        " " * width + "".join(f"  {metric:20}" for metric in metrics),
    ]
    best = sorted(report["strategies"], key=lambda line: -(line[metrics[0]]["mean"] or 0))
    for line in best:
        lines.append(f"{line['name']:{width}}" + "".join(f"  {_cell(line[m])}" for m in metrics))
    return "\n".join(line.rstrip() for line in lines)


def _cell(figure: dict[str, Any]) -> str:
    if figure["mean"] is None:
        return f"{'unknown':20}"
    return "{mean:.3f} [{low:.3f}, {high:.3f}]".format(**figure)


def _new_user(engine: Engine, options: argparse.Namespace) -> dict[str, Any]:
    return evaluate.new_user(
        engine,
        options.profiles,
        options.ratings,
        options.exclude,
        _numbers(options.likes),
        options.strategy,
        options.progress,
    )


def _new_item(engine: Engine, options: argparse.Namespace) -> dict[str, Any]:
    return evaluate.new_item(
        engine,
        options.split,
        options.part,
        options.folds,
        trainers={"default": _who_likes},
        strategies=options.strategy,
        progress=options.progress,
    )


def _who_likes(workspace: Workspace, encoder: TextEncoder, progress: Progress) -> evaluate.Scorer:
    model = item_likes.train(workspace, progress)
    return lambda rows: model.scores(model.of_rows(rows))


def _landing(engine: Engine, options: argparse.Namespace) -> dict[str, Any]:
    return evaluate.landing(engine, options.split, options.part, options.progress)


def _dialogues(engine: Engine, options: argparse.Namespace) -> dict[str, Any]:
    return evaluate.dialogues(
        engine, options.profiles, options.exclude, options.strategy, options.progress
    )


def _warm(engine: Engine, options: argparse.Namespace) -> dict[str, Any]:
    return evaluate.warm(engine, options.strategy, options.progress)


def _personas(engine: Engine, options: argparse.Namespace) -> dict[str, Any]:
    return evaluate.personas(engine, options.progress, options.strategy)


def _numbers(said: str) -> Sequence[int]:
    try:
        return [int(part) for part in said.split(",") if part.strip()]
    except ValueError:
        raise QueryError(f"--likes {said!r} is not numbers such as 0,1,3,5,10.") from None


def add_workspace(command: argparse.ArgumentParser) -> None:
    """Adds the option that names what ``open_engine`` opens."""
    command.add_argument(
        "--workspace",
        default="demo",
        help=f"its name (%(default)s); built: {', '.join(names()) or 'none yet'}",
    )


def open_engine(name: str) -> Engine:
    """The engine of a workspace, ready to answer; what a person should see is said."""
    workspace = Workspace.open(name)
    for notice in workspace.notices:
        print(f"note: {notice}", file=sys.stderr)
    return Engine(workspace, Encoder(workspace.manifest.encoder).warm_up())


def _typed(options: argparse.Namespace) -> str:
    words = ["python", "-m", "recsys", "evaluate", options.protocol]
    for name in FLAGS:
        value = getattr(options, name, None)
        if value:
            values = value if isinstance(value, list) else [value]
            words += [f"--{name}", *(getattr(one, "name", str(one)) for one in values)]
    return shlex.join(words)
