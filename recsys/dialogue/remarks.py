"""Remarks about an item of the list, put into words that mean the same without it."""

import re

import pandas as pd

from recsys.store.workspace import Workspace


def spelled_out(workspace: Workspace, remark: str, row: int) -> str:
    """The ``remark`` about the item ``row`` as words that need no item: "older" becomes "before
    1972", "not that director" "nothing by" whoever directed it, "like this" "like" its title.

    What the catalogue does not know of the item, such as its year, stays as it was said.
    """
    words, item = workspace.language.remarks, workspace.catalogue.items.loc[row]
    text = remark
    if pd.notna(item["year"]):
        year = str(int(item["year"]))
        text = words.OLDER.sub(words.BEFORE.format(year), text)
        text = words.NEWER.sub(words.AFTER.format(year), text)

    def refused(found: re.Match[str]) -> str:
        nodes = tied(workspace, row, (found["role"] or found["other"]).strip())
        told = [_refusal(workspace, node) for node in nodes]
        return f"{'. '.join(told)}." if told else found[0]

    def named(found: re.Match[str]) -> str:
        return str(words.LIKE.format(item["title"]))

    return str(words.LIKE_IT.sub(named, words.NOT_THAT.sub(refused, text)))


def tied(workspace: Workspace, row: int, role: str) -> list[int]:
    """The nodes of the graph that ties called ``role``, such as director, lead to from ``row``."""
    graph = workspace.graph
    nodes = sorted(int(node) for node in graph.around(row)[0])
    return [node for node in nodes if role in graph.relations(row, node)]


def _refusal(workspace: Workspace, node: int) -> str:
    words, nodes = workspace.language.remarks, workspace.graph.nodes
    phrase = words.NOTHING_BY if nodes["kind"][node] == "person" else words.NO
    return str(phrase.format(nodes["name"][node]))
