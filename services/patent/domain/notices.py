"""Notices (通知): issued on a day, received on a day, and which of the two counts.

The Act hangs its effects on receipt (受けた), but for the notice of sending, where issue counts (発せられ,
78(1) proviso). What is recorded in the addressee's file here is received at that moment; what goes on paper
is received when somebody says so, with what proves it. Nobody is silent to what has not reached it: a time
that is set begins with nothing less than its notice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Literal, TypeVar

from msgspec.structs import replace

from services.patent.domain.vocabulary import Delivery, Line
from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import Held
from services.platform.law.procedure import Given, Refusal, refuse_if, rule
from services.platform.law.values import Value

Kind = Literal[
    "sent",  # 66(3)
    "explanation_asked",  # 66(6)
    "not_sent",  # 66(10)
    "material_asked",  # 67(2)
    "opinion_asked",  # Cabinet Office Order 78 of 2023, Arts. 3, 8
    "possible_designation",  # 67(9)
    "correction_asked",  # 67(11)
    "reasons",  # 69(2), 73(7), 74(3), 78(6)
    "review_ended",  # 69(1)
    "dismissal_called_for",  # 73(6), 74(2), 78(5)
    "designated",  # 70(1)
    "extended",  # 70(5)
    "not_designated",  # 71
    "designation_ended",  # 77(2)
    "amount",  # 80(3)
]


@leaves("restricted")
class NoticeIssued(Act):
    """A notice was sent to the applicant, or recorded in its file."""

    kind: Kind
    delivery: Delivery
    on: date


@leaves("restricted")
class NoticeReceived(Act):
    """A notice reached the applicant."""

    kind: Kind
    on: date
    evidence: str


NOTICE_ACTS = (NoticeIssued, NoticeReceived)


class Told(Value):
    """A notice, when it was issued and, once that is known, received."""

    kind: Kind
    issued_on: date
    received_on: date | None = None


Notices = tuple[Told, ...]


def evolve(notices: Notices, act: Act) -> Notices:
    """The notices after `act`; a receipt is that of the first one of its kind not yet received."""
    match act:
        case NoticeIssued():
            return (*notices, Told(act.kind, act.on))
        case NoticeReceived():
            place = next(n for n, told in enumerate(notices) if _outstanding(told, act.kind))
            received = replace(notices[place], received_on=act.on)
            return (*notices[:place], received, *notices[place + 1 :])
    raise TypeError(f"{type(act).__name__} is no act about a notice")


def issued_on(notices: Notices, kind: Kind) -> date | None:
    """The day on which the last notice of that kind was issued."""
    return next((told.issued_on for told in reversed(notices) if told.kind == kind), None)


def received_on(notices: Notices, kind: Kind) -> date | None:
    """The day on which the last notice of that kind was received; None while it was not."""
    return next((told.received_on for told in reversed(notices) if told.kind == kind), None)


def receipts(notices: Notices, kind: Kind) -> tuple[date | None, ...]:
    """When each notice of that kind was received, in the order of their issue."""
    return tuple(told.received_on for told in notices if told.kind == kind)


def passed(received: date | None, due: date, today: date) -> bool:
    """Whether a time that was set has passed: its notice had arrived by the day set, and that day is over."""
    return received is not None and received <= due < today


def known(notices: Notices) -> Notices:
    """The notices that have reached their addressee."""
    return tuple(told for told in notices if told.received_on is not None)


T = TypeVar("T")


def reached(asked: Sequence[T], notices: Notices, kind: Kind) -> tuple[T, ...]:
    """Those of `asked` whose notice has arrived; each went out with one of that kind, in the same order."""
    days = receipts(notices, kind)
    return tuple(one for place, one in enumerate(asked) if place >= len(days) or days[place] is not None)


SAYS: dict[Kind, tuple[str, ...]] = {
    "sent": ("PapersSent",),
    "explanation_asked": ("ExplanationAsked",),
    "opinion_asked": ("OpinionAsked",),
    "possible_designation": ("PossibleDesignationNotified",),
    "correction_asked": ("CorrectionAsked",),
    "reasons": ("ReasonsNotified",),
    "review_ended": ("ReviewEnded",),
    "dismissal_called_for": ("DismissalCalledFor",),
    "designated": ("DesignationBegun",),
    "extended": ("TermExtended",),
    "not_designated": ("NoDesignationDecided",),
    "designation_ended": ("DesignationReleased", "DesignationExpired"),
    "amount": ("AmountDecided",),
}
"""The act that each notice tells of; it stands before the notice, recorded by the same command."""


def as_told(history: Iterable[Any], _: Held) -> list[Any]:
    """A history in the order in which the addressee was told of it, without what has not reached it yet.

    Each entry has its `act` and `data`.
    """
    told: list[Any] = []
    on_the_way: dict[str, list[list[Any]]] = {}
    for entry in history:
        kind = entry.data.get("kind")
        if entry.act == NoticeIssued.__name__:
            says = SAYS.get(kind, ())
            letter = [told.pop()] if told and told[-1].act in says else []
            on_the_way.setdefault(kind, []).append([*letter, entry])
        elif entry.act == NoticeReceived.__name__:
            told += [*on_the_way[kind].pop(0), entry]
        else:
            told.append(entry)
    return told


def issue(kind: Kind, state: Any, given: Given) -> Acts:
    """Issue a notice: in the file here of who takes notices so, where it is received at once, else on paper.

    `state` has `electronic_notices`.
    """
    if not state.electronic_notices:
        yield NoticeIssued(kind, "in_writing", given.today)
        return
    yield NoticeIssued(kind, "electronic", given.today)
    yield NoticeReceived(kind, given.today, "recorded in the addressee's file")


class RecordReceipt(Value):
    """The day a notice on paper reached its addressee, and what proves it."""

    kind: Kind
    received_on: date
    evidence: Line


@rule("no_notice_outstanding")
def a_notice_is_outstanding(state: Any, _: Given) -> bool:
    """A notice on paper has not been recorded as received."""
    return any(told.received_on is None for told in state.notices)


def record_receipt(state: Any, command: RecordReceipt, given: Given) -> Acts:
    """Record when a notice on paper was received; what counts from receipt counts from that day."""
    told = next((one for one in state.notices if _outstanding(one, command.kind)), None)
    if told is None:
        raise Refusal("no_notice_outstanding", kind=command.kind)
    day, first = command.received_on, told.issued_on
    refuse_if(not first <= day <= given.today, "day_out_of_range", day=day, first=first, last=given.today)
    yield NoticeReceived(command.kind, day, command.evidence)


def _outstanding(told: Told, kind: Kind) -> bool:
    return told.kind == kind and told.received_on is None
