"""Replayed in order, the log gives the same state; states have versions to go back to."""

import json

import numpy as np
import pytest

from recsys.errors import QueryError
from recsys.online.learn import learn, replay
from recsys.signals import default_weights
from recsys.store.events import Event, EventLog
from recsys.store.learned import MOST_STATES, Learned, State


@pytest.fixture
def log(root) -> EventLog:
    (root / "small").mkdir(parents=True)
    return EventLog("small")


def shown(list_id, **signals) -> list[Event]:
    """A list of items, each with what the signal ``content`` says of it."""
    return [
        Event(0.0, "ann", "impression", list_id, item, place, signals={"content": said})
        for place, (item, said) in enumerate(signals.items(), start=1)
    ]


def like(list_id, item, visitor="ann") -> Event:
    return Event(0.0, visitor, "like", list_id, item)


def test_what_was_shown_and_liked_there_is_counted(log):
    log.append(shown("1", star=1.0, tin=-1.0))
    log.append([like("1", "star"), like("1", "star"), like("1", "vault"), like("", "tin")])
    log.append([like("2", "tin"), *shown("2", tin=0.0)])  # before it was shown
    log.append([Event(0.0, "ann", "dislike", "2", "tin"), Event(0.0, "ann", "open", "2", "tin")])
    assert learn("small").items == {"star": (1, 1), "tin": (2, 0)}


def test_weights_move_towards_what_was_chosen(log):
    """Of two at 1 and -1, of a signal that weighs w: p = 1 / (1 + exp(-2 w)) is how likely the
    first was, and one step of Newton's with a precision of 10 + 4 p (1 - p) follows."""
    log.append([*shown("1", star=1.0, tin=-1.0), like("1", "tin")])
    state = learn("small")
    w = default_weights()["content"]
    p = 1 / (1 + np.exp(-2 * w))
    assert (state.signals, state.choices) == (("content",), 1)
    assert state.precision == pytest.approx(np.array([[10 + 4 * p * (1 - p)]]))
    assert state.weights == pytest.approx(w - 2 * p / (10 + 4 * p * (1 - p)))


def some_use(seed: int, lists: int, signals=("content", "graph", "lexical")) -> list[Event]:
    rng, found = np.random.default_rng(seed), []
    for number in range(lists):
        items = rng.choice(list("abcdefgh"), 4, replace=False).tolist()
        for item in items:
            said = dict(zip(signals, rng.normal(size=3).tolist(), strict=True))
            found.append(
                Event(0.0, f"v{number % 5}", "impression", f"{number}", item, signals=said)
            )
        found += [like(f"{number}", item, f"v{number % 5}") for item in items if rng.random() < 0.4]
    return found


def test_learned_bit_by_bit_or_all_at_once_it_is_the_same(log):
    use = some_use(1, 60)
    for start in range(0, len(use), 7):
        log.append(use[start : start + 7])
        bit_by_bit = learn("small")
    whole = replay(log)
    assert whole.body() == bit_by_bit.body()
    assert whole.hash == Learned("small").versions()[0].hash
    assert State.read(whole.body()).body() == whole.body()
    assert len(Learned("small").versions()) == MOST_STATES


def test_nothing_new_makes_no_version(log):
    assert learn("small").upto == 0
    assert not log.path.exists()
    log.append(shown("1", star=1.0))
    learn("small")
    learn("small")
    assert len(Learned("small").versions()) == 1


def test_it_goes_back_stands_still_and_goes_on(log):
    kept = Learned("small")
    log.append(shown("1", star=1.0))
    learn("small")
    log.append(shown("2", star=1.0))
    latest = learn("small")
    first = kept.versions()[-1]
    kept.back_to(first.number)
    assert (kept.frozen, kept.newest()[0]) == (True, first.number)
    assert learn("small").items == {"star": (1, 0)}
    with pytest.raises(QueryError, match=f"no state 99. There are: {first.number}"):
        kept.back_to(99)
    kept.freeze(False)
    assert learn("small").body() == latest.body()


def test_who_is_forgotten_has_taught_nothing(log):
    use = some_use(2, 30)
    log.append(use)
    learn("small")
    log.forget("v3")
    assert Learned("small").newest()[1].upto == 0
    (log.path.parent.parent / "other").mkdir()
    without = EventLog("other")
    without.append([event for event in use if event.visitor != "v3"])
    again, told = json.loads(learn("small").body()), json.loads(replay(without).body())
    again.pop("upto"), told.pop("upto")  # numbers are not given twice
    assert again == told


def test_what_was_learned_meanwhile_from_what_is_gone_is_not_kept(log):
    kept = Learned("small")
    log.append([*shown("1", star=1.0), like("1", "star", "bob")])
    since = kept.token()
    old = replay(log)
    log.forget("bob")
    assert not kept.keep(old, since)
    assert learn("small").items == {"star": (1, 0)}


def test_planted_weights_are_recovered(log):
    """Choices of people who weigh three signals like 1 : 0.6 : 0.3."""
    rng, planted = np.random.default_rng(5), np.array([1.0, 0.6, 0.3])
    names = ("content", "graph", "lexical")
    found = []
    for number in range(4_000):
        said = rng.normal(size=(10, 3))
        chosen = np.argmax(said @ planted + rng.gumbel(size=10))
        for item in range(10):
            signals = dict(zip(names, said[item].tolist(), strict=True))
            found.append(Event(0.0, "ann", "impression", f"{number}", f"{item}", signals=signals))
        found.append(like(f"{number}", f"{chosen}"))
    log.append(found)
    state = replay(log)
    assert state.signals == names
    assert state.weights == pytest.approx(planted, rel=0.05)
