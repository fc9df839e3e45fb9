"""python -m recsys import SOURCE: a workspace from a person's own data."""

import argparse

from recsys.cli import _common
from recsys.datasets import sources
from recsys.store.workspace import Workspace

HELP = "build a workspace from data of your own"


def add(parser: argparse.ArgumentParser) -> None:
    """Adds a subcommand for each source."""
    commands = parser.add_subparsers(title="sources", required=True, metavar="SOURCE")
    for name, source in sources().items():
        command = commands.add_parser(name, help=source.HELP)
        for option, settings in source.OPTIONS.items():
            command.add_argument(f"--{option}", **settings)
        command.add_argument("--workspace", default=name, help="its name (%(default)s)")
        _common.add_encoder(command)
        command.set_defaults(source=source)


def run(options: argparse.Namespace) -> None:
    """Reads the source, says what was guessed and rejected, and builds."""
    given = {name: getattr(options, name) for name in map(_name, options.source.OPTIONS)}
    tables = options.source.load(**given, progress=options.progress)
    for note in tables.notes:
        print(note)
    for reason, count in tables.rejected["reason"].value_counts().items():
        print(f"{count:,} rejected: {reason}")
    _common.build_workspace(options.workspace, tables, options)
    if len(tables.rejected):
        print(f"What was rejected is listed in {Workspace.open(options.workspace).rejected}")


def _name(option: str) -> str:
    """What argparse, and the source, call an option."""
    return option.replace("-", "_")
