"""python -m recsys judgements import|export: sets of judged tastes, as tables."""

import argparse
import sys
from pathlib import Path

from recsys.cli import _common
from recsys.disk import full_disk_told
from recsys.errors import DataError
from recsys.reading import graded
from recsys.store.judged import unknown
from recsys.store.judgements import Judgements
from recsys.store.workspace import Workspace

HELP = "import or export a set of judged tastes: taste, item, grade, judge"


def add(parser: argparse.ArgumentParser) -> None:
    """Adds a subcommand for each way."""
    ways = parser.add_subparsers(title="ways", required=True, metavar="import|export")
    incoming = ways.add_parser("import", help="put a table into a set, which is made if need be")
    incoming.add_argument("file", type=Path, metavar="FILE", help="CSV, JSON, Excel, Parquet, ...")
    incoming.add_argument(
        "--judge",
        default="imported",
        metavar="NAME",
        help="who judged, where no column says so (%(default)s)",
    )
    incoming.add_argument(
        "--map",
        nargs="+",
        default=[],
        metavar="KEY=COLUMN",
        help=f"columns that are guessed wrong; keys: {', '.join(graded.CALLED)}",
    )
    outgoing = ways.add_parser("export", help="write a set as CSV")
    outgoing.add_argument("--out", type=Path, metavar="FILE", help="where to (standard output)")
    for way, does in ((incoming, _import), (outgoing, _export)):
        _common.add_workspace(way)
        way.add_argument("--set", required=True, metavar="NAME", help="the name of the set")
        way.set_defaults(way=does)


def run(options: argparse.Namespace) -> None:
    """Does what is asked, and says what came of it."""
    options.way(options)


def _import(options: argparse.Namespace) -> None:
    chosen = dict(map(_pair, options.map))
    catalogue = Workspace.open(options.workspace).catalogue
    found = graded.read(options.file, options.judge, chosen, progress=options.progress)
    for note in found.notes:
        print(note)
    for reason, count in found.rejected["reason"].value_counts().items():
        print(f"{count:,} rejected: {reason}")
    if strange := unknown(catalogue, found.table):
        print(f"{strange:,} are of items that are not in the catalogue: they wait until they are.")
    kept = Judgements(options.workspace)
    if options.set not in kept.sets().index:
        kept.make(options.set)
    kept.add(options.set, found.table)
    print(
        f"The set {options.set} has {len(found.table):,} judgements of"
        f" {found.table['taste'].nunique():,} tastes more, or anew."
    )


def _export(options: argparse.Namespace) -> None:
    table = Judgements(options.workspace).table(options.set)
    if options.out is None:
        table.to_csv(sys.stdout, index=False)
        return
    with full_disk_told(options.out):
        table.to_csv(options.out, index=False)
    print(f"{len(table):,} judgements are in {options.out}.", file=sys.stderr)


def _pair(written: str) -> tuple[str, str]:
    key, equals, column = written.partition("=")
    if not equals:
        raise DataError(f"{written!r} is not KEY=COLUMN; keys: {', '.join(graded.CALLED)}.")
    return key.strip(), column.strip()
