"""Who could see an item of the information ledger, and when: from what happened, for any instant. Pure.

A person sees an item by working on council affairs for a member, having acknowledged the duty of secrecy,
while a marking agreed by all is on the item: if the marking asks for it, the member was named for the item
(need to know), and what it asks of persons is attested of this one. The owner's persons see their own.
All of it is spans of time, so that an instant, a day and the whole past are one question.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from services.council.data_files import read
from services.council.domain.council.persons import Assignment, Attestation, Council
from services.council.domain.spans import Span, Spans, join, meet, of_days, span
from services.platform.law.values import Value
from services.statute import end_of, start_of


class Marked(Value):
    """A marking agreed for an item: in which scope, from when, until which day, or replaced when."""

    marking: str
    scope: str
    decision: int
    start: datetime
    until: date
    replaced: datetime | None = None

    @property
    def spans(self) -> Spans:
        """While it is on the item."""
        return span(self.start, end_of(self.until), self.replaced)


class Named(Value):
    """A member named for an item: needs to know it, for which reason, in which days, or until revoked."""

    number: int
    member: int
    reasons: str
    first_day: date
    last_day: date | None
    given: datetime
    revoked: datetime | None = None

    @property
    def spans(self) -> Spans:
        """While the member may know."""
        days = of_days(self.first_day, self.last_day)
        return span(max(days.start, self.given), days.end, self.revoked)


class Access(Value):
    """What decides who may see an item: whose it is, how it was marked, for whom, and if it was withdrawn."""

    owner: int
    registered: datetime
    marked: tuple[Marked, ...] = ()
    named: tuple[Named, ...] = ()
    withdrawn: datetime | None = None

    @property
    def kept(self) -> Spans:
        """While the item is in the ledger."""
        return span(self.registered, self.withdrawn)

    def narrowed(self, member: int) -> Access:
        """What of it decides for the persons of one member."""
        mine = tuple(one for one in self.named if one.member == member)
        return Access(self.owner, self.registered, self.marked, mine, self.withdrawn)

    @property
    def intervals(self) -> Iterator[tuple[str, Spans]]:
        """Yield each marking with the spans in which it decides.

        After the period of a marking, until the next, the one for what nobody marked anew: it asks least.
        """
        after = read("markings")["after_a_marking"]["marking"]
        for place, one in enumerate(self.marked):
            yield one.marking, one.spans
            following = self.marked[place + 1].start if place + 1 < len(self.marked) else None
            if one.replaced is None or one.replaced > end_of(one.until):
                yield after, span(end_of(one.until), following)

    def marking_at(self, at: datetime) -> str | None:
        """The marking that decides at an instant; None before any was agreed."""
        found = [name for name, spans in self.intervals if any(one.holds(at) for one in spans)]
        return found[-1] if found else None


class Seer(Value):
    """A person who could see an item, for which member, and in which spans."""

    person: str
    member: int
    spans: Spans


def rows_of(marking: str) -> Iterator[tuple[dict[str, object], Span]]:
    """Yield the rows of a marking in the policy, each with the span in which it holds."""
    rows = sorted(
        (one for one in read("markings")["marking"] if one["name"] == marking), key=lambda one: one["from"]
    )
    for place, row in enumerate(rows):
        following = start_of(rows[place + 1]["from"]) if place + 1 < len(rows) else None
        yield row, Span(start_of(row["from"]), following)


def seen_by(council: Council, access: Access, assignment: Assignment) -> Spans:
    """The spans in which a person, while working for one member, could see an item."""
    on_affairs = council.on_affairs(assignment)
    own = meet(on_affairs, access.kept) if assignment.member == access.owner else ()
    bound = council.acknowledged(assignment.person)
    if bound is None:
        return own
    here = meet(meet(on_affairs, access.kept), (Span(bound),))
    if not here:
        return own
    may_know = join(one for named in access.named if named.member == assignment.member for one in named.spans)
    found: list[Span] = [*own]
    for marking, spans in access.intervals:
        for row, holds in rows_of(marking):
            seen = meet(meet(here, spans), (holds,))
            if row["need_to_know"]:
                seen = meet(seen, may_know)
            needs = row.get("needs", {})
            assert isinstance(needs, dict)
            for attribute, enough in needs.items():
                seen = meet(seen, attested(council.attestations, assignment.person, attribute, enough))
            found += seen
    return join(found)


def attested(
    attestations: Iterable[Attestation], person: str, attribute: str, enough: Iterable[str]
) -> Spans:
    """The spans in which one of the values that are `enough` is attested of a person."""
    mine = [one for one in attestations if (one.person, one.attribute) == (person, attribute)]
    found: list[Span] = []
    for place, one in enumerate(mine):
        following = mine[place + 1].at if place + 1 < len(mine) else None
        if one.value in enough:
            found += span(one.at, following, end_of(one.last_day) if one.last_day else None)
    return join(found)


def may_see(council: Council, access: Access, person: str, at: datetime) -> bool:
    """Whether a person may see an item at an instant."""
    mine = (one for one in council.assignments if one.person == person)
    return any(found.holds(at) for one in mine for found in seen_by(council, access, one))


def could_see(council: Council, access: Access, day: date) -> tuple[Seer, ...]:
    """Everyone who could see an item on a day of Japan, and when on it."""
    whole = (of_days(day, day),)
    spans: dict[tuple[str, int], list[Span]] = {}
    for one in council.assignments:
        if seen := meet(seen_by(council, access, one), whole):
            spans.setdefault((one.person, one.member), []).extend(seen)
    return tuple(Seer(person, member, join(found)) for (person, member), found in sorted(spans.items()))
