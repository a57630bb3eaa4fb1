"""The address where AWS's APIs answer locally: moto's server, holding the clock while it works."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from werkzeug.serving import WSGIRequestHandler, make_server

from local.clock import Clock

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from local.papers import Papers

    WSGI = Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]

REMEMBERED = 500
"""Events shown by `GET /_local/events`."""
_FILLS_QUEUES = {"AWSEvents.PutEvents", "AmazonSQS.SendMessage", "AmazonSQS.SendMessageBatch"}


class Quiet(WSGIRequestHandler):
    """Serves without a line per request; errors are still logged."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


class Server:
    """A threaded WSGI server on 127.0.0.1."""

    def __init__(self, app: WSGI, port: int = 0) -> None:
        self._server = make_server("127.0.0.1", port, app, threaded=True, request_handler=Quiet)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, name=self.url, daemon=True)

    def start(self) -> None:
        """Serve from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Serve no more."""
        self._server.shutdown()
        self._server.server_close()


class AwsEndpoint:
    """moto behind one address; `queues_filled` are called after what may have put messages into queues."""

    def __init__(self, clock: Clock) -> None:
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

        self._moto = DomainDispatcherApplication(create_backend_app)
        self._clock = clock
        self.events: deque[dict[str, Any]] = deque(maxlen=REMEMBERED)
        self.queues_filled: list[Callable[[], None]] = []
        self.papers: Papers | None = None
        """Takes forms and links of papers, which moto does not read as S3 does."""
        self.server = Server(self._app)

    @property
    def url(self) -> str:
        """Where it answers."""
        return self.server.url

    def _app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        target = environ.get("HTTP_X_AMZ_TARGET", "")
        with self._clock.holding("AWS API"):
            if target == "AWSEvents.PutEvents":
                self._remember(environ)
            papers = self.papers if self.papers and self.papers.takes(environ) else None
            answer = b"".join((papers or self._moto)(environ, start_response))
            if target in _FILLS_QUEUES:
                for kick in self.queues_filled:
                    kick()
        return [answer]

    def _remember(self, environ: WSGIEnvironment) -> None:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = BytesIO(body)
        for entry in json.loads(body)["Entries"]:
            self.events.append(
                {
                    "source": entry.get("Source"),
                    "detail-type": entry.get("DetailType"),
                    "detail": json.loads(entry.get("Detail", "{}")),
                }
            )
