"""What several commands share."""

import argparse
import sys

from tqdm import tqdm

from recsys.building.build import build, has_source, outdated_models, retrain, stale_models
from recsys.encoders import DEFAULT_MODEL, TextEncoder, prepare, ready
from recsys.ranking.engine import Engine
from recsys.store.workspace import Workspace, names
from recsys.tables import Tables


class Bar:
    """A Progress that draws a bar on standard error, one for each kind of work; what stands after a
    colon is told behind the bar."""

    def __init__(self) -> None:
        self._bars: dict[str, tqdm] = {}

    def __call__(self, done: int, total: int, what: str) -> None:
        kind, _, told = what.partition(": ")
        if kind not in self._bars:
            self._bars[kind] = tqdm(total=total, desc=kind, file=sys.stderr)
        bar = self._bars[kind]
        if told:
            bar.set_postfix_str(told, refresh=False)
        bar.update(done - bar.n)
        if done >= total:
            self._bars.pop(kind).close()

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *why: object) -> None:
        for bar in self._bars.values():  # what was broken off keeps a line of its own
            bar.close()


def add_workspace(parser: argparse.ArgumentParser) -> None:
    """Adds the option that names what ``open_engine`` opens."""
    parser.add_argument(
        "--workspace",
        default="demo",
        help=f"its name (%(default)s); built: {', '.join(names()) or 'none yet'}",
    )


def add_encoder(parser: argparse.ArgumentParser) -> None:
    """Adds the options of what builds a workspace."""
    parser.add_argument(
        "--encoder",
        default=DEFAULT_MODEL,
        help="sentence-transformers model: a name or a folder (%(default)s)",
    )
    parser.add_argument("--force", action="store_true", help="build even if nothing has changed")


def add_repeated(parser: argparse.ArgumentParser, name: str, about: str, what: str = "") -> None:
    """Adds an option that may be given several times; its values are a list."""
    parser.add_argument(f"--{name}", action="append", default=[], metavar=what or None, help=about)


def open_engine(name: str) -> Engine:
    """The engine of a workspace, ready to answer; what a person should see is said."""
    workspace = Workspace.open(name)
    for notice in workspace.notices:
        print(f"note: {notice}", file=sys.stderr)
    return Engine(workspace, ready(workspace.manifest.encoder))


def encoder_as_json(encoder: TextEncoder) -> dict[str, str]:
    """Which model reads, on what, and why there."""
    return {"model": encoder.name, "device": encoder.device_name, "why": encoder.why}


def build_workspace(name: str, tables: Tables, options: argparse.Namespace) -> None:
    """Builds a workspace, or as much of it as is not up to date, and says what was done."""
    encoder = prepare(options.encoder)
    if options.force or not has_source(name, tables, options.encoder):
        workspace = build(name, tables, encoder, options.progress)
        print(f"The workspace {name} is built: {len(workspace.catalogue):,} items.")
    elif stale_models(name):
        _, trained = retrain(name, encoder, options.progress)
        print(f"The workspace {name} has trained again: {', '.join(trained)}.")
    else:
        print(f"The workspace {name} is up to date.")
    for model in outdated_models(name):
        again = f"python -m recsys train {model} --workspace {name}"
        print(f"The model {model} was trained by other code. Train it again with: {again}")
