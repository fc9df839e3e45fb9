"""Reception: how much more an item is liked where it is shown than was predicted of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from weakref import WeakKeyDictionary

import numpy as np

from recsys.arrays import greatest
from recsys.datatypes import EncodedQuery, Reason
from recsys.errors import WorkspaceError
from recsys.metrics.shrinkage import estimate_strength, interval, prior, shifted_odds
from recsys.models.new_item.predicted import predicted_likes
from recsys.store.learned import Learned, State
from recsys.store.workspace import Workspace

TITLE = "Seen in use"
TERM = "Bayesian shrinkage"
HELP = (
    "Whether people to whom it was shown here liked it more often than was predicted. It says"
    " something where the events of visitors are kept."
)
DEFAULT_WEIGHT = 0.2
FEEDBACK = False
FROM_PEOPLE = True

FULL_SPREAD = 0.5
"""Where rates are this far from what was predicted, in natural logarithms and as a standard
deviation, the signal is listened to all the way."""
TELLING = 1.1
"""A rate so many times as great as was predicted is a reason."""


@dataclass(frozen=True, eq=False)
class Rates:
    """How probably who is shown an item likes it: ``predicted`` (n,), and how often it was
    ``shown`` and ``liked`` then (n,); a prediction counts as much as ``strength`` showings.

    ``known`` (n,) is how many showings the data of the catalogue are worth beside.
    """

    predicted: np.ndarray
    shown: np.ndarray
    liked: np.ndarray
    strength: float
    known: np.ndarray

    @cached_property
    def posterior(self) -> tuple[np.ndarray, np.ndarray]:
        """The parameters (n,) of the Beta distributions of the rates after what was observed."""
        a, b = prior(self.predicted, self.strength)
        return a + self.liked, b + self.shown - self.liked

    @cached_property
    def belief(self) -> tuple[np.ndarray, np.ndarray]:
        """The same with what the catalogue's own data say: a like there is worth one here, so that
        what many like is no riddle."""
        a, b = self.posterior
        heard = prior(self.mean, self.known)
        return a + heard[0], b + heard[1]

    @cached_property
    def mean(self) -> np.ndarray:
        """(n,) the rates that are expected by now."""
        a, b = self.posterior
        return a / (a + b)

    @cached_property
    def lift(self) -> np.ndarray:
        """(n,) natural logarithms that the expected rates are above what was predicted."""
        return np.log(self.mean / self.predicted)

    def interval_before(self, row: int) -> tuple[float, float]:
        """The 80 % interval of the prediction for the item of that row."""
        a, b = prior(self.predicted[row], self.strength)
        low, high = interval(a, b)
        return float(low), float(high)

    def interval_now(self, row: int) -> tuple[float, float]:
        """The 80 % interval after what was observed."""
        a, b = self.posterior
        low, high = interval(a[row], b[row])
        return float(low), float(high)


_KNOWN: WeakKeyDictionary[Workspace, tuple[object, int, Rates]] = WeakKeyDictionary()
"""Workspace -> how its log stood when it was looked at last, the state then, and the rates."""


def rates_of(workspace: Workspace) -> Rates:
    """The rates of a workspace, by what was learned until now, also by others."""
    learned = Learned(workspace.folder.parent.name, workspace.folder.parent.parent)
    stamp, (seen, number, rates) = learned.log.stamp(), _KNOWN.get(workspace, (None, -1, None))
    if rates is not None and stamp == seen:
        return rates
    try:
        newest, state = learned.newest()
    except WorkspaceError:  # a damaged log keeps nobody from their list: the page Trust tells of it
        newest, state = 0, State()
    if rates is None or newest != number:
        rates = _rates(workspace, state.items)
    _KNOWN[workspace] = stamp, newest, rates
    return rates


def _rates(workspace: Workspace, items: Mapping[str, tuple[int, int]]) -> Rates:
    share, likes = _predicted(workspace)
    shown, liked = np.zeros(len(share)), np.zeros(len(share))
    place = {id_: row for row, id_ in enumerate(workspace.catalogue.items["id"])}
    for id_, counts in items.items():
        if id_ in place:  # else it is in no catalogue now
            shown[place[id_]], liked[place[id_]] = counts
    rows = np.flatnonzero(shown)
    predicted = shifted_odds(share, shown, liked)
    strength = estimate_strength(predicted[rows], shown[rows], liked[rows])
    return Rates(predicted, shown, liked, strength, likes)


def _predicted(workspace: Workspace) -> tuple[np.ndarray, np.ndarray]:
    """(n,) which share of all people likes each item, as predicted of those whose likes nobody
    knows; and how many do."""
    interactions = workspace.interactions
    likes = interactions.popularity.astype(float)
    share = likes / max(len(interactions.users), 1)
    share[interactions.unknown] = share.mean()
    if new := predicted_likes(workspace):
        share[new.rows] = new.share
    return share, likes


class Signal:
    """log(expected rate / predicted rate), 0 for what was never shown.

    Without any events, and of what is held out: no opinion.
    """

    def __init__(self, workspace: Workspace):
        self._workspace = workspace

    def propose(self, query: EncodedQuery, n: int) -> np.ndarray:
        lift = self._lift()
        rows = np.flatnonzero(lift > 0)
        return rows[greatest(lift[rows], n)]

    def score(self, query: EncodedQuery, rows: np.ndarray) -> np.ndarray:
        return self._lift()[rows].astype(np.float32)

    def emphasis(self, query: EncodedQuery) -> float:
        """How far it is to be listened to: the further, the more what was observed differs from
        what was predicted. A single like, of one item among thousands, must not stand out as what
        it is, thousands of standard deviations."""
        lift = self._lift()
        opinions = lift[~np.isnan(lift)]
        return min(float(opinions.std()) / FULL_SPREAD, 1.0) if len(opinions) else 0.0

    def evidence(self, query: EncodedQuery, rows: np.ndarray) -> list[Reason]:
        lift, rates = self._lift()[rows], rates_of(self._workspace)
        reasons = []
        for row, above in zip(rows.tolist(), lift.tolist(), strict=True):
            said = f"liked by {rates.liked[row]:,.0f} of {rates.shown[row]:,.0f} who saw it here"
            reasons.append(Reason(said) if above > np.log(TELLING) else Reason())
        return reasons

    def belief(self) -> tuple[np.ndarray, np.ndarray]:
        """Of every item, what is believed of how probably who is shown it likes it: the parameters
        (n,) of Beta distributions, which curiosity draws from."""
        return rates_of(self._workspace).belief

    def _lift(self) -> np.ndarray:
        rates, interactions = rates_of(self._workspace), self._workspace.interactions
        if not rates.shown.any():
            return np.full(len(rates.shown), np.nan)
        held_out = interactions.unknown[interactions.unknown < self._workspace.built]
        lift = rates.lift.copy()
        lift[held_out] = np.nan
        return lift
