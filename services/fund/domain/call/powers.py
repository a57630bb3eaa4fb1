"""The powers over a call: announced, opened, closed, given grace, ranked, decided (Art. 61)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from services.fund.data_files import read
from services.fund.domain.call.state import (
    Call,
    CallAnnounced,
    CallClosed,
    CallDecided,
    CallOpened,
    CallWithdrawn,
    GraceGranted,
    Instant,
    NoticesSent,
    OutageRecorded,
    ProposalsRanked,
    Ranked,
    Selection,
    Terms,
    call,
    parties_of,
)
from services.fund.roles import AGENCY
from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK, Parties
from services.platform.law.procedure import Given, refuse_if, rule
from services.platform.law.values import AtLeast, Len, Value
from services.platform.shared.words import CaseId, Line, PassDay, Reasons
from services.statute import legal_day

# ---- The rules ----


@rule("call_over", "61")
def not_over(state: Call, _: Given) -> bool:
    """The call has been neither decided nor withdrawn."""
    return state.decided is None and state.withdrawn is None


@rule("call_closed", "61", explain=lambda state, _: {"closes_at": state.closes_at})
def not_closed(state: Call, given: Given) -> bool:
    """The closing instant has not come."""
    return state.closes_at is not None and given.at < state.closes_at


@rule("call_open", "61", explain=lambda state, _: {"closes_at": state.closes_at})
def has_closed(state: Call, given: Given) -> bool:
    """The closing instant has come."""
    return state.closes_at is not None and given.at >= state.closes_at


@rule("proposals_not_ranked", "61")
def ranked(state: Call, _: Given) -> bool:
    """The proposals have been ranked."""
    return state.ranking is not None


@rule("proposals_ranked", "61")
def not_ranked(state: Call, _: Given) -> bool:
    """The proposals have not been ranked: their authors know nothing, and nobody has been preferred."""
    return state.ranking is None


@rule("opening_awaited", "61")
def opens_now(state: Call, given: Given) -> bool:
    """The opening instant has come, and that is not recorded."""
    return state.announced is not None and not state.opened and given.at >= state.announced.terms.opens_at


@rule("closing_awaited", "61")
def closes_now(state: Call, given: Given) -> bool:
    """The closing instant has come, and that is not recorded."""
    return state.opened and not state.closed and state.closes_at is not None and given.at >= state.closes_at


# ---- The powers ----


class AnnounceCall(Value):
    """Out of which fund, and the terms."""

    fund: CaseId
    terms: Terms


class Announcing(Value):
    """An announcement beside what is recorded of the fund: whose it is, and what it can still promise."""

    made: AnnounceCall
    agency: str
    ministry: str
    unallocated: int
    designated: bool

    @property
    def parties(self) -> Parties:
        """The agency, the minister in charge and the Prime Minister."""
        return parties_of(self.agency, self.ministry)


@call.act("61", by=[AGENCY], opens=True)
def announce(_: Call, command: Announcing, given: Given) -> Acts:
    """Announce a call for proposals (公募), within what the fund can still promise."""
    terms = command.made.terms
    refuse_if(not command.designated, "fund_not_designated", "63(1)")
    known = {row["code"] for row in read("visions")["field"]}
    refuse_if(terms.field not in known, "no_such_field", field=terms.field)
    refuse_if(not given.at <= terms.opens_at < terms.closes_at, "call_times_wrong")
    refuse_if(terms.trl_to < terms.trl_from, "trl_range_wrong")
    beyond = terms.budget_yen > command.unallocated
    refuse_if(beyond, "beyond_the_fund", left=command.unallocated, asked=terms.budget_yen)
    refuse_if(terms.most_yen > terms.budget_yen, "proposal_beyond_the_call", most=terms.budget_yen)
    twice = len({one.code for one in terms.criteria}) != len(terms.criteria)
    refuse_if(twice, "criterion_twice")
    yield CallAnnounced(command.made.fund, command.agency, command.ministry, terms, given.today)


@call.act("61", by=[THE_CLOCK], when=[not_over, opens_now])
def open_call(state: Call, _: PassDay, __: Given) -> Acts:
    """Record that the call is open, by its opening instant."""
    assert state.announced is not None
    yield CallOpened(state.announced.terms.opens_at)


@call.act("61", by=[THE_CLOCK], when=[not_over, closes_now])
def close_call(state: Call, _: PassDay, __: Given) -> Acts:
    """Record that the call has closed, by its closing instant however late that is noticed."""
    assert state.closes_at is not None
    yield CallClosed(state.closes_at)


class RecordOutage(Value):
    """From when to when what could not be reached, and what shows it."""

    since: Instant
    until: Instant
    what: Reasons
    evidence: Line


@call.act("61", by=[AGENCY], when=[not_over])
def record_outage(_: Call, command: RecordOutage, given: Given) -> Acts:
    """Record that proposals could not be sent for a time."""
    refuse_if(not command.since < command.until <= given.at, "outage_times_wrong")
    yield OutageRecorded(command.since, command.until, command.what, command.evidence)


class GrantGrace(Value):
    """Because of which outage, until which instant proposals are taken, and why until then."""

    outage: Annotated[int, AtLeast(1)]
    closes_at: Instant
    reasons: Reasons


@call.act("61", by=[AGENCY], when=[not_over, not_ranked])
def grant_grace(state: Call, command: GrantGrace, given: Given) -> Acts:
    """Let the call close later, for everyone alike, because of an outage on its last day."""
    refuse_if(command.outage > len(state.outages), "no_such_outage", number=command.outage)
    outage = state.outages[command.outage - 1]
    assert state.closes_at is not None
    last_day = legal_day(state.closes_at)
    touched = legal_day(outage.since) <= last_day <= legal_day(outage.until)
    refuse_if(not touched or outage.since >= state.closes_at, "outage_not_on_the_last_day", last_day=last_day)
    later = command.closes_at > max(state.closes_at, given.at)
    refuse_if(not later, "grace_not_later", closes_at=state.closes_at)
    yield GraceGranted(command.outage, command.closes_at, command.reasons)


class WithdrawCall(Value):
    """Why the call is withdrawn."""

    reasons: Reasons


@call.act("61", by=[AGENCY], when=[not_over, not_closed])
def withdraw_call(_: Call, command: WithdrawCall, given: Given) -> Acts:
    """Withdraw the call before it closes."""
    yield CallWithdrawn(command.reasons, given.today)


class Evaluated(Value):
    """A proposal of the call as it was evaluated: average points in hundredths, None if unfinished."""

    proposal: str
    asked_yen: int
    points: int | None


class RankProposals(Value):
    """What there is to rank: every proposal that was found eligible."""

    evaluated: tuple[Evaluated, ...]


@call.act("61", by=[AGENCY], when=[not_over, has_closed])
def rank_proposals(_: Call, command: RankProposals, given: Given) -> Acts:
    """Rank the proposals by their points; equal points have the same rank."""
    open_still = [one.proposal for one in command.evaluated if one.points is None]
    refuse_if(bool(open_still), "evaluations_outstanding", proposals=", ".join(open_still[:20]))
    refuse_if(not command.evaluated, "nothing_to_rank")
    yield ProposalsRanked(tuple(_ranking(command.evaluated)), given.today)


def _ranking(evaluated: Sequence[Evaluated]) -> list[Ranked]:
    best = sorted(evaluated, key=lambda one: (-(one.points or 0), one.proposal))
    ranking: list[Ranked] = []
    for place, one in enumerate(best, start=1):
        points = one.points or 0
        same = bool(ranking) and ranking[-1].points == points
        rank = ranking[-1].rank if same else place
        ranking.append(Ranked(one.proposal, rank, points, one.asked_yen))
    return ranking


class DecideCall(Value):
    """Which proposals are selected, up to how much and why; and why the others are not.

    Who prefers a proposal to one that ranks before it says so in `out_of_order`.
    """

    selected: Annotated[tuple[Selection, ...], Len(0, 500)]
    reasons_for_the_others: Reasons
    out_of_order: Reasons | None = None


@call.act("61", by=[AGENCY], when=[not_over, has_closed, ranked])
def decide_call(state: Call, command: DecideCall, given: Given) -> Acts:
    """Decide which proposals are selected (採択), within the call's money; the notices follow."""
    assert state.ranking is not None
    assert state.announced is not None
    lines = {one.proposal: one for one in state.ranking.ranking}
    chosen = [one.proposal for one in command.selected]
    strange = [one for one in chosen if one not in lines]
    refuse_if(bool(strange), "proposal_not_ranked", proposals=", ".join(strange))
    refuse_if(len(set(chosen)) != len(chosen), "selected_twice")
    terms, asked = state.announced.terms, sum(one.yen for one in command.selected)
    refuse_if(asked > terms.budget_yen, "beyond_the_call", most=terms.budget_yen, asked=asked)
    for one in command.selected:
        wanted = lines[one.proposal].asked_yen
        refuse_if(one.yen > wanted, "more_than_proposed", proposal=one.proposal, most=wanted)
    worst = max((lines[one].rank for one in chosen), default=0)
    passed_over = [name for name, line in lines.items() if line.rank < worst and name not in chosen]
    silent = bool(passed_over) and command.out_of_order is None
    refuse_if(silent, "passed_over", proposals=", ".join(passed_over[:20]))
    reasons = command.reasons_for_the_others
    if command.out_of_order:
        reasons = f"{reasons}\n{command.out_of_order}"
    yield CallDecided(command.selected, reasons, given.today)


class NoteNotices(Value):
    """How many authors have been told by now."""

    told: int


@call.act("61", by=[THE_CLOCK])
def note_notices(state: Call, command: NoteNotices, _: Given) -> Acts:
    """Record how many authors have been told of the decision, so that the next are told."""
    refuse_if(command.told <= state.told, "notices_sent")
    yield NoticesSent(command.told)
