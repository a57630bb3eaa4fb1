"""Working a designated invention (実施): barred without permission (Art. 73(1)-(4))."""

from __future__ import annotations

from typing import Annotated

from services.patent.domain.designation import rules
from services.patent.domain.designation.state import PreservationDesignation
from services.patent.domain.designation.working_acts import (
    Permission,
    PermissionApplied,
    PermissionGranted,
    PermissionRefused,
    Why,
)
from services.patent.domain.vocabulary import Restricted
from services.patent.roles import AGENT, APPLICANT, PRIME_MINISTER
from services.platform.law.acts import Acts
from services.platform.law.procedure import Given, Powers, Refusal
from services.platform.law.values import AtLeast, Len, Value

working: Powers[PreservationDesignation] = Powers()
"""Permissions: Art. 73(2)-(4)."""


class ApplyForPermission(Value):
    """The working, who is to do it, why it is needed, and what is done against leaks (Order Art. 9)."""

    working: Restricted
    by_whom: Restricted
    reasons: Restricted
    prevention: Restricted


@working.act("73(2)", by=[APPLICANT, AGENT], when=[rules.in_force])
def apply_for_permission(_: PreservationDesignation, command: ApplyForPermission, given: Given) -> Acts:
    """Apply for permission to work the invention, as the designated applicant alone can."""
    yield PermissionApplied(
        command.working, command.by_whom, command.reasons, command.prevention, given.today
    )


class GrantPermission(Value):
    """Which application is granted, why that is fit, and the conditions against leaks (73(4))."""

    number: Annotated[int, AtLeast(1)]
    why: Why
    conditions: Annotated[tuple[Restricted, ...], Len(0, 30)] = ()


@working.act("73(3), (4)", by=[PRIME_MINISTER], when=[rules.in_force])
def grant_permission(state: PreservationDesignation, command: GrantPermission, given: Given) -> Acts:
    """Grant permission, with the conditions that preventing leaks needs."""
    _undecided(state, command.number)
    yield PermissionGranted(command.number, command.why, command.conditions, given.today)


class RefusePermission(Value):
    """Which application is refused, and why the working could let others learn the invention."""

    number: Annotated[int, AtLeast(1)]
    reasons: Restricted


@working.act("73(1), (3)", by=[PRIME_MINISTER], when=[rules.in_force])
def refuse_permission(state: PreservationDesignation, command: RefusePermission, given: Given) -> Acts:
    """Refuse permission; the loss normally arising from that is compensated (80(1))."""
    _undecided(state, command.number)
    yield PermissionRefused(command.number, command.reasons, given.today)


def _undecided(state: PreservationDesignation, number: int) -> Permission:
    known = state.permissions
    if number > len(known) or known[number - 1].decided:
        raise Refusal("no_such_application", "73(2)", number=number)
    return known[number - 1]
