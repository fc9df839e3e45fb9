"""Visitors without a browser, who type one taste after another: how long does the server take?

python -m pages.visitors ws://localhost:8501 reads a Plan as JSON and prints what was seen.
"""

import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from time import perf_counter

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

STREAM = "/_stcore/stream"
"""Where the server listens, after its address."""

TASTE = "-visit_taste"
"""How the name of the box ends that a taste is typed into."""

OTHER_PAGES = ("compare", "metrics")
"""What one more visitor looks at meanwhile."""

PATIENCE = 120.0
"""Seconds after which a run counts as failed."""


@dataclass(frozen=True)
class Plan:
    """``visitors`` type one of ``tastes`` every ``every`` seconds for ``seconds`` in all, in the
    workspace ``workspace``."""

    visitors: int
    seconds: float
    every: float
    workspace: str
    tastes: Sequence[str]


@dataclass
class Seen:
    """``took``: seconds from a taste to the end of its run, in the order in which they ended;
    ``errors``: what went wrong instead."""

    took: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


async def visit(address: str, plan: Plan) -> Seen:
    """What all visitors of ``plan`` met at ``address``, such as ws://localhost:8501."""
    seen = Seen()
    ends = perf_counter() + plan.seconds
    visits = [_type(address, plan, number, ends, seen) for number in range(plan.visitors)]
    await asyncio.gather(_look_elsewhere(address, plan, ends, seen), *visits)
    return seen


async def _type(address: str, plan: Plan, number: int, ends: float, seen: Seen) -> None:
    rng = np.random.default_rng(number)
    await asyncio.sleep(rng.uniform(0, plan.every))
    async with _entered(address) as server:
        box = await _run(server, _opening(plan, ""), seen)
        while box and perf_counter() < ends:
            await asyncio.sleep(plan.every * rng.uniform(0.6, 1.4))
            message = _opening(plan, "")
            typed = message.rerun_script.widget_states.widgets.add()
            # No two are the same, so that nothing that was kept can answer.
            typed.id, typed.string_value = box, f"{rng.choice(plan.tastes)} {rng.integers(10**6)}"
            began = perf_counter()
            if await _run(server, message, seen):
                seen.took.append(perf_counter() - began)


async def _look_elsewhere(address: str, plan: Plan, ends: float, seen: Seen) -> None:
    while perf_counter() < ends:
        for page in OTHER_PAGES:
            async with _entered(address) as server:
                await _run(server, _opening(plan, page), seen)
            await asyncio.sleep(plan.every)


def _entered(address: str) -> connect:
    return connect(address + STREAM, subprotocols=[Subprotocol("streamlit")], max_size=None)


def _opening(plan: Plan, page: str) -> BackMsg:
    message = BackMsg()
    message.rerun_script.query_string = f"workspace={plan.workspace}"
    message.rerun_script.page_name = page
    return message


async def _run(server: ClientConnection, message: BackMsg, seen: Seen) -> str:
    """The name of the box for tastes, if it was drawn; a run that fails is noted in ``seen``."""
    try:
        async with asyncio.timeout(PATIENCE):
            await server.send(message.SerializeToString())
            return await _drawn(server)
    except (OSError, TimeoutError, RuntimeError) as error:
        seen.errors.append(f"{type(error).__name__}: {error}")
        return ""


async def _drawn(server: ClientConnection) -> str:
    box = ""
    while True:
        message = ForwardMsg.FromString(await server.recv(decode=False))
        if message.WhichOneof("type") == "delta":
            element = message.delta.new_element
            if element.WhichOneof("type") == "exception":
                raise RuntimeError(element.exception.message)
            if element.text_area.id.endswith(TASTE):
                box = element.text_area.id
        ended = message.WhichOneof("type") == "script_finished"
        if ended and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
            return box


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(visit(sys.argv[1], Plan(**json.load(sys.stdin)))))))
