"""Lambda's Runtime API, as small as it can be: the other end of `awslambdaric`."""

from __future__ import annotations

import json
import queue
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ARN = "arn:aws:lambda:ap-northeast-1:123456789012:function:bench"


class RuntimeApi(ThreadingHTTPServer):
    """Hands out events at `next` and takes answers; notes when the first `next` came."""

    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """A function that is ended while it waits is no error."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.ready = threading.Event()
        self.ready_at = 0.0
        self.events: queue.Queue[Any] = queue.Queue()
        self.answers: queue.Queue[tuple[str, Any]] = queue.Queue()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Host and port, as AWS_LAMBDA_RUNTIME_API has them."""
        return f"127.0.0.1:{self.server_port}"


class Door(BaseHTTPRequestHandler):
    """One connection of the runtime."""

    protocol_version = "HTTP/1.1"
    # Without these two, each answer waits 44 ms for an acknowledgement.
    disable_nagle_algorithm = True
    wbufsize = -1
    server: RuntimeApi

    def do_GET(self) -> None:
        """`next`: wait for an event."""
        if not self.server.ready.is_set():
            self.server.ready_at = time.perf_counter()
            self.server.ready.set()
        event = self.server.events.get()
        deadline = int((time.time() + 60) * 1000)
        headers = {
            "Lambda-Runtime-Aws-Request-Id": str(uuid.uuid4()),
            "Lambda-Runtime-Deadline-Ms": str(deadline),
            "Lambda-Runtime-Invoked-Function-Arn": ARN,
        }
        self.reply(200, json.dumps(event).encode(), headers)

    def do_POST(self) -> None:
        """`response`, `error` and `init/error`."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.answers.put((self.path.rpartition("/")[2], json.loads(body or "null")))
        self.server.ready.set()
        self.reply(202, b"{}", {})

    def reply(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        """Answer at once."""
        self.send_response(status)
        for name, value in {
            **headers,
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""
