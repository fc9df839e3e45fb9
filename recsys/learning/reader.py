"""What is said as the input of a network: meaning, labels and words side by side."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from recsys.arrays import packed, unpacked
from recsys.datatypes import EncodedQuery
from recsys.knowledge.graph import Graph
from recsys.learning.loop import Schedule
from recsys.learning.pseudo_profiles import PseudoProfiles
from recsys.learning.taste_space import LabelSpace, rocchio, taste
from recsys.learning.word_space import WordSpace

Stems = Callable[[str], Sequence[str]]
"""The stems of a text's words, as a language gives them."""


@dataclass(frozen=True)
class Telling(Schedule):
    """Whom a network learns from and how they are made to speak; a model's Config is one, with
    more."""

    max_users: int = 2_000
    """At most so many users are learned from, drawn at random."""
    min_likes: int = 5
    """Who likes fewer items says too little."""
    held_out: float = 0.12
    """The share of the users who judge an epoch, and teach nothing."""
    profiles: int = 18_000
    """Pseudo-profiles in all."""
    max_labels: int = 5_000
    """At most so many labels are read."""
    min_items: int = 3
    """And none of fewer items."""
    min_said: float = 0.004
    """A label has a place of its own if this share of the pseudo-profiles say it."""
    label_weight: float = 0.5
    """What the labels count beside the Rocchio vector."""
    word_weight: float = 0.5
    """What the words count beside it."""
    item_weight: float = 0.7
    """What an item counts beside a label, in a pseudo-profile."""
    negative_weight: float = -0.5
    """What is turned down counts beside what is wanted."""
    typed_share: float = 0.1
    """The share of a batch that people typed."""
    buckets: int = 16_384
    """In which words are told apart."""
    words: int = 200
    """Directions of the items' words."""


def unit(vectors: np.ndarray) -> np.ndarray:
    """The vectors (..., d) at length 1, and 0 where they have none."""
    length = np.linalg.norm(vectors, axis=-1, keepdims=True)
    found: np.ndarray = vectors / np.maximum(length, 1e-9)
    return found


class Reader:
    """What is said as the input (t,) of a network: Rocchio vector, labels and words."""

    def __init__(self, space: LabelSpace, words: WordSpace, config: Telling):
        self._space, self._words, self._config = space, words, config

    def profiles(
        self, own: PseudoProfiles, items: np.ndarray, spoken: np.ndarray, merge: sparse.csr_array
    ) -> np.ndarray:
        """(u, t) from ``items`` (n, c) and labels ``spoken`` (a, c), each meaning and words."""
        config = self._config
        both = config.item_weight * (own.items @ items) + own.said @ spoken
        width = items.shape[1] - self._words.arrays["word_directions"].shape[1]
        said = (own.said @ merge).toarray()
        return self._joined(both[:, :width], said, both[:, width:])

    def query(self, query: EncodedQuery, graph: Graph, stems: Stems) -> np.ndarray:
        """(t,) of what somebody typed; what they like is told apart."""
        negative = self._config.negative_weight
        nothing = np.zeros((0, query.clause_vectors.shape[1]), dtype=np.float32)
        voice = rocchio(query.clauses, query.clause_vectors, nothing, negative)
        said = self._space.of_links(graph, query.links, negative)
        wanted = " ".join(clause.text for clause in query.clauses if clause.wanted)
        refused = " ".join(clause.text for clause in query.clauses if not clause.wanted)
        words = np.array([1, negative]) @ self._words.vectors([stems(wanted), stems(refused)])
        return self._joined(voice[None], said[None], words[None])[0]

    def _joined(self, voice: np.ndarray, said: np.ndarray, words: np.ndarray) -> np.ndarray:
        config = self._config
        known = taste(unit(voice), said, self._space.idf, config.label_weight)
        return np.concatenate([known, config.word_weight * unit(words)], axis=-1, dtype=np.float32)

    def arrays(self) -> dict[str, np.ndarray]:
        """What ``of`` makes it of again."""
        config = self._config
        weights = [config.label_weight, config.word_weight, config.negative_weight]
        return {
            "labels": packed(self._space.keys),
            "idf": self._space.idf,
            "weights": np.array(weights, dtype=np.float32),
            **self._words.arrays,
        }

    @classmethod
    def of(cls, arrays: Mapping[str, np.ndarray]) -> "Reader":
        """From its ``arrays``."""
        label, word, negative = arrays["weights"].tolist()
        usual = replace(Telling(), label_weight=label, word_weight=word, negative_weight=negative)
        return cls(LabelSpace(unpacked(arrays["labels"]), arrays["idf"]), WordSpace(arrays), usual)
