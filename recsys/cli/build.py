"""python -m recsys build: the bundled workspaces."""

import argparse

from recsys.cli import _common
from recsys.datasets import demo

HELP = "build the bundled workspaces"


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the command."""
    parser.add_argument("--workspace", help=f"just this one: {', '.join(demo.worlds())}")
    _common.add_encoder(parser)


def run(options: argparse.Namespace) -> None:
    """Builds what is not up to date."""
    for name in [options.workspace] if options.workspace else demo.worlds():
        _common.build_workspace(name, demo.load(name), options)
