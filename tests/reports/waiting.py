"""For what another thread does."""

import time
from collections.abc import Callable


def wait(happened: Callable[[], bool], seconds: float = 60) -> None:
    """Waits until it happened; fails where it takes longer."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)
