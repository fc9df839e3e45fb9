"""How alike two items are, by what is known of an item before anybody has met it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

import numpy as np
import Stemmer
from scipy import sparse

from recsys.knowledge.graph import kind
from recsys.learning import pseudo_profiles as pseudo
from recsys.store.workspace import Workspace

WEIGHTS = {"meaning": 1.0, "words": 0.5, "people": 1.0, "sorts": 1.0, "rest": 0.25, "year": 0.5}
"""What each side of two items counts in their likeness."""
OPENING = 0.2
"""Share of the opening among the words: what its first sentence says that an item is."""
SPAN = 25
"""Words of an opening that are read."""
YEARS = 8.0
"""Years apart after which the similarity in time falls to 1 / e."""
SORTS = frozenset({"category", "genre", "theme", "mood"})
"""Kinds of labels that say what sort of thing an item is."""
SAMPLE, CHUNK = 8_192, 256
"""Of so many items at most the nearest other one is found, some at a time."""
BUCKETS = 2**20
"""Words are counted under a hash; of some 100,000, fewer than one in ten shares its bucket."""

_STEMMER = Stemmer.Stemmer("english")
_IS = re.compile(r"\b(?:is|was|are)\b(.*)", re.DOTALL)


@dataclass(frozen=True, eq=False)
class Features:
    """m items: ``meaning`` (m, d), ``words`` (m, v), and what they are tied to, ``people``,
    ``sorts`` and ``rest`` (m, .), all of them unit rows or empty; ``year`` (m,), NaN if unknown."""

    meaning: np.ndarray
    words: sparse.csr_array
    people: sparse.csr_array
    sorts: sparse.csr_array
    rest: sparse.csr_array
    year: np.ndarray

    def of(self, rows: np.ndarray) -> "Features":
        """The same of some of the items."""
        return Features(*(getattr(self, field.name)[rows] for field in fields(self)))


class ItemKernel:
    """Compares items of one workspace, and others with them.

    ``features`` are those of every item. ``labels``, index key (the name in small letters), name,
    relation, are what items can be tied to, and ``tied`` (n, a) says which are; ``rarity`` (a,) is
    how much each label counts. ``nearest``: by meaning and by words, the greatest cosine (s,) of
    each built item, or of a sample, with another.
    """

    def __init__(self, workspace: Workspace, arrays: Mapping[str, np.ndarray]):
        self.built = workspace.built
        self._rare_words = arrays["rarity"]
        self.nearest = {side: arrays[f"nearest_{side}"] for side in ("meaning", "words")}
        items = workspace.catalogue.items
        built = _csr(arrays)
        published = items.iloc[built.shape[0] :]
        words = self.words(published["title"], published["text"])
        self.tied, self.labels = pseudo.labels(workspace, fewest=2, most=100_000)
        share = self.tied[: workspace.built].sum(axis=0) / workspace.built
        self.rarity = -np.log(np.maximum(share, 1 / workspace.built)).astype(np.float32)
        relation = self.labels["relation"]
        kinds = relation.map({r: r if r == "decade" else kind(r) for r in relation.unique()})
        sort, person = kinds.isin(SORTS).to_numpy(), (kinds == "person").to_numpy()
        rest = ~sort & ~person & (kinds != "decade").to_numpy()
        self._parts = {"people": person, "sorts": sort, "rest": rest}
        self.features = Features(
            workspace.vectors,
            sparse.csr_array(sparse.vstack([built, words])),
            **self._rare(self.tied),
            year=items["year"].to_numpy(np.float32, na_value=np.nan),
        )

    def words(self, titles: Iterable[str], texts: Iterable[str]) -> sparse.csr_array:
        """(m, v) unit rows: TF-IDF of the stems, alone and in pairs, of text and opening."""
        return _weigh(_count(titles, texts), self._rare_words)

    def described(
        self, vector: np.ndarray, words: sparse.csr_array, names: Iterable[str], year: int | None
    ) -> Features:
        """One item that the workspace does not have: its meaning (d,), its words (1, v), and the
        names of what it is tied to, of which those count that the workspace knows."""
        known = self.labels.index.get_indexer([name.casefold() for name in names])
        tied = np.unique(known[known >= 0])
        ones = (np.ones(len(tied), np.float32), (np.zeros(len(tied), int), tied))
        labels = sparse.csr_array(ones, shape=(1, len(self.labels)))
        when = np.array([np.nan if year is None else year], np.float32)
        return Features(vector[None], words, **self._rare(labels), year=when)

    def _rare(self, labels: sparse.csr_array) -> dict[str, sparse.csr_array]:
        """Unit rows of each part of the labels (m, a), the rare ones longer."""
        return {
            name: unit_rows(sparse.csr_array(labels[:, part].multiply(self.rarity[part])))
            for name, part in self._parts.items()
        }


def sides(one: Features, other: Features) -> dict[str, np.ndarray]:
    """How alike (m, n) the items of ``one`` and ``other`` are, up to 1, by each of WEIGHTS."""
    return {name: _side(name, one, other) for name in WEIGHTS}


def mean(found: Mapping[str, np.ndarray]) -> np.ndarray:
    """(m, n) float32: the weighted mean of the sides."""
    whole = sum(_share(name) * side for name, side in found.items())
    return np.asarray(whole, np.float32)


def likeness(one: Features, other: Features) -> np.ndarray:
    """(m, n) float32: the mean of the sides, of which no two are held at once."""
    whole = np.zeros((len(one.year), len(other.year)), np.float32)
    for name in WEIGHTS:
        whole += _share(name) * _side(name, one, other)
    return whole


def _share(name: str) -> np.float32:
    return np.float32(WEIGHTS[name] / sum(WEIGHTS.values()))


def _side(name: str, one: Features, other: Features) -> np.ndarray:
    if name == "year":
        apart = (one.year[:, None] - other.year) / np.float32(YEARS)
        return np.nan_to_num(np.exp(-(apart**2)))
    mine, theirs = getattr(one, name), getattr(other, name)
    product = theirs @ mine.T  # the sparse ones are faster with the smaller on the right
    found: np.ndarray = (product.toarray() if sparse.issparse(product) else product).T
    return found


def fit(workspace: Workspace) -> dict[str, np.ndarray]:
    """The arrays that ``ItemKernel`` reads: the words of the built items, how rare each is, and how
    near the nearest other item is to each, (n,) in meaning and in words, as cosines."""
    items = workspace.catalogue.items.iloc[: workspace.built]
    counts = _count(items["title"], items["text"])
    rarity = np.stack([_rarity(part) for part in counts])  # (2, BUCKETS)
    words = _weigh(counts, rarity)
    return {
        "rarity": rarity,
        "data": words.data,
        "indices": words.indices.astype(np.int32),
        "indptr": words.indptr.astype(np.int64),
        "nearest_meaning": _nearest(workspace.vectors[: workspace.built]),
        "nearest_words": _nearest(words),
    }


def unit_rows(rows: sparse.csr_array) -> sparse.csr_array:
    """The rows at unit length, as float32; empty ones stay."""
    length = sparse.linalg.norm(rows, axis=1)
    unit = rows.multiply(1 / np.maximum(length, 1e-12)[:, None])
    return sparse.csr_array(unit, dtype=np.float32)


def _nearest(rows: np.ndarray | sparse.csr_array) -> np.ndarray:
    """(s,): the greatest cosine of each row, or of SAMPLE of them, with another."""
    count = rows.shape[0]
    chosen = np.sort(np.random.default_rng(0).permutation(count)[:SAMPLE])
    found = []
    for own in np.array_split(chosen, -(-len(chosen) // CHUNK)):
        cosine = rows[own] @ rows.T
        cosine = cosine.toarray() if sparse.issparse(cosine) else cosine
        cosine[np.arange(len(own)), own] = -1
        found.append(cosine.max(axis=1))
    return np.concatenate(found).astype(np.float32)


def opening(text: str) -> str:
    """What the first sentence says that the item is.

    >>> opening("Ran is a war film. It is long.")
    ' a war film.'
    """
    first = re.split(r"(?<=[.!?])\s+(?=[A-Z])", text)[0]
    said = _IS.search(first)
    return said.group(1) if said else first


def _csr(arrays: Mapping[str, np.ndarray]) -> sparse.csr_array:
    parts = (arrays["data"], arrays["indices"], arrays["indptr"])
    return sparse.csr_array(parts, shape=(len(arrays["indptr"]) - 1, 2 * BUCKETS))


def _count(titles: Iterable[str], texts: Iterable[str]) -> tuple[sparse.csr_array, ...]:
    """(m, BUCKETS) each: how often text and opening say each stem and pair of stems."""
    # It takes a second to import, and only new items need it.
    from sklearn.feature_extraction.text import HashingVectorizer

    texts = list(texts)
    whole = [_stems(f"{title}. {text}") for title, text in zip(titles, texts, strict=True)]
    first = [_stems(opening(text))[:SPAN] + _decades(opening(text)) for text in texts]
    hashing = HashingVectorizer(
        analyzer=_alone_and_in_pairs,
        n_features=BUCKETS,
        norm=None,
        alternate_sign=False,
        dtype=np.float32,
    )
    if not texts:
        return tuple(sparse.csr_array((0, BUCKETS), dtype=np.float32) for _ in range(2))
    return sparse.csr_array(hashing.transform(whole)), sparse.csr_array(hashing.transform(first))


def _weigh(counts: tuple[sparse.csr_array, ...], rarity: np.ndarray) -> sparse.csr_array:
    weighed = []
    for share, part, rare in zip((1 - OPENING, OPENING), counts, rarity, strict=True):
        part.data = (1 + np.log(part.data)) * rare[part.indices]
        part.eliminate_zeros()
        weighed.append(unit_rows(part) * np.float32(np.sqrt(share)))
    return sparse.csr_array(sparse.hstack(weighed), dtype=np.float32)


def _rarity(counts: sparse.csr_array) -> np.ndarray:
    """(BUCKETS,) smooth inverse document frequency; 0 for what only one document says."""
    held = np.bincount(counts.indices, minlength=BUCKETS)
    rare = np.log((1 + counts.shape[0]) / (1 + held)) + 1
    return np.where(held > 1, rare, 0).astype(np.float32)


def _stems(text: str) -> list[str]:
    stems: list[str] = _STEMMER.stemWords(re.findall(r"[^\W\d_]{2,}", text.lower()))
    return stems


def _decades(text: str) -> list[str]:
    return [f"{year[:3]}0s" for year in re.findall(r"\b(?:18|19|20)\d\d\b", text)]


def _alone_and_in_pairs(stems: Sequence[str]) -> list[str]:
    return [*stems, *map(" ".join, pairwise(stems))]
