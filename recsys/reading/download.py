"""Public archives: fetched in pieces that may be resumed, unpacked with care.

An archive's own checksum changes whenever its maker packs it again, so what is pinned is the
content of the files in it.
"""

import hashlib
import os
import shutil
import time
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path, PurePosixPath
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from recsys.datatypes import Progress, no_progress
from recsys.errors import DataError

ATTEMPTS = 4
"""A transfer that breaks off is taken up again; so many in all."""
PAUSE = 1.0
"""Seconds between two attempts."""
PIECE = 1 << 16
"""Bytes read at a time."""
MAX_BYTES = 256 << 20
"""Most bytes that one archive may unpack to."""


@dataclass(frozen=True)
class Archive:
    """A zip at ``url`` and the ``files`` wanted from it: name -> sha256 of its content."""

    url: str
    files: Mapping[str, str]


def fetch_folder(
    archive: Archive, folder: Path, progress: Progress = no_progress, timeout: float = 30
) -> None:
    """Fetches the files of ``archive`` into ``folder``, unless they are there already.

    ``folder`` appears when all of it is there. Raises DataError, with what a person can do instead,
    when the archive cannot be had or is another one, or when the folder holds something else.
    """
    folder = folder.resolve()
    if all(_is(folder / name, sha256) for name, sha256 in archive.files.items()):
        return
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise DataError(
            f"{folder} holds something else than the files of {archive.url}:"
            " name another folder, or leave out --download to use what is there."
        )
    file = folder.with_name(f"{folder.name}.zip")
    try:
        fetch(archive.url, file, progress=progress, timeout=timeout)
        unpack(file, folder, archive.files)
    except DataError as error:
        raise DataError(
            f"{error} Or fetch {archive.url} by other means, unpack {_list(archive.files)}"
            f" into {folder}, and leave out --download."
        ) from error
    finally:
        file.unlink(missing_ok=True)


def fetch(
    url: str,
    path: Path,
    sha256: str | None = None,
    progress: Progress = no_progress,
    timeout: float = 30,
) -> None:
    """Fetches ``url`` to ``path``, going on from what an earlier attempt left in PATH.part.

    ``progress`` counts bytes; ``timeout`` is the longest silence, in seconds. A transfer that
    breaks off is taken up again, ATTEMPTS times in all. Raises DataError when there is no
    connection, the server refuses, every attempt breaks off, or the content is not ``sha256``.
    """
    part = path.with_name(f"{path.name}.part")
    for attempt in range(1, ATTEMPTS + 1):
        try:
            _transfer(url, part, progress, timeout)
            break
        except HTTPError as error:
            with error:
                reason = f"the server answered {error.code} {error.reason}"
            if error.code < 500:
                raise DataError(f"{url} cannot be fetched: {reason}.") from error
        except URLError as error:
            raise DataError(f"{url} cannot be reached: {error.reason}.") from error
        except (OSError, HTTPException) as error:
            reason = str(error)
        if attempt == ATTEMPTS:
            raise DataError(
                f"{url} broke off {ATTEMPTS} times: {reason}. Try again: what came is kept."
            )
        time.sleep(PAUSE)
    if sha256 is not None and not _is(part, sha256):
        part.unlink()
        raise DataError(f"{url} is not the file that was expected (its sha256 is another).")
    os.replace(part, path)


def _transfer(url: str, part: Path, progress: Progress, timeout: float) -> None:
    part.parent.mkdir(parents=True, exist_ok=True)
    done = part.stat().st_size if part.exists() else 0
    headers = {"Range": f"bytes={done}-"} if done else {}
    try:
        response = urlopen(Request(url, headers=headers), timeout=timeout)  # noqa: S310 (ours)
    except HTTPError as error:
        if error.code != 416:
            raise
        with error:  # nothing lies beyond what is here
            if error.headers["Content-Range"] == f"bytes */{done}":
                return
        part.unlink()
        raise ConnectionError("the server has another file than the piece that is here") from error
    with response:
        _receive(response, part, done, progress)


def _receive(response: HTTPResponse, part: Path, done: int, progress: Progress) -> None:
    if response.status != 206:
        done = 0
    elif not response.headers.get("Content-Range", "").startswith(f"bytes {done}-"):
        part.unlink()
        raise ConnectionError("the server sent another piece than the one asked for")
    total = None if response.length is None else done + response.length
    what = f"fetching {part.stem}"
    with part.open("ab" if done else "wb") as file:
        while piece := response.read1(PIECE):
            file.write(piece)
            done += len(piece)
            progress(done, total or done + 1, what)
    if total is not None and done < total:
        raise ConnectionError(f"{done:,} of {total:,} bytes came")
    progress(done, done, what)


def unpack(archive: Path, folder: Path, files: Mapping[str, str]) -> None:
    """Puts the wanted ``files`` (name -> sha256) of a zip into ``folder``, absent or empty before.

    Paths in the archive are not followed: a file is known by its last name and its content.
    Raises DataError when it is no zip, or unpacks to more than MAX_BYTES bytes, or lacks a file.
    """
    working = folder.with_name(f".{folder.name}.unpacking")
    shutil.rmtree(working, ignore_errors=True)
    working.mkdir(parents=True)
    try:
        with zipfile.ZipFile(archive) as opened:
            _unpack_wanted(opened, working, files)
        os.replace(working, folder)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise DataError(f"{archive.name} is not a sound zip file ({error}).") from error
    finally:
        shutil.rmtree(working, ignore_errors=True)


def _unpack_wanted(opened: zipfile.ZipFile, working: Path, files: Mapping[str, str]) -> None:
    room = MAX_BYTES
    found: set[str] = set()
    other: set[str] = set()
    for member in opened.infolist():
        name = PurePosixPath(member.filename).name
        if member.is_dir() or name not in files or name in found:
            continue
        with opened.open(member) as source, (working / name).open("wb") as target:
            while piece := source.read(min(PIECE, room + 1)):
                room -= len(piece)
                if room < 0:
                    raise DataError(f"The archive unpacks to more than {MAX_BYTES:,} bytes.")
                target.write(piece)
        if _is(working / name, files[name]):
            found.add(name)
        else:
            other.add(name)
    for names, trouble in ((other - found, "has another content in"), (files.keys(), "lacks")):
        if missing := sorted(set(names) - found):
            raise DataError(f"The archive {trouble} {_list(missing)}.")


def _is(path: Path, sha256: str) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


def _list(names: Mapping[str, str] | list[str]) -> str:
    return ", ".join(sorted(names))
