"""A kernel over items, from what is known of an item before anybody has met it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from recsys.knowledge.graph import kind
from recsys.models.new_item import tf_idf
from recsys.models.new_item.named import NamedLabels
from recsys.models.new_item.tf_idf import unit_rows
from recsys.store.labels import labels
from recsys.store.workspace import Workspace

TOPICS = frozenset({"category", "genre", "theme", "mood"})
"""Kinds of labels that say what sort of thing an item is."""
CHUNK = 256
"""Items compared with all others at a time, as far as they make no more than"""
MAX_CELLS = 1 << 26
"""cells; bounds the memory, never changes a result."""


@dataclass(frozen=True)
class Weights:
    """What each component counts in the kernel of two items."""

    meaning: float = 1.0
    """Cosine of the centred embeddings."""
    words: float = 0.5
    """Cosine of the TF-IDF of text and opening."""
    people: float = 1.0
    """Cosine of who is behind them, by IDF."""
    topics: float = 1.0
    """Cosine of what sort of thing they are, by IDF."""
    rest: float = 0.25
    """Cosine of what else they are tied to, but for the decade, by IDF."""
    year: float = 0.5
    """Nearness in time."""


@dataclass(frozen=True)
class Config:
    """How items are compared."""

    weights: Weights = Weights()
    """What each component counts."""
    opening_share: float = 0.2
    """Share of the opening among the words: what its first sentence says that an item is."""
    opening_words: int = 25
    """Words of an opening that are read."""
    year_scale: float = 8.0
    """Years apart after which the similarity in time falls to 1 / e."""
    buckets: int = 2**20
    """Words are counted under a hash; of some 100,000, fewer than one in ten shares its bucket."""
    min_items: int = 2
    """A label of fewer items ties nothing together."""
    max_labels: int = 100_000
    """At most so many labels are read, the most used."""
    max_sample: int = 8_192
    """Of so many items at most the nearest other one is found,"""
    max_pairs: int = 1 << 30
    """and of so many that no more pairs than these are compared."""
    seed: int = 0
    """Of that sample."""


@dataclass(frozen=True, eq=False)
class Features:
    """m items: ``meaning`` (m, d), ``words`` (m, v), and what they are tied to, ``people``,
    ``topics`` and ``rest`` (m, .), all of them unit rows or empty; ``year`` (m,), NaN if unknown.
    """

    meaning: np.ndarray
    words: sparse.csr_array
    people: sparse.csr_array
    topics: sparse.csr_array
    rest: sparse.csr_array
    year: np.ndarray

    def of(self, rows: np.ndarray) -> "Features":
        """The same of some of the items."""
        return Features(*(getattr(self, field.name)[rows] for field in fields(self)))


class ItemKernel:
    """Compares items of one workspace, and others with them.

    ``features`` are those of every item. ``labels``, index key (the name in small letters), name,
    relation, are what items can be tied to, and ``tied`` (n, a) says which are; ``idf`` (a,) is
    how much each label counts. ``max_cosine``: by meaning and by words, the greatest cosine (s,) of
    each built item, or of a sample, with another.
    """

    def __init__(
        self, workspace: Workspace, arrays: Mapping[str, np.ndarray], config: Config = Config()
    ):
        self.config = config
        self.built = workspace.built
        self._language = workspace.language
        self.max_cosine = {
            "meaning": arrays["max_cosine_meaning"],
            "words": arrays["max_cosine_words"],
        }
        self.tied, self.labels = labels(workspace, config.min_items, config.max_labels)
        self.idf = _label_idf(self.tied[: workspace.built])
        self._columns = _columns(self.labels["relation"])
        self._word_idf = arrays["idf"]  # (2, buckets)
        built = _built_words(arrays, config.buckets)
        items = workspace.catalogue.items
        published = items.iloc[built.shape[0] :]
        if len(published):
            words = self.words(published["title"], published["text"])
            built = sparse.csr_array(sparse.vstack([built, words]))
        self.features = Features(
            workspace.vectors,
            built,
            **self._tied_features(self.tied),
            year=items["year"].to_numpy(np.float32, na_value=np.nan),
        )

    def words(self, titles: Iterable[str], texts: Iterable[str]) -> sparse.csr_array:
        """(m, v) unit rows: TF-IDF of the stems, alone and in pairs, of text and opening."""
        config = self.config
        counts = tf_idf.count(titles, texts, config.buckets, config.opening_words)
        return tf_idf.weighted(counts, self._word_idf, config.opening_share)

    def described(
        self, vector: np.ndarray, words: sparse.csr_array, names: Iterable[str], year: int | None
    ) -> Features:
        """One item that the workspace does not have: its meaning (d,), its words (1, v), and the
        names of what it is tied to, of which those count that the workspace knows."""
        codes = self.codes(names)
        ones = (np.ones(len(codes), np.float32), (np.zeros(len(codes), int), codes))
        tied = sparse.csr_array(ones, shape=(1, len(self.labels)))
        years = np.array([np.nan if year is None else year], np.float32)
        return Features(vector[None], words, **self._tied_features(tied), year=years)

    def codes(self, names: Iterable[str]) -> np.ndarray:
        """The labels called so, in whatever letters, sorted; who is unknown is left out."""
        codes = self.labels.index.get_indexer([name.casefold() for name in names])
        return np.unique(codes[codes >= 0])

    def named(self, texts: Sequence[str]) -> sparse.csr_array:
        """(m, a) 0/1: which labels each of the ``texts`` names."""
        return self._names.of(texts)

    @cached_property
    def _names(self) -> NamedLabels:
        return NamedLabels(self.labels, self._language)

    def _tied_features(self, tied: sparse.csr_array) -> dict[str, sparse.csr_array]:
        """Unit rows of each component of the labels (m, a), the rare ones longer."""
        features = {}
        for name, columns in self._columns.items():
            by_idf = tied[:, columns].multiply(self.idf[columns])
            features[name] = unit_rows(sparse.csr_array(by_idf))
        return features


def components(one: Features, other: Features, config: Config = Config()) -> dict[str, np.ndarray]:
    """(m, n) each, up to 1: how similar the items of ``one`` and ``other`` are, by the name of each
    of the ``Weights``."""
    return {name: _component(name, one, other, config) for name in asdict(config.weights)}


def mean_kernel(parts: Mapping[str, np.ndarray], config: Config = Config()) -> np.ndarray:
    """(m, n) float32: the weighted mean of the components."""
    shares = _shares(config)
    whole = sum(shares[name] * component for name, component in parts.items())
    return np.asarray(whole, np.float32)


def kernel_matrix(one: Features, other: Features, config: Config = Config()) -> np.ndarray:
    """(m, n) float32: the mean of the components, of which no two are held at once."""
    whole = np.zeros((len(one.year), len(other.year)), np.float32)
    for name, share in _shares(config).items():
        whole += share * _component(name, one, other, config)
    return whole


def _shares(config: Config) -> dict[str, np.float32]:
    weights = asdict(config.weights)
    total = sum(weights.values())
    return {name: np.float32(weight / total) for name, weight in weights.items()}


def _component(name: str, one: Features, other: Features, config: Config) -> np.ndarray:
    if name == "year":
        # A Gaussian in time; NaN, an unknown year, is near to nothing.
        apart = (one.year[:, None] - other.year) / np.float32(config.year_scale)
        return np.nan_to_num(np.exp(-(apart**2)))
    mine, theirs = getattr(one, name), getattr(other, name)
    product = theirs @ mine.T  # the sparse ones are faster with the smaller on the right
    return (product.toarray() if sparse.issparse(product) else product).T


def fit(workspace: Workspace, config: Config = Config()) -> dict[str, np.ndarray]:
    """The arrays that ``ItemKernel`` reads: the words of the built items, the IDF of each, and how
    near the nearest other item is to each, (s,) in meaning and in words, as cosines."""
    items = workspace.catalogue.items.iloc[: workspace.built]
    counts = tf_idf.count(items["title"], items["text"], config.buckets, config.opening_words)
    idf = np.stack([tf_idf.idf(block) for block in counts])  # (2, buckets)
    words = tf_idf.weighted(counts, idf, config.opening_share)
    return {
        "idf": idf,
        "data": words.data,
        "indices": words.indices.astype(np.int32),
        "indptr": words.indptr.astype(np.int64),
        "max_cosine_meaning": _max_cosine(workspace.vectors[: workspace.built], config),
        "max_cosine_words": _max_cosine(words, config),
    }


def _max_cosine(rows: np.ndarray | sparse.csr_array, config: Config) -> np.ndarray:
    """(s,): the greatest cosine of each row, or of a sample of them, with another."""
    count = rows.shape[0]
    order = np.random.default_rng(config.seed).permutation(count)
    size = min(config.max_sample, max(config.max_pairs // count, 1))
    sample = np.sort(order[:size])
    greatest = []
    for chunk in np.array_split(sample, -(-len(sample) // max(1, min(CHUNK, MAX_CELLS // count)))):
        cosine = rows[chunk] @ rows.T  # (CHUNK, n)
        cosine = cosine.toarray() if sparse.issparse(cosine) else cosine
        cosine[np.arange(len(chunk)), chunk] = -1  # itself is no other
        greatest.append(cosine.max(axis=1))
    return np.concatenate(greatest).astype(np.float32)


def _label_idf(tied: sparse.csr_array) -> np.ndarray:
    """(a,): minus the logarithm of the share of the built items (n, a) that have each label."""
    count = tied.shape[0]
    share = tied.sum(axis=0) / count
    # What none has would be infinitely rare: it is as rare as what one has.
    return -np.log(np.maximum(share, 1 / count)).astype(np.float32)


def _columns(relation: pd.Series) -> dict[str, np.ndarray]:
    """Which labels (a,) make up each component that has some; decades are none: years do that."""
    kinds = {name: kind(name) for name in relation.unique()} | {"decade": "decade"}
    kind_of = relation.map(kinds)
    person = (kind_of == "person").to_numpy()
    topic = kind_of.isin(TOPICS).to_numpy()
    rest = ~topic & ~person & (kind_of != "decade").to_numpy()
    return {"people": person, "topics": topic, "rest": rest}


def _built_words(arrays: Mapping[str, np.ndarray], buckets: int) -> sparse.csr_array:
    parts = (arrays["data"], arrays["indices"], arrays["indptr"])
    return sparse.csr_array(parts, shape=(len(arrays["indptr"]) - 1, 2 * buckets))
