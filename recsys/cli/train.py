"""python -m recsys train MODEL: a model that no build trains."""

import argparse
import sys
from time import perf_counter, process_time

from recsys.building.on_request import train_on_request
from recsys.cli import _common
from recsys.encoders import TextEncoder, ready
from recsys.errors import QueryError, TrainingError
from recsys.models import configured, models, on_request
from recsys.protocols import _options
from recsys.registry import pick
from recsys.store.workspace import Workspace

HELP = "train a model that no build trains"


def add(parser: argparse.ArgumentParser) -> None:
    """Adds the options of the command."""
    about = f"which one: {', '.join(models())}"
    parser.add_argument("model", nargs="?", metavar="MODEL", help=about)
    every = f"each that no build trains: {', '.join(sorted(on_request()))}"
    parser.add_argument("--all", action="store_true", help=every)
    _common.add_workspace(parser)
    _options.add_settings(parser)


def run(options: argparse.Namespace) -> None:
    """Trains, and says what was reached in which time."""
    if options.all == bool(options.model):
        raise QueryError(f"Name one model, or say --all. There are: {', '.join(models())}.")
    chosen = [name for name in models() if name in on_request()] if options.all else [options.model]
    settings = _options.settings_of(options.set)
    for name in chosen:
        pick("model", models(), name)
        configured(name, settings)  # a mistake is told before anything is trained
    encoder = ready(Workspace.open(options.workspace).manifest.encoder)
    for name in chosen:
        try:
            print(_trained(name, encoder, settings, options))
        except TrainingError as error:
            if not options.all:
                raise
            print(f"note: {error}", file=sys.stderr)  # the others may have enough to learn from


def _trained(
    name: str, encoder: TextEncoder, settings: dict[str, str], options: argparse.Namespace
) -> str:
    """Trains the model ``name``; what is said of it."""
    started, worked = perf_counter(), process_time()
    arrays = train_on_request(options.workspace, name, encoder, settings, options.progress)
    size = sum(array.nbytes for array in arrays.values()) / 1e6
    took = f"{perf_counter() - started:.0f} s ({process_time() - worked:.0f} s of CPU)"
    return f"{name} is trained on {options.workspace} in {took}, {size:.1f} MB."
