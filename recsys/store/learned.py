"""What was learned from the log of a workspace: states in their versions, kept in the same file.

A state is what replaying the log up to an event gives, and names that event and its own hash. The
newest is in service. Going back to an older one takes the newer away and freezes the learning;
whoever lets it go on gets them again, since they follow from the log.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

import numpy as np

from recsys.errors import QueryError
from recsys.store.events import EventLog, put_setting, token

MOST_STATES = 20
"""So many states are kept, the newest."""


@dataclass(frozen=True, eq=False)
class State:
    """What was learned up to the event numbered ``upto``.

    ``items``: external id -> (how often it was shown, how often it was liked when it was);
    ``weights`` (s,) and their ``precision`` (s, s) of the ``signals``, from so many ``choices``.
    """

    upto: int = 0
    items: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    signals: tuple[str, ...] = ()
    weights: np.ndarray = field(default_factory=lambda: np.zeros(0))
    precision: np.ndarray = field(default_factory=lambda: np.zeros((0, 0)))
    choices: int = 0

    def body(self) -> str:
        """All of it as JSON, the same for equal states."""
        return json.dumps(
            {
                "upto": self.upto,
                "items": {item: list(counts) for item, counts in sorted(self.items.items())},
                "signals": list(self.signals),
                "weights": self.weights.tolist(),
                "precision": self.precision.tolist(),
                "choices": self.choices,
            }
        )

    @classmethod
    def read(cls, body: str) -> "State":
        """What ``body`` wrote."""
        said = json.loads(body)
        count = len(said["signals"])
        return cls(
            said["upto"],
            {item: (shown, liked) for item, (shown, liked) in said["items"].items()},
            tuple(said["signals"]),
            np.array(said["weights"], dtype=float),
            np.array(said["precision"], dtype=float).reshape(count, count),
            said["choices"],
        )

    @property
    def hash(self) -> str:
        """Of all that was learned."""
        return blake2b(self.body().encode(), digest_size=8).hexdigest()


@dataclass(frozen=True)
class Version:
    """A state that is kept: its number, up to which event, its hash, and when it was made (UTC)."""

    number: int
    upto: int
    hash: str
    made: datetime


class Learned:
    """The states of one workspace; raises as EventLog does."""

    def __init__(self, name: str, home: Path | None = None):
        self.log = EventLog(name, home)

    def newest(self) -> tuple[int, State]:
        """The state in service and its number; an empty one, 0, where nothing was learned."""
        found = self.log.read("SELECT number, body FROM states ORDER BY number DESC LIMIT 1")
        return (found[0][0], State.read(found[0][1])) if found else (0, State())

    def versions(self) -> list[Version]:
        """What is kept, the newest first."""
        rows = self.log.read("SELECT number, upto, hash, made FROM states ORDER BY number DESC")
        return [
            Version(number, upto, hash_, datetime.fromisoformat(made))
            for number, upto, hash_, made in rows
        ]

    def token(self) -> tuple[int, int]:
        """What a ``keep`` must find unchanged."""
        if not self.log.path.is_file():
            return 0, 0
        with self.log.changing() as connection:
            return token(connection)

    def keep(self, state: State, since: tuple[int, int]) -> bool:
        """Puts the state into service, unless another was, or events were deleted, ``since`` then;
        whether it was."""
        made = datetime.now(UTC).isoformat(timespec="seconds")
        with self.log.changing() as connection:
            if token(connection) != since:
                return False
            connection.execute(
                "INSERT INTO states (upto, hash, made, body) VALUES (?, ?, ?, ?)",
                [state.upto, state.hash, made, state.body()],
            )
            connection.execute(
                "DELETE FROM states WHERE number NOT IN"
                " (SELECT number FROM states ORDER BY number DESC LIMIT ?)",
                [MOST_STATES],
            )
        return True

    @property
    def frozen(self) -> bool:
        """Whether the learning stands still."""
        return bool(self.log.setting("frozen", 0))

    def freeze(self, frozen: bool) -> None:
        """Has the learning stand still, or go on."""
        with self.log.changing() as connection:
            put_setting(connection, "frozen", int(frozen))

    def back_to(self, number: int) -> None:
        """Puts the state of that number into service again, and freezes the learning there.

        Raises QueryError where it is not kept.
        """
        with self.log.changing() as connection:
            known = connection.execute("SELECT number FROM states ORDER BY number").fetchall()
            if (number,) not in known:
                there = ", ".join(str(each) for (each,) in known) or "none yet"
                raise QueryError(f"There is no state {number}. There are: {there}.")
            connection.execute("DELETE FROM states WHERE number > ?", [number])
            put_setting(connection, "frozen", 1)
