"""From contributions and evidence to what a person can read: a sentence, tables, paths."""

import numpy as np
import pandas as pd

from recsys.knowledge.walk import start_weights
from recsys.ranking.engine import Engine, Recommendation
from recsys.signals import signals

MAX_REASONS = 3
"""So many reasons make the sentence, the strongest."""


def reasons(result: Recommendation, place: int) -> list[tuple[str, str]]:
    """(signal, reason) of the item at ``place`` (from 0) of the shown, the strongest first.

    Only what lifted the item is a reason for its place.
    """
    lift = result.shown.iloc[place].to_dict()
    lifting = [name for name in result.scores if lift[name] > 0]
    found = []
    for name in sorted(lifting, key=lambda name: -lift[name]):
        reason = result.evidence[name][place]
        if reason:
            found.append((name, reason.text))
    return found


def sentence(result: Recommendation, place: int) -> str:
    """One honest line: why the item stands where it stands."""
    found = [reason for _, reason in reasons(result, place)][:MAX_REASONS]
    return (
        ("Because: " + "; ".join(found) + ".")
        if found
        else "Nothing speaks for it; it fills the list."
    )


def parts(result: Recommendation, row: int) -> pd.DataFrame:
    """What the score of ``row`` is made of: index signal; score, place, weight, contribution.

    The score is in the signal's own unit, NaN for no opinion; the place is that of the item among
    those that the signal has an opinion on, from 1, ties sharing the best. What is no signal, such
    as the diversity, has a contribution only. The contributions add up to the score of the item.
    """
    table = pd.DataFrame({"contribution": result.ranking.loc[row].drop(["rank", "score"])})
    own = result.scores.loc[row]
    better = (result.scores > own).sum() + 1
    table.insert(0, "score", own.reindex(table.index))
    table.insert(1, "place", better.where(own.notna()).reindex(table.index))
    table.insert(2, "weight", pd.Series(result.weights).reindex(table.index))
    return table.astype(float)


def by_source(result: Recommendation) -> dict[str, float]:
    """words, people: how much of what lifts the shown items is what was asked, and how much what
    people like; they add up to 1, or are 0 where nothing lifts any."""
    lift = result.shown[list(result.scores)].clip(lower=0).sum()
    from_people = pd.Series({name: module.FROM_PEOPLE for name, module in signals().items()})
    whole = float(lift.sum()) or 1.0
    people = float(lift[from_people].sum()) / whole
    return {"words": float(lift.sum()) / whole - people, "people": people}


def clause_matches(engine: Engine, result: Recommendation, row: int) -> pd.DataFrame:
    """How near ``row`` is to each clause that counts: clause, wanted, cosine; the nearest first."""
    near = result.query.clause_vectors @ engine.workspace.vectors[row]
    table = pd.DataFrame(
        {
            "clause": [clause.text for clause in result.query.clauses],
            "wanted": [clause.wanted for clause in result.query.clauses],
            "cosine": near,
        }
    )
    return table.sort_values("cosine", ascending=False, kind="stable", ignore_index=True)


def nearest_liked(
    engine: Engine, result: Recommendation, row: int, most: int = 3
) -> list[tuple[str, float]]:
    """(title, cosine) of the liked items nearest to ``row`` in meaning, the nearest first."""
    liked = np.array(result.query.liked, dtype=np.int64)
    near = engine.workspace.vectors[liked] @ engine.workspace.vectors[row]
    titles = engine.workspace.catalogue.items["title"]
    return [
        (titles[int(liked[i])], float(near[i])) for i in np.argsort(-near, kind="stable")[:most]
    ]


def paths(engine: Engine, result: Recommendation, row: int, most: int = 3) -> list[str]:
    """Ways through the knowledge graph from what was said or liked to ``row``, the shortest first.

    "heist (theme) → The Vault" reads: heist is the theme of The Vault.
    """
    query = result.query
    graph = engine.workspace.graph.without(query.without)
    names = graph.nodes["name"].to_numpy()
    said = {link.node: link.said for link in query.links if link.wanted}
    told = []
    for path in graph.paths(start_weights(graph, query.links, query.liked), [row], most)[0]:
        start = path[0][0]
        quoted = start in said and said[start] != names[start]
        words = f"“{said[start]}”: " if quoted else ""
        hops = [f"{names[one]} ({relation})" for one, relation, _ in path]
        told.append(words + " → ".join([*hops, names[row]]))
    return told
