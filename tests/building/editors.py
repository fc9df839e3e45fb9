"""What the editing tests run in processes of their own; light, as each of them imports it."""

import os

from recsys.building import edit
from recsys.store.workspace import Workspace
from tests.dying import die_at


def add_one_that_dies_at(step, root):
    """Adds a fact, and kills itself before its file step number ``step``, counted from 1."""
    os.environ["THAW_WORKSPACES"] = str(root)
    die_at(step, root)
    edit.add(Workspace.open("small"), [("mare", "directed_by", "Ada Vale")])
