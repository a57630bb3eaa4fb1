"""Who controls whom: 親法人等 and 子法人等 (Cabinet Order Art. 10(2)-(3), METI Order Art. 7).

Facts that nobody has stated are unknown, not false. Control is asked twice, with every unknown against it
and with every unknown for it: because each fact can only add control, what holds in both is certain, and
what differs is open.
"""

from __future__ import annotations

from typing import Annotated, Literal

from services.infra_review.plan.model import Ratio
from services.platform.law.values import Len, Value

NO_VOTES = Ratio(0, 1)
Company = Annotated[str, Len(1, 200)]
OPERATOR: Company = "operator"
SUPPLIER: Company = "supplier"
Verdict = Literal["yes", "no", "undetermined"]


class Holding(Value):
    """What one company has in another: votes and control factors (Art. 7(ii)ロ-ホ); `None` is unknown."""

    holder: Company
    held: Company
    votes: Ratio | None = None
    """Votes held for its own account (自己の計算)."""
    concerted: Ratio | None = NO_VOTES
    """Further votes of persons close to the holder who vote as it does, or who agreed to (Art. 7(ii)イ)."""
    board_majority: bool | None = None
    """Its present or former officers or employees are the majority of the board (ロ)."""
    control_contract: bool | None = None
    """A contract controls the decision of important financial and business policies (ハ)."""
    funding_majority: bool | None = None
    """It lends more than half of the funds raised, with those close to it (ニ)."""
    other_control: bool | None = None
    """Other facts from which control of the decision-making body is presumed (ホ)."""
    clearly_without_control: bool | None = False
    """It is clear from financial and business relations that it does not control (Art. 7, proviso)."""


class Group(Value):
    """The companies between an operator and a supplier, and those whose insolvency ended control."""

    holdings: tuple[Holding, ...] = ()
    insolvent: tuple[Company, ...] = ()
    """In bankruptcy, rehabilitation or reorganisation, without effective control (Art. 7(i))."""


def subsidiary(group: Group, company: Company = SUPPLIER, parent: Company = OPERATOR) -> Verdict:
    """Whether `company` is a subsidiary (子法人等) of `parent`, by itself or through its subsidiaries."""
    if company in _controlled(group, parent, hoping=False):
        return "yes"
    return "undetermined" if company in _controlled(group, parent, hoping=True) else "no"


def _controlled(group: Group, parent: Company, *, hoping: bool) -> frozenset[Company]:
    """Everyone `parent` controls; what it and its subsidiaries hold counts together (CO Art. 10(3))."""
    companies = {holding.held for holding in group.holdings} - {parent, *group.insolvent}
    inside = {parent}
    grown = True
    while grown:
        new = {
            company
            for company in companies - inside
            if _controls([h for h in group.holdings if h.held == company and h.holder in inside], hoping)
        }
        inside |= new
        grown = bool(new)
    return frozenset(inside - {parent})


def _controls(holdings: list[Holding], hoping: bool) -> bool:
    """METI Order Art. 7(i)-(iii), over all that a group of companies holds in one."""

    def stated(value: bool | None) -> bool:
        return hoping if value is None else value

    unknown = Ratio(1 if hoping else 0, 1)
    # A proviso takes control away, so an unknown one counts the other way round.
    counted = [
        one
        for one in holdings
        if not (not hoping if one.clearly_without_control is None else one.clearly_without_control)
    ]
    votes = together = NO_VOTES
    for one in counted:
        votes = votes.plus(one.votes or unknown)
        together = together.plus(one.votes or unknown).plus(one.concerted or unknown)
    factor = any(
        stated(fact)
        for one in counted
        for fact in (one.board_majority, one.control_contract, one.funding_majority, one.other_control)
    )
    majority = Ratio(1, 2)
    if votes.over(majority):  # (i)
        return True
    if votes.at_least(40, 100) and (factor or together.over(majority)):  # (ii)イ-ホ
        return True
    return together.over(majority) and factor  # (iii)
