"""Names of workspaces that visitors make."""

import re
from pathlib import Path

from recsys.datasets import demo
from recsys.errors import WorkspaceError
from recsys.store.workspace import folder_of, names


def suggested(file_name: str) -> str:
    """A workspace name made of a file's.

    >>> suggested("My Shop (2024).csv")
    'my-shop-2024'
    """
    return re.sub(r"[^a-z0-9]+", "-", Path(file_name).stem.lower()).strip("-")[:64]


def check_name(name: str) -> bool:
    """Whether the workspace ``name`` is there already; raises WorkspaceError if it may not be."""
    folder_of(name)
    if name in demo.worlds():
        raise WorkspaceError(f"{name!r} comes with Thaw and stays: choose another name.")
    return name in names()
