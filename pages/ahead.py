"""What the first visitor would wait for is loaded as the server starts, while the browser does."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from threading import Thread
from typing import Any


@asynccontextmanager
async def load_ahead(app: Any) -> AsyncIterator[None]:
    """For the lifespan of the application ``app``."""
    Thread(target=_load, daemon=True).start()
    yield


def _load() -> None:
    from pages.shared import resources, workspaces  # not before the server listens
    from recsys.errors import ThawError

    with suppress(ThawError):  # the visitor is told
        resources.loaded_engine(resources.workspace(workspaces.DEFAULT))
