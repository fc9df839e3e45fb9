"""python -m recsys bench WHAT: how long things take here, and whether some items are everywhere.

A file here is a bench: it has ``HELP``, ``add(parser)``, which adds its options, and
``measure(options)``, which returns what is to be printed. ``_served`` is a server of its own.
"""

import argparse

from recsys.cli import typed
from recsys.registry import plugins

HELP = "measure how long things take on this machine, and hubs"


def add(parser: argparse.ArgumentParser) -> None:
    """Adds a subcommand for each bench."""
    benches = parser.add_subparsers(title="benches", required=True, metavar="WHAT")
    for name, module in plugins(__name__, ("HELP", "add", "measure")).items():
        command = benches.add_parser(typed(name), help=module.HELP)
        module.add(command)
        command.set_defaults(measure=module.measure)


def run(options: argparse.Namespace) -> None:
    """Measures and prints."""
    print(options.measure(options))
