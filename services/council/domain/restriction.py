"""A restriction on publishing a result: the exception, in force until its day unless it is renewed before.

Publication is the default (62(4)(iii); recommendations of 2022-01-19, 2(2)④(d)): so a restriction has a
reason, a scope and an end, and when it ends the result is open.
"""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace

from services.council.domain.council.acts import HandlingDecided
from services.council.domain.vocabulary import CABINET_OFFICE, PassDay
from services.council.roles import PRIME_MINISTER, PRINCIPAL, RESEARCH_MINISTER
from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import NOBODY, THE_CLOCK, Parties
from services.platform.law.procedure import Given, Procedure, Stage, end, refuse_if, rule
from services.platform.law.values import Value
from services.statute import end_of


@leaves("restricted", "council")
class RestrictionBegun(Act):
    """A restriction that all members agreed is in force."""

    council: str
    project_id: str
    item_id: str
    reference: str | None
    ministry: str
    principal: str
    fund: bool
    decision: int
    reasons: str
    scope: str
    why_no_less: str
    until: date
    on: date


@leaves("restricted", "council")
class RestrictionRenewed(Act):
    """All members agreed that the restriction goes on."""

    council: str
    decision: int
    reasons: str
    why_no_less: str
    until: date
    on: date


@leaves("restricted", "council")
class RestrictionLifted(Act):
    """All members agreed that the restriction is no longer needed."""

    council: str
    decision: int
    reasons: str
    on: date


@leaves("restricted", "council")
class RestrictionEnded(Act):
    """The last day has passed and nobody renewed it: the result is open."""

    council: str
    last_day: date


class Restriction(Value):
    """A restriction and how it ended."""

    begun: RestrictionBegun | None = None
    last_day: date | None = None
    decisions: tuple[int, ...] = ()
    renewals: int = 0
    lifted_on: date | None = None
    ended: bool = False

    def in_force(self, today: date) -> bool:
        """Whether the result is closed on a day, recorded or not."""
        return self.last_day is not None and self.lifted_on is None and today <= self.last_day


def evolve(state: Restriction, act: Act) -> Restriction:
    """The restriction after `act`."""
    match act:
        case RestrictionBegun():
            return Restriction(act, act.until, (act.decision,))
        case RestrictionRenewed():
            decisions = (*state.decisions, act.decision)
            return replace(
                state, last_day=act.until, decisions=decisions, renewals=state.renewals + 1, ended=False
            )
        case RestrictionLifted():
            return replace(state, lifted_on=act.on, decisions=(*state.decisions, act.decision))
        case RestrictionEnded():
            return replace(state, ended=True)
        case HandlingDecided():
            return state
    raise TypeError(f"{type(act).__name__} is no act of a restriction")


def parties(state: Restriction) -> Parties:
    """Whose case it is: the organisers' and the principal researcher's; members have the council's list."""
    begun = state.begun
    if begun is None:
        return NOBODY
    return Parties.of(
        {
            RESEARCH_MINISTER: begun.ministry,
            PRIME_MINISTER: CABINET_OFFICE if begun.fund else None,
            PRINCIPAL: begun.principal,
        }
    )


STAGES: tuple[Stage[Restriction], ...] = (
    end("Lifted", "Lifted: no longer needed", "解除", "62(4)(iii)", lambda s: s.lifted_on is not None),
    end("Ended", "Its period has ended: the result is open", "期間の満了", "62(4)(iii)", lambda s: s.ended),
    Stage(
        "InForce",
        "In force until its last day",
        "公開の制限中",
        "62(4)(iii)",
        when=lambda _: True,
        until=lambda s: end_of(s.last_day) if s.last_day else None,
        then=("Lifted", "Ended"),
    ),
)
restriction: Procedure[Restriction] = Procedure(
    name="restriction",
    title="Restriction on publishing a result",
    title_ja="成果の公開の制限",
    initial=Restriction(),
    evolve=evolve,
    acts=(RestrictionBegun, RestrictionRenewed, RestrictionLifted, RestrictionEnded, HandlingDecided),
    parties=parties,
    stages=STAGES,
)

