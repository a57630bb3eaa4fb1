"""The Commissioner's notice of an international application, and what follows from it (78(4)-(7))."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from services.patent.domain import charges, notices
from services.patent.domain.charges import CHARGE_ACTS, Charge, Ground
from services.patent.domain.notices import NOTICE_ACTS, Notices
from services.patent.domain.vocabulary import Paper
from services.patent.roles import (
    AGENT,
    APPLICANT,
    CABINET_OFFICE,
    COMMISSIONER,
    EXAMINER,
    PATENT_OFFICE,
    PRIME_MINISTER,
)
from services.platform.law.acts import Act, leaves
from services.platform.law.parties import Parties
from services.platform.law.procedure import Procedure, Stage, end
from services.platform.law.values import Value
from services.platform.time.timekeeping import NOTHING_KEPT, Timekeeping
from services.statute import end_of


@leaves("restricted")
class InternationalApplicationNotified(Act):
    """The Commissioner told the Prime Minister of an application that shows an invention of 66(1) (78(4))."""

    number: str
    received_on: date
    applicants: tuple[str, ...]
    electronic_notices: bool
    invention: str
    papers: tuple[Paper, ...]
    on: date


@leaves("restricted")
class NoBreachFound(Act):
    """The Prime Minister found no breach of 78(1), or that no dismissal is fit (78(5))."""

    reasons: str
    on: date


@leaves("restricted")
class InternationalApplicationDismissed(Act):
    """The Commissioner dismissed the application (78(7)), in writing (Order 5 of 2023, Art. 4)."""

    reasons: str
    on: date


INTERNATIONAL_APPLICATION_ACTS = (
    InternationalApplicationNotified,
    NoBreachFound,
    InternationalApplicationDismissed,
    *CHARGE_ACTS,
    *NOTICE_ACTS,
)


class InternationalApplication(Value):
    """The notice, and what the Prime Minister and the Commissioner did about it."""

    notified: InternationalApplicationNotified | None = None
    no_breach_on: date | None = None
    called_for_on: date | None = None
    dismissed_on: date | None = None
    charge: Charge | None = None
    notices: Notices = ()
    timekeeping: Timekeeping = NOTHING_KEPT

    @property
    def electronic_notices(self) -> bool:
        """Whether the applicant takes notices in its file here."""
        return self.notified is not None and self.notified.electronic_notices

    @property
    def open(self) -> bool:
        """Whether the Prime Minister has yet to judge."""
        return self.notified is not None and not (self.no_breach_on or self.called_for_on)

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """The one ground there is: the application itself is the filing abroad (78(5))."""
        return ("filed_abroad",) if self.open else ()


def evolve(state: InternationalApplication, act: Act) -> InternationalApplication:
    """The case after `act`."""
    if isinstance(act, NOTICE_ACTS):
        return replace(state, notices=notices.evolve(state.notices, act))
    if isinstance(act, CHARGE_ACTS):
        called = act.on if isinstance(act, charges.DismissalCalledFor) else state.called_for_on
        return replace(state, charge=charges.evolve(state.charge, act), called_for_on=called)
    match act:
        case InternationalApplicationNotified():
            return replace(state, notified=act)
        case NoBreachFound():
            return replace(state, no_breach_on=act.on)
        case InternationalApplicationDismissed():
            return replace(state, dismissed_on=act.on)
    raise TypeError(f"{type(act).__name__} is no act about an international application")


STAGES: tuple[Stage[InternationalApplication], ...] = (
    end("Dismissed", "Dismissed", "却下", "78(7)", lambda s: s.dismissed_on is not None),
    end(
        "NoBreach",
        "No breach, or no dismissal fit",
        "違反なし等",
        "78(5)",
        lambda s: s.no_breach_on is not None,
    ),
    Stage(
        "AwaitDismissal",
        "The Commissioner dismisses the application",
        "却下待ち",
        "78(7)",
        lambda s: s.called_for_on is not None,
        then=("Dismissed",),
    ),
    Stage(
        "AwaitExplanation",
        "Time for the applicant to explain itself",
        "弁明の機会",
        "78(6)",
        lambda s: s.charge is not None and not s.charge.heard,
        until=lambda s: end_of(s.charge.due) if s.charge else None,
        then=("Judgement", "AwaitDismissal"),
    ),
    Stage(
        "Judgement",
        "The Prime Minister judges whether it breaches the ban",
        "違反の判断",
        "78(5)",
        lambda _: True,
        then=("AwaitExplanation", "AwaitDismissal", "NoBreach"),
    ),
)


def parties(state: InternationalApplication) -> Parties:
    """The two authorities, and the applicants once they were told the reasons for a measure."""
    known = state.notified.applicants if state.notified and state.notices else ()
    return told_of(known)


def told_of(applicants: tuple[str, ...]) -> Parties:
    """The Commissioner, the Prime Minister and the applicants."""
    return Parties.of(
        {
            APPLICANT: applicants,
            AGENT: applicants,
            EXAMINER: PATENT_OFFICE,
            COMMISSIONER: PATENT_OFFICE,
            PRIME_MINISTER: CABINET_OFFICE,
        }
    )


international_application: Procedure[InternationalApplication] = Procedure(
    name="international-application",
    title="International application showing such an invention",
    title_ja="特許出願とみなされる国際出願に係る通知",
    sealed=True,
    initial=InternationalApplication(),
    evolve=evolve,
    acts=INTERNATIONAL_APPLICATION_ACTS,
    parties=parties,
    stages=STAGES,
)
