"""Words the procedures of councils and commissioned research share."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from services.council.data_files import read
from services.council.roles import CABINET_OFFICE, MemberKind, role_of
from services.platform.law.parties import is_organisation
from services.platform.law.procedure import Given, Refusal, refuse_if
from services.platform.law.values import Len, Matching, Value
from services.platform.shared.words import CaseId, Line, Name, PassDay, Reasons

__all__ = [
    "CABINET_OFFICE", "Agency", "CaseId", "Line", "Marking", "Name", "Paper", "Papers", "PassDay",
    "ProjectId", "Reasons", "Statement", "Subject", "Text", "refuse_past", "refuse_wrong_id", "statement_of",
]  # fmt: skip
Text = Annotated[str, Len(1, 8000)]
"""A text that may hold something sensitive: it leaves no case."""
Agency = Annotated[str, Matching(r"[A-Z]{2,12}")]
"""A national agency as tokens name it."""
ProjectId = Annotated[str, Len(1, 80)]
Marking = Annotated[str, Len(1, 40)]
"""A marking of `data/markings.toml`."""
Subject = Literal["62(4)(i)", "62(4)(ii)", "62(4)(iii)", "62(4)(iv)", "62(4)(v)"]
"""What a council consults about."""


class Paper(Value):
    """A paper kept apart from the case in the sealed store: what it is, and the SHA-256 of what it holds."""

    what: Line
    sha256: Annotated[str, Matching(r"[0-9a-f]{64}")]


Papers = Annotated[tuple[Paper, ...], Len(0, 50)]


class Statement(Value):
    """A statement of the duty of secrecy as it is acknowledged, with its penalty."""

    id: str
    article: str
    en: str
    ja: str
    penalty_article: str
    penalty_en: str
    penalty_ja: str


def statement_of(whose: Literal["council", "think_tank"], on: date) -> Statement:
    """The statement of the duty of secrecy that is put before a person on a day."""
    rows = [one for one in read("secrecy")["statement"] if one["of"] == whose and one["from"] <= on]
    if not rows:
        raise Refusal("duty_not_in_force", "62(7), 64(4)", on=on)
    newest = max(rows, key=lambda one: one["from"])
    return Statement(**{name: newest[name] for name in Statement.__struct_fields__})


def refuse_past(day: date, given: Given, article: str) -> None:
    """Refuse a day set for somebody, or an end, that is past already."""
    refuse_if(day < given.today, "day_set_lies_behind", article, day=day, today=given.today)


def refuse_wrong_id(kind: MemberKind, one: str) -> None:
    """Refuse a member whose id is not of the sort its kind has."""
    by = role_of(kind).by
    if by == "organisation":
        refuse_if(not is_organisation(one), "organisation_id_wrong", organisation=one)
    if by == "ministry":
        plain = one.isascii() and one.isalpha() and one.isupper()
        refuse_if(not plain, "agency_id_wrong", "62(3)", agency=one)
