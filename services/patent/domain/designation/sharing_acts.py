"""Sharing operators (発明共有事業者) and proper management (適正管理措置): Arts. 75, 76.

The measures are those of Cabinet Office Order 78 of 2023, Art. 10: the table `proper_management`.
"""

from __future__ import annotations

from datetime import date
from functools import cache

import msgspec
from msgspec.structs import replace

from services.patent.data_files import read
from services.patent.domain.vocabulary import Operator, Paper
from services.platform.law.acts import Act, leaves
from services.platform.law.values import Value

CONFIRMED_RULES = "10(i)ヘ"
"""The measure of a sharing operator that is the applicant's confirmation of its rules."""
APPLICANT_ITSELF = "applicant"
"""Who takes a measure, when it is the designated applicant and no sharing operator."""


@leaves("restricted")
class SharingApplied(Act):
    """The approval of a new sharing operator was applied for (76(1); Form 2)."""

    operator: Operator
    reasons: str
    management: str
    on: date


@leaves("restricted")
class SharingApproved(Act):
    """A new sharing operator was approved (76(1))."""

    organisation: str
    on: date


@leaves("restricted")
class SharingNotApproved(Act):
    """A new sharing operator was not approved."""

    organisation: str
    reasons: str
    on: date


@leaves("restricted")
class SharingEnded(Act):
    """The applicant no longer lets an operator handle the information, and notified that (76(2); Form 3)."""

    organisation: str
    happened_on: date
    on: date


@leaves("restricted")
class SharingChanged(Act):
    """Another change of a sharing operator was notified (76(2); Form 3)."""

    operator: Operator
    what: str
    happened_on: date
    on: date


@leaves("restricted")
class SharingResumed(Act):
    """An operator named in the paper of 67(9) is let handle the information again (76(2); Form 3)."""

    operator: Operator
    happened_on: date
    on: date


@leaves("restricted")
class MeasureShown(Act):
    """It was shown how a measure of proper management is taken (75(1), (2))."""

    item: str
    by: str
    how: str
    papers: tuple[Paper, ...]
    on: date


@leaves("restricted")
class RulesConfirmed(Act):
    """The applicant confirmed a sharing operator's rules before they stand (Order Art. 10(i)ヘ)."""

    organisation: str
    rules: str
    on: date


@leaves("restricted")
class LeakReported(Act):
    """The applicant reported a leak, or that one is likely, to the Prime Minister (Order Art. 10(i)チ)."""

    by: str
    to: str
    what: str
    found_on: date
    on: date


@leaves("restricted")
class LeakReportedToApplicant(Act):
    """A sharing operator reported a leak, or that one is likely, to the applicant (Order Art. 10(i)チ)."""

    by: str
    what: str
    found_on: date
    on: date


SHARING_ACTS = (
    SharingApplied,
    SharingApproved,
    SharingNotApproved,
    SharingEnded,
    SharingChanged,
    SharingResumed,
    MeasureShown,
    RulesConfirmed,
    LeakReported,
    LeakReportedToApplicant,
)


class Allowed(Value):
    """An operator that handles the information, since when and until when."""

    operator: Operator
    since: date
    until: date | None = None


class Shown(Value):
    """A measure of proper management: by whom, when last and how it was shown to be taken, on what papers."""

    item: str
    by: str
    on: date
    how: str = ""
    papers: tuple[Paper, ...] = ()


class Leak(Value):
    """A report of a leak."""

    by: str
    found_on: date
    reported_on: date


