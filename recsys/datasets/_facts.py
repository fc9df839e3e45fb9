"""What is known of the items of a table besides our columns: facts, people, numbers, and ties."""

from collections.abc import Sequence

import pandas as pd

from recsys.reading import columns, ties
from recsys.reading.measures import labelled
from recsys.reading.sieve import Sieve
from recsys.reading.ties import Tie

Facts = dict[str, list[str]]
"""Label -> names; a number stands alone."""


def facts_of(sieve: Sieve) -> list[Facts]:
    """The facts and the numbers of each row; what they are, and what is not used, is told."""
    frame = sieve.unused
    rest = columns.rest(frame)
    facts: list[Facts] = [{} for _ in frame.index]
    for column in rest.facts:
        _add(facts, labelled(column, ""), columns.names(frame[column]))
    told = []
    for number in columns.numbers(frame, rest.numbers):
        _add(facts, number.label, [[cell] if cell else [] for cell in number.cells])
        told.append(f"{number.label}{number.assumed and f', taken for {number.assumed}'}")
    people = [column for column in rest.facts if ties.are_people(frame[column])]
    others = [column for column in rest.facts if column not in people]
    for what, known in (("people", people), ("facts", others), ("numbers", told)):
        if known:
            sieve.note(f"{what}: {', '.join(known)}.")
    if rest.others:
        unused = ", ".join(f"{column} ({what})" for column, what in rest.others.items())
        sieve.note(f"not used: {unused}.")
    return facts


def _add(facts: Sequence[Facts], label: str, names: Sequence[list[str]]) -> None:
    for row, own in zip(facts, names, strict=True):
        if own:
            row[label] = [*row.get(label, ()), *own]  # two columns may be called alike


def ties_of(sieve: Sieve) -> list[Tie]:
    """What may tie the items."""
    return ties.find(sieve.frame, sieve.columns, sieve.unused)


def tied(sieve: Sieve, ids: pd.Series, chosen: Sequence[str] | None) -> pd.DataFrame:
    """The triples of the ``chosen`` columns, or of those that tie."""
    found = ties_of(sieve)
    names = [tie.column for tie in found] if chosen is None else list(dict.fromkeys(chosen))
    sieve.known(names, "ties")
    rows = pd.Series(ids.to_numpy(), sieve.frame.index)
    told = ties.triples(rows, sieve.frame, names, sieve.columns)
    if names:
        sieve.note(f"tied in the graph by: {', '.join(names)} ({len(told):,} facts).")
    other = [tie.column for tie in found if tie.column not in names]
    if other:
        sieve.note(f"not tied, but could be: {', '.join(other)}.")
    return told
