"""Options of the command line that several protocols have."""

import argparse
from pathlib import Path


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
