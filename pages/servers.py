"""The app on several server processes behind one address: python -m pages.servers --port 8501.

One Python process runs one page at a time, whatever the number of cores. So a server of Streamlit
is started for each core, and this process hands every connection to one of them: a browser's to
the server that it met first (a cookie says which: a visit lives in one process), a new one's to the
server with the fewest. It reads the head of a connection's first request, and passes on the rest.
"""

import argparse
import asyncio
import os
import signal
import socket
import sys
from asyncio import StreamReader, StreamWriter
from asyncio.subprocess import DEVNULL, Process
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from pathlib import Path

APP = Path(__file__).parents[1] / "app.py"
"""What each server runs."""

COOKIE = "thaw_server"
"""Which server a browser met; no more is kept of anybody, and it ends with the browser."""

MOST = 4
"""Servers, however many cores there are: each holds the models in memory."""

SETTLED = 15.0
"""Seconds after which the others are started: the first visitor has both cores until then."""

PAUSE = 0.05
"""Seconds between two looks whether a server answers."""

PATIENCE = 60.0
"""Seconds for the head of a request."""

CHUNK = 2**16
"""Bytes passed on at a time."""

BROKEN = (asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, OSError)
"""What a connection may end by."""

ALONE = "127.0.0.1"
"""Where the servers listen: to this process alone."""


@dataclass(eq=False)
class Server:
    """A server process: its ``name`` in the cookie, where it listens, whether it ``answers`` yet,
    and the connections that it has."""

    name: str
    port: int = 0
    answers: bool = False
    connections: int = 0

    async def run(self) -> None:
        """Runs the process, and another whenever one ends; ends it when cancelled.

        Raises ChildProcessError for one that ends before it has ever answered.
        """
        while True:
            self.port = _free_port()
            where = ["--server.port", str(self.port), "--server.address", ALONE]
            code = [sys.executable, "-m", "streamlit", "run", str(APP), *where]
            process = await asyncio.create_subprocess_exec(*code, stdout=DEVNULL)
            try:
                await self._wait_for_answer(process)
                self.answers = True
                await process.wait()
            finally:
                self.answers = False
                if process.returncode is None:
                    process.terminate()
                    await process.wait()
            print(f"Server {self.name} has ended and is started again.", file=sys.stderr)

    async def _wait_for_answer(self, process: Process) -> None:
        while process.returncode is None:
            with suppress(OSError):
                _, writer = await asyncio.open_connection(ALONE, self.port)
                writer.close()
                return
            await asyncio.sleep(PAUSE)
        raise ChildProcessError(f"The app does not start: exit status {process.returncode}.")


@dataclass(eq=False)
class Front:
    """What listens at the address of the app, before its ``servers``."""

    servers: list[Server] = field(default_factory=list)

    def choose(self, head: bytes) -> Server | None:
        """The server that the cookies in ``head`` name, if it answers; else the one that has the
        fewest connections; None where none answers."""
        ready = [server for server in self.servers if server.answers]
        known = _server_named(head)
        for server in ready:
            if server.name == known:
                return server
        return min(ready, key=lambda server: server.connections, default=None)

    async def meet(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Passes a connection on to a server, both ways, until either end closes it."""
        with closing(writer), suppress(*BROKEN):  # whoever is there sees the connection close
            async with asyncio.timeout(PATIENCE):
                head = await reader.readuntil(b"\r\n\r\n")
            server = self.choose(head)
            if server is not None:
                await _pass_on(head, reader, writer, server)


async def _pass_on(head: bytes, reader: StreamReader, writer: StreamWriter, to: Server) -> None:
    from_server, to_server = await asyncio.open_connection(ALONE, to.port)
    to.connections += 1
    try:
        to_server.write(head)
        there = asyncio.create_task(_pipe(reader, to_server))
        writer.write(await from_server.readline())  # the status
        if _server_named(head) != to.name:
            kept = f"Set-Cookie: {COOKIE}={to.name}; Path=/; HttpOnly; SameSite=Lax\r\n"
            writer.write(kept.encode())
        await _pipe(from_server, writer)
        there.cancel()
    finally:
        to.connections -= 1
        to_server.close()


async def _pipe(source: StreamReader, sink: StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await source.read(CHUNK):
            sink.write(data)
            await sink.drain()
        sink.write_eof()


def _server_named(head: bytes) -> str:
    """The server that the cookies of a request name; nothing where none does."""
    cookies: SimpleCookie = SimpleCookie()
    for line in head.decode("latin-1").split("\r\n")[1:]:
        name, _, value = line.partition(":")
        if name.strip().lower() == "cookie":
            with suppress(CookieError):
                cookies.load(value.strip())
    return cookies[COOKIE].value if COOKIE in cookies else ""


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((ALONE, 0))
        return int(free.getsockname()[1])


async def serve(port: int, count: int) -> None:
    """Serves the app at ``port`` by ``count`` processes, until it is cancelled.

    Raises OSError where the port is taken.
    """
    front = Front([Server(str(number)) for number in range(count)])
    first, *others = front.servers
    try:
        listener = await asyncio.start_server(front.meet, port=port, start_serving=False)
    except OSError as error:
        taken = f"Port {port} is in use; choose another: make run PORT=8502"
        raise OSError(taken) from error
    async with listener, asyncio.TaskGroup() as running:
        running.create_task(first.run())
        while not first.answers:
            await asyncio.sleep(PAUSE)
        await listener.start_serving()
        print(f"Thaw is at http://localhost:{port}", flush=True)
        await asyncio.sleep(SETTLED)
        for server in others:
            running.create_task(server.run())


async def _until_told(port: int, count: int) -> None:
    serving = asyncio.ensure_future(serve(port, count))
    for told in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(told, serving.cancel)
    with suppress(asyncio.CancelledError):
        await serving


if __name__ == "__main__":
    parser = argparse.ArgumentParser("python -m pages.servers", description="The app, for many.")
    parser.add_argument("--port", type=int, default=8501, help="where (%(default)s)")
    cores = min(os.cpu_count() or 1, MOST)
    parser.add_argument("--servers", type=int, default=cores, help="how many (%(default)s)")
    options = parser.parse_args()
    try:
        asyncio.run(_until_told(options.port, options.servers))
    except* OSError as failed:
        parser.exit(1, f"{failed.exceptions[0]}\n")
