"""Archives from a server that breaks off, stalls, ignores Range or has another file."""

import hashlib
import io
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from recsys.errors import DataError
from recsys.reading import download
from recsys.reading.download import Archive, fetch, fetch_folder, unpack

CONTENT = bytes(range(256)) * 2000
SUM = hashlib.sha256(CONTENT).hexdigest()


class Server(ThreadingHTTPServer):
    """Serves ``content``; each request takes the next of ``faults`` until there are none."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.content = CONTENT
        self.faults = []
        self.ranges = []
        self.let_go = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}/archive.zip"


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        server, asked = self.server, self.headers["Range"]
        server.ranges.append(asked)
        fault = server.faults.pop(0) if server.faults else None
        if isinstance(fault, int):
            self.send_error(fault)
            return
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
        if fault == "ignores ranges":
            start = 0
        elif start >= len(server.content):
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(server.content)}")
            self.end_headers()
            return
        body = server.content[start:]
        self.send_response(206 if start else 200)
        if start:
            sent = 0 if fault == "sends another piece" else start
            whole = len(server.content)
            self.send_header("Content-Range", f"bytes {sent}-{whole - 1}/{whole}")
        if fault != "says no length":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if fault in ("breaks off", "stalls"):
            body = body[: len(body) // 2]
        self.wfile.write(body)
        if fault == "stalls":
            self.wfile.flush()
            server.let_go.wait(30)


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(download, "PAUSE", 0.01)
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.let_go.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "new" / "archive.zip"


def part_of(path):
    return path.with_name("archive.zip.part")


def test_a_file_is_fetched_whole_and_bytes_are_counted(server, path):
    seen = []
    fetch(server.url, path, SUM, lambda *step: seen.append(step))
    assert path.read_bytes() == CONTENT
    assert not part_of(path).exists()
    assert seen[-1] == (512_000, 512_000, "fetching archive.zip")
    assert {total for _, total, _ in seen} == {512_000}
    assert sorted(seen) == seen


def test_without_a_length_the_count_ends_when_the_file_does(server, path):
    server.faults = ["says no length"]
    seen = []
    fetch(server.url, path, SUM, lambda *step: seen.append(step))
    assert path.read_bytes() == CONTENT
    assert all(done < total for done, total, _ in seen[:-1])
    assert seen[-1][:2] == (512_000, 512_000)


def test_a_transfer_that_breaks_off_goes_on_where_it_stopped(server, path):
    server.faults = ["breaks off", "breaks off"]
    fetch(server.url, path, SUM)
    assert path.read_bytes() == CONTENT
    assert server.ranges == [None, "bytes=256000-", "bytes=384000-"]


def test_a_piece_left_by_an_earlier_run_is_gone_on_from(server, path):
    path.parent.mkdir()
    part_of(path).write_bytes(CONTENT[:100_000])
    fetch(server.url, path, SUM)
    assert path.read_bytes() == CONTENT
    assert server.ranges == ["bytes=100000-"]


def test_a_server_that_ignores_ranges_is_read_from_the_start(server, path):
    server.faults = ["breaks off", "ignores ranges"]
    fetch(server.url, path, SUM)
    assert path.read_bytes() == CONTENT
    assert server.ranges == [None, "bytes=256000-"]


def test_another_piece_than_the_one_asked_for_starts_over(server, path):
    server.faults = ["breaks off", "sends another piece"]
    fetch(server.url, path, SUM)
    assert path.read_bytes() == CONTENT
    assert server.ranges == [None, "bytes=256000-", None]


def test_a_piece_that_is_already_whole_is_kept(server, path):
    path.parent.mkdir()
    part_of(path).write_bytes(CONTENT)
    fetch(server.url, path, SUM)
    assert path.read_bytes() == CONTENT


def test_a_piece_longer_than_the_file_starts_over(server, path):
    path.parent.mkdir()
    part_of(path).write_bytes(CONTENT + b"more")
    fetch(server.url, path, SUM)
    assert path.read_bytes() == CONTENT
    assert server.ranges == ["bytes=512004-", None]


def test_a_stall_ends_by_the_timeout_and_is_taken_up_again(server, path):
    server.faults = ["stalls"]
    start = time.monotonic()
    fetch(server.url, path, SUM, timeout=0.3)
    assert time.monotonic() - start < 5
    assert path.read_bytes() == CONTENT
    assert server.ranges == [None, "bytes=256000-"]


def test_one_that_always_breaks_off_is_given_up_and_its_piece_kept(server, path):
    server.faults = ["breaks off"] * 9
    with pytest.raises(DataError, match=r"broke off 4 times: 480,000 of 512,000 bytes came\."):
        fetch(server.url, path, SUM)
    assert part_of(path).read_bytes() == CONTENT[:480_000]
    assert not path.exists()


def test_a_server_in_trouble_is_asked_again(server, path):
    server.faults = [503, 502]
    fetch(server.url, path, SUM)
    assert path.read_bytes() == CONTENT


def test_a_missing_file_is_said_at_once(server, path):
    server.faults = [404]
    with pytest.raises(DataError, match=r"archive\.zip cannot be fetched: the server answered 404"):
        fetch(server.url, path)
    assert len(server.ranges) == 1


def test_a_wrong_file_is_refused_and_thrown_away(server, path):
    server.content = b"a page that says no"
    with pytest.raises(DataError, match="is not the file that was expected"):
        fetch(server.url, path, SUM)
    assert list(path.parent.iterdir()) == []


# Folders

FILES = {"a.csv": b"1,2\n", "b.csv": b"3,4\n"}


def zipped(members):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return data.getvalue()


def sums(files):
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def held(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def archive(server):
    server.content = zipped({f"made-by-us/{name}": content for name, content in FILES.items()})
    return Archive(server.url, sums(FILES))


@pytest.mark.parametrize("before", ["absent", "empty"])
def test_a_folder_is_filled_and_nothing_else_is_left(server, archive, tmp_path, before):
    folder = tmp_path / "deep" / "folder"
    if before == "empty":
        folder.mkdir(parents=True)
    fetch_folder(archive, folder)
    assert held(folder) == FILES
    assert list(folder.parent.iterdir()) == [folder]


def test_a_folder_that_has_the_files_is_left_alone(server, archive, tmp_path):
    fetch_folder(archive, tmp_path / "folder")
    (tmp_path / "folder" / "mine.txt").write_text("kept")
    fetch_folder(archive, tmp_path / "folder")
    assert len(server.ranges) == 1
    assert (tmp_path / "folder" / "mine.txt").read_text() == "kept"


def test_a_folder_that_holds_something_else_is_not_touched(server, archive, tmp_path):
    (tmp_path / "a.csv").write_text("mine")
    with pytest.raises(DataError, match=r"holds something else.*name another folder"):
        fetch_folder(archive, tmp_path)
    assert held(tmp_path) == {"a.csv": b"mine"}
    assert server.ranges == []


def test_no_network_says_what_to_do(archive, tmp_path):
    with Server() as closed:
        pass
    unreachable = Archive(closed.url, archive.files)
    with pytest.raises(DataError) as caught:
        fetch_folder(unreachable, tmp_path / "folder")
    said = str(caught.value)
    assert said.startswith(f"{closed.url} cannot be reached: ")
    assert f"fetch {closed.url} by other means, unpack a.csv, b.csv into {tmp_path}/folder" in said
    assert "\n" not in said
    assert list(tmp_path.iterdir()) == []


def test_what_came_before_a_failure_is_used_by_the_next_run(server, archive, tmp_path):
    server.faults = ["breaks off"] * 4
    with pytest.raises(DataError, match="Try again: what came is kept"):
        fetch_folder(archive, tmp_path / "folder")
    fetch_folder(archive, tmp_path / "folder")
    assert server.ranges[-1] is not None
    assert held(tmp_path / "folder") == FILES


@pytest.mark.parametrize(
    ("members", "trouble"),
    [
        ({"x/a.csv": b"1,2\n"}, "The archive lacks b.csv."),
        (FILES | {"b.csv": b"9,9\n"}, "The archive has another content in b.csv."),
        (None, "archive.zip is not a sound zip file"),
    ],
)
def test_another_archive_leaves_no_folder(tmp_path, members, trouble):
    file = tmp_path / "archive.zip"
    file.write_bytes(b"<html>" if members is None else zipped(members))
    with pytest.raises(DataError, match=trouble):
        unpack(file, tmp_path / "folder", sums(FILES))
    assert list(tmp_path.iterdir()) == [file]


def test_a_damaged_archive_is_told_and_fetched_anew(server, archive, tmp_path):
    good = server.content
    at = good.index(b"made-by-us/a.csv") + len("made-by-us/a.csv")
    server.content = good[:at] + b"\xff\xff" + good[at + 2 :]
    with pytest.raises(DataError, match="not a sound zip file"):
        fetch_folder(archive, tmp_path / "folder")
    server.content = good
    fetch_folder(archive, tmp_path / "folder")
    assert held(tmp_path / "folder") == FILES


def test_paths_in_an_archive_are_not_followed(tmp_path):
    evil = {"../../a.csv": b"1,2\n", "/b.csv": b"3,4\n", "../c.txt": b"no", "x/d.txt": b"no"}
    (tmp_path / "archive.zip").write_bytes(zipped(evil))
    unpack(tmp_path / "archive.zip", tmp_path / "in" / "folder", sums(FILES))
    assert held(tmp_path / "in" / "folder") == FILES
    assert {path.name for path in tmp_path.rglob("*")} == {"archive.zip", "in", "folder", *FILES}


def test_of_two_files_with_one_name_the_expected_one_is_taken(tmp_path):
    members = {"old/a.csv": b"0\n"} | FILES | {"older/b.csv": b"0\n"}
    (tmp_path / "archive.zip").write_bytes(zipped(members))
    unpack(tmp_path / "archive.zip", tmp_path / "folder", sums(FILES))
    assert held(tmp_path / "folder") == FILES


def test_an_archive_that_swells_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(download, "MAX_BYTES", 1_000_000)
    (tmp_path / "archive.zip").write_bytes(zipped(FILES | {"b.csv": bytes(1_000_001)}))
    with pytest.raises(DataError, match="unpacks to more than 1,000,000 bytes"):
        unpack(tmp_path / "archive.zip", tmp_path / "folder", sums(FILES))
    assert [path.name for path in tmp_path.iterdir()] == ["archive.zip"]
