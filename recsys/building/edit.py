"""Editing the knowledge graph: each edit makes a version of its own in one step, and can be undone.

A fact is a triple: the id of an item, a relation, and a name or the id of another item. What was
built is not written again: an edit stands beside it (recsys/store/edits), and so a text keeps what
it says. Whoever has an older version open keeps it.
"""

import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass

import pandas as pd

from recsys.building.publish import current_version, next_version
from recsys.errors import QueryError
from recsys.knowledge.graph import INVERSE, kind, label
from recsys.store import edited
from recsys.store.catalogue import Catalogue, Publications
from recsys.store.edited import CHANGE_COLUMNS
from recsys.store.workspace import KEPT, Workspace
from recsys.tables import TRIPLE_COLUMNS

MAX_NAME = 200
"""Letters that a name may have."""
MAX_FACTS = 100_000
"""So many facts can be added or taken out at once."""
TOLD = 5
"""So many faults are named where an edit is refused."""
_RELATION = re.compile(r"[a-z][a-z0-9_]{0,40}")
_WHEN = re.compile(r"\d{4}s?")

Triple = tuple[str, str, str]


@dataclass(frozen=True)
class Fault:
    """What is wrong with the fact at ``place`` (from 0) of those that were to be added."""

    place: int
    reason: str


def faults(catalogue: Catalogue, triples: Sequence[Triple]) -> list[Fault]:
    """What speaks against adding each of ``triples``, one line each; what is right has none.

    An item that is not here, a fact that is there already or twice among them, one that ties an
    item to itself, one that contradicts another: a second year or decade, or an item that follows
    what follows it.
    """
    rules = _Rules(catalogue)
    found = []
    for place, triple in enumerate(triples):
        reason = rules.against(triple)
        if reason:
            found.append(Fault(place, reason))
        else:
            rules.take(triple)
    return found


class _Rules:
    """What is known so far, with all that was taken."""

    def __init__(self, catalogue: Catalogue):
        self._ids = set(catalogue.items["id"])
        table = catalogue.triples
        self._known = set(table.itertuples(index=False, name=None))
        is_id = table["tail"].isin(self._ids)
        shares = is_id.groupby(table["relation"]).mean()
        self._between = set(shares.index[shares >= 0.5])
        dated = table["tail"].str.fullmatch(_WHEN.pattern).groupby(table["relation"]).all()
        self._dated = set(dated.index[dated])
        when = table[table["relation"].isin(self._dated)]
        self._when = dict(
            zip(zip(when["head"], when["relation"], strict=True), when["tail"], strict=True)
        )

    def take(self, triple: Triple) -> None:
        head, relation, tail = triple
        self._known.add(triple)
        if relation in self._dated:
            self._when[head, relation] = tail

    def against(self, triple: Triple) -> str:
        head, relation, tail = triple
        if head not in self._ids:
            return f"There is no item {head!r} in this catalogue."
        if not _RELATION.fullmatch(relation):
            return f"{relation!r} is no relation: use a-z, 0-9 and _, such as directed_by."
        if not tail.strip() or len(tail) > MAX_NAME or not tail.isprintable():
            return f"A name needs 1 to {MAX_NAME} letters that can be seen."
        if head == tail:
            return f"{head!r} cannot be tied to itself."
        if triple in self._known:
            return f"That {label(relation)} of {head!r} is known already: {tail!r}."
        if (kind(relation) == "item" or relation in self._between) and tail not in self._ids:
            return f"There is no item {tail!r} in this catalogue, which {label(relation)} needs."
        return self._contradiction(head, relation, tail)

    def _contradiction(self, head: str, relation: str, tail: str) -> str:
        if relation in self._dated:
            if not _WHEN.fullmatch(tail):
                return f"{tail!r} is no {label(relation)}."
            if (head, relation) in self._when:
                other = self._when[head, relation]
                return f"{head!r} is of {other!r} already, and cannot be of {tail!r}, too."
        back = {(tail, relation, head)} if label(relation) in INVERSE else set()
        if back & self._known:
            return f"It is the other way round: {tail!r} {label(relation)} {head!r}."
        return ""


def add(workspace: Workspace, triples: Sequence[Triple]) -> None:
    """Adds facts to the workspace as it now is; ``workspace`` stays.

    Raises QueryError where ``faults`` finds any, and WorkspaceError as ``publish`` does.
    """
    triples = _some(triples)
    with current_version(workspace) as current:
        _refuse(faults(current.catalogue, triples))
        _commit(current, f"added {_counted(current.catalogue, triples)}", (), triples)


