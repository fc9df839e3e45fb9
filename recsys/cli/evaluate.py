"""python -m recsys evaluate PROTOCOL: how good the rankings are."""

import argparse
import json
import shlex
import sys
from pathlib import Path
from typing import Any

from recsys.cli import _common, typed
from recsys.evaluation.report import summary
from recsys.protocols import protocols
from recsys.reports.store import write

HELP = "measure how good the rankings are"

NOT_TOLD = {"json", "out", "progress", "protocol", "measure", "run"}
"""What a report does not say of its command: it makes no difference to the figures."""


def add(parser: argparse.ArgumentParser) -> None:
    """Adds a subcommand for each protocol."""
    commands = parser.add_subparsers(title="protocols", required=True, metavar="PROTOCOL")
    for name, module in protocols().items():
        command = commands.add_parser(typed(name), help=module.HELP)
        command.set_defaults(workspace="")
        if getattr(module, "WORKSPACE", True):
            _common.add_workspace(command)
        module.add(command)
        command.add_argument("--json", action="store_true", help="print one JSON object")
        command.add_argument("--out", type=Path, help="write the whole report to this file (JSON)")
        command.set_defaults(measure=module.run, protocol=typed(name))


def run(options: argparse.Namespace) -> None:
    """Measures, prints the figures, and writes the report where one is wanted."""
    engine = _common.open_engine(options.workspace) if options.workspace else None
    report = options.measure(engine, options)
    report |= {"command": _command(options)}
    for note in report["notes"]:
        print(f"note: {note}", file=sys.stderr)
    if options.out:
        write(report, options.out)
        print(f"The report is in {options.out}.", file=sys.stderr)
    if options.json:
        print(json.dumps(summary(report), indent=1, allow_nan=False))
    else:
        print(table(report))


def table(report: dict[str, Any]) -> str:
    """The main figures with their intervals, a line a strategy, the best first."""
    metrics = report["metrics"]
    width = max(len(line["name"]) for line in report["strategies"])
    heads = "".join(f"  {metric:20}" for metric in metrics)
    lines = [
        f"{report['protocol']} on {report['workspace']}: {report['n']:,} measured in"
        f" {report['seconds']:.0f} s, means with 95 % bootstrap intervals",
        " " * width + heads,
    ]
    best = sorted(report["strategies"], key=lambda line: -(line[metrics[0]]["mean"] or 0))
    for line in best:
        cells = "".join(f"  {_cell(line[metric])}" for metric in metrics)
        lines.append(f"{line['name']:{width}}{cells}")
    return "\n".join(line.rstrip() for line in lines)


def _cell(figure: dict[str, Any]) -> str:
    if figure["mean"] is None:
        return f"{'unknown':20}"
    return "{mean:.3f} [{low:.3f}, {high:.3f}]".format(**figure)


def _command(options: argparse.Namespace) -> str:
    """The command by which the report is made again, files by their names."""
    words = ["python", "-m", "recsys", "evaluate", options.protocol]
    for name, value in vars(options).items():  # in the order in which they were added
        if name in NOT_TOLD or not value:
            continue
        values = value if isinstance(value, list) else [value]
        words.append(f"--{typed(name)}")
        for one in values if value is not True else ():  # an option without a value is just said
            words.append(one.name if isinstance(one, Path) else str(one))
    return shlex.join(words)
