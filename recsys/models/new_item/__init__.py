"""New items: what they are, who will like them, and where they stand on a map of the catalogue."""

from dataclasses import dataclass, field

import numpy as np

from recsys.datatypes import Progress
from recsys.encoders import TextEncoder
from recsys.models import Arrays, TrainingContext
from recsys.models.new_item import alone
from recsys.models.new_item import attributes as item_attributes
from recsys.models.new_item import kernel as item_kernel
from recsys.models.new_item import likes as item_likes
from recsys.models.new_item import map as item_map
from recsys.models.new_item.attributes import ItemAttributes
from recsys.models.new_item.kernel import ItemKernel
from recsys.models.new_item.likes import ItemLikes
from recsys.models.new_item.map import ItemMap
from recsys.models.new_item.tf_idf import title_and_text
from recsys.store.interactions import Interactions
from recsys.store.schema import digest
from recsys.store.workspace import Workspace

__all__ = [
    "HELP", "NEEDS", "TITLE", "Config", "NewItemModel", "fit", "items_read_alone", "part",
    "read_alone", "title_and_text",
]  # fmt: skip

TITLE = "New items"
HELP = "What a new item is, from its words, and who likes what is like it (kernel ridge)."
NEEDS = ("likes",)


@dataclass(frozen=True)
class Config:
    """How new items are learned about, part by part."""

    kernel: item_kernel.Config = field(default_factory=item_kernel.Config)
    """How items are compared."""
    likes: item_likes.Config = field(default_factory=item_likes.Config)
    """Who likes them, and how many."""
    attributes: item_attributes.Config = field(default_factory=item_attributes.Config)
    """What they are."""
    map: item_map.Config = field(default_factory=item_map.Config)
    """Where they stand."""
    min_items: int = 20
    """Of fewer items nothing is learned about new ones."""
    max_read_alone: int = 2_000
    """Title and text are embedded without the rest for so many items; for others that is estimated
    from the whole."""
    alone_ridge: float = 10.0
    """Penalty of that estimate."""


def fit(workspace: Workspace, config: Config, context: TrainingContext) -> dict[str, np.ndarray]:
    """The arrays of all parts that could be learned, each under its part's name and a dot.

    Empty for a catalogue of too few items, or without both likes and their absence.
    """
    interactions = workspace.interactions
    known = item_likes.known_items(interactions, config.likes)
    if len(known) < config.min_items or not _both_told(interactions, known):
        return {}
    arrays = item_kernel.fit(workspace, config.kernel)
    kernel = ItemKernel(workspace, arrays, config.kernel)
    likes = item_likes.fit(interactions, kernel, config.likes, context.progress)
    points = item_map.fit(workspace.vectors, known, config.map)
    texts = _texts(workspace, known, config, context)
    named = kernel.named(workspace.catalogue.items["text"].iloc[known].tolist())
    attributes = item_attributes.fit(kernel, known, texts, named, config.attributes)
    parts = {"kernel": arrays, "likes": likes, "map": points, "attributes": attributes}
    flat: dict[str, np.ndarray] = {}
    for name, learned in parts.items():
        flat |= {f"{name}.{key}": array for key, array in learned.items()}
    return flat


class NewItemModel:
    """What ``fit`` learned, ready to be asked: ``kernel``, ``likes``, ``map``, and ``attributes``,
    which is None where none was common enough to be learned."""

    def __init__(self, workspace: Workspace, arrays: Arrays, config: Config = Config()):
        self.kernel = ItemKernel(workspace, part(arrays, "kernel"), config.kernel)
        self.likes = ItemLikes(part(arrays, "likes"), self.kernel, config.likes)
        points = part(arrays, "map")
        self.map = ItemMap(points, workspace.vectors, workspace.built, config.map)
        self.attributes: ItemAttributes | None = None
        attributes = part(arrays, "attributes")
        if attributes:
            self.attributes = ItemAttributes(attributes, self.kernel, config.attributes)


def part(arrays: Arrays, name: str) -> dict[str, np.ndarray]:
    """The arrays of one part, by their own names; empty where it was not learned."""
    prefix = f"{name}."
    keys = [key for key in arrays if key.startswith(prefix)]
    return {key.removeprefix(prefix): arrays[key] for key in keys}


def items_read_alone(popularity: np.ndarray, config: Config) -> np.ndarray:
    """Rows of the items of which title and text are embedded without the rest, by the likes (n,) of
    each: a sample of those from which new ones are judged."""
    rows = item_likes.most_liked(popularity, config.likes)
    if len(rows) < config.min_items or not popularity.any():
        return rows[:0]
    return alone.sample(rows, config.max_read_alone)


def read_alone(
    workspace: Workspace, encoder: TextEncoder, rows: np.ndarray, progress: Progress
) -> np.ndarray:
    """(k, d) embeddings of title and text alone; those made when building are not made again."""
    items = workspace.catalogue.items.iloc[rows]
    texts = [title_and_text(*pair) for pair in zip(items["title"], items["text"], strict=True)]
    digests = [digest(text) for text in texts]
    known = workspace.catalogue.embedded(encoder.name, digests)
    new = {key: text for key, text in zip(digests, texts, strict=True) if key not in known}
    if new:
        vectors = encoder.encode(list(new.values()), progress)
        known |= dict(zip(new, vectors, strict=True))
    return np.stack([known[key] for key in digests])


def _texts(
    workspace: Workspace, known: np.ndarray, config: Config, context: TrainingContext
) -> np.ndarray:
    """(k, d) embeddings of title and text alone of the ``known`` rows (k,)."""
    sampled = items_read_alone(workspace.interactions.popularity, config)  # as the build did
    read = np.flatnonzero(np.isin(known, sampled))
    texts = read_alone(workspace, context.encoder, known[read], context.progress)
    if len(read) == len(known):
        return texts
    whole = workspace.catalogue.embeddings(context.encoder.name, known)
    return alone.estimated(whole, read, texts, config.alone_ridge)


def _both_told(interactions: Interactions, known: np.ndarray) -> bool:
    """Whether some pair of a user and a known item is a like, and some other is none."""
    likes = interactions.popularity[known].sum()
    return bool(0 < likes < len(known) * len(interactions.users))