def remove(workspace: Workspace, triples: Sequence[Triple]) -> None:
    """Takes facts out of the workspace as it now is.

    Raises QueryError for one that is not there.
    """
    triples = _some(triples)
    with current_version(workspace) as current:
        known = set(current.catalogue.triples.itertuples(index=False, name=None))
        missing = [
            Fault(place, f"That {label(relation)} of {head!r} is not known: {tail!r}.")
            for place, (head, relation, tail) in enumerate(triples)
            if (head, relation, tail) not in known
        ]
        _refuse(missing)
        _commit(current, f"took out {_counted(current.catalogue, triples)}", triples, ())


def merge(workspace: Workspace, of_kind: str, names: Sequence[str], into: str) -> None:
    """Makes spellings of one entity, ``names`` of a kind, one: ``into``, which may be among them.

    Raises QueryError for a name that nothing of this kind has.
    """
    with current_version(workspace) as current:
        table = current.catalogue.triples
        own = table[[kind(relation) == of_kind for relation in table["relation"]]]
        others = [name for name in dict.fromkeys(names) if name != into]
        for name in others:
            if not (own["tail"] == name).any():
                raise QueryError(f"Nothing here has the {of_kind} {name!r}.")
        if not others or not into.strip() or len(into) > MAX_NAME or not into.isprintable():
            raise QueryError("Merging takes two names: one to keep, and one to give up.")
        gone = own[own["tail"].isin(others)]
        what = f"merged {', '.join(others)} into {into}"
        _commit(current, what, _rows(gone), _rows(gone.assign(tail=into)))


def rename_relation(workspace: Workspace, relation: str, name: str) -> None:
    """Calls a relation by another name; where that is one already, the two become one.

    Raises QueryError for a relation that is not here, and for what is no name of one.
    """
    with current_version(workspace) as current:
        table = current.catalogue.triples
        gone = table[table["relation"] == relation]
        if gone.empty:
            known = ", ".join(sorted(table["relation"].unique()))
            raise QueryError(f"There is no relation {relation!r} here. There are: {known}.")
        if not _RELATION.fullmatch(name) or name == relation:
            raise QueryError(
                f"{name!r} is no new name of a relation: use a-z, 0-9 and _, such as directed_by."
            )
        what = f"renamed {relation} to {name}"
        _commit(current, what, _rows(gone), _rows(gone.assign(relation=name)))


def undo(workspace: Workspace) -> str:
    """Takes back the last edit, whoever made it, and returns what it was.

    Raises QueryError where nothing was edited.
    """
    with current_version(workspace) as current:
        log = edited.log(current.catalogue)
        if log.empty:
            raise QueryError("Nothing was edited here: there is nothing to undo.")
        what = str(log["what"].iloc[-1])
        with _edited(current) as changed:
            changed.undo_edit()
    return what


def to_csv(catalogue: Catalogue) -> str:
    """All facts: head, relation, tail."""
    return catalogue.triples.to_csv(index=False)


def _some(triples: Iterable[Triple]) -> list[Triple]:
    found = [(head.strip(), relation.strip(), tail.strip()) for head, relation, tail in triples]
    if not 0 < len(found) <= MAX_FACTS:
        raise QueryError(f"There are {len(found):,} facts: give 1 to {MAX_FACTS:,}.")
    return found


def _refuse(found: Sequence[Fault]) -> None:
    if found:
        more = f" And {len(found) - TOLD:,} more." if len(found) > TOLD else ""
        raise QueryError(" ".join(fault.reason for fault in found[:TOLD]) + more)


def _counted(catalogue: Catalogue, triples: Sequence[Triple]) -> str:
    """One fact in words, or how many there are."""
    if len(triples) > 1:
        return f"{len(triples):,} facts"
    (row,) = catalogue.rows([triples[0][0]])
    _, relation, tail = triples[0]
    titles = catalogue.items["title"]
    match = catalogue.items["id"] == tail
    name = titles[match].iloc[0] if match.any() else tail
    return f"{titles[row]}: {label(relation)} {name}"


def _rows(table: pd.DataFrame) -> list[Triple]:
    return list(table[TRIPLE_COLUMNS].itertuples(index=False, name=None))


def _commit(current: Workspace, what: str, gone: Iterable[Triple], came: Iterable[Triple]) -> None:
    """Makes the next version, without the facts that are ``gone`` and with those that ``came``."""
    known = set(_rows(current.catalogue.triples))
    out = dict.fromkeys(gone)
    new = [triple for triple in dict.fromkeys(came) if triple not in known or triple in out]
    changes = [(*triple, False) for triple in out if triple not in new]
    changes += [(*triple, True) for triple in new]
    with _edited(current) as changed:
        changed.add_edit(what, pd.DataFrame(changes, columns=CHANGE_COLUMNS))


@contextmanager
def _edited(current: Workspace) -> Iterator[Publications]:
    """The file to be changed in the next version; what was kept of the facts is made again."""
    dimension = current.vectors.shape[1]
    with next_version(current) as working:
        shutil.rmtree(working / KEPT, ignore_errors=True)
        with closing(Publications.open(working, current.built, dimension)) as changed:
            yield changed
