"""A meeting of a council: called with its agenda, minuted item by item (62(4), (8))."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from msgspec.structs import replace

from services.council.domain.council.members import Number
from services.council.domain.vocabulary import CaseId, Line, Reasons, Subject, Text, refuse_past
from services.council.roles import ORGANISERS, MemberKind, by_role
from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, Parties
from services.platform.law.procedure import Given, Procedure, Stage, end, refuse_if, rule
from services.platform.law.values import Len, Value


class Called(Value):
    """A member that is called to a meeting."""

    number: int
    kind: MemberKind
    id: str


class Point(Value):
    """A point of the agenda: under which subject of 62(4), and what."""

    subject: Subject
    title: Line


class Minuted(Value):
    """What was said to a point of the agenda, and what followed for whom (62(5))."""

    point: Number
    discussed: Text
    follows: Text | None = None


@leaves("restricted", "council", "day")
class MeetingCalled(Act):
    """A meeting was called, with its agenda."""

    council: str
    day: date
    place: str
    agenda: tuple[Point, ...]
    members: tuple[Called, ...]
    on: date


@leaves("restricted", "council")
class MeetingMinuted(Act):
    """The meeting was held, and its minutes were kept."""

    council: str
    attended: tuple[int, ...]
    minutes: tuple[Minuted, ...]
    on: date


@leaves("restricted", "council")
class MeetingCancelled(Act):
    """The meeting was not held."""

    council: str
    reasons: str
    on: date


class Meeting(Value):
    """A meeting."""

    called: MeetingCalled | None = None
    minuted: MeetingMinuted | None = None
    cancelled: MeetingCancelled | None = None


def evolve(state: Meeting, act: Act) -> Meeting:
    """The meeting after `act`."""
    match act:
        case MeetingCalled():
            return Meeting(act)
        case MeetingMinuted():
            return replace(state, minuted=act)
        case MeetingCancelled():
            return replace(state, cancelled=act)
    raise TypeError(f"{type(act).__name__} is no act of a meeting")


def of_members(members: tuple[Called, ...]) -> Parties:
    """Whose case a meeting is: theirs who were called."""
    return Parties.of(dict(by_role((one.kind, one.id) for one in members)))


meeting: Procedure[Meeting] = Procedure(
    name="meeting",
    title="Meeting of a council",
    title_ja="協議会の会議",
    initial=Meeting(),
    evolve=evolve,
    acts=(MeetingCalled, MeetingMinuted, MeetingCancelled),
    parties=lambda state: of_members(state.called.members) if state.called else NOBODY,
    stages=(
        end("Minuted", "Held and minuted", "議事録作成済み", "62(4), (8)", lambda s: s.minuted is not None),
        end("Cancelled", "Not held", "中止", "62(8)", lambda s: s.cancelled is not None),
        Stage("Called", "Called", "招集", "62(8)", lambda _: True, then=("Minuted", "Cancelled")),
    ),
    crowded=True,
)


@rule("meeting_over", "62(8)")
def to_be_held(state: Meeting, _: Given) -> bool:
    """The meeting was neither minuted nor cancelled."""
    return state.minuted is None and state.cancelled is None


class CallMeeting(Value):
    """The meeting of which council, on which day and where, with which agenda."""

    council: CaseId
    day: date
    place: Line
    agenda: Annotated[tuple[Point, ...], Len(1, 50)]


class Calling(Value):
    """A call beside the members it reaches, and how many days the council's rules want before a meeting."""

    call: CallMeeting
    members: tuple[Called, ...]
    notice_days: int

    @property
    def parties(self) -> Parties:
        """The members called."""
        return of_members(self.members)


@meeting.act("62(8)", by=ORGANISERS, opens=True)
def call_meeting(_: Meeting, command: Calling, given: Given) -> Acts:
    """Call a meeting; the days between are those of the council's own rules."""
    call = command.call
    refuse_past(call.day, given, "62(8)")
    earliest = given.today + timedelta(days=command.notice_days)
    refuse_if(call.day < earliest, "notice_too_short", earliest=earliest, days=command.notice_days)
    yield MeetingCalled(call.council, call.day, call.place, call.agenda, command.members, given.today)


class MinuteMeeting(Value):
    """Which members attended, and what was said to each point of the agenda."""

    attended: Annotated[tuple[Number, ...], Len(1, 500)]
    minutes: Annotated[tuple[Minuted, ...], Len(1, 50)]


@meeting.act("62(4), (8)", by=ORGANISERS, when=[to_be_held])
def minute_meeting(state: Meeting, command: MinuteMeeting, given: Given) -> Acts:
    """Keep the minutes (議事録): every point of the agenda has its own."""
    called = state.called
    assert called is not None
    refuse_if(given.today < called.day, "meeting_not_held", day=called.day)
    known = {one.number for one in called.members}
    strangers = [str(one) for one in command.attended if one not in known]
    refuse_if(bool(strangers), "not_called_to_meeting", members=", ".join(strangers))
    wanted = list(range(1, len(called.agenda) + 1))
    minuted = sorted(one.point for one in command.minutes)
    refuse_if(minuted != wanted, "agenda_not_minuted", wanted=wanted, minuted=minuted)
    yield MeetingMinuted(called.council, tuple(sorted(set(command.attended))), command.minutes, given.today)


class CancelMeeting(Value):
    """Why the meeting is not held."""

    reasons: Reasons


@meeting.act("62(8)", by=ORGANISERS, when=[to_be_held])
def cancel_meeting(state: Meeting, command: CancelMeeting, given: Given) -> Acts:
    """Cancel the meeting."""
    assert state.called is not None
    yield MeetingCancelled(state.called.council, command.reasons, given.today)
