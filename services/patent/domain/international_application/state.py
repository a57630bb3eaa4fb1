"""The Commissioner's notice of an international application, and what follows from it (78(4)-(7))."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from services.patent.domain import charges, notices
from services.patent.domain.charges import CHARGE_ACTS, Charge, Ground, explanation_ends
from services.patent.domain.first_review.state import DismissalServed
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
from services.platform.law.parties import Held, Parties
from services.platform.law.procedure import Given, Procedure, Stage, Telling, end
from services.platform.law.values import Value
from services.platform.time.timekeeping import NOTHING_KEPT, Timekeeping


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
    """The Commissioner dismissed the application (78(7)), in writing (Order 5 of 2023, Art. 4(i)-(iv))."""

    reasons: str
    on: date
    number: str = ""
    applicants: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()


INTERNATIONAL_APPLICATION_ACTS = (
    InternationalApplicationNotified,
    NoBreachFound,
    InternationalApplicationDismissed,
    DismissalServed,
    *CHARGE_ACTS,
    *NOTICE_ACTS,
)


class InternationalApplication(Value):
    """The notice, and what the Prime Minister and the Commissioner did about it."""

    notified: InternationalApplicationNotified | None = None
    no_breach_on: date | None = None
    called_for_on: date | None = None
    dismissed_on: date | None = None
    dismissed: InternationalApplicationDismissed | None = None
    served_on: date | None = None
    """When the certified copy of the dismissal was served (85(1); Order 5 of 2023, Art. 6)."""
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
            return replace(state, dismissed_on=act.on, dismissed=act)
        case DismissalServed():
            return replace(state, served_on=act.on)
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
        until=explanation_ends,
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
    """The two authorities, and the applicants once the reasons for a measure have reached them."""
    arrived = notices.received_on(state.notices, "reasons") is not None or _called(state)
    known = state.notified.applicants if state.notified and arrived else ()
    return told_of(known)


def _called(state: InternationalApplication) -> bool:
    return notices.received_on(state.notices, "dismissal_called_for") is not None


def told(state: InternationalApplication, held: Held, _: Given) -> InternationalApplication:
    """The case as the Commissioner or the applicant was told of it.

    What the Prime Minister weighs reaches the Commissioner with the notice of 78(5) alone, and the applicant
    with the reasons of 78(6) and that notice.
    """
    applicant = bool(held & {APPLICANT.name, AGENT.name})
    called = not applicant or _called(state)
    return replace(
        state,
        no_breach_on=None,
        called_for_on=state.called_for_on if called else None,
        dismissed_on=state.dismissed_on if called else None,
        dismissed=state.dismissed if not applicant or state.served_on else None,
        charge=state.charge if applicant and notices.received_on(state.notices, "reasons") else None,
        notices=notices.known(state.notices) if applicant else (),
    )


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


def history(entries: Sequence[Any], held: Held) -> list[Any]:
    """What each was told: the applicant by its letters, the Commissioner by wire."""
    return notices.as_told(entries, held) if held & {APPLICANT.name, AGENT.name} else list(entries)


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
    fold_version=2,
    telling=Telling((PRIME_MINISTER,), told, (APPLICANT, AGENT), history),
)