# ---- The rules ----


@rule("restriction_over", "62(4)(iii)", explain=lambda state, _: {"last_day": state.last_day})
def runs(state: Restriction, given: Given) -> bool:
    """The last day has not passed, and it was not lifted."""
    return state.in_force(given.today)


@rule("restriction_runs", "62(4)(iii)", explain=lambda state, _: {"last_day": state.last_day})
def has_run_out(state: Restriction, given: Given) -> bool:
    """The last day has passed, and nobody has recorded that."""
    over = state.ended or state.lifted_on is not None
    return state.last_day is not None and not over and given.today > state.last_day


# ---- The powers ----


class BeginRestriction(Value):
    """What all members agreed, in which council and about which result."""

    council: str
    project_id: str
    item_id: str
    reference: str | None
    ministry: str
    principal: str
    fund: bool
    decision: int
    reasons: str
    scope: str
    why_no_less: str
    until: date

    @property
    def parties(self) -> Parties:
        """The organisers and the principal researcher."""
        return Parties.of({RESEARCH_MINISTER: self.ministry, PRINCIPAL: self.principal})


@restriction.act("62(4)(iii), 62(5)", by=[THE_CLOCK], opens=True)
def begin_restriction(_: Restriction, begun: BeginRestriction, given: Given) -> Acts:
    """Bring into force what all members agreed."""
    yield RestrictionBegun(
        begun.council,
        begun.project_id,
        begun.item_id,
        begun.reference,
        begun.ministry,
        begun.principal,
        begun.fund,
        begun.decision,
        begun.reasons,
        begun.scope,
        begun.why_no_less,
        begun.until,
        given.today,
    )


class Renew(Value):
    """What all members agreed about going on."""

    decision: int
    reasons: str
    why_no_less: str
    until: date
    at: datetime


@restriction.act("62(4)(iii), 62(5)", by=[THE_CLOCK], when=[runs])
def renew(state: Restriction, command: Renew, given: Given) -> Acts:
    """Let the restriction go on: decided before its end, even if that is heard of later."""
    _refuse_known(state, command.decision)
    assert state.begun is not None
    assert state.last_day is not None
    refuse_if(
        command.until <= state.last_day, "not_later_than_before", until=state.last_day, asked=command.until
    )
    yield RestrictionRenewed(
        state.begun.council,
        command.decision,
        command.reasons,
        command.why_no_less,
        command.until,
        given.today,
    )
    yield _handled(state.begun, "closed", command.until, command.decision, given)


class Lift(Value):
    """What all members agreed about ending it."""

    decision: int
    reasons: str


@restriction.act("62(4)(iii), 62(5)", by=[THE_CLOCK], when=[runs])
def lift(state: Restriction, command: Lift, given: Given) -> Acts:
    """End the restriction before its day."""
    _refuse_known(state, command.decision)
    assert state.begun is not None
    yield RestrictionLifted(state.begun.council, command.decision, command.reasons, given.today)
    yield _handled(state.begun, "open", None, command.decision, given)


@restriction.act("62(4)(iii)", by=[THE_CLOCK], when=[has_run_out])
def end_restriction(state: Restriction, _: PassDay, given: Given) -> Acts:
    """Record that the restriction has ended, by its last day however late that is noticed."""
    assert state.begun is not None
    assert state.last_day is not None
    yield RestrictionEnded(state.begun.council, state.last_day)
    yield _handled(state.begun, "open", None, state.decisions[-1], given)


def _refuse_known(state: Restriction, decision: int) -> None:
    refuse_if(decision in state.decisions, "noted_before")


def _handled(
    begun: RestrictionBegun, handling: str, until: date | None, decision: int, given: Given
) -> HandlingDecided:
    return HandlingDecided(
        begun.project_id, begun.item_id, begun.reference, handling, until, decision, given.today
    )
