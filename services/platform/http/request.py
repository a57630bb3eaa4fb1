"""A request as API Gateway hands it over: who, when, in which language, under which key. Nothing is guessed.

The person is what the authoriser verified; the time is when the request reached API Gateway, however late it
runs.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, TypeVar

import msgspec
from msgspec.structs import fields

from services.platform.cases.case import Once
from services.platform.http.bodies import can_be_meant, too_far
from services.platform.http.problems import Language, field_problem, language_of
from services.platform.law.parties import Principal, principal_of
from services.platform.law.procedure import Given, Refusal, refuse_if
from services.platform.law.values import Value

_KEY = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_ETAG = re.compile(r'(?:W/)?"(\d{1,9})"')
Q = TypeVar("Q", bound=Value)


class Request:
    """One HTTP request. What it lacks is refused when it is asked for."""

    def __init__(self, event: Mapping[str, Any], service: str, largest_body: int) -> None:
        self._event = event
        self.service = service
        """The package of the service it came to."""
        self._context: Mapping[str, Any] = event["requestContext"]
        self._headers = {name.lower(): str(value) for name, value in (event.get("headers") or {}).items()}
        self._largest_body = largest_body

    @property
    def method(self) -> str:
        """The HTTP method."""
        return str(self._event["httpMethod"])

    @property
    def path(self) -> str:
        """The path below the stage."""
        return str(self._event["path"])

    @property
    def prefix(self) -> str:
        """What stands before `path` in the caller's address: the stage, and a local front's own prefix."""
        return str(self._context.get("path") or self.path).removesuffix(self.path)

    @cached_property
    def correlation_id(self) -> str:
        """The caller's own `X-Correlation-Id`, or else API Gateway's request id."""
        named = self._headers.get("x-correlation-id", "")
        return named if _KEY.fullmatch(named) else self.request_id

    @property
    def request_id(self) -> str:
        """API Gateway's id of this request."""
        return str(self._context.get("requestId", ""))

    @property
    def language(self) -> Language:
        """The language of `title`, `detail` and `next`."""
        return language_of(self._headers.get("accept-language"))

    @cached_property
    def given(self) -> Given:
        """Who asks and when. Raises the refusal `not_signed_in` when the token was not verified."""
        return Given(self.at, self.principal)

    @property
    def at(self) -> datetime:
        """The instant at which API Gateway took the request."""
        return datetime.fromtimestamp(int(self._context["requestTimeEpoch"]) / 1000, UTC)

    @property
    def principal(self) -> Principal:
        """The person behind the verified token. Raises the refusal `not_signed_in`."""
        claims = (self._context.get("authorizer") or {}).get("claims") or {}
        refuse_if(not claims.get("sub"), "not_signed_in")
        return principal_of(claims)

    def accepts(self, content_type: str) -> bool:
        """Whether the caller asks for that content type by name."""
        return content_type in self._headers.get("accept", "")

    @property
    def expected(self) -> int | None:
        """The case version that `If-Match` names. Raises the refusal `if_match_not_valid`."""
        named = self._headers.get("if-match", "*").strip()
        if named == "*":
            return None
        etag = _ETAG.fullmatch(named)
        if etag is None:
            raise Refusal("if_match_not_valid")
        return int(etag[1])

    @cached_property
    def once(self) -> Once:
        """The key under which this POST happens once, for this person, path and body.

        Raises the refusals `key_missing` and `key_not_valid`.
        """
        key = self._headers.get("idempotency-key", "").strip()
        refuse_if(not key, "key_missing")
        refuse_if(not _KEY.fullmatch(key), "key_not_valid")
        asked = b"\0".join((self.method.encode(), self.path.encode(), self.body))
        return Once(f"api/{self.principal.subject}", key, hashlib.sha256(asked).hexdigest())

    @cached_property
    def body(self) -> bytes:
        """The body's bytes. Raises the refusal `body_too_large`."""
        text = self._event.get("body") or ""
        body = base64.b64decode(text) if self._event.get("isBase64Encoded") else text.encode()
        refuse_if(len(body) > self._largest_body, "body_too_large", size=len(body), limit=self._largest_body)
        return body

    def header(self, name: str) -> str:
        """A header by its name in lower case; empty when it was not sent."""
        return self._headers.get(name, "")

    def allow(self, largest: int) -> None:
        """Take a body of up to `largest` bytes, where a route takes files."""
        self._largest_body = largest

    def query(self, name: str) -> str | None:
        """A parameter of the query, if it was given."""
        return (self._event.get("queryStringParameters") or {}).get(name) or None

    def asked(self, kind: type[Q]) -> Q:
        """The query as a value. Raises the refusal `query_not_valid` with everything that is wrong in it.

        A parameter that `kind` does not know is somebody else's, and passed over.
        """
        given: dict[str, Any] = {}
        errors: list[dict[str, str]] = []
        for known in fields(kind):
            text = self.query(known.encode_name)
            if text is None:
                continue
            try:
                given[known.name] = msgspec.convert(text, known.type, strict=False)
            except msgspec.ValidationError as wrong:
                facts = {"problem": str(wrong)}
                errors.append(field_problem("not_valid", f"?{known.encode_name}", facts))
                continue
            if isinstance(given[known.name], date) and not can_be_meant(given[known.name]):
                errors.append(too_far(f"?{known.encode_name}"))
        refuse_if(bool(errors), "query_not_valid", errors=errors, count=len(errors))
        return kind(**given)
