"""Reasons, a time for a written explanation (弁明), and only then the measure (Arts. 69(2), 73(7)).

73(7) is applied by 74(3) and 78(6). The measure is the end of the review (69(1)), or the word to the
Commissioner and the applicant that a dismissal is fit (73(6), 74(2), 78(5)). The state of such a case has a
`charge` and the `grounds` that its facts leave open. Silence counts only once the reasons have arrived in the
time they set: who learns of them later was given no time, and they are notified anew.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from msgspec.structs import replace

from services.patent.domain.notices import issue, passed, received_on
from services.patent.domain.vocabulary import Paper, Papers, PassDay, Restricted, refuse_past
from services.platform.law.acts import Act, Acts, leaves
from services.platform.law.procedure import Given, refuse_if, rule
from services.platform.law.values import Value
from services.statute import end_of

Ground = Literal[
    "paper_not_filed",
    "correction_not_made",
    "published",
    "abusive_request",
    "worked",
    "worked_by_another",
    "disclosed",
    "disclosed_by_another",
    "filed_abroad",
]
Measure = Literal["69(1)", "73(6)", "74(2)", "78(5)"]
MEASURES: dict[Ground, Measure] = {
    "paper_not_filed": "69(1)",
    "correction_not_made": "69(1)",
    "published": "69(1)",
    "abusive_request": "69(1)",
    "worked": "73(6)",
    "worked_by_another": "73(6)",
    "disclosed": "74(2)",
    "disclosed_by_another": "74(2)",
    "filed_abroad": "78(5)",
}
"""The measure each ground leads to; another's act counts where the applicant's measures were insufficient."""
EXPLAINED: dict[Measure, str] = {"69(1)": "69(2)", "73(6)": "73(7)", "74(2)": "74(3)", "78(5)": "78(6)"}
"""The provision that gives the applicant its say before each measure."""


@leaves("restricted")
class ReasonsNotified(Act):
    """The applicant was told the reasons for a measure, and until when it can explain itself in writing."""

    ground: Ground
    reasons: str
    due: date
    on: date


@leaves("restricted")
class ExplanationGiven(Act):
    """The applicant explained itself in writing."""

    explanation: str
    papers: tuple[Paper, ...]
    on: date


@leaves("restricted")
class ExplanationNotGiven(Act):
    """The time set for the explanation passed without one."""

    due: date


@leaves("restricted")
class ChargeDropped(Act):
    """The measure is not taken; the articles say the Prime Minister may, or where it is fit."""

    reasons: str
    on: date


@leaves("restricted")
class DismissalCalledFor(Act):
    """The Commissioner and the applicant were told that the dismissal of the application is fit."""

    measure: Measure
    reasons: str
    on: date


CHARGE_ACTS = (ReasonsNotified, ExplanationGiven, ExplanationNotGiven, ChargeDropped, DismissalCalledFor)


class Charge(Value):
    """A measure that is intended: its ground, and how far the explanation has come."""

    ground: Ground
    due: date
    explained_on: date | None = None
    silent: bool = False

    @property
    def heard(self) -> bool:
        """Whether the applicant explained itself or its time passed."""
        return self.explained_on is not None or self.silent

    @property
    def measure(self) -> Measure:
        """What it would lead to."""
        return MEASURES[self.ground]


def evolve(charge: Charge | None, act: Act) -> Charge | None:
    """The charge after `act`; none once it was dropped or led to the measure."""
    match act:
        case ReasonsNotified():
            return Charge(act.ground, act.due)
        case ExplanationGiven():
            return charge and replace(charge, explained_on=act.on)
        case ExplanationNotGiven():
            return charge and replace(charge, silent=True)
        case ChargeDropped() | DismissalCalledFor():
            return None
    raise TypeError(f"{type(act).__name__} is no act of a charge")


# ---- The rules ----


@rule("charge_stands", "69(2); 73(7)")
def nothing_charged(state: Any, _: Given) -> bool:
    """No measure is intended that the applicant may still explain itself about."""
    return state.charge is None


@rule("nothing_charged", "69(2); 73(7)")
def charged(state: Any, _: Given) -> bool:
    """The applicant was told the reasons for a measure that is neither taken nor dropped."""
    return state.charge is not None


@rule("notice_not_received", "69(2); 73(7)")
def reasons_arrived(state: Any, _: Given) -> bool:
    """The reasons reached the applicant in the time they set, or it has explained itself."""
    return state.charge is not None and (state.charge.heard or _arrived_in_time(state))


@rule("explanation_awaited", "69(2); 73(7)", explain=lambda state, _: {"due": state.charge.due})
def explanation_heard(state: Any, given: Given) -> bool:
    """The applicant has explained itself, or the time set for it has passed."""
    return state.charge is not None and (state.charge.heard or _passed(state, given.today))


@rule("already_explained", "69(2); 73(7)")
def not_explained(state: Any, _: Given) -> bool:
    """The applicant has not explained itself; who does so late is still read before the measure."""
    return state.charge is not None and state.charge.explained_on is None


@rule("explanation_not_due", "69(2); 73(7)")
def explanation_overdue(state: Any, given: Given) -> bool:
    """The time set for the explanation has passed in silence, and that is not recorded."""
    return state.charge is not None and not state.charge.heard and _passed(state, given.today)


def explanation_ends(state: Any) -> datetime | None:
    """When the time set for the explanation ends; None while its notice has not arrived in that time."""
    return end_of(state.charge.due) if state.charge is not None and _arrived_in_time(state) else None


def _arrived_in_time(state: Any) -> bool:
    day = received_on(state.notices, "reasons")
    return day is not None and day <= state.charge.due


def _passed(state: Any, today: date) -> bool:
    return passed(received_on(state.notices, "reasons"), state.charge.due, today)


# ---- The powers ----


class NotifyReasons(Value):
    """The ground of the measure intended, the reasons, and until when the applicant can explain itself."""

    ground: Ground
    reasons: Restricted
    explain_by: date


def notify_reasons(state: Any, command: NotifyReasons, given: Given) -> Acts:
    """Tell the applicant the reasons for a measure, and give it time to explain itself in writing."""
    article = EXPLAINED[MEASURES[command.ground]]
    refuse_if(
        command.ground not in state.grounds,
        "charge_without_ground",
        article,
        ground=command.ground,
        open=", ".join(state.grounds) or "-",
    )
    refuse_past(command.explain_by, given, article)
    yield ReasonsNotified(command.ground, command.reasons, command.explain_by, given.today)
    yield from issue("reasons", state, given)


class Explain(Value):
    """The written explanation (弁明を記載した書面)."""

    explanation: Restricted
    papers: Papers = ()


def explain(_: Any, command: Explain, given: Given) -> Acts:
    """Explain oneself in writing, as the applicant."""
    yield ExplanationGiven(command.explanation, command.papers, given.today)


def end_explanation_period(state: Any, _: PassDay, __: Given) -> Acts:
    """Record that the time set for the explanation passed in silence."""
    yield ExplanationNotGiven(state.charge.due)


class DropCharge(Value):
    """Why the measure is not taken."""

    reasons: Restricted


def drop_charge(_: Any, command: DropCharge, given: Given) -> Acts:
    """Not take the measure after all."""
    yield ChargeDropped(command.reasons, given.today)


class CallForDismissal(Value):
    """Why the dismissal of the application is fit (却下されることが相当)."""

    reasons: Restricted


def call_for_dismissal(state: Any, command: CallForDismissal, given: Given) -> Acts:
    """Tell the Commissioner and the applicant that the dismissal of the application is fit."""
    measure = state.charge.measure
    refuse_if(measure == "69(1)", "review_is_to_be_ended", "69(1)")
    yield DismissalCalledFor(measure, command.reasons, given.today)
    yield from issue("dismissal_called_for", state, given)
