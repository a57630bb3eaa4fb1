"""An agency's portfolio: money by technology, phase and level, and what is late."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from services.fund.lines import ProjectLine
from services.platform.law.values import Value


class Sum(Value):
    """The money of some projects, in yen."""

    name: str
    projects: int
    committed: int
    paid: int
    left: int


class Late(Value):
    """A milestone that is late."""

    project: str
    title: str
    phase: int
    milestone: str
    due: date
    days: int


class Portfolio(Value):
    """The projects of an agency as they stand on a day."""

    agency: str
    on: date
    total: Sum
    by_technology: tuple[Sum, ...]
    by_phase: tuple[Sum, ...]
    by_trl: tuple[Sum, ...]
    late: tuple[Late, ...]
    projects: tuple[ProjectLine, ...]


def portfolio(agency: str, lines: Iterable[ProjectLine], on: date) -> Portfolio:
    """The portfolio of an agency on a day."""
    projects = tuple(lines)
    late = [
        Late(line.id, line.title, one.phase, one.name, one.due, (on - one.due).days)
        for line in projects
        for one in line.milestones
        if one.due < on
    ]
    return Portfolio(
        agency,
        on,
        _sum("total", projects),
        _by(projects, lambda one: one.technology),
        _by(projects, lambda one: str(one.phase)),
        _by(projects, lambda one: str(one.trl)),
        tuple(sorted(late, key=lambda one: (one.due, one.project))),
        projects,
    )


def _sum(name: str, lines: Iterable[ProjectLine]) -> Sum:
    some = tuple(lines)
    return Sum(
        name,
        len(some),
        sum(one.committed for one in some),
        sum(one.paid for one in some),
        sum(one.left for one in some),
    )


def _by(lines: tuple[ProjectLine, ...], of: Callable[[ProjectLine], str]) -> tuple[Sum, ...]:
    names = sorted({of(line) for line in lines})
    return tuple(_sum(name, (line for line in lines if of(line) == name)) for name in names)
