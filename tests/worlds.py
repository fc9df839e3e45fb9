"""A world of eight items whose right answer a person can see, and an encoder that can be read."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from recsys.datatypes import Progress, no_progress
from recsys.knowledge.graph import label
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


def told(reasons) -> list[str]:
    """Reasons in words."""
    return [reason.text for reason in reasons]


class FakeEncoder:
    """One dimension a topic: how often its word stands in the text, and a little of everything.

    A topic may have several words, with | between.
    """

    device_name = "paper"
    why = "a person can read it"

    def __init__(self, name: str = "fake", topics: Sequence[str] = TOPICS):
        self.name = name
        self.topics = topics
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str], progress: Progress = no_progress) -> np.ndarray:
        self.encoded += texts
        words = [topic.split("|") for topic in self.topics]
        counts = [[sum(map(text.lower().count, own)) for own in words] for text in texts]
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


SORTS = {
    "space": ("Science fiction", "stars", "Ada Vale", 1960, "captain rocket orbit"),
    "ghost": ("Horror", "haunting", "Bo Crane", 1970, "cellar midnight whisper"),
    "heist": ("Crime", "robbery", "Cy Drake", 1980, "vault getaway alarm"),
    "horse": ("Western", "frontier", "Di Frost", 1990, "saddle desert sheriff"),
}
"""Topic -> what all ten items of that sort are: category, theme, maker, decade; and their words."""
PLACES = "harbour valley island forest castle station market bridge tunnel garden".split()
"""The word that one item of each sort has to itself."""
CAMPS = {"a": ("space", "heist"), "b": ("ghost", "horse")}
"""Who likes which sorts."""


def shelf(users: int = 20, personas: bool = False) -> Tables:
    """40 items, ten of each sort, item i of sort s in row 10 s + i; ``users`` in each camp.

    User u likes of the camp's two sorts all items but those whose i is u or u + 3, modulo 10:
    each item is liked by eight in ten of one camp and by nobody of the other. The facts are those
    of the triples, so that a new item can be described with exactly the data of one of these.
    """
    items, triples, likes = [], [], []
    for topic, (category, theme, maker, decade, words) in SORTS.items():
        for i, place in enumerate(PLACES):
            id_ = f"{topic}-{i}"
            text = f"A {topic} in the {place}. The {words} and a {topic}."
            mood, country = ("tense" if i < 9 else "calm"), ("Norland", "Sudland")[i % 2]
            facts = {"Theme": [theme], "Director": [maker], "Mood": [mood], "Country": [country]}
            title = f"{topic} {place}".title()
            items.append((id_, title, decade + i, [category], text, facts))
            relations = ("has_theme", "directed_by", "has_mood", "from_country")
            triples += [
                (id_, relation, *facts[label(relation).capitalize()]) for relation in relations
            ]
            likes += [
                (f"{camp}{u:02}", id_, 5.0, 0)
                for camp, topics in CAMPS.items()
                for u in range(users)
                if topic in topics and i not in (u % 10, (u + 3) % 10)
            ]
    frame = pd.DataFrame(items, columns=["id", "title", "year", "categories", "text", "facts"])
    frame["year"] = frame["year"].astype("Int32")
    people = [("ann", "Ann, stargazer", "Space"), ("ben", "Ben, ghost hunter", "Ghosts")]
    judged = [("ann", "space-0", 2), ("ann", "heist-0", 1), ("ann", "ghost-0", -1)]
    judged += [("ben", "ghost-1", 2), ("ben", "horse-1", 1), ("ben", "space-1", -1)]
    return Tables(
        frame,
        pd.DataFrame(likes, columns=["user", "item", "rating", "timestamp"]),
        pd.DataFrame(triples, columns=["head", "relation", "tail"]),
        about=tables().about,
        personas=pd.DataFrame(people if personas else [], columns=["id", "name", "taste"]),
        judgements=pd.DataFrame(judged if personas else [], columns=["persona", "item", "grade"]),
    )
