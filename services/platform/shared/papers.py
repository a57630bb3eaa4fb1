"""Papers (添付書類): what an act names by its SHA-256, sent into its case and read by recorded links.

An act that names a paper holds its digest, so it is bound to that content for good, whenever the content
comes in and whoever sends it. A paper is sent straight to the service's bucket by a form that S3 checks
(this case, this digest, this size and type, for a quarter of an hour), is scanned there, and can be had by
whoever may see its digest in the case, and by nobody else. What no act names is not taken.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial
from typing import Annotated, Any, Literal

from services.platform.cases.case import Case
from services.platform.cases.case_id import procedure_of
from services.platform.cases.lists import instant
from services.platform.http import readings
from services.platform.http.edge import Edge
from services.platform.http.exposure import Exposed
from services.platform.http.request import Request
from services.platform.http.shapes import Items, Uri
from services.platform.law.parties import Held
from services.platform.law.procedure import Procedure, Refusal, refuse_if
from services.platform.law.values import Between, Matching, Value
from services.platform.runtime.clients import client
from services.platform.runtime.environment import environment
from services.platform.time.legal_clock import Instant

LARGEST = 100 * 1024 * 1024
"""Bytes of a paper: what the scan takes, and what one form can send."""
FORM_LIVES, LINK_LIVES = timedelta(minutes=15), timedelta(minutes=5)
SCANNED = ("aws.guardduty", "GuardDuty Malware Protection Object Scan Result")
"""Source and detail-type of what the scan says about an object."""

Sha256 = Annotated[str, Matching(r"[0-9a-f]{64}")]
Status = Literal["awaited", "here", "infected", "unreadable"]
STATUSES: dict[str, Status] = {"NO_THREATS_FOUND": "here", "THREATS_FOUND": "infected"}
"""What follows from a scan's result; of any other one the paper could not be read."""
MediaType = Literal[
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "image/jpeg",
    "image/png",
    "text/csv",
    "text/plain",
]


class NamedPaper(Value):
    """A paper that an act of the case names, and whether what it names is here.

    `awaited` has not come in, or is being scanned; `infected` is kept and given to nobody; of one that
    is `unreadable` the scan could not be done (it is locked with a password, or broken).
    """

    sha256: str
    name: str
    status: Status
    since: Instant | None
    href: Uri


class Upload(Value):
    """A paper one is about to send: its digest as the act names it, its size in bytes, and its type."""

    sha256: Sha256
    size: Annotated[int, Between(1, LARGEST)]
    media_type: MediaType


class Form(Value):
    """Where to send a paper: a `multipart/form-data` POST of these fields, the file last as `file`."""

    url: Uri
    fields: dict[str, str]
    expires_at: Instant


class Link(Value):
    """Where a paper can be read, for a few minutes; that it was asked for is recorded."""

    url: Uri
    expires_at: Instant


def add(app: Edge, *procedures: Procedure[Any]) -> None:
    """Serve the papers of the cases of these procedures, which `app` exposes."""
    for exposed in (app.exposed[procedure.name] for procedure in procedures):
        path = f"{exposed.path}/<case_id>/papers"
        app.get(path, does="List the papers the case names, and which are here")(partial(_list, exposed))
        does = "Ask for the form by which a paper is sent"
        app.ask(path, body=Upload, does=does)(partial(_form, exposed))
        does = "Ask for a link to a paper"
        app.get(f"{path}/<sha256>", does=does)(partial(_link, exposed))


def note_scan(event: dict[str, Any]) -> None:
    """Keep what the scan of an object has found; of an object that is no paper there is nothing to keep."""
    from services.platform.cases import dynamo

    detail = event["detail"]
    case_id, _, sha256 = str(detail["s3ObjectDetails"]["objectKey"]).partition("/")
    if procedure_of(case_id) is not None and len(sha256) == 64:
        scan = str(detail.get("scanResultDetails", {}).get("scanResultStatus", detail["scanStatus"]))
        dynamo.keep_scan(case_id, dynamo.Scanned(sha256, scan, str(event["time"])))


def _list(exposed: Exposed[Any], request: Request, case_id: str) -> Items[NamedPaper]:
    case, held = readings.case_of(exposed, request, case_id)
    return Items(tuple(_papers(exposed, case, held, request)))


def _form(exposed: Exposed[Any], upload: Upload, request: Request, case_id: str) -> Form:
    case, held = readings.case_of(exposed, request, case_id)
    paper = _one(upload.sha256, _papers(exposed, case, held, request))
    refuse_if(paper.status == "here", "paper_is_here", since=paper.since)
    fields = {
        "Content-Type": upload.media_type,
        "x-amz-checksum-algorithm": "SHA256",
        "x-amz-checksum-sha256": base64.b64encode(bytes.fromhex(upload.sha256)).decode(),
    }
    size = ["content-length-range", upload.size, upload.size]
    form = client("s3").generate_presigned_post(
        environment().papers,
        f"{case_id}/{upload.sha256}",
        Fields=fields,
        Conditions=[*({name: value} for name, value in fields.items()), size],
        ExpiresIn=int(FORM_LIVES.total_seconds()),
    )
    return Form(form["url"], form["fields"], instant(request.at + FORM_LIVES))


def _link(exposed: Exposed[Any], request: Request, case_id: str, sha256: str) -> Link:
    case, held = readings.case_of(exposed, request, case_id)
    paper = _one(sha256, _papers(exposed, case, held, request))
    refuse_if(paper.status == "infected", "paper_infected")
    refuse_if(paper.status != "here", "paper_not_here")
    exposed.record_reading(case.id, request, held, [f"papers/{sha256}"])
    url = client("s3").generate_presigned_url(
        "get_object",
        Params={
            "Bucket": environment().papers,
            "Key": f"{case_id}/{sha256}",
            # Saved, never opened in the page of whoever follows the link.
            "ResponseContentDisposition": f'attachment; filename="{sha256[:12]}"',
        },
        ExpiresIn=int(LINK_LIVES.total_seconds()),
    )
    return Link(url, instant(request.at + LINK_LIVES))


def _one(sha256: str, papers: Iterable[NamedPaper]) -> NamedPaper:
    for paper in papers:
        if paper.sha256 == sha256:
            return paper
    raise Refusal("no_such_paper")


def _papers(exposed: Exposed[Any], case: Case[Any], held: Held, request: Request) -> Iterator[NamedPaper]:
    """The papers that the acts of the case name, as far as the caller may see their digests."""
    from services.platform.cases import dynamo

    told = exposed.told(case, held, exposed.cases.history(case.id), request)
    named = dict(paper for act in told for paper in _digests(act.data))
    scanned = {paper.sha256: paper for paper in dynamo.scanned(case.id)}
    where = f"{request.prefix}{exposed.where(case.id)}/papers"
    for sha256, name in named.items():
        scan = scanned.get(sha256)
        status: Status = STATUSES.get(scan.result, "unreadable") if scan else "awaited"
        yield NamedPaper(sha256, name, status, scan.at if scan else None, f"{where}/{sha256}")


def _digests(shown: Any) -> Iterator[tuple[str, str]]:
    """Each paper in what is shown of an act: its digest, and what it says it is."""
    if isinstance(shown, dict):
        named = shown.get("name") or shown.get("what")
        if named and isinstance(sha256 := shown.get("sha256"), str):
            yield sha256, str(named)
        shown = shown.values()
    if isinstance(shown, Iterable) and not isinstance(shown, str):
        for inner in shown:
            yield from _digests(inner)
