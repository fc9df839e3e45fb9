"""What was edited in the knowledge graph of a catalogue, and what was published as it was then.

Each of these tables is there only where something was edited or published.
"""

import pandas as pd

from recsys.store.catalogue import Catalogue
from recsys.tables import TRIPLE_COLUMNS

CHANGE_COLUMNS = [*TRIPLE_COLUMNS, "added"]


def log(catalogue: Catalogue) -> pd.DataFrame:
    """number, what, made (UTC) of each edit, the last one last."""
    if not _has(catalogue, "edits"):
        return pd.DataFrame(columns=["number", "what", "made"])
    return catalogue.select("SELECT number, what, made FROM edits ORDER BY number")


def changes(catalogue: Catalogue) -> pd.DataFrame:
    """edit, head, relation, tail, added: what each edit put in or took out."""
    if not _has(catalogue, "changes"):
        return pd.DataFrame(columns=["edit", *CHANGE_COLUMNS])
    return catalogue.select("SELECT edit, head, relation, tail, added FROM changes ORDER BY ALL")


def published_triples(catalogue: Catalogue) -> pd.DataFrame:
    """head, relation, tail of what was published, whatever was edited since."""
    if not _has(catalogue, "published_triples"):
        return pd.DataFrame(columns=TRIPLE_COLUMNS)
    return catalogue.select("SELECT head, relation, tail FROM published_triples ORDER BY ALL")


def _has(catalogue: Catalogue, name: str) -> bool:
    return len(catalogue.select("SELECT 1 FROM duckdb_views() WHERE view_name = ?", [name])) > 0
