"""A designation: its term and what has happened under it. Everything that can be computed is computed."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from services.patent.designation.term import Designation, Renewal, Term, term_of
from services.patent.domain import charges, hearing, investigation, notices
from services.patent.domain.charges import CHARGE_ACTS, Charge, Ground
from services.patent.domain.designation import sharing_acts, supervision_acts, working_acts
from services.patent.domain.designation.sharing_acts import NOTHING_SHARED, SHARING_ACTS, Sharing
from services.patent.domain.designation.supervision_acts import NOT_SUPERVISED, SUPERVISION_ACTS, Supervision
from services.patent.domain.designation.working_acts import PERMISSION_ACTS, Permission
from services.patent.domain.hearing import HEARING_ACTS, Hearing
from services.patent.domain.investigation.state import (
    INVESTIGATION_ACTS,
    NOTHING_ASKED,
    Investigation,
    Subject,
)
from services.patent.domain.notices import NOTICE_ACTS, Notices
from services.patent.domain.vocabulary import Invention, Operator
from services.platform.law.acts import Act, leaves
from services.platform.law.values import Value
from services.platform.time.timekeeping import NOTHING_KEPT, Timekeeping
from services.statute import Deadline, period
from services.statute.periods import settled


@leaves("restricted")
class DesignationBegun(Act):
    """The designation decided in a security review is in force (70(1), (2))."""

    security_review: str
    first_review: str
    number: str
    filed_on: date
    applicants: tuple[str, ...]
    electronic_notices: bool
    invention: Invention
    until: date
    operators: tuple[Operator, ...]
    on: date


@leaves("restricted")
class TermExtended(Act):
    """It was judged necessary to go on, and the term was extended (70(3))."""

    until: date
    reasons: str
    on: date


@leaves("restricted")
class JudgedNotToContinue(Act):
    """It was judged that the designation need not go on after its term (70(3))."""

    reasons: str
    on: date


@leaves("restricted")
class DesignationReleased(Act):
    """The designation was released, being needed no longer (解除, 77(1))."""

    reasons: str
    on: date


@leaves("restricted")
class DesignationExpired(Act):
    """The term ended by itself (満了); `judged` tells whether the duty of 70(3) to judge had been met."""

    last_day: date
    judged: bool


@leaves("restricted")
class SuccessorsNoted(Act):
    """The right to the patent passed to others, who are now the designated applicant (70(5))."""

    applicants: tuple[str, ...]
    on: date


@leaves("restricted")
class ClaimNoted(Act):
    """Somebody claimed compensation for a loss from this designation (80(2))."""

    claim: str


DESIGNATION_ACTS = (
    DesignationBegun,
    TermExtended,
    JudgedNotToContinue,
    DesignationReleased,
    DesignationExpired,
    SuccessorsNoted,
    ClaimNoted,
    *PERMISSION_ACTS,
    *SHARING_ACTS,
    *SUPERVISION_ACTS,
    *INVESTIGATION_ACTS,
    *HEARING_ACTS,
    *CHARGE_ACTS,
    *NOTICE_ACTS,
)


class PreservationDesignation(Value):
    """A designation and what has happened under it."""

    begun: DesignationBegun | None = None
    applicants: tuple[str, ...] = ()
    renewals: tuple[Renewal, ...] = ()
    judged_not_to_continue_on: date | None = None
    released_on: date | None = None
    expired_on: date | None = None
    """The last day of the term, once its passing is recorded."""
    permissions: tuple[Permission, ...] = ()
    sharing: Sharing = NOTHING_SHARED
    supervision: Supervision = NOT_SUPERVISED
    called_for: tuple[charges.Measure, ...] = ()
    """The dismissals called for: they await the notice of 77(2) (73(8), 74(3), 78(7))."""
    claims: tuple[str, ...] = ()
    """The claims for compensation that go back to it."""
    hearing: Hearing | None = None
    charge: Charge | None = None
    investigation: Investigation = NOTHING_ASKED
    notices: Notices = ()
    timekeeping: Timekeeping = NOTHING_KEPT

    @property
    def electronic_notices(self) -> bool:
        """Whether the applicant takes notices in its file here."""
        return self.begun is not None and self.begun.electronic_notices

    @property
    def received_on(self) -> date | None:
        """When the applicant received the notice of 70(1): from then on it is the designated applicant."""
        return notices.received_on(self.notices, "designated")

    @property
    def facts(self) -> Designation:
        """The designation as days, for the arithmetic of its term."""
        assert self.begun is not None
        return Designation(self.begun.on, self.begun.until, self.renewals, self.released_on)

    @property
    def term(self) -> Term:
        """Where the term stands."""
        return term_of(self.facts)

    @property
    def runs_until(self) -> Deadline | None:
        """The term (保全指定の期間), or its latest extension, as a deadline; None before it begins."""
        if self.begun is None:
            return None
        span = self.term.spans[-1]
        name = "patent.designation_extension" if self.renewals else "patent.designation"
        return settled(period(name), span.first_day, span.first_day, span.last_day)

    @property
    def ended(self) -> bool:
        """Whether the designation was released or its expiry is recorded."""
        return self.released_on is not None or self.expired_on is not None

    def in_force(self, on: date) -> bool:
        """Whether the designation stands on that day, whatever has been recorded."""
        return self.begun is not None and not self.ended and on <= self.term.last_day

    @property
    def under_investigation(self) -> tuple[Subject, ...]:
        """What can be asked about while it stands: 70(4), 73(5), 77(3)."""
        return () if self.begun is None or self.ended else ("continuation", "release", "permission")

    @property
    def secrecy_binds(self) -> bool:
        """67(5) asks for consent to any disclosure under a designation."""
        return True

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """The grounds of a dismissal that can be told: each is called for once (73(6), 74(2), 78(5))."""
        if self.begun is None:
            return ()
        return tuple(
            ground
            for ground, measure in charges.MEASURES.items()
            if measure != "69(1)" and measure not in self.called_for
        )


def evolve(state: PreservationDesignation, act: Act) -> PreservationDesignation:
    """The designation after `act`."""
    for acts, part, follow in PARTS:
        if isinstance(act, acts):
            changed = replace(state, **{part: follow(getattr(state, part), act)})
            if isinstance(act, charges.DismissalCalledFor):
                return replace(changed, called_for=(*state.called_for, act.measure))
            return changed
    return _evolve_term(state, act)


PARTS = (
    (PERMISSION_ACTS, "permissions", working_acts.evolve),
    (SHARING_ACTS, "sharing", sharing_acts.evolve),
    (SUPERVISION_ACTS, "supervision", supervision_acts.evolve),
    (INVESTIGATION_ACTS, "investigation", investigation.state.evolve),
    (HEARING_ACTS, "hearing", hearing.evolve),
    (CHARGE_ACTS, "charge", charges.evolve),
    (NOTICE_ACTS, "notices", notices.evolve),
)
"""The parts of the state that have acts of their own."""


def _evolve_term(state: PreservationDesignation, act: Act) -> PreservationDesignation:
    match act:
        case DesignationBegun():
            allowed = sharing_acts.begin(act.operators, act.on)
            return replace(state, begun=act, applicants=act.applicants, sharing=allowed)
        case TermExtended():
            # Each term has its own judgement, and the applicant is heard before each.
            renewed = (*state.renewals, Renewal(act.on, act.until))
            return replace(state, renewals=renewed, hearing=None, judged_not_to_continue_on=None)
        case JudgedNotToContinue():
            return replace(state, judged_not_to_continue_on=act.on)
        case DesignationReleased():
            return replace(state, released_on=act.on)
        case DesignationExpired():
            return replace(state, expired_on=act.last_day)
        case SuccessorsNoted():
            return replace(state, applicants=act.applicants)
        case ClaimNoted():
            return replace(state, claims=(*state.claims, act.claim))
    raise TypeError(f"{type(act).__name__} is no act of a designation")
