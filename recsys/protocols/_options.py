"""Options of the command line that several protocols have."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from recsys.errors import QueryError


def add_file(
    parser: argparse.ArgumentParser, name: str, about: str, required: bool = False
) -> None:
    """Adds an option that takes a file."""
    parser.add_argument(f"--{name}", type=Path, required=required, metavar="FILE", help=about)


def add_split(parser: argparse.ArgumentParser, required: bool = False) -> None:
    """Adds which items are new."""
    add_file(parser, "split", "CSV: movieId, part (warm, val or test)", required)
    parser.add_argument(
        "--part", default="test", help="which part is new, val or test (%(default)s)"
    )


def add_strategy(parser: argparse.ArgumentParser) -> None:
    """Adds which strategies are measured."""
    parser.add_argument(
        "--strategy",
        action="extend",
        nargs="+",
        default=[],
        metavar="NAME",
        help="measure only this one and the default; may be repeated (all)",
    )


def add_settings(parser: argparse.ArgumentParser) -> None:
    """Adds the option that ``settings_of`` reads."""
    parser.add_argument(
        "--set",
        action="extend",
        nargs="+",
        default=[],
        metavar="NAME=VALUE",
        help="a setting of the model; may be repeated",
    )


def settings_of(pairs: Sequence[str]) -> dict[str, str]:
    """What each of ``--set NAME=VALUE`` sets; raises QueryError for anything else."""
    settings = {}
    for pair in pairs:
        name, _, value = pair.partition("=")
        if not name or not value:
            raise QueryError(f"--set {pair!r} is not NAME=VALUE, such as epochs=10.")
        settings[name] = value
    return settings
