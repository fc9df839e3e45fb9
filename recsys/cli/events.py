"""python -m recsys events export|import|forget|days|learn: the log of what visitors do."""

import argparse
import json
import sys
import time
from pathlib import Path

import pandas as pd

from recsys.cli import _common
from recsys.disk import full_disk_told
from recsys.errors import DataError
from recsys.online.learn import learn
from recsys.store.events import COLUMNS, Event, EventLog

HELP = "the log of what visitors were shown and did: export, import, forget, learn"


def add(parser: argparse.ArgumentParser) -> None:
    """Adds a subcommand for each way."""
    ways = parser.add_subparsers(title="ways", required=True, metavar="WAY")
    outgoing = ways.add_parser("export", help="write the log as a table")
    outgoing.add_argument(
        "--out", type=Path, metavar="FILE", help="a .csv or .parquet (CSV to standard output)"
    )
    incoming = ways.add_parser("import", help="append an exported table; what is known is not kept")
    incoming.add_argument("file", type=Path, metavar="FILE", help="a .csv or .parquet")
    gone = ways.add_parser("forget", help="delete all that is kept of a visitor")
    gone.add_argument("visitor", metavar="VISITOR", help="the random id")
    days = ways.add_parser("days", help="delete what is older, now and from now on")
    days.add_argument("days", type=int, metavar="DAYS")
    learning = ways.add_parser("learn", help="learn from the events that came since it last did")
    does = {outgoing: _export, incoming: _import, gone: _forget, days: _days, learning: _learn}
    for way, done in does.items():
        _common.add_workspace(way)
        way.set_defaults(way=done)


def run(options: argparse.Namespace) -> None:
    """Does what is asked, and says what came of it."""
    options.way(options)


def _export(options: argparse.Namespace) -> None:
    table, out = EventLog(options.workspace).table(), options.out
    if out is None:
        table.to_csv(sys.stdout, index=False)
        return
    with full_disk_told(out):
        if out.suffix == ".parquet":
            table.to_parquet(out, index=False)
        else:
            table.to_csv(out, index=False)
    print(f"{len(table):,} events are in {out}.")


def _import(options: argparse.Namespace) -> None:
    file = options.file
    try:
        if file.suffix == ".parquet":
            table = pd.read_parquet(file)
        else:
            table = pd.read_csv(file, keep_default_na=False, dtype={"item": str, "list_id": str})
    except (OSError, ValueError) as error:
        raise DataError(f"{file} cannot be read as a table: {error}.") from error
    missing = [name for name in COLUMNS if name not in table]
    if missing:
        raise DataError(f"{file} is no exported log: it lacks {', '.join(missing)}.")
    events = []
    for line in table[COLUMNS].to_dict("records"):
        signals = json.loads(line.pop("signals") or "{}")
        events.append(Event(**line, signals=signals))
    new = EventLog(options.workspace).append(events)
    print(f"{new:,} of {len(events):,} events are new.")


def _forget(options: argparse.Namespace) -> None:
    count = EventLog(options.workspace).forget(options.visitor)
    learn(options.workspace, options.progress)
    print(f"{count:,} events are deleted.")


def _days(options: argparse.Namespace) -> None:
    log = EventLog(options.workspace)
    log.keep_for(options.days)
    count = log.sweep(time.time())
    learn(options.workspace, options.progress)
    print(f"Events are kept for {options.days:,} days; {count:,} older ones are deleted.")


def _learn(options: argparse.Namespace) -> None:
    state = learn(options.workspace, options.progress)
    print(
        f"Learned up to event {state.upto:,}: {len(state.items):,} items were shown, and"
        f" {state.choices:,} likes taught weights (state {state.hash})."
    )
