"""Designation of operators of essential infrastructure (特定社会基盤事業者の指定): Arts. 50, 51, 53(1), 57.

One case is one designation: an operator of two kinds of essential business holds two, each with its own
ministry, public notice and six months of grace.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec.structs import replace

from services.infra_review.roles import AGENT, OPERATOR, REVIEWING_OFFICIAL, filed_by
from services.infra_review.sectors import Sector
from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.parties import THE_CLOCK, OrganisationId, Parties
from services.platform.law.procedure import Given, Procedure, Stage, end, refuse_if, rule
from services.platform.law.values import Len, Value
from services.platform.shared.words import Line, Name, Necessity, PassDay, Reasons
from services.platform.time.timekeeping import NOTHING_KEPT, Timekeeping, Warned, keep_time
from services.statute import Deadline, period

# ---- What is recorded ----


class Figure(Value):
    """A figure the ministry relied on, such as 6,200,000 kW of output on a day."""

    what: Line
    value: Annotated[str, Len(1, 40)]
    unit: Annotated[str, Len(0, 40)]
    as_of: date


@leaves("internal", "organisation", "business", "sector", "ministries", "on")
class Designated(Act):
    """The operator was designated (指定) and notified of it (Art. 50(1), (2))."""

    organisation: str
    name: str
    address: str
    business: str
    sector: str
    ministries: tuple[str, ...]
    on: date
    criterion: str
    figures: tuple[Figure, ...]
    necessity: Necessity


@leaves("public", "gazette", "on")
class PublicNoticeGiven(Act):
    """The designation, its change or its release was published in the official gazette (公示, Art. 50(2))."""

    gazette: str
    on: date


@leaves("internal", "changes_on")
class ChangeOfParticularsFiled(Act):
    """The operator filed that its name or address changes on a day (Art. 50(3))."""

    on: date
    changes_on: date
    name: str | None
    address: str | None
    late: bool


@leaves("internal", "duty_from")
class GraceEnded(Act):
    """Six months have passed since designation: Art. 52(1) applies from `duty_from` (Art. 53(1))."""

    duty_from: date


@leaves("internal", "on")
class Released(Act):
    """The designation was released (指定の解除), because the criteria are no longer met (Art. 51)."""

    on: date
    reasons: str


@leaves("internal", "on")
class InformationProvided(Act):
    """The ministry gave the operator information that helps to prevent interference (Art. 57)."""

    subject: str
    information: str
    on: date


class Operator(Value):
    """One designation of an operator: what has happened to it."""

    organisation: str | None = None
    business: str = ""
    sector: str = ""
    ministries: tuple[str, ...] = ()
    designated: Designated | None = None
    changes: tuple[ChangeOfParticularsFiled, ...] = ()
    notices: tuple[PublicNoticeGiven, ...] = ()
    duty_from: date | None = None
    released: Released | None = None
    unpublished: bool = False
    """Whether something has happened that Art. 50(2) wants published and that has not been."""
    provided: tuple[InformationProvided, ...] = ()
    timekeeping: Timekeeping = NOTHING_KEPT

    @property
    def grace(self) -> Deadline:
        """The six months in which Art. 52(1) does not yet apply (Art. 53(1))."""
        return period("infra.grace_after_designation").starting(self.designation.on)

    @property
    def designation(self) -> Designated:
        """The designation itself, of a case that is open."""
        assert self.designated is not None
        return self.designated

    def name_on(self, day: date) -> str:
        """The operator's name as it stands on `day`."""
        named = [change.name for change in self.changes if change.name and change.changes_on <= day]
        return named[-1] if named else self.designation.name

    def address_on(self, day: date) -> str:
        """The operator's address as it stands on `day`."""
        moved = [change.address for change in self.changes if change.address and change.changes_on <= day]
        return moved[-1] if moved else self.designation.address

    def in_force(self, day: date) -> bool:
        """Whether the designation stands on `day`."""
        return self.designated is not None and (self.released is None or day < self.released.on)


