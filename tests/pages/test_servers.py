"""Several servers behind one address: a visit stays in one, and one that dies comes back."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.cookies import SimpleCookie
from pathlib import Path

import pytest

from pages import servers
from pages.servers import Front, Server
from tests.conftest import APP

HELLO = b"GET / HTTP/1.1\r\nHost: here\r\n"


def run(work):
    """What the coroutine ``work`` returns, in a thread of its own: a browser that another test has
    opened may have a loop running in this one."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, work).result()


def head(*lines: bytes) -> bytes:
    return HELLO + b"".join(line + b"\r\n" for line in lines) + b"\r\n"


def test_a_browser_goes_where_it_was_and_a_new_one_where_there_is_room():
    busy, idle, away = (
        Server("0", answers=True, connections=3),
        Server("1", answers=True),
        Server("2"),
    )
    front = Front([busy, idle, away])
    assert front.choose(head()) is idle
    assert front.choose(head(b"Cookie: thaw_server=0")) is busy
    assert front.choose(head(b"cookie: other=1; thaw_server=0; more=2")) is busy
    assert front.choose(head(b"Cookie: thaw_server=2")) is idle  # it does not answer
    assert front.choose(head(b"Cookie: thaw_server=9")) is idle
    assert front.choose(head(b"X-Cookie: thaw_server=0")) is idle
    assert front.choose(head(b"Cookie: ;;=\xff")) is idle
    assert Front([away]).choose(head()) is None


async def answered(front: Front, *sent: bytes) -> bytes:
    """All that comes back through ``front`` for ``sent``, until it closes."""
    async with await asyncio.start_server(front.meet, "127.0.0.1", 0) as listener:
        reader, writer = await asyncio.open_connection(*listener.sockets[0].getsockname())
        said = b""
        with suppress(ConnectionError):  # closed before all was sent
            for part in sent:
                writer.write(part)
                await writer.drain()
                await asyncio.sleep(0.02)
            writer.write_eof()
            said = await reader.read()
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()
        return said


async def echoing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A server that says yes, and then all that it was told."""
    writer.write(b"HTTP/1.1 200 OK\r\nDate: now\r\n\r\n" + await reader.read())
    writer.close()
    await writer.wait_closed()


@pytest.mark.parametrize("known", [b"", b"Cookie: thaw_server=a"])
def test_all_is_passed_on_and_the_first_answer_says_where_the_visit_lives(known):
    asked = head(known) if known else head()
    body = b"\x00\xff" * 100_000

    async def ask() -> tuple[bytes, int]:
        async with await asyncio.start_server(echoing, "127.0.0.1", 0) as listener:
            server = Server("a", listener.sockets[0].getsockname()[1], answers=True)
            # The head comes in two pieces, as from afar.
            said = await answered(Front([server]), asked[:9], asked[9:], body)
            return said, server.connections

    said, connections = run(ask())
    told, _, rest = said.partition(b"\r\n\r\n")
    assert rest == asked + body
    kept = [] if known else [b"Set-Cookie: thaw_server=a; Path=/; HttpOnly; SameSite=Lax"]
    assert told.split(b"\r\n") == [b"HTTP/1.1 200 OK", *kept, b"Date: now"]
    assert connections == 0


def test_what_is_no_request_and_what_nobody_can_answer_is_closed():
    gone = Server("a", servers._free_port(), answers=True)
    assert run(answered(Front([gone]), head())) == b""
    assert run(answered(Front([gone]), b"hello")) == b""
    assert run(answered(Front([gone]), b"x" * 200_000)) == b""
    assert run(answered(Front(), head())) == b""


def test_a_port_that_is_taken_is_told_in_one_line():
    with socket.create_server(("", 0)) as taken:
        port = str(taken.getsockname()[1])
        code = [sys.executable, "-m", "pages.servers", "--port", port]
        done = subprocess.run(code, capture_output=True, text=True, cwd=APP.parent)
    assert done.returncode == 1
    assert done.stderr == f"Port {port} is in use; choose another: make run PORT=8502\n"


def children() -> set[int]:
    """The processes that this one has started."""
    return {
        int(path.parent.name)
        for path in Path("/proc").glob("[0-9]*/stat")
        if path.exists() and path.read_text().rsplit(")", 1)[1].split()[1] == str(os.getpid())
    }


def server_met(port: int, cookie: str = "") -> str:
    """The server that answers, after the cookie that it sets, or else the one that was named."""
    request = urllib.request.Request(f"http://localhost:{port}/_stcore/health")
    request.add_header("Cookie", cookie)
    with urllib.request.urlopen(request, timeout=5) as answer:
        kept = SimpleCookie(cookie)
        for line in answer.headers.get_all("Set-Cookie", []):  # Streamlit has cookies of its own
            kept.load(line)
    return kept[servers.COOKIE].value


@pytest.mark.slow
def test_one_that_dies_is_started_again_and_none_is_left_behind(root, monkeypatch):
    monkeypatch.setattr(servers, "SETTLED", 0)
    port, before = servers._free_port(), children()

    async def met(name: str) -> None:
        """Waits until the server called ``name`` answers who asks for it."""
        async with asyncio.timeout(90):
            while True:
                with suppress(OSError):
                    cookie = f"{servers.COOKIE}={name}"
                    if await asyncio.to_thread(server_met, port, cookie) == name:
                        return
                await asyncio.sleep(0.2)

    async def live() -> set[int]:
        serving = asyncio.ensure_future(servers.serve(port, 2))
        await met("0")
        await met("1")
        started = children() - before
        for process in started:
            os.kill(process, signal.SIGKILL)
        await asyncio.sleep(0.5)
        await met("0")
        await met("1")
        serving.cancel()
        await asyncio.wait([serving])
        return started

    assert len(run(live())) == 2
    assert children() == before
