"""Tastes to try in a catalogue that came without: made of its kinds, words, people and years.

Nothing is copied from a text but single words; the same catalogue always gets the same examples.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable
from itertools import compress

import pandas as pd

from recsys.languages.english.nouns import count_nouns
from recsys.reading.ties import people_relation

MOST = 6
"""Examples made."""
MAX_READ = 3_000
"""Items that are looked at; of more, every second, third..."""
MAX_TEXT = 600
"""Characters of a text that are looked at."""
MAX_SHARE = 0.6
"""A kind that a greater share of the items has tells nothing."""
MIN_ITEMS = 2
"""Items that must have a kind, a word or a person."""
MIN_LIFT = 1.5
"""How much more frequent a word must be among the items of a kind than among all."""
_ADJECTIVE = re.compile(r"(?:ic|al|ed|ive|ous|ful|ish|ary)$")
"""How kinds end that cannot stand alone: "no economic"."""
MAX_NAME = 30
"""Characters of a name that is said."""
NOBODY = frozenset(
    ["unknown", "various", "various artists", "anonymous", "others", "other", "none"]
)
"""Names that stand for nobody and nothing."""


def examples(items: pd.DataFrame, noun: str, nouns: str) -> list[str]:
    """Up to MOST tastes for ``items`` (as in Tables), which are called ``noun`` and ``nouns``."""
    items = items.iloc[:: len(items) // MAX_READ + 1]
    items = items.assign(text=items["text"].str.slice(0, MAX_TEXT))
    called = "" if noun == "item" else nouns
    kinds = _common(items["categories"])[: 2 * MOST]
    words = _telling_words(items, kinds)
    kinds = sorted(kinds, key=lambda kind: -len(words[kind]))
    kinds = kinds[: max(2, sum(map(bool, words.values())))][:MOST]  # a kind alone is a poor taste
    found = [_with(_named(kind, called), words[kind]) for kind in kinds]
    if len(kinds) > 1:
        found[1] += _without(items["categories"], kinds[1])
    found[2:2] = [*_by(items, called), *_from_decade(items, kinds[-1:], called)]
    if not kinds:
        words_of_all = _plain_words(items)
        found += [_with(called, words_of_all)] if words_of_all else []
        found += [f"like {title}" for title in items["title"][:MOST] if len(title) <= MAX_NAME]
    return list(dict.fromkeys(filter(None, found)))[:MOST]


def _common(names: pd.Series) -> list[str]:
    """The names in lists that are said, the commonest first; of equals, by the alphabet."""
    count = names.explode().dropna().value_counts().sort_index(kind="stable")
    count = count.sort_values(ascending=False, kind="stable")
    most = max(MIN_ITEMS, MAX_SHARE * len(names))
    fit = count[count.between(MIN_ITEMS, most)].index
    return [name for name in fit if len(name) <= MAX_NAME and name.casefold() not in NOBODY]


def _named(kind: str, called: str) -> str:
    """What the items of a kind are called.

    >>> _named("Horror", "films"), _named("RPG", "games"), _named("Card game", "games")
    ('horror films', 'RPG games', 'card games')
    """
    short = kind if kind.isupper() else kind.lower()
    if not called or short.endswith(called):
        return short
    one = called.removesuffix("s")
    return f"{short.removesuffix(one)}{'' if short.endswith(one) else ' '}{called}"


def _with(named: str, words: list[str]) -> str:
    return " with ".join(filter(None, [named, " and ".join(words[:2])]))


def _without(kinds: pd.Series, kind: str) -> str:
    """What is told off: the kind that those of ``kind`` have most besides, though not most have it.

    >>> _without(pd.Series([["War", "Drama"], ["War", "Drama"], ["War"], ["War"]]), "War")
    ', no drama'
    """
    own = kinds[[kind in names for names in kinds]]
    others = own.map(lambda names: [name for name in names if name != kind])
    told = [other for other in _common(others) if not _ADJECTIVE.search(other)]
    return "".join(f", no {_named(other, '')}" for other in told[:1])


def _by(items: pd.DataFrame, called: str) -> list[str]:
    """One with the person who made most of them."""
    labels = dict.fromkeys(label for facts in items["facts"] for label in facts)
    makers = [label for label in labels if people_relation(label) not in ("", "acted_in_by")]
    people = [items["facts"].map(lambda facts, at=label: facts.get(at, [])) for label in makers]
    known = [name for names in people for name in _common(names)[:1]]
    return [f"{called or 'something'} by {name}" for name in known[:1]]


def _from_decade(items: pd.DataFrame, kinds: Iterable[str], called: str) -> list[str]:
    """One with the decade from which most items of the kind are."""
    found = []
    for kind in kinds:
        years = items["year"][[kind in names for names in items["categories"]]].dropna()
        if len(years) >= MIN_ITEMS:
            decade = (years.astype(int) // 10 * 10).value_counts().sort_index().idxmax()
            found.append(f"{_named(kind, called)} from the {decade}s")
    return found


def _telling_words(items: pd.DataFrame, kinds: list[str]) -> dict[str, list[str]]:
    """Of each kind, the words that are more frequent in its texts; no word for two kinds."""
    words, said = count_nouns(items["text"])
    everywhere = _counted(words)
    taken = set(" ".join(kinds).casefold().split())
    found = {}
    for kind in kinds:
        of_kind = [kind in names for names in items["categories"]]
        own = _counted(compress(words, of_kind))
        scores = _scores(own, everywhere, sum(of_kind) / len(items), taken)
        best = sorted(scores, key=lambda word: (-scores[word], word))[:2]
        taken |= set(best)
        found[kind] = [said[word] for word in best]
    return found


def _scores(
    own: Counter[str], everywhere: Counter[str], share: float, taken: set[str]
) -> dict[str, float]:
    """How telling each word of a kind is, whose items are the ``share`` of all (log-likelihood)."""
    lifts = {word: own[word] / (everywhere[word] * share) for word in own if word not in taken}
    return {
        word: own[word] * math.log(lift)
        for word, lift in lifts.items()
        if lift >= MIN_LIFT and own[word] >= MIN_ITEMS
    }


def _plain_words(items: pd.DataFrame) -> list[str]:
    """The words that most texts have, where the items have no kinds."""
    words, said = count_nouns(items["text"])
    counted = _counted(words)
    known = [word for word in counted if MIN_ITEMS <= counted[word] <= MAX_SHARE * len(items)]
    return [said[word] for word in sorted(known, key=lambda word: (-counted[word], word))]


def _counted(words: Iterable[set[str]]) -> Counter[str]:
    return Counter(word for own in words for word in own)
