"""Answers: documents with their ETag, pages, and refusals as problem documents."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from services.platform.cases.case import Case, Done
from services.platform.cases.store import LostRace
from services.platform.http.bodies import BodyNotValid
from services.platform.http.exposure import Exposed
from services.platform.http.problems import OF_THE_CLOCK, TYPE, Language, problem
from services.platform.http.request import Request
from services.platform.law.parties import Held
from services.platform.law.procedure import Refusal
from services.platform.law.values import Value, field
from services.platform.runtime.observe import count
from services.platform.time.legal_clock import all_explained
from services.statute import Refused, legal_day

B = TypeVar("B")
JSON = "application/json"
PROBLEM = "application/problem+json"


class Answer(Value, Generic[B]):
    """What goes back: a JSON document of the type `B`, or the text of another content type."""

    status: int
    body: B
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = JSON


class CaseRefusal(Exception):  # noqa: N818 - a refusal, with the case it was refused in
    """A refusal in a case the caller may see: its answer lists what is allowed now."""

    def __init__(self, refusal: Refusal, exposed: Exposed[Any], case: Case[Any], held: Held) -> None:
        super().__init__(refusal.code)
        self.refusal, self.exposed, self.case, self.held = refusal, exposed, case, held


def command_answer(done: Done[Any]) -> Answer[Any]:
    """The answer of a command, as it was made before it was written, or as it was kept."""
    kept = done.answer
    headers = {"ETag": f'"{kept["body"]["version"]}"'}
    if kept["status"] == 201:
        headers["Location"] = kept["location"]
    if done.replayed:
        headers["Idempotency-Replayed"] = "true"
    else:
        count("Commands")
    return Answer(kept["status"], kept["body"], headers)


def with_etag(body: B, version: int) -> Answer[B]:
    """A document of a case at `version`."""
    return Answer(200, body, {"ETag": f'"{version}"'})


def problem_answer(
    refused: Refusal | Refused | CaseRefusal, request: Request, article: str | None
) -> Answer[Any]:
    """The problem document of a refusal: what is wrong, by which article, what is allowed, what to do."""
    case = refused if isinstance(refused, CaseRefusal) else None
    refusal = case.refusal if case else refused
    if isinstance(refusal, Refused):
        document = _clock_problem(refusal, request.language)
    else:
        assert isinstance(refusal, Refusal)
        document = problem(request.service, refusal.code, request.language, refusal.facts)
        if errors := refusal.errors if isinstance(refusal, BodyNotValid) else refusal.facts.get("errors"):
            document["errors"] = errors
        if refusal.see:
            document["deadlines"] = all_explained(refusal.see, legal_day(request.at))
        if "current" in refusal.facts:
            document["version"] = refusal.facts["current"]
    if refusal.article or article:
        document["article"] = refusal.article or article
    document |= {"instance": request.prefix + request.path, "correlation_id": request.correlation_id}
    # After a lost race the case that was read is out of date, and so is what was allowed in it.
    if case and not isinstance(refusal, LostRace):
        document["allowed_acts"] = case.exposed.allowed_acts(case.case, case.held, request)
    headers: dict[str, str] = {"Content-Language": request.language}
    if "version" in document:
        headers["ETag"] = f'"{document["version"]}"'
    if document["status"] == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return Answer(document["status"], document, headers, PROBLEM)


def _clock_problem(refused: Refused, language: Language) -> dict[str, Any]:
    said = refused.message
    return {
        "type": TYPE + refused.code,
        "status": OF_THE_CLOCK,
        "code": refused.code,
        "title": said.ja if language == "ja" else said.en,
        "title_en": said.en,
        "title_ja": said.ja,
    }
