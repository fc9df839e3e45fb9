"""Folders: where what comes with the code lies, and where what this machine makes goes."""

import os
from pathlib import Path

PACKAGE = Path(__file__).parent
"""The code, in a checkout or among the installed packages."""


def bundled() -> Path:
    """The folder of the worlds and reports that come with the code.

    It is in the package where that is installed, and beside it in a checkout.
    """
    installed = PACKAGE / "data"
    return installed if installed.is_dir() else PACKAGE.parent / "data"


def local() -> Path:
    """The folder of what this machine builds and downloads.

    In a checkout it is ``data``, too. Installed packages are nobody's to write in, so there it is
    ``thaw`` in the user's data folder (XDG Base Directory Specification, 0.8).
    """
    beside = PACKAGE.parent / "data"
    if bundled() == beside:
        return beside
    chosen = os.environ.get("XDG_DATA_HOME", "")
    # A relative path there is to be ignored, says the specification.
    shared = Path(chosen) if os.path.isabs(chosen) else Path.home() / ".local" / "share"
    return shared / "thaw"


def workspaces() -> Path:
    """The folder of what is built: $THAW_WORKSPACES, or else among what this machine makes."""
    chosen = os.environ.get("THAW_WORKSPACES")
    return Path(chosen) if chosen else local() / "workspaces"
