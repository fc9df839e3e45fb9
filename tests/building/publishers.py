"""What the publishing tests run in processes of their own; light, as each of them imports it."""

import os
import time
from dataclasses import replace

import duckdb

from recsys.building.publish import publish
from recsys.datatypes import NewItem
from recsys.store.workspace import Workspace
from tests.dying import die_at
from tests.worlds import FakeEncoder

REEF = NewItem(
    "A horse swims; a ghost watches.",
    title="The Reef",
    year=2022,
    categories=("Drama", "Family"),
    facts={"directed_by": ("Ada Vale",), "has_theme": ("solitude",)},
)


def hold(path, ready):
    """Keeps a catalogue open for writing."""
    kept = duckdb.connect(str(path))
    ready.set()
    time.sleep(600)
    kept.close()


def one_more(root, started, done, titles):
    """Publishes the reef under each of the titles."""
    os.environ["THAW_WORKSPACES"] = str(root)
    started.set()
    for title in titles:
        publish(Workspace.open("small"), FakeEncoder(), replace(REEF, title=title))
    done.set()


def one_more_that_dies_at(step, root, started, done, titles):
    """Kills itself before its file step number ``step``, counted from 1."""
    die_at(step, root)
    one_more(root, started, done, titles)
