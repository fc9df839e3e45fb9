"""Publishing an item into a workspace, and taking it out again: each makes a version of its own."""

import os
import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path

import pandas as pd

from recsys.datatypes import NewItem
from recsys.encoders import TextEncoder
from recsys.errors import QueryError
from recsys.knowledge.graph import kind, label
from recsys.store import edited
from recsys.store.catalogue import PUBLISHED, Catalogue, Publications
from recsys.store.checks import check_known
from recsys.store.versions import change_over, empty_folder, only_writer, stamp
from recsys.store.workspace import PREDICTED, Workspace, read_manifest
from recsys.tables import ITEM_COLUMNS, TRIPLE_COLUMNS

PATIENCE = 10.0
"""Seconds to wait for others who publish; a build takes longer, and is named."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}")
_DECADE = re.compile(r"\d{3}0s")


def publish(
    workspace: Workspace, encoder: TextEncoder, item: NewItem, id: str | None = None
) -> str:
    """Adds ``item`` to the workspace as it now is, and returns its id; ``workspace`` stays.

    Without an ``id`` it is made from the title. Raises QueryError for an item without a title, an
    id that is taken or not plain, a category, relation or name that nobody has, and a year that
    cannot be; WorkspaceError while the workspace is being built.
    """
    with current_version(workspace) as current:
        current.check_encoder(encoder.name)
        catalogue = current.catalogue
        if not item.title:
            raise QueryError("An item needs a title before it can be published.")
        check_known(catalogue, item)
        chosen = _free_id(catalogue, item.title) if id is None else _checked_id(catalogue, id)
        facts = _facts(catalogue, item)
        line = (chosen, item.title, item.text, item.year, list(item.categories), facts)
        items = pd.DataFrame([line], columns=ITEM_COLUMNS)
        items["published"] = datetime.now(UTC).replace(tzinfo=None)
        triples = pd.DataFrame(
            [(chosen, *tie) for tie in _ties(catalogue, item)], columns=TRIPLE_COLUMNS
        )
        with next_version(current) as working:
            _add(current, working, items, triples, encoder)
    return chosen


def withdraw(workspace: Workspace, id: str) -> None:
    """Takes the published item ``id`` out of the workspace as it now is; ``workspace`` stays.

    Raises QueryError for an id that is not here or was not published.
    """
    with current_version(workspace) as current:
        catalogue = current.catalogue
        (row,) = catalogue.rows([id])
        if row < current.built:
            raise QueryError(
                f"{id!r} came with the source: only what was published can be withdrawn."
            )
        with next_version(current) as working, closing(Publications.open(working)) as changed:
            changed.remove_item(id)


def carry_over(
    previous: Catalogue, workspace: Workspace, working: Path, encoder: TextEncoder
) -> None:
    """Adds what was published in ``previous`` to the new ``workspace``, made in ``working``, but
    for what the source has under the same id by now; and what was edited there.
    """
    published = previous.published
    published = published[~published["id"].isin(workspace.catalogue.items["id"])]
    if len(published):
        items = previous.items.loc[published.index].assign(published=published["published"])
        triples = edited.published_triples(previous)
        triples = triples[triples["head"].isin(items["id"])]
        _add(workspace, working, items, triples, encoder)
    log = edited.log(previous)
    if len(log):
        dimension = workspace.vectors.shape[1]
        with closing(Publications.open(working, workspace.built, dimension)) as changed:
            changed.keep_edits(log, edited.changes(previous))


@contextmanager
def current_version(workspace: Workspace) -> Iterator[Workspace]:
    """The workspace as it now is, while nobody else may change it."""
    folder = workspace.folder.parent
    with only_writer(folder, PATIENCE):
        is_current = read_manifest(folder) == workspace.manifest
        yield workspace if is_current else Workspace.open(workspace.name, folder.parent)


@contextmanager
def next_version(current: Workspace) -> Iterator[Path]:
    """A folder with the same files, of which what was published is a copy, to be changed; then it
    takes the place of the one in use."""
    folder = current.folder.parent
    working = empty_folder(folder)
    shared_copy(current.folder, working)
    yield working
    change_over(folder, working, replace(current.manifest, version=stamp()))


def shared_copy(version: Path, working: Path) -> None:
    """Gives the files of a ``version`` another folder; only what was published is written again,
    and what followed from it is left out."""
    left_out = shutil.ignore_patterns(f"{PREDICTED}*")
    shutil.copytree(version, working, ignore=left_out, copy_function=_shared, dirs_exist_ok=True)


def _shared(source: str, target: str) -> None:
    """The same file under another name, where the disk can have that, or else a copy."""
    if Path(source).name == PUBLISHED:
        shutil.copy2(source, target)
        return
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def _add(
    current: Workspace,
    working: Path,
    items: pd.DataFrame,
    triples: pd.DataFrame,
    encoder: TextEncoder,
) -> None:
    """Adds items and triples to the files in ``working``, which hold what ``current`` does."""
    dimension = current.vectors.shape[1]
    with closing(Publications.open(working, current.built, dimension)) as changed:
        added = changed.add_items(items, triples)
        known = current.catalogue.embedded(encoder.name, added["digest"].tolist())
        unread = added[~added["digest"].isin(known)].drop_duplicates("digest")
        if len(unread):
            read = encoder.encode(unread["document"].tolist())
            changed.add_embeddings(encoder.name, unread["digest"].tolist(), read)


def _checked_id(catalogue: Catalogue, id_: str) -> str:
    if not _ID.fullmatch(id_):
        raise QueryError(
            f"{id_!r} is not an id: use up to 64 of A-Z, a-z, 0-9, and _ . : - after the first."
        )
    if (catalogue.items["id"] == id_).any():
        raise QueryError(f"There is already an item {id_!r} in this catalogue.")
    return id_


def _free_id(catalogue: Catalogue, title: str) -> str:
    """The title in small letters, digits and hyphens, and a number where that is taken."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:56].strip("-") or "item"
    ids, names = catalogue.items["id"], catalogue.triples["tail"]
    # A name that stands at the end of a triple might be taken for the item.
    return next(
        id_
        for id_ in chain([slug], (f"{slug}-{n}" for n in count(2)))
        if not ((ids == id_).any() or (names == id_).any())
    )


def _facts(catalogue: Catalogue, item: NewItem) -> dict[str, list[str]]:
    """Label -> names, as the page shows them; other items by their titles."""
    titles = dict(zip(catalogue.items["id"], catalogue.items["title"], strict=True))
    return {
        label(relation).capitalize(): [
            titles[name] if kind(relation) == "item" else name for name in names
        ]
        for relation, names in item.facts.items()
        if names
    }


def _ties(catalogue: Catalogue, item: NewItem) -> Iterable[tuple[str, str]]:
    """(relation, name) of all that the graph is to know: facts, categories, the decade."""
    ties = [(relation, name) for relation, names in item.facts.items() for name in names]
    triples = catalogue.triples
    for category in item.categories:
        having = catalogue.items["id"][[category in own for own in catalogue.items["categories"]]]
        tied = triples[(triples["tail"] == category) & triples["head"].isin(having)]
        ties += [(relation, category) for relation in tied["relation"].value_counts().index[:1]]
    if item.year is not None:
        decades = [name for name in triples["tail"].unique() if _DECADE.fullmatch(name)]
        decade = triples[triples["tail"].isin(decades)]
        name = f"{item.year // 10 * 10}s"
        ties += [(relation, name) for relation in decade["relation"].value_counts().index[:1]]
    return dict.fromkeys(ties)
