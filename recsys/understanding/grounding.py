"""Grounding: what each intent stands for among the items of one workspace."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
from scipy import sparse

from recsys.indexes import Index
from recsys.intents import SOFT, Intent, Name
from recsys.knowledge.graph import Graph
from recsys.understanding.forms import Forms, lacks, mask
from recsys.understanding.keys import tokens
from recsys.understanding.labels import Answer, LabelIndex, Mention, membership
from recsys.understanding.mentions import MentionIndex
from recsys.understanding.resemblance import Resemblance
from recsys.understanding.understanding import Part

TEXT_FIT = 0.5
"""How much an item has what only its text speaks of."""
WORD_FIT = 0.6
"""How much an item has a wanted word that is no label, and that its text speaks of."""
KIND_OF = {"mood": "tone", "weight": "tone", "country": "place", "set in": "place"}
"""Kind of a label -> kind of the part; any other is a topic."""


@dataclass(frozen=True)
class Said:
    """The whole ``text``, and the labels ``wanted`` somewhere in it."""

    text: str
    wanted: frozenset[int]


class Grounding:
    """Makes Parts of Intents; built once for a workspace."""

    def __init__(
        self,
        tables: SimpleNamespace,
        items: pd.DataFrame,
        nouns: str,
        graph: Graph,
        vectors: np.ndarray,
        index: Index,
        labels: LabelIndex,
        mentions: MentionIndex,
    ):
        self._language = tables
        self._graph, self._nouns = graph, nouns
        self._name: list[str] = graph.nodes["name"].astype(str).tolist()
        self.count = len(items)
        self._labels = labels
        self._texts = mentions
        ties = sparse.csr_array(self._graph.weights[: self.count])
        self._resemblance = Resemblance(ties, vectors, index)
        self._forms = Forms(tables, items, nouns, labels, ties, self.rows_of)
        self._ground: dict[str, Callable[[Intent, Said], Iterable[Part]]] = {
            "time": lambda intent, _: self._forms.time(intent),
            "number": lambda intent, _: self._forms.number(intent),
            "audience": lambda intent, _: self._forms.audience(intent),
            "language": lambda intent, _: self._forms.spoken(intent),
            "person": self._person,
            **dict.fromkeys(("example", "seen", "liked", "disliked"), self._named),
            "filler": self._filler,
        }

    def parts(self, intents: Sequence[Intent], text: str) -> list[Part]:
        """The parts of a ``text`` that says these ``intents``, in order."""
        said = Said(text, frozenset(self._wanted_labels(intents)))
        found: list[Part] = []
        for intent in intents:
            found += self._ground.get(intent.kind, self._topic)(intent, said)
        rows = [row for part in found if part.intent.kind == "example" for row in part.rows]
        return [self._forms.compared(part, rows) for part in found]

    def _wanted_labels(self, intents: Sequence[Intent]) -> Iterator[int]:
        for intent in intents:
            if intent.polarity > 0 and intent.kind in ("topic", "tone"):
                for mention in self._mentions(intent.whole or intent.text):
                    yield from (one.nodes[0] for one in mention.answers if len(one.nodes) == 1)

    def rows_of(self, node: int) -> np.ndarray:
        """The items that are tied to ``node``, or are it."""
        if node < self.count:
            return np.array([node])
        near = self._graph.around(node)[0]
        return near[near < self.count]

    def _filler(self, intent: Intent, said: Said) -> list[Part]:
        return []

    def _person(self, intent: Intent, said: Said) -> list[Part]:
        name = intent.value
        if not isinstance(name, Name):
            why = lacks("one of that name") if intent.text[:1].isupper() else ""
            return self._topic(replace(intent, kind="topic"), said) or [
                Part(intent, intent.text, acted=False, why=why)
            ]
        fit = mask([self.rows_of(node) for node in name.nodes], self.count).astype(np.float32)
        if name.kind != "person":
            intent = replace(intent, kind="topic")
        return [Part(intent, self._called(name), name.nodes, fit=fit)]

    def _named(self, intent: Intent, said: Said) -> list[Part]:
        name = intent.value
        if not isinstance(name, Name):
            why = f"not among the {self._nouns} here"
            return [Part(intent, intent.text, acted=False, why=why)]
        rows = np.unique(np.concatenate([self.rows_of(node) for node in name.nodes]))
        fit = None
        if intent.kind != "disliked" and (intent.polarity or self._language.MORE.search(said.text)):
            fit = self._resemblance.of(rows.tolist())
        elif intent.kind == "disliked":
            fit = mask([rows], self.count).astype(np.float32)
        label = self._called(name)
        return [Part(intent, label, name.nodes, tuple(rows.tolist()), fit)]

    # topics and tones

    def _topic(self, intent: Intent, said: Said) -> list[Part]:
        intent = replace(intent, text=intent.whole or intent.text, whole="")
        words = tokens(intent.text)
        mentions = self._mentions(intent.text)
        taken = [(mention.start, mention.end) for mention in mentions]
        rest = []
        for word in words:
            covered = any(start <= word.start < end for start, end in taken)
            spelt = intent.text[word.start : word.end]
            silent = self._language.says_nothing(intent.text, word.start, word.end)
            if not covered and "'" not in spelt and not silent:
                rest.append(spelt)
        parts = [self._labelled(intent, mention, said) for mention in mentions]
        if intent.polarity < 0 and mentions:
            return [self._kind_of(intent, parts, rest)]
        return parts + (self._words(intent, rest) if rest else [])

    def _mentions(self, text: str) -> list[Mention]:
        return [one for one in self._labels.find(tokens(text)) if self._says(one, text)]

    def _says(self, mention: Mention, text: str) -> bool:
        several = " " in text[mention.start : mention.end]
        return several or not self._language.says_nothing(text, mention.start, mention.end)

    def _kind_of(self, intent: Intent, parts: Sequence[Part], rest: Sequence[str]) -> Part:
        """What is turned down by several words: only what all of them are said of.

        "Violent crime" is not all crime; "stupid comedies" are some comedies, nobody knows which.
        """
        fits = [part.fit for part in parts if part.fit is not None]
        fit = np.min(fits, axis=0)
        vague = [word for word in rest if word.lower() not in self._language.INTENSE]
        if vague:
            fit = np.minimum(fit, TEXT_FIT)
        nodes = tuple(dict.fromkeys(node for part in parts for node in part.nodes))
        label = ", ".join(dict.fromkeys(part.label for part in parts))
        alone = len(parts) == 1 and not vague
        kind = parts[0].intent.kind if alone else intent.kind
        return Part(replace(intent, kind=kind), label, nodes if alone else (), fit=fit)

    def _labelled(self, intent: Intent, mention: Mention, said: Said) -> Part:
        turned = intent.polarity < 0
        answers = mention.answers
        if turned:  # "comedy, less slapstick" turns down no comedy
            answers = self._labels.refused(mention, said.wanted)
        words = intent.text[mention.start : mention.end]
        fit = self._fit(answers)
        if turned:
            for word in words.split():
                spoken = self._texts.rows(word)
                fit[spoken] = np.maximum(fit[spoken], TEXT_FIT)
        kind = intent.kind
        if kind == "topic" and answers:
            kind = KIND_OF.get(self._labels.kind[answers[0].nodes[0]], "topic")
        nodes = tuple(dict.fromkeys(one.nodes[0] for one in answers if len(one.nodes) == 1))
        label = ", ".join(self._name[node] for node in nodes[:3])
        said_here = replace(intent, kind=kind, text=words)
        return Part(said_here, label or words, nodes, fit=fit)

    def _words(self, intent: Intent, words: Sequence[str]) -> list[Part]:
        fit = np.zeros(self.count, dtype=np.float32)
        for word in words:
            share = TEXT_FIT if intent.polarity < 0 else WORD_FIT / len(words)
            spoken = self._texts.rows(word)
            if intent.polarity < 0:
                fit[spoken] = share
            else:
                fit[spoken] += share
        text = " ".join(words)
        nations = [word for word in words if word.lower() in self._language.NATIONS]
        if nations and "country" not in self._labels.kind.values():
            place = replace(intent, kind="place", text=nations[0])
            rest = [word for word in words if word not in nations]
            grey = Part(place, nations[0], acted=False, why=lacks("countries"))
            return [grey, *(self._words(intent, rest) if rest else [])]
        why = "" if fit.any() else "by its meaning only"
        sure = replace(intent, text=text, confidence=min(intent.confidence, SOFT))
        return [Part(sure, text, fit=fit, why=why)]

    def _fit(self, answers: Sequence[Answer]) -> np.ndarray:
        fit = np.zeros(self.count, dtype=np.float32)
        for answer in answers:
            rows = [self.rows_of(node) for node in answer.nodes]
            mask = membership(rows, self.count) if len(rows) > 1 else rows[0]
            fit[mask] = np.maximum(fit[mask], answer.weight)
        return fit

    def _called(self, name: Name) -> str:
        return ", ".join(dict.fromkeys(self._name[node] for node in name.nodes[:2]))