class Sharing(Value):
    """Who handles the information of a designated invention, and how it is kept."""

    operators: tuple[Allowed, ...] = ()
    applied: tuple[Operator, ...] = ()
    """Approvals applied for and not decided."""
    shown: tuple[Shown, ...] = ()
    leaks: tuple[Leak, ...] = ()
    """Those the applicant reported to the Prime Minister."""
    leaks_of_operators: tuple[Leak, ...] = ()
    """Those a sharing operator reported to the applicant, and to nobody else."""
    named: tuple[str, ...] = ()
    """The operators named in the paper of 67(9)(ii): none of them ever needs an approval (76(1))."""

    @property
    def now(self) -> tuple[str, ...]:
        """The operators that handle the information now."""
        return tuple(one.operator.organisation for one in self.operators if one.until is None)

    @property
    def ever(self) -> tuple[str, ...]:
        """Everyone that ever handled it: 73 and 74 bind whoever was shown the invention."""
        return tuple(dict.fromkeys(one.operator.organisation for one in self.operators))

    def shown_by(self, by: str) -> tuple[Shown, ...]:
        """The measures that someone has shown to take, with the evidence."""
        return tuple(one for one in self.shown if one.by == by)

    def missing(self, by: str) -> tuple[str, ...]:
        """The measures of the list that someone has not shown to take."""
        shown = {one.item for one in self.shown if one.by == by}
        mine = "applicant" if by == APPLICANT_ITSELF else "operator"
        return tuple(one.item for one in measures() if mine in one.by and one.item not in shown)


NOTHING_SHARED = Sharing()


class Measure(Value):
    """A measure of Cabinet Office Order 78 of 2023, Art. 10, and who takes it."""

    item: str
    by: tuple[str, ...]
    en: str
    ja: str


@cache
def measures() -> tuple[Measure, ...]:
    """Every measure of proper management, in the Order's order."""
    return msgspec.convert(read("proper_management")["measure"], tuple[Measure, ...])


def begin(operators: tuple[Operator, ...], on: date) -> Sharing:
    """The operators named in the paper of 67(9)(ii), who need no approval (76(1))."""
    named = tuple(one.organisation for one in operators)
    return Sharing(tuple(Allowed(one, on) for one in operators), named=named)


def evolve(state: Sharing, act: Act) -> Sharing:
    """The sharing after `act`."""
    match act:
        case SharingApplied():
            return replace(state, applied=(*state.applied, act.operator))
        case SharingApproved():
            operator = next(one for one in state.applied if one.organisation == act.organisation)
            allowed = (*state.operators, Allowed(operator, act.on))
            return replace(state, operators=allowed, applied=_without(state, act.organisation))
        case SharingNotApproved():
            return replace(state, applied=_without(state, act.organisation))
        case SharingEnded():
            return replace(state, operators=_changed(state, act.organisation, until=act.happened_on))
        case SharingChanged():
            organisation = act.operator.organisation
            return replace(state, operators=_changed(state, organisation, operator=act.operator))
        case MeasureShown():
            return _shown(state, Shown(act.item, act.by, act.on, act.how, act.papers))
        case SharingResumed():
            return replace(state, operators=(*state.operators, Allowed(act.operator, act.happened_on)))
        case LeakReported(to="prime_minister"):
            return replace(state, leaks=(*state.leaks, Leak(act.by, act.found_on, act.on)))
        case LeakReported() | LeakReportedToApplicant():
            told = Leak(act.by, act.found_on, act.on)
            return replace(state, leaks_of_operators=(*state.leaks_of_operators, told))
        case RulesConfirmed():
            # ヘ asks for the applicant's confirmation: nothing shows it better.
            return _shown(state, Shown(CONFIRMED_RULES, act.organisation, act.on, act.rules))
    raise TypeError(f"{type(act).__name__} is no act about sharing")


def _shown(state: Sharing, shown: Shown) -> Sharing:
    others = (one for one in state.shown if (one.item, one.by) != (shown.item, shown.by))
    return replace(state, shown=(*others, shown))


def _without(state: Sharing, organisation: str) -> tuple[Operator, ...]:
    return tuple(one for one in state.applied if one.organisation != organisation)


def _changed(state: Sharing, organisation: str, **changes: object) -> tuple[Allowed, ...]:
    return tuple(
        replace(one, **changes) if one.operator.organisation == organisation and one.until is None else one
        for one in state.operators
    )
