"""Permissions to work a designated invention (実施の許可, Art. 73): applied for, granted or refused."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec.structs import replace

from services.platform.law.acts import Act, leaves
from services.platform.law.values import Value

Why = Literal["nobody_else_learns", "otherwise_fit"]
"""73(3): nobody outside 73(1) can learn the invention by it; or it is fit in view of preventing leaks."""


@leaves("restricted")
class PermissionApplied(Act):
    """Permission to work the invention was applied for (73(2); Cabinet Office Order 78 of 2023, Art. 9)."""

    working: str
    by_whom: str
    reasons: str
    prevention: str
    on: date


@leaves("restricted")
class PermissionGranted(Act):
    """Permission was granted, perhaps with conditions against leaks (73(3), (4))."""

    number: int
    why: Why
    conditions: tuple[str, ...]
    on: date


@leaves("restricted")
class PermissionRefused(Act):
    """Permission was not granted; a loss by that is compensated (80(1))."""

    number: int
    reasons: str
    on: date


PERMISSION_ACTS = (PermissionApplied, PermissionGranted, PermissionRefused)


class Permission(Value):
    """An application for permission and what became of it."""

    working: str
    by_whom: str
    applied_on: date
    granted_on: date | None = None
    conditions: tuple[str, ...] = ()
    refused_on: date | None = None

    @property
    def decided(self) -> bool:
        """Whether it was granted or refused."""
        return self.granted_on is not None or self.refused_on is not None


def evolve(permissions: tuple[Permission, ...], act: Act) -> tuple[Permission, ...]:
    """The permissions after `act`."""
    match act:
        case PermissionApplied():
            return (*permissions, Permission(act.working, act.by_whom, act.on))
        case PermissionGranted():
            granted = replace(permissions[act.number - 1], granted_on=act.on, conditions=act.conditions)
            return (*permissions[: act.number - 1], granted, *permissions[act.number :])
        case PermissionRefused():
            refused = replace(permissions[act.number - 1], refused_on=act.on)
            return (*permissions[: act.number - 1], refused, *permissions[act.number :])
    raise TypeError(f"{type(act).__name__} is no act about a permission")
