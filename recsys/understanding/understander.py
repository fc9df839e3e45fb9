"""From a text to an Understanding: reads it, grounds it, measures and says what was understood."""

import re
from collections.abc import Sequence
from functools import lru_cache
from types import ModuleType
from typing import Protocol
from weakref import WeakKeyDictionary

import numpy as np

from recsys.excerpts import telling
from recsys.intents import Reading
from recsys.knowledge.names import fold
from recsys.store.catalogue import Catalogue
from recsys.store.workspace import Workspace
from recsys.understanding import measure
from recsys.understanding.grounding import Grounding
from recsys.understanding.labels import LabelIndex
from recsys.understanding.measure import language_of, words_of
from recsys.understanding.mentions import MentionIndex, affirmed
from recsys.understanding.names import NameIndex
from recsys.understanding.sentence import sentence
from recsys.understanding.understanding import Part, Understanding

SAMPLE = 2000
"""Texts that are read to learn which names are ordinary words."""
MIN_TEXTS = 2
"""A word that so many texts have is a word of the catalogue."""


class Speller(Protocol):
    """What a language's ``Speller`` can do."""

    def recognises(self, word: str) -> bool:
        """Whether the word is known, or is a word of some name."""


_KNOWN: WeakKeyDictionary[Catalogue, "Understander"] = WeakKeyDictionary()
KEPT = 256
"""Understandings that are kept for the next time."""
KEPT_ITEMS = 1 << 24
"""And no more of them than have so many items in all: each holds arrays over all items."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def understander_of(workspace: Workspace) -> "Understander":
    """The Understander of a workspace, made when it is first asked for: it depends on what the
    catalogue holds, and not on who likes what."""
    known = _KNOWN.get(workspace.catalogue)
    if known is None:
        known = _KNOWN[workspace.catalogue] = Understander(workspace)
    return known


class Understander:
    """Understands texts against one workspace; safe to share between threads."""

    def __init__(self, workspace: Workspace):
        self._language = workspace.language
        tables = self._language.TABLES
        nodes = workspace.graph.nodes
        items = workspace.catalogue.items
        self._nouns = workspace.catalogue.about.get("nouns", "items")
        self._labels = LabelIndex(nodes, tables.ALIASES, tables.WANTED, tables.REFUSED)
        texts = items["text"].head(SAMPLE).tolist()
        years = items["year"].to_numpy(np.float64, na_value=np.nan)
        counts = self._language.common_words()
        self._names = NameIndex(nodes, years, _ordinary(texts), self._labels, counts)
        self._speller = _speller(self._language, self._labels, self._names, texts)
        self._grounding = Grounding(
            tables,
            items,
            self._nouns,
            workspace.graph,
            workspace.vectors,
            workspace.index,
            self._labels,
            _mentions(workspace),
        )
        kept = int(np.clip(KEPT_ITEMS // len(items), 1, KEPT))
        self.understand = lru_cache(maxsize=kept)(self._understand)

    def _understand(self, text: str) -> Understanding:
        """What ``text`` stands for here."""
        words = self.words(text)
        own = self._language
        language = own.other_script(text) or language_of(
            words, own.TITLE, own.stop_shares, own.STOP_WORDS, self._speller.recognises
        )
        if language != own.TITLE:
            empty = Reading(text)
            return self._told(text, empty, [], 0.0, language)
        reading = self.read(text)
        parts = self._grounding.parts(reading.intents, reading.text)
        values = self.features(words, reading, parts)
        return self._told(text, reading, parts, measure.score(values), language)

    def read(self, text: str) -> Reading:
        """What ``text`` says, with the words and names of this catalogue."""
        found: Reading = self._language.read(text, self._speller, self._names)
        return found

    def words(self, text: str) -> list[str]:
        """The words of ``text`` that tell its language: those of names do not."""
        outside = list(text)
        for name in self._names.find(text):
            if name.sure:
                outside[name.start : name.end] = " " * (name.end - name.start)
        return words_of(self._language.normalise("".join(outside), None)[0].text)

    def features(self, words: Sequence[str], reading: Reading, parts: Sequence[Part]) -> np.ndarray:
        """(f,) what the score of a text is made of."""
        corrected = {one.said.lower() for one in reading.read_as}
        found = sum(bool(part.nodes or part.rows or part.intent.value) for part in parts)
        return measure.features(
            words,
            lambda word: word in corrected or self._speller.recognises(word),
            self._language.TITLE,
            self._language.stop_shares,
            self._language.STOP_WORDS,
            found,
        )

    def _told(
        self, text: str, reading: Reading, parts: Sequence[Part], score: float, language: str
    ) -> Understanding:
        understood = score >= measure.THRESHOLD
        kept = tuple(parts) if understood else ()
        read = telling([clause.text for clause in reading.clauses])
        told = sentence(kept, understood, language, self._nouns)
        if understood and len(read) < len(reading.clauses):
            told += (
                f" The text is long: of its {len(reading.clauses):,} clauses the {len(read):,} that"
                " tell most are read by meaning."
            )
        return Understanding(
            text,
            self._grounding.count,
            kept,
            tuple(reading.clauses[place] for place in read),
            reading.read_as if understood else (),
            understood,
            score,
            language,
            told,
            self._language.TABLES.trimmed,
        )


def _mentions(workspace: Workspace) -> MentionIndex:
    texts = workspace.catalogue.items["text"]
    return MentionIndex(
        workspace.inverted("mentions", lambda rows: map(affirmed, texts[rows.start : rows.stop]))
    )


def _ordinary(texts: Sequence[str]) -> set[str]:
    """Keys of one to three words that stand in texts in small letters."""
    found: set[str] = set()
    for text in texts:
        words = [fold(word) if word.islower() else "" for word in _WORD.findall(text)]
        found.update(words)
        for length in (2, 3):
            grams = zip(*(words[start:] for start in range(length)), strict=False)
            found.update(" ".join(gram) for gram in grams if all(gram))
    return found


def _speller(
    language: ModuleType, labels: LabelIndex, names: NameIndex, texts: Sequence[str]
) -> Speller:
    said: set[str] = set()
    parts: set[str] = set(" ".join(labels.keys()).split())
    tables = language.TABLES
    for table in (tables.ALIASES, tables.WANTED, tables.REFUSED):
        for name in (name for pair in table.items() for line in pair for name in line.split(", ")):
            (parts if " " in name else said).update(_WORD.findall(name.lower()))
    counted: dict[str, int] = {}
    for text in texts:
        for word in set(_WORD.findall(text.lower())):
            counted[word] = counted.get(word, 0) + 1
    own = parts | {word for word, count in counted.items() if count >= MIN_TEXTS}
    speller: Speller = language.Speller(
        frozenset(said),
        frozenset(names.title_words()),
        frozenset(names.famous()),
        frozenset(own),
        frozenset(names.words()),
    )
    return speller