# ---- The procedure ----


def evolve(state: Operator, act: Act) -> Operator:
    """The designation after `act`."""
    match act:
        case Designated():
            return replace(
                state,
                organisation=act.organisation,
                business=act.business,
                sector=act.sector,
                ministries=act.ministries,
                designated=act,
                unpublished=True,
            )
        case PublicNoticeGiven():
            return replace(state, notices=(*state.notices, act), unpublished=False)
        case ChangeOfParticularsFiled():
            changes = sorted((*state.changes, act), key=lambda change: change.changes_on)
            return replace(state, changes=tuple(changes), unpublished=True)
        case GraceEnded():
            return replace(state, duty_from=act.duty_from)
        case Released():
            return replace(state, released=act, unpublished=True)
        case InformationProvided():
            return replace(state, provided=(*state.provided, act))
    raise TypeError(f"{type(act).__name__} is no act of a designation")


STAGES: tuple[Stage[Operator], ...] = (
    Stage(
        "Grace",
        "Six months in which Art. 52(1) does not yet apply",
        "届出義務の適用猶予期間",
        "53(1)",
        when=lambda s: s.duty_from is None and s.released is None,
        until=lambda s: s.grace,
        then=("AwaitPublicNotice", "Designated", "Released"),
    ),
    Stage(
        "AwaitPublicNotice",
        "Something is still to be published",
        "公示待ち",
        "50(2)",
        when=lambda s: s.unpublished,
        then=("Designated", "Released"),
    ),
    end("Released", "Designation released", "指定の解除", "51", lambda s: s.released is not None),
    end(
        "Designated",
        "Designated, and the duty applies",
        "指定",
        "50(1)",
        lambda _: True,
        then=("AwaitPublicNotice",),  # a change of particulars, and a release, are published
    ),
)


operator: Procedure[Operator] = Procedure(
    name="operator",
    title="Designation of an operator of essential infrastructure",
    title_ja="特定社会基盤事業者の指定",
    initial=Operator(),
    evolve=evolve,
    acts=(
        Designated,
        PublicNoticeGiven,
        ChangeOfParticularsFiled,
        GraceEnded,
        Released,
        InformationProvided,
    ),
    parties=lambda state: filed_by(state.organisation, state.ministries, consulted=True),
    stages=STAGES,
    deadlines=lambda state: (state.grace,) if state.designated else (),
)


# ---- The rules ----


@rule("designation_released", "51", explain=lambda state, _: {"on": state.released and state.released.on})
def still_designated(state: Operator, given: Given) -> bool:
    """The designation stands today."""
    return state.in_force(given.today)


@rule("nothing_to_publish", "50(2)")
def something_to_publish(state: Operator, _: Given) -> bool:
    """A designation, change or release has not been published yet."""
    return state.unpublished


# ---- The powers ----


class Designate(Value):
    """What the ministry decides: who, for which business, by which criterion and on which figures."""

    organisation: OrganisationId
    name: Name
    address: Line
    business: Name
    criterion: Line
    necessity: Necessity
    figures: Annotated[tuple[Figure, ...], Len(0, 50)] = ()


class Designation(Value):
    """A decision to designate, with the sector of the business and the designations already held."""

    decision: Designate
    sector: Sector
    held: tuple[Operator, ...] = ()

    @property
    def parties(self) -> Parties:
        """The operator designated, and the ministries with jurisdiction over the business (Art. 86(2))."""
        return filed_by(self.decision.organisation, self.sector.ministries, consulted=True)


