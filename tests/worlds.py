"""A world of eight items whose right answer a person can see, and an encoder that can be read."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from recsys.datatypes import Progress, no_progress
from recsys.tables import Tables

TOPICS = ("space", "robot", "heist", "love", "ghost", "horse")
"""The fake encoder counts these words and knows no others."""

ITEMS = [
    ("star", "Star Harbour", 1975, ["Drama"], "A slow space voyage; space and more space."),
    ("tin", "Tin Heart", 1999, ["Drama", "Family"], "A robot learns love, a robot learns loss."),
    ("vault", "The Vault", 2001, ["Crime"], "A heist goes wrong, then a second heist."),
    ("letters", "Letters", 1942, ["Romance"], "Love by post, love delayed, love at last."),
    ("attic", "Attic", 2010, ["Horror"], "A ghost upstairs. Another ghost in the cellar."),
    ("mare", "The Grey Mare", 1960, ["Family"], "A horse and a child and a horse fair."),
    ("orbit", "Orbit Job", 2020, ["Crime"], "A heist in space, with one robot."),
    ("moon", "Not the Moon", None, [], "Love and a ghost, far from everything."),
]

LIKES = {"star": 8, "tin": 4, "vault": 4, "letters": 2, "attic": 1, "mare": 1}
"""How many people like each; the others have been liked by nobody."""


class FakeEncoder:
    """One dimension a topic: how often its word stands in the text, and a little of everything."""

    device_name = "paper"

    def __init__(self, name: str = "fake"):
        self.name = name
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], progress: Progress = no_progress) -> np.ndarray:
        self.encoded += texts
        counts = [[text.lower().count(topic) for topic in TOPICS] for text in texts]
        vectors = np.array(counts, dtype=np.float32) + 0.1
        progress(len(texts), len(texts), "reading texts")
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def tables(items: list = ITEMS, likes: dict[str, int] = LIKES) -> Tables:
    """The world as a source would hand it over."""
    frame = pd.DataFrame(items, columns=["id", "title", "year", "categories", "text"])
    frame["year"] = frame["year"].astype("Int32")
    frame["facts"] = [{"Maker": [f"Maker of {id_}"]} for id_ in frame["id"]]
    known = set(frame["id"])
    events = [
        (f"u{user}", id_, 5.0, 0)
        for id_, count in likes.items()
        if id_ in known
        for user in range(count)
    ]
    return Tables(
        frame,
        pd.DataFrame(events, columns=["user", "item", "rating", "timestamp"]),
        pd.DataFrame([("star", "has_theme", "solitude")], columns=["head", "relation", "tail"]),
        about={"noun": "story", "nouns": "stories", "category": "kind", "examples": ["space"]},
    )
