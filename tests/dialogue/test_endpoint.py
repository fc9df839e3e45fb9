"""An endpoint that is asked over a real socket, well and ill."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from recsys.dialogue.endpoint import Endpoint, EndpointError, configured


@pytest.fixture
def server():
    """A server that keeps what it was asked and answers with what is set."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = int(self.headers["Content-Length"])
            self.server.asked.append((self.path, dict(self.headers), self.rfile.read(length)))
            self.send_response(self.server.status)
            self.end_headers()
            self.wfile.write(self.server.answer)

        def log_message(self, *args):
            pass

    serving = HTTPServer(("127.0.0.1", 0), Handler)
    serving.asked, serving.status = [], 200
    serving.answer = json.dumps({"choices": [{"message": {"content": " no ghosts "}}]}).encode()
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    yield serving
    serving.shutdown()
    serving.server_close()


def of(server, key="secret") -> Endpoint:
    return Endpoint(f"http://127.0.0.1:{server.server_port}/v1", "small", key)


def test_it_is_asked_with_the_words_and_answers_with_words(server):
    assert of(server).read("ghosts? never!") == "no ghosts"
    path, headers, body = server.asked[0]
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret"
    told = json.loads(body)
    assert (told["model"], told["messages"][1]["content"]) == ("small", "ghosts? never!")


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (500, b""),
        (200, b"not json"),
        (200, b"{}"),
        (200, b'{"choices": []}'),
        (200, b'{"choices": [{"message": {"content": null}}]}'),
        (200, b'{"choices": [{"message": {"content": " "}}]}'),
        (200, b"[]"),
    ],
)
def test_whatever_it_answers_there_is_one_clear_line(server, status, answer):
    server.status, server.answer = status, answer
    with pytest.raises(EndpointError, match="The language model at http") as caught:
        of(server).phrased("More, or less?")
    assert "secret" not in str(caught.value)


def test_nobody_there():
    with pytest.raises(EndpointError, match="did not answer"):
        Endpoint("http://127.0.0.1:9/v1", "small").read("ghosts")


def test_it_is_off_unless_the_host_sets_it():
    assert configured({}) is None
    found = configured({"THAW_LLM_URL": "http://here/v1/", "THAW_LLM_MODEL": "small"})
    assert (found.url, found.model, found.key) == ("http://here/v1", "small", "")
    for settings in ({"THAW_LLM_URL": "file:///etc"}, {"THAW_LLM_URL": "http://here"}):
        with pytest.raises(EndpointError, match="THAW_LLM_MODEL"):
            configured(settings)