@operator.act("50(1)", by=[REVIEWING_OFFICIAL], opens=True)
def designate(_: Operator, designation: Designation, given: Given) -> Acts:
    """Designate an operator that meets its sector's criteria, and notify it (指定, Art. 50(1), (2))."""
    decision, sector = designation.decision, designation.sector
    business = sector.business(decision.business)
    refuse_if(business is None, "business_not_in_force", "50(1)", business=decision.business, on=given.today)
    known = [criterion.id for criterion in business.criteria] if business else []
    refuse_if(
        decision.criterion not in known,
        "criterion_unknown",
        "50(1)",
        business=decision.business,
        known=", ".join(known),
    )
    twice = [held for held in designation.held if held.business == decision.business]
    refuse_if(
        any(held.in_force(given.today) for held in twice),
        "already_designated",
        "50(1)",
        organisation=decision.organisation,
        business=decision.business,
    )
    yield Designated(
        organisation=decision.organisation,
        name=decision.name,
        address=decision.address,
        business=decision.business,
        sector=sector.id,
        ministries=sector.ministries,
        on=given.today,
        criterion=decision.criterion,
        figures=decision.figures,
        necessity=decision.necessity,
    )


class GivePublicNotice(Value):
    """Which issue of the official gazette carried the notice, and its day."""

    gazette: Line
    on: date


@operator.act("50(2)", by=[REVIEWING_OFFICIAL], when=[something_to_publish])
def give_public_notice(_: Operator, notice: GivePublicNotice, given: Given) -> Acts:
    """Record the public notice (公示) of a designation, a change of its particulars, or its release."""
    refuse_if(notice.on > given.today, "day_not_yet_come", "50(2)", day=notice.on, today=given.today)
    yield PublicNoticeGiven(gazette=notice.gazette, on=notice.on)


class FileChangeOfParticulars(Value):
    """The new name or address (or both), and the day from which it holds."""

    changes_on: date
    name: Name | None = None
    address: Line | None = None


@operator.act("50(3)", by=[OPERATOR, AGENT], when=[still_designated])
def file_change_of_particulars(_: Operator, change: FileChangeOfParticulars, given: Given) -> Acts:
    """File a change of name or address two weeks before it; a late filing is recorded, never refused."""
    refuse_if(change.name is None and change.address is None, "nothing_changes", "50(3)")
    due = period("infra.change_of_particulars").starting(change.changes_on)
    yield ChangeOfParticularsFiled(
        on=given.today,
        changes_on=change.changes_on,
        name=change.name,
        address=change.address,
        late=given.today > due.last_day,
    )


class Release(Value):
    """Why the criteria are no longer met."""

    reasons: Reasons


@operator.act("51", by=[REVIEWING_OFFICIAL], when=[still_designated])
def release(_: Operator, decision: Release, given: Given) -> Acts:
    """Release the designation of an operator that no longer meets the criteria (指定の解除)."""
    yield Released(on=given.today, reasons=decision.reasons)


class ProvideInformation(Value):
    """What the information is about, and the information."""

    subject: Line
    information: Reasons


@operator.act("57", by=[REVIEWING_OFFICIAL], when=[still_designated])
def provide_information(_: Operator, command: ProvideInformation, given: Given) -> Acts:
    """Give the operator information that helps to prevent interference (情報の提供)."""
    yield InformationProvided(command.subject, command.information, given.today)


@rule(
    "grace_runs", "53(1)", explain=lambda state, _: {"see": (state.grace,), "last_day": state.grace.last_day}
)
def grace_is_over(state: Operator, given: Given) -> bool:
    """The six months have passed."""
    return given.today > state.grace.last_day


@rule("duty_already_began", "53(1)")
def duty_has_not_begun(state: Operator, _: Given) -> bool:
    """The end of the grace has not been recorded."""
    return state.duty_from is None


@operator.act("53(1)", by=[THE_CLOCK], when=[still_designated, duty_has_not_begun, grace_is_over])
def end_grace(state: Operator, _: PassDay, __: Given) -> Acts:
    """End the grace when its six months have passed, by the true day however late that is noticed."""
    yield GraceEnded(duty_from=state.grace.free_from)


keep_time(
    operator,
    warned=lambda state: [Warned("party", state.grace)] if operator.stage(state).name == "Grace" else [],
    silences={GraceEnded: ["infra.grace_after_designation"]},
)
