"""Facts that a new item's text suggests, each with its probability and the words that say so."""

import re
from collections.abc import Container
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy import sparse

from recsys.datatypes import NewItem
from recsys.models.new_item.attributes import ItemAttributes
from recsys.models.new_item.kernel import ItemKernel

MOST_WORDS = 3
"""So many words are told of a fact, those that speak most for it."""
_WORD = re.compile(r"[^\W\d_]{2,}(?:['’][^\W\d_]+)*")


def suggestions(
    attributes: ItemAttributes,
    kernel: ItemKernel,
    item: NewItem,
    found: pd.DataFrame,
    silent: Container[str],
) -> pd.DataFrame:
    """What ``found``, as ``ItemAttributes.predicted`` gives it, makes of the item and nobody has
    said yet: relation ("category" for one), name, probability, named (whether the text has the
    very name), words; the most probable first.

    The words are those that the prediction itself weighs most, alone or in pairs, but for the
    ``silent`` ones, such as "she": it is a sum over words and the meaning of the whole.
    """
    given = {("category", name) for name in item.categories}
    given |= {(relation, name) for relation, names in item.facts.items() for name in names}
    pairs = zip(found["relation"], found["name"], strict=True)
    new = np.array([pair not in given for pair in pairs], dtype=bool)
    taken = found[(found["predicted"] | found["named"]).to_numpy(bool) & new]
    weights = _by_word(attributes, kernel, item)  # (attributes, words)
    heard = [phrase for phrase in weights if not any(word in silent for word in phrase.split())]
    weights = weights[heard]
    places = {code: place for place, code in enumerate(attributes.codes.tolist())}
    words = []
    for code in taken["code"]:
        own = weights.iloc[places[code]]
        words.append(tuple(own[own > 0].nlargest(MOST_WORDS).index))
    columns = ["relation", "name", "probability", "named"]
    return taken[columns].assign(words=words).reset_index(drop=True)


def _by_word(attributes: ItemAttributes, kernel: ItemKernel, item: NewItem) -> pd.DataFrame:
    """(a, w): what each word or pair of the item's adds to each attribute's score."""
    row = kernel.words([item.title], [item.text])  # (1, v)
    adds = attributes.by_word(row)  # (words of the row, a)
    place = {column: number for number, column in enumerate(row.indices.tolist())}
    found: dict[str, np.ndarray] = {}
    taken: set[int] = set()
    for phrase in _phrases(f"{item.title}. {item.text}"):
        columns = _columns(kernel.words([""], [phrase])) - taken
        own = [place[column] for column in columns if column in place]
        if own and phrase not in found:
            found[phrase] = adds[own].sum(axis=0)
            taken |= columns
    return pd.DataFrame(found, index=range(adds.shape[1]))


def _columns(words: sparse.csr_array) -> set[int]:
    return set(words.indices.tolist())


def _phrases(text: str) -> list[str]:
    """Every word of the text, and then every two that stand together."""
    words = [match.lower() for match in _WORD.findall(text)]
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    return list(dict.fromkeys([*words, *pairs]))
