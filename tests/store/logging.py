"""What the tests of events run in processes of their own, and read lines of a log with."""

import json
import os

from recsys.store.events import Event, EventLog


def read(line) -> Event:
    """The event of a line of a log."""
    said = line._asdict()
    said.pop("Index")
    return Event(**said | {"signals": json.loads(said["signals"] or "{}")})


def write(root, told):
    """Appends pairs of events for ever, and says in a file which were acknowledged."""
    os.environ["THAW_WORKSPACES"] = str(root)
    log = EventLog("small")
    with open(told, "w") as file:
        while True:
            pair = [Event(0.0, "ann", kind, "first", "star") for kind in ("impression", "like")]
            log.append(pair)
            file.writelines(f"{event.id}\n" for event in pair)
            file.flush()
