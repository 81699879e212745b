"""A real HTTP server on this machine, which says what it was told to say and keeps what it was asked."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest


class Handler(BaseHTTPRequestHandler):
    """Answers from `server.answers`: {path: (status, headers, body)}; a path not known is a 404."""

    def do_GET(self):
        length = int(self.headers.get("Content-Length") or 0)
        self.server.asked.append(
            SimpleNamespace(path=self.path, headers=dict(self.headers), body=self.rfile.read(length))
        )
        known = self.server.answers
        status, headers, body = known.get(self.path) or known.get(self.path.partition("?")[0]) or (404, {}, b"")
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 - as the library calls it

    def log_message(self, *_words):
        """Quiet."""


@pytest.fixture
def listener():
    """`listener.says("/rows", b"…")`, `listener.asked`, `listener.address`, `listener.host`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.answers, server.asked = {}, []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    host = f"127.0.0.1:{server.server_port}"

    def says(path, body, status=200, **headers):
        server.answers[path] = (status, headers, body if isinstance(body, bytes) else body.encode())

    yield SimpleNamespace(says=says, asked=server.asked, address=f"http://{host}", host=host, wait=time.sleep)
    server.shutdown()
    server.server_close()
    thread.join()
