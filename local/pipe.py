"""JSON messages over a socket, each after its length."""

from __future__ import annotations

import json
import socket
import struct
import time
from typing import Any, Literal, overload

_LENGTH = struct.Struct(">I")


class ClosedError(ConnectionError):
    """The other end is gone."""


class Pipe:
    """One end of a socket pair."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end

    def send(self, message: object) -> None:
        """Send one message. Raises `ClosedError`; `TypeError` when it is not JSON."""
        body = json.dumps(message, ensure_ascii=False).encode()
        try:
            self._end.sendall(_LENGTH.pack(len(body)) + body)
        except OSError as error:
            raise ClosedError(str(error)) from error

    @overload
    def receive(self, *, seconds: float | None = None) -> Any: ...
    @overload
    def receive(self, *, seconds: float | None = None, eof_is_end: Literal[True]) -> Any | None: ...
    def receive(self, *, seconds: float | None = None, eof_is_end: bool = False) -> Any:
        """The next message. Raises `ClosedError`, or `TimeoutError` after `seconds`."""
        until = None if seconds is None else time.monotonic() + seconds
        try:
            (length,) = _LENGTH.unpack(self._exactly(_LENGTH.size, until))
            return json.loads(self._exactly(length, until))
        except ClosedError:
            if eof_is_end:
                return None
            raise

    def _exactly(self, size: int, until: float | None) -> bytes:
        parts: list[bytes] = []
        while size:
            if until is not None:
                left = until - time.monotonic()
                if left <= 0:
                    raise TimeoutError
                self._end.settimeout(left)
            try:
                part = self._end.recv(min(size, 1 << 20))
            except TimeoutError:
                raise
            except OSError as error:
                raise ClosedError(str(error)) from error
            if not part:
                raise ClosedError("closed by the other end")
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def close(self) -> None:
        """Close this end."""
        self._end.close()
