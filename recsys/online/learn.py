"""From the log to a state: read in order, an event at a time, it gives the same state every time.

Of each item it counts how often it was shown, and liked where it was shown. From each like in a
list it learns weights of the signals: the item was chosen from among the others of that list that
were not liked before.
"""

import json
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from recsys.datatypes import Progress, no_progress
from recsys.online.choices import PRIOR_PRECISION, choose
from recsys.signals import default_weights
from recsys.store.events import EventLog
from recsys.store.learned import Learned, State

BATCH = 100_000
"""Events that are read at once."""
MOST_CHOICE = 200
"""A list of more items teaches no weights: nobody has looked at all of it."""


def learn(name: str, progress: Progress = no_progress) -> State:
    """Learns from the events that came since the state in service; the state that is then.

    Where the learning is frozen, nothing is learned. Raises as EventLog does.
    """
    learned = Learned(name)
    while not learned.frozen:
        since, (_, state) = learned.token(), learned.newest()
        found = replay(learned.log, state, progress)
        if found.upto == state.upto or learned.keep(found, since):
            return found
    return learned.newest()[1]


def replay(log: EventLog, state: State = State(), progress: Progress = no_progress) -> State:  # noqa: B008
    """What is learned from the events after the ``state``, without keeping it."""
    counts = {item: list(each) for item, each in state.items.items()}
    weights = _Weights(state)
    upto, read, total = state.upto, 0, log.count(state.upto)
    while len(batch := log.table(after=upto, limit=BATCH)):
        upto, read = int(batch.index[-1]), read + len(batch)
        shown = batch[batch["kind"] == "impression"]
        for item, count in shown["item"].value_counts().items():
            counts.setdefault(str(item), [0, 0])[0] += int(count)
        likes = batch[(batch["kind"] == "like") & (batch["list_id"] != "")]
        lists = _Lists(log, likes["list_id"].unique().tolist())
        for number, item, list_id in likes[["item", "list_id"]].itertuples():
            rest = lists.left(list_id, item, number)
            if item not in rest:
                continue  # it did not stand in the list, or was liked before
            counts.setdefault(item, [0, 0])[1] += 1
            weights.learn(rest, item)
        progress(read, max(read, total), "learning from events")
    items = {item: (shown, liked) for item, (shown, liked) in counts.items()}
    return replace(weights.put_into(state), upto=upto, items=items)


class _Lists:
    """The lists with these ids: what was shown in each, and when it was liked."""

    def __init__(self, log: EventLog, ids: list[str]):
        self._shown: dict[str, dict[str, tuple[int, str]]] = {}
        self._liked: dict[str, dict[str, int]] = {}
        for list_id, item, number, kind, signals in log.of_lists(ids):
            if kind == "impression":
                self._shown.setdefault(list_id, {}).setdefault(item, (number, signals))
            else:
                self._liked.setdefault(list_id, {}).setdefault(item, number)

    def left(self, list_id: str, item: str, number: int) -> Mapping[str, str]:
        """Item -> signals of those shown in the list before the event ``number`` and not liked
        before it."""
        liked = self._liked.get(list_id, {})
        return {
            each: signals
            for each, (when, signals) in self._shown.get(list_id, {}).items()
            if when < number and liked.get(each, number) >= number
        }


class _Weights:
    """The weights while they are learned; a signal that is met for the first time begins with its
    usual weight."""

    def __init__(self, state: State):
        self.signals = list(state.signals)
        self.weights, self.precision = state.weights, state.precision
        self.choices = state.choices

    def learn(self, shown: Mapping[str, str], chosen: str) -> None:
        """From the choice of one item of those ``shown``, with their signals as JSON."""
        if not 1 < len(shown) <= MOST_CHOICE or not all(shown.values()):
            return
        said = [json.loads(signals) for signals in shown.values()]
        for name in sorted({name for line in said for name in line}.difference(self.signals)):
            self._add(name)
        table = np.array([[line.get(name, 0.0) for name in self.signals] for line in said])
        place = list(shown).index(chosen)
        self.weights, self.precision = choose(self.weights, self.precision, table, place)
        self.choices += 1

    def _add(self, signal: str) -> None:
        count = len(self.signals)
        self.signals.append(signal)
        self.weights = np.append(self.weights, default_weights().get(signal, 0.0))
        wider = np.eye(count + 1) * PRIOR_PRECISION
        wider[:count, :count] = self.precision
        self.precision = wider

    def put_into(self, state: State) -> State:
        """The ``state`` with these weights."""
        return replace(
            state,
            signals=tuple(self.signals),
            weights=self.weights,
            precision=self.precision,
            choices=self.choices,
        )
