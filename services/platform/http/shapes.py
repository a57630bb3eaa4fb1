"""What every API answers: the same shapes for every procedure, and what the API's document says of them.

A case is `CaseHead` with the fields of its procedure's view in it, as far as its reader may see them. What an
answer may lack is `UNSET` there.
"""

from __future__ import annotations

from typing import Annotated, Any, Generic, Literal, TypeVar

from msgspec import UNSET, Meta, UnsetType

from services.platform.law.values import Between, Len, Value, field
from services.platform.time.legal_clock import Explained, Instant, LegalDay

T = TypeVar("T")
Uri = Annotated[str, Meta(extra_json_schema={"format": "uri-reference"})]


class AllowedAct(Value):
    """An act the reader may do now, by which article, and where."""

    act: str
    article: str
    href: Uri
    method: Literal["POST"] = "POST"


class CaseHead(Value):
    """What is said of every case; the fields of its procedure's view stand between."""

    id: str
    procedure: str
    version: int
    stage: str
    until: Instant | None
    opened_at: Instant
    allowed_acts: tuple[AllowedAct, ...]


class Line(Value):
    """A case in a list."""

    id: str
    procedure: str
    version: int
    stage: str
    until: Instant | None
    opened_at: Instant
    href: Uri
    organisation: str | UnsetType | None = UNSET
    ministries: tuple[str, ...] | UnsetType = UNSET


class Items(Value, Generic[T]):
    """A list, or a part of one with the cursor of the next part if there is one."""

    items: tuple[T, ...]
    next: str | None = None


class DoneBy(Value):
    """Who did something: the organisation, and the roles it was done as."""

    organisation: str
    as_: tuple[str, ...] = field(name="as")


class ToldAct(Value):
    """An act of a history as its reader may know it; with its hashes when nothing of it is hidden."""

    sequence: int
    act: str
    article: str
    at: Instant
    legal_day: LegalDay
    by: DoneBy
    data: dict[str, Any]
    hash: str | UnsetType = UNSET
    previous: str | UnsetType = UNSET


class History(Value):
    """What happened in a case, act by act, and the sequence after which the next page begins, if any."""

    case_id: str
    version: int
    acts: tuple[ToldAct, ...]
    next: int | None = None


class FieldProblem(Value):
    """One thing that is wrong: its place (a JSON pointer, or `?name` of a query), its code, and the words."""

    pointer: str
    code: str
    message: str
    message_ja: str
    article: str | UnsetType = UNSET


class Problem(Value):
    """What is wrong, by which article, what is allowed instead, and what can be done next (RFC 9457)."""

    type: Uri
    status: int
    code: str
    title: str
    title_en: str
    title_ja: str
    detail: str | UnsetType = UNSET
    detail_en: str | UnsetType = UNSET
    detail_ja: str | UnsetType = UNSET
    next: str | UnsetType = UNSET
    next_en: str | UnsetType = UNSET
    next_ja: str | UnsetType = UNSET
    article: str | UnsetType = UNSET
    instance: Uri | UnsetType = UNSET
    correlation_id: str | UnsetType = UNSET
    version: int | UnsetType = UNSET
    errors: tuple[FieldProblem, ...] | UnsetType = UNSET
    deadlines: tuple[Explained, ...] | UnsetType = UNSET
    allowed_acts: tuple[AllowedAct, ...] | UnsetType = UNSET


class Health(Value):
    """That a service is up."""

    service: str
    status: Literal["ok"] = "ok"


# ---- What is asked in a query ----


class Paging(Value):
    """Which part of a list: how many lines, and `next` of the page before."""

    limit: Annotated[int, Between(1, 100)] = 50
    cursor: Annotated[str, Len(1, 1000)] | None = None


class Listing(Paging):
    """The same; an agent says whose cases, of those who gave a mandate."""

    organisation: Annotated[str, Len(1, 30)] | None = None


class HistoryPaging(Value):
    """Which acts: so many of those after a sequence."""

    limit: Annotated[int, Between(1, 500)] = 200
    after: Annotated[int, Between(0, 999_999)] = 0
