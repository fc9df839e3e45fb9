"""python -m recsys bench WHAT: how long things take here, and whether some items are everywhere.

A file here is a bench: it has ``HELP``, ``add(parser)``, which adds its options, and
``measure(options)``, which returns a Measurement. ``_served`` is a server of its own.
"""

import argparse

from recsys.cli import typed
from recsys.registry import plugins
from recsys.reports import bench

HELP = "measure how long things take on this machine, and hubs"


def add(parser: argparse.ArgumentParser) -> None:
    """Adds a subcommand for each bench."""
    benches = parser.add_subparsers(title="benches", required=True, metavar="WHAT")
    for name, module in plugins(__name__, ("HELP", "add", "measure")).items():
        command = benches.add_parser(typed(name), help=module.HELP)
        module.add(command)
        command.add_argument(
            "--record", action="store_true", help=f"keep the figures in {bench.FOLDER}"
        )
        command.set_defaults(bench=name.rstrip("_"), measure=module.measure)


def run(options: argparse.Namespace) -> None:
    """Measures, prints, and keeps the figures if asked."""
    found = options.measure(options)
    print(found.told)
    if options.record:
        print(f"Kept in {bench.record(options.bench, found)}.")
