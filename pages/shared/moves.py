"""What the last change did: how each item moved against the ranking before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from recsys.datatypes import Query, Strategy
from recsys.fusion import fusions
from recsys.ranking.engine import Recommendation
from recsys.signals import signals
from recsys.store.workspace import Workspace

MOST_NAMED = 3
"""More changes than these at once are not named one by one."""


@dataclass(frozen=True)
class Standing:
    """A ranking of this visit: of which workspace, for what, and the rows shown, best first.

    ``parts`` are the texts of the parts of the taste, also of those that are switched off.
    """

    workspace: tuple[str, str]
    query: Query
    strategy: Strategy
    rows: tuple[int, ...]
    parts: frozenset[str]


@dataclass(frozen=True)
class Moves:
    """``places``: row -> places gained (lost below 0), None for new; ``after``: what was done.

    ``step`` says what was done even where the lists before and after cannot be compared.
    """

    places: Mapping[int, int | None] = field(default_factory=dict)
    after: str = ""
    step: str = ""

    def line(self, nouns: str) -> str:
        """The moves in words, "" when there is nothing to compare."""
        if not self.after:
            return ""
        gained = [places for places in self.places.values() if places]
        up, new = sum(places > 0 for places in gained), list(self.places.values()).count(None)
        counts = {"moved up": up, "moved down": len(gained) - up, "new here": new}
        said = [f"{count} {what}" for what, count in counts.items() if count]
        return f"after {self.after}, of these {nouns}: {', '.join(said) or 'none moved'}"


UNMOVED = Moves()
"""Nothing to compare with."""


def since_before(opened: Workspace, query: Query, result: Recommendation) -> Moves:
    """How the rows of the answer to ``query`` moved against the ranking before the last change."""
    counted = [part.intent.text for part in result.understanding.parts]
    now = Standing(
        (opened.name, opened.manifest.version),
        query,
        result.strategy,
        tuple(result.shown.index),
        frozenset([*counted, *query.muted]),
    )
    return moves(_note(now), now, opened.catalogue.items["title"])


def moves(before: Standing | None, now: Standing, titles: Sequence[str]) -> Moves:
    """How the rows of ``now`` moved; nothing when the two have no taste in common.

    ``titles`` names the rows.
    """
    if before is None or before.workspace != now.workspace:
        return UNMOVED
    done = _changes(before, now, titles)
    step = " and ".join(done) if len(done) <= MOST_NAMED else "these changes"
    if not done or (before.query.text != now.query.text and not before.parts & now.parts):
        return Moves(step=step)
    ranks = {row: rank for rank, row in enumerate(before.rows)}
    gained: dict[int, int | None] = dict.fromkeys(now.rows)
    for rank, row in enumerate(now.rows):
        if row in ranks:
            gained[row] = ranks[row] - rank
    return Moves(gained, step, step)


def _note(now: Standing) -> Standing | None:
    """Keeps the ranking that stands ``now``; returns the one before the last change."""
    state = st.session_state
    latest: Standing | None = state.get("visit_here_standing")
    if latest is None or latest.workspace != now.workspace:
        state["visit_here_earlier"] = None
    elif (latest.query, latest.strategy) != (now.query, now.strategy):
        state["visit_here_earlier"] = latest
    state["visit_here_standing"] = now
    earlier: Standing | None = state["visit_here_earlier"]
    return earlier


def _changes(before: Standing, now: Standing, titles: Sequence[str]) -> list[str]:
    old, new = before.query, now.query
    done = ["rewording the taste"] if old.text != new.text else []
    for key, on, off in (
        ("liked", "liking {}", "taking back the like of {}"),
        ("disliked", "disliking {}", "taking back the dislike of {}"),
        ("seen", "marking {} as seen", "marking {} as not seen"),
    ):
        was, is_ = getattr(old, key), getattr(new, key)
        done += [on.format(titles[row]) for row in is_ if row not in was]
        done += [off.format(titles[row]) for row in was if row not in is_]
    if old.text == new.text:
        done += [f"switching “{part}” off" for part in new.muted if part not in old.muted]
        done += [f"switching “{part}” on" for part in old.muted if part not in new.muted]
        done += [f"softening “{part}”" for part in new.softened if part not in old.softened]
        done += [
            f"taking “{part}” at its word" for part in old.softened if part not in new.softened
        ]
    done += ["leaving a fact out"] * bool(set(new.without) - set(old.without))
    done += ["letting a fact count again"] * bool(set(old.without) - set(new.without))
    if old.filters != new.filters:
        done.append("other filters")
    return done + _settings(before.strategy, now.strategy)


def _settings(old: Strategy, new: Strategy) -> list[str]:
    done = []
    if old.fusion != new.fusion:
        done.append(f"choosing {fusions()[new.fusion].TITLE}")
    if old.similarity != new.similarity:
        done.append("measuring meaning another way")
    if old.scale != new.scale:
        done.append("putting signals on another scale")
    if old.diversity != new.diversity:
        done.append(f"setting how varied to {new.diversity:.2f}")
    if old.curiosity != new.curiosity:
        done.append(f"setting how curious to {new.curiosity:.1f}")
    return done + [
        f"setting {signals()[name].TITLE} to {weight:.2f}"
        for name, weight in new.weights.items()
        if weight != old.weights.get(name)
    ]
