"""How a story speaks to the platform: over HTTP like anyone else, and to the clock."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import urllib3

from local.identity import Person

YEARS = 3600 * 24 * 365 * 6
"""Seconds a story's tokens live: longer than any story."""


class StoryError(RuntimeError):
    """The platform answered otherwise than the story needs; the message holds what it said."""


@dataclass(slots=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: Any

    @property
    def code(self) -> str | None:
        """The stable code of a problem document."""
        return self.body.get("code") if isinstance(self.body, dict) else None


@dataclass(slots=True)
class Teller:
    """A client of the platform at `url`: `move` moves the clock, `post` and `get` speak as a person."""

    url: str
    _http: urllib3.PoolManager = field(
        default_factory=lambda: urllib3.PoolManager(timeout=180, retries=False)
    )
    _tokens: dict[Person, str] = field(default_factory=dict)
    _asked: int = 0

    def move(self, to: str) -> Any:
        """Move the clock to an instant of Japan time (`2026-04-24 09:30`)."""
        instant = to.replace(" ", "T") + ("" if "+" in to else ":00+09:00")
        return self._wanted(self._send("POST", "/_local/clock", {"to": instant}), 200)

    def settle(self) -> None:
        """Wait until nothing is under way, without moving the clock."""
        now = self._wanted(self._send("GET", "/_local/clock"), 200)["now"]
        self._wanted(self._send("POST", "/_local/clock", {"to": now}), 200)

    def ask(
        self,
        person: Person | None,
        method: str,
        path: str,
        body: Any = None,
        *,
        key: str | None = None,
        version: int | None = None,
    ) -> Answer:
        """Send one request; a POST gets an Idempotency-Key of its own unless one is given."""
        headers: dict[str, str] = {}
        if person is not None:
            headers["Authorization"] = f"Bearer {self.token(person)}"
        if method == "POST":
            self._asked += 1
            headers["Idempotency-Key"] = key or f"story-{self._asked}"
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return self._send(method, path, body, headers)

    def post(
        self, person: Person, path: str, body: Any = None, *, expect: tuple[int, ...] = (200, 201)
    ) -> Any:
        """The answer's document. Raises `StoryError` when its status is another."""
        return self._wanted(self.ask(person, "POST", path, {} if body is None else body), *expect)

    def get(self, person: Person, path: str) -> Any:
        """The document at `path`. Raises `StoryError`."""
        return self._wanted(self.ask(person, "GET", path), 200)

    def token(self, person: Person) -> str:
        """A token of `person`, asked for once."""
        if person not in self._tokens:
            wanted = {
                "subject": person.subject,
                "organisation": person.organisation,
                "roles": list(person.roles),
                "mandates": list(person.mandates),
                "expires_in": YEARS,
            }
            if person.ministry:
                wanted["ministry"] = person.ministry
            self._tokens[person] = self._wanted(self._send("POST", "/_local/token", wanted), 201)["token"]
        return self._tokens[person]

    def _send(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> Answer:
        content = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        given = {**(headers or {}), **({"Content-Type": "application/json"} if content is not None else {})}
        answer = self._http.request(method, self.url + path, body=content, headers=given)
        text = answer.data.decode()
        is_json = "json" in answer.headers.get("Content-Type", "")
        return Answer(answer.status, dict(answer.headers), json.loads(text) if is_json and text else text)

    @staticmethod
    def _wanted(answer: Answer, *statuses: int) -> Any:
        if answer.status not in statuses:
            said = json.dumps(answer.body, ensure_ascii=False, indent=1)
            raise StoryError(f"{answer.status} instead of {statuses}:\n{said}")
        return answer.body
