"""Whom networks that read a text learn from: what users say, or would have said, and like."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recsys.learning.pseudo_profiles import Manner, PseudoProfiles
from recsys.learning.reader import Reader, Telling
from recsys.learning.taste_space import label_space, speak
from recsys.learning.word_space import learn as learn_words
from recsys.metrics.accuracy import ndcg
from recsys.models import TrainingContext
from recsys.store.labels import labels
from recsys.store.workspace import Workspace

K = 20
"""Places that count on who is held out."""
JUDGED_PROFILES = 2
"""So many of the pseudo-profiles of somebody who is held out, and typed nothing, are judged."""
MIN_USERS = 10
"""Fewer teach nothing that would hold for another."""


@dataclass(frozen=True, eq=False)
class Told:
    """``likes`` (u, n) of the users with those ``ids`` (u,); ``pseudo`` (r, u, t) are profiles of
    them and ``typed`` those that people typed, by user, as the ``reader`` reads them; ``items``
    (n, c) what items are, the first ``width`` of it what they mean and then their words. What the
    r rounds of ``profiles`` say is called by its ``names`` (a,)."""

    likes: sparse.csr_array
    ids: np.ndarray
    pseudo: np.ndarray
    typed: Mapping[str, np.ndarray]
    items: np.ndarray
    width: int
    reader: Reader
    profiles: Sequence[PseudoProfiles] = ()
    names: Sequence[str] = ()


def listen(
    workspace: Workspace, config: Telling, context: TrainingContext, rng: np.random.Generator
) -> Told | None:
    """What users tell; None where fewer than MIN_USERS like enough items."""
    counts = np.diff(workspace.interactions.likes.indptr)
    users = np.flatnonzero(counts >= config.min_likes)
    if len(users) > config.max_users:
        users = np.sort(rng.choice(users, config.max_users, replace=False))
    if len(users) < MIN_USERS:
        return None
    likes = workspace.interactions.likes[users]
    tied, said = labels(workspace, config.min_items, config.max_labels)
    manner = Manner(negative_weight=config.negative_weight)
    profiles = speak(likes, tied, said, config.profiles, manner, rng, context.progress)
    space, merge = label_space(profiles, said, tied, config.min_said)
    stems = workspace.language.stems
    documents = workspace.catalogue.documents()["document"]
    texts = [stems(text) for text in documents]
    words = learn_words(texts, config.buckets, config.words, config.seed)
    reader = Reader(space, words, config)
    items = np.concatenate([workspace.vectors, words.vectors(texts)], axis=1)  # (n, c)
    names = said["name"].tolist()
    voices = np.zeros((0, workspace.vectors.shape[1]), dtype=np.float32)
    if names:
        voices = workspace.centre(context.encoder.encode(names, context.progress))
    spoken = np.concatenate([voices, words.vectors([stems(name) for name in names])], axis=1)
    pseudo = np.stack([reader.profiles(own, items, spoken, merge) for own in profiles])
    typed = {
        user: reader.query(query, workspace.graph, stems) for user, query in context.typed().items()
    }
    ids, width = workspace.interactions.users[users], workspace.vectors.shape[1]
    return Told(likes, ids, pseudo, typed, items, width, reader, profiles, names)


class People:
    """Those who teach, drawn for a batch, and those held out, who judge an epoch.

    Who types does not start where pseudo-profiles do: ``centre`` (t,) is of those who typed, where
    anybody did, and taken off what they say.
    """

    def __init__(self, told: Told, config: Telling, rng: np.random.Generator):
        self.likes, self._config = told.likes, config
        self.counts = np.diff(told.likes.indptr)
        middle = told.pseudo.mean(axis=(0, 1))
        self._pseudo = told.pseudo - middle
        place = {user: row for row, user in enumerate(told.ids)}
        known = [user for user in told.typed if user in place]
        self._speakers = np.array([place[user] for user in known], dtype=np.int64)
        self.centre = np.mean(list(told.typed.values()), axis=0) if told.typed else middle
        texts = np.array([told.typed[user] for user in known], dtype=np.float32)
        self._typed = texts.reshape(-1, len(middle)) - self.centre
        judging = rng.random(len(told.ids)) < config.held_out
        judging[rng.integers(len(told.ids))] = True
        self._judges, self._teachers = np.flatnonzero(judging), np.flatnonzero(~judging)
        self._teaching = np.flatnonzero(~judging[self._speakers])  # of what was typed

    def draw(self, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
        """What is said (b, t) for a batch, and the users (b,) who say it."""
        config = self._config
        typed = round(config.batch * config.typed_share) if len(self._teaching) else 0
        users = rng.choice(self._teachers, config.batch - typed)
        said = self._pseudo[rng.integers(len(self._pseudo), size=len(users)), users]
        if typed:
            chosen = rng.choice(self._teaching, typed)
            said = np.concatenate([said, self._typed[chosen]])
            users = np.concatenate([users, self._speakers[chosen]])
        return said, users

    def own(self, user: int) -> np.ndarray:
        """The items that somebody likes."""
        found: np.ndarray = self.likes.indices[slice(*self.likes.indptr[[user, user + 1]])]
        return found

    def judge(self, score: Callable[[np.ndarray], np.ndarray]) -> float:
        """Mean NDCG@K of the likes of who is held out, where ``score`` makes (p, n) of the (p, t)
        that somebody typed or would have; NaN where a score is no number."""
        found = []
        # Of equals the first would be found by the catalogue's order, which may tell what is liked.
        luck = np.random.default_rng(self._config.seed).permutation(self.likes.shape[1])
        for user, said in self._judged():
            own, scores = self.own(user), score(said)
            if not np.isfinite(scores).all():
                return float("nan")
            for line in scores:
                order = np.lexsort((luck, -line))
                found.append(ndcg(np.isin(order, own).astype(float), K))
        return float(np.mean(found))

    def _judged(self) -> Iterator[tuple[int, np.ndarray]]:
        texts = dict(zip(self._speakers.tolist(), self._typed, strict=True))
        for user in self._judges.tolist():
            said = texts[user][None] if user in texts else self._pseudo[:JUDGED_PROFILES, user]
            yield user, said

    @property
    def popularity(self) -> np.ndarray:
        """(n,) the logarithm of how much each item is liked, a like worth less the more its user
        likes."""
        counts = np.maximum(self.counts, 1)
        even = np.asarray(self.likes.multiply(1 / np.sqrt(counts)[:, None]).mean(axis=0)).ravel()
        found: np.ndarray = np.log(even + 0.1 * even.mean()).astype(np.float32)
        return found

    @property
    def weight(self) -> np.ndarray:
        """(u,) what each user counts in a loss: the root of their likes, 1 for the mean."""
        found: np.ndarray = np.sqrt(self.counts / self.counts.mean()).astype(np.float32)
        return found


def rarity(likes: sparse.csr_array, draws: int) -> np.ndarray:
    """(n,) the logarithm of how likely an item is among so many ``draws`` of a user and then one
    of their likes: what is taken off its score where it was drawn (Yi et al. 2019)."""
    counts = np.maximum(np.diff(likes.indptr), 1)
    share = np.asarray(likes.multiply(1 / counts[:, None]).mean(axis=0)).ravel()
    drawn = -np.expm1(-draws * share)
    found: np.ndarray = np.log(np.maximum(drawn, 1e-9)).astype(np.float32)
    return found
