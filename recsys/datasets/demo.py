"""The bundled worlds: plain CSV in data/NAME that a person can read and edit."""

import json
from pathlib import Path

import pandas as pd

from recsys.datatypes import Tables
from recsys.errors import DataError

TITLE = "Bundled"
HELP = "A small world that comes with Thaw."

DATA = Path(__file__).parent.parent.parent / "data"
SEPARATOR = "|"
"""Between the names in one cell."""


def worlds() -> list[str]:
    """The bundled worlds, sorted."""
    return sorted(path.parent.name for path in DATA.glob("*/about.json"))


def load(name: str, folder: Path | None = None) -> Tables:
    """The bundled world ``name``, or another in the same form from ``folder``.

    ``items.csv`` has id, title, year, categories, text, and any further columns, which become
    facts under their own names; ``triples.csv`` has head, relation, tail. Raises DataError when
    there is no such world or a file is off.
    """
    if folder is None:
        if name not in worlds():
            raise DataError(
                f"There is no bundled world {name!r}. There are: {', '.join(worlds())}."
            )
        folder = DATA / name
    table = _read(folder / "items.csv")
    plain = ["id", "title", "year", "categories", "text"]
    missing = set(plain) - set(table)
    if missing:
        raise DataError(f"items.csv of {name!r} lacks the columns {sorted(missing)}.")
    items = table[plain].assign(
        year=pd.to_numeric(table["year"]).astype("Int32"),
        categories=table["categories"].map(_names),
        facts=[
            {label.capitalize(): _names(cell) for label, cell in row.items() if cell}
            for row in table.drop(columns=plain).to_dict("records")
        ],
    )
    about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
    return Tables(items, triples=_read(folder / "triples.csv"), about=about)


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


def _names(cell: str) -> list[str]:
    return [name.strip() for name in cell.split(SEPARATOR) if name.strip()]
