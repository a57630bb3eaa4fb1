"""The fund, what is promised and paid out of it, and what goes back to the Treasury: Arts. 34, 43."""

from __future__ import annotations

from datetime import date

from services.platform.law.acts import Acts
from services.platform.law.parties import THE_CLOCK
from services.platform.law.procedure import Given, Powers, refuse_if, rule
from services.platform.law.values import Value
from services.platform.shared.consultation import consulted_about
from services.platform.shared.ledger import post, total
from services.platform.shared.words import Reasons
from services.supply.domain.support_body.designation import in_operation
from services.supply.domain.support_body.money import CHART, FREE, Investment, Movement, entry
from services.supply.domain.support_body.state import (
    MONEY,
    AidPromised,
    FundMoved,
    NoticeNoted,
    NoticeOf,
    RepaymentOrdered,
    SupportBody,
)
from services.supply.plans.model import EffortKind
from services.supply.roles import OFFICIAL, SUPPORT_BODY

ENERGY = "natural_gas"
"""Cabinet Order Art. 1(ix): what is repaid for it goes to the energy special account (Art. 8(4))."""


@rule("no_repayment_ordered", "34(6)")
def repayment_ordered(state: SupportBody, _: Given) -> bool:
    """The body was ordered to pay something to the Treasury, and has not paid all of it."""
    return state.repayment is not None and state.repaid_yen < state.repayment.yen


fund: Powers[SupportBody] = Powers()


def moved(state: SupportBody, movement: Movement, yen: int, given: Given, of: str = "") -> FundMoved:
    """The act of a movement, once its entry can be posted. Raises what the ledger refuses."""
    made = entry(movement, yen, given.today, of)
    post(CHART, state.balances, made)
    return FundMoved(movement, made, of, given.today)


class Amount(Value):
    """How much, in yen."""

    yen: MONEY


@fund.act("34(2), 43(1)", by=[OFFICIAL], when=[in_operation])
def grant_to_fund(state: SupportBody, command: Amount, given: Given) -> Acts:
    """Put a State subsidy into the fund (補助)."""
    yield moved(state, "granted", command.yen, given)


@fund.act("34(3), 43(2)", by=[SUPPORT_BODY], when=[in_operation])
def add_income(state: SupportBody, command: Amount, given: Given) -> Acts:
    """Put interest and other income into the fund."""
    yield moved(state, "income", command.yen, given)


class Invest(Value):
    """How much of the fund goes where."""

    yen: MONEY
    into: Investment


@fund.act("34(4), 43(3)", by=[SUPPORT_BODY], when=[in_operation])
def invest_fund(state: SupportBody, command: Invest, given: Given) -> Acts:
    """Invest money the fund does not need now, in one of the ways the Act allows and no other."""
    yield moved(state, "invested", command.yen, given, command.into)


@fund.act("34(4), 43(3)", by=[SUPPORT_BODY], when=[in_operation])
def realise_investment(state: SupportBody, command: Invest, given: Given) -> Acts:
    """Take an investment back."""
    yield moved(state, "realised", command.yen, given, command.into)


class NoteNoticeOfPlan(Value):
    """Which plan was certified, changed or cancelled, and the outline of it."""

    plan: str
    what: NoticeOf
    number: str
    operators: tuple[str, ...]
    outline: str
    decided_on: date


@fund.act("9(6), 10(3), 11(3)", by=[THE_CLOCK], when=[in_operation])
def note_notice(state: SupportBody, command: NoteNoticeOfPlan, given: Given) -> Acts:
    """Receive the minister's notice of a certification, a change or a cancellation."""
    told = any(
        (one.plan, one.what, one.decided_on) == (command.plan, command.what, command.decided_on)
        for one in state.notices
    )
    refuse_if(told, "told_before", "9(6)")
    yield NoticeNoted(
        command.plan,
        command.what,
        command.number,
        command.operators,
        command.outline,
        command.decided_on,
        given.today,
    )


class OrderRepayment(Value):
    """About which plan, how much, by which day, and why."""

    plan: str
    yen: MONEY
    due: date
    reasons: Reasons


@fund.act(
    "34(6); Cabinet Order 394 of 2022, Art. 8(1), (2)",
    by=[OFFICIAL],
    when=[consulted_about("repayment", "Cabinet Order 394 of 2022, Art. 8(2)")],
)
def order_repayment(state: SupportBody, command: OrderRepayment, given: Given) -> Acts:
    """Order the body to pay all or part of its subsidy to the Treasury after a change or cancellation."""
    assert state.designated is not None
    told = any(
        one.plan == command.plan and one.what in ("change_certified", "cancelled") for one in state.notices
    )
    refuse_if(not told, "no_such_notice", "34(6)", plan=command.plan)
    refuse_if(command.due < given.today, "day_is_past", day=command.due, today=given.today)
    free = total(state.balances, FREE)
    beyond = command.yen > free
    refuse_if(
        beyond, "beyond_the_free_fund", "Cabinet Order 394 of 2022, Art. 8(1)", free=free, asked=command.yen
    )
    account = "energy_special_account" if state.designated.material == ENERGY else "general_account"
    yield RepaymentOrdered(command.plan, command.yen, command.due, account, command.reasons, given.today)


@fund.act("34(6); Cabinet Order 394 of 2022, Art. 8(1)", by=[SUPPORT_BODY], when=[repayment_ordered])
def repay(state: SupportBody, command: Amount, given: Given) -> Acts:
    """Pay to the Treasury what was ordered (納付), in one or several sums."""
    assert state.repayment is not None
    left = state.repayment.yen - state.repaid_yen
    refuse_if(command.yen > left, "more_than_ordered", left=left, paid=command.yen)
    yield moved(state, "paid_to_treasury", command.yen, given)


# ---- What subsidies move; each in the transaction of the subsidy's own act ----


class PromiseAid(Value):
    """Which subsidy, for which effort of which plan, out of which cost, and what else is given for that."""

    subsidy: str
    plan: str
    effort: str
    kind: EffortKind
    cost_yen: int
    yen: int
    other_aid_yen: int


@fund.act("31(3)(i), 33(2)(iii)", by=[THE_CLOCK])
def promise_aid(state: SupportBody, command: PromiseAid, given: Given) -> Acts:
    """Promise a subsidy out of what is free, within the caps of the approved rules, all aid together."""
    refuse_if(not state.in_operation, "body_not_in_operation", "31(1)")
    rules = state.rules_in_force
    refuse_if(rules is None, "no_rules_in_force", "33(1)")
    cap = next((one for one in rules.caps if one.effort == command.kind), None) if rules else None
    if cap is None:
        refuse_if(True, "effort_not_aided", "33(2)(iii)", effort=command.kind)
        return
    most = command.cost_yen * cap.percent // 100
    if cap.most_yen is not None:
        most = min(most, cap.most_yen)
    before = [one for one in state.promises if (one.plan, one.effort) == (command.plan, command.effort)]
    other = max((command.other_aid_yen, *(one.other_aid_yen for one in before)))
    together = command.yen + other + sum(one.yen for one in before)
    refuse_if(together > most, "beyond_the_cap", "33(2)(iii)", most=most, together=together)
    yield AidPromised(
        command.subsidy,
        command.plan,
        command.effort,
        command.kind,
        command.cost_yen,
        command.yen,
        command.other_aid_yen,
        given.today,
    )
    yield moved(state, "promised", command.yen, given, command.subsidy)


class PromiseInterest(Value):
    """Which interest subsidy, and how much altogether."""

    subsidy: str
    yen: int


@fund.act("31(3)(ii), 33(2)(iv)", by=[THE_CLOCK])
def promise_interest(state: SupportBody, command: PromiseInterest, given: Given) -> Acts:
    """Promise an interest subsidy out of what is free, where the approved rules provide for one."""
    refuse_if(not state.in_operation, "body_not_in_operation", "31(1)")
    rules = state.rules_in_force
    provided = rules is not None and rules.interest_subsidies is not None
    refuse_if(not provided, "interest_not_subsidised", "33(2)(iv)")
    yield moved(state, "promised", command.yen, given, command.subsidy)


class MovePromise(Value):
    """What of a promise is paid or given up, or comes back."""

    subsidy: str
    yen: int


@fund.act("31(3)(i), (ii)", by=[THE_CLOCK])
def pay_promise(state: SupportBody, command: MovePromise, given: Given) -> Acts:
    """Pay out of a promise."""
    yield moved(state, "paid", command.yen, given, command.subsidy)


@fund.act("31(3)(i), (ii)", by=[THE_CLOCK])
def release_promise(state: SupportBody, command: MovePromise, given: Given) -> Acts:
    """Free what of a promise is not needed."""
    yield moved(state, "released", command.yen, given, command.subsidy)


@fund.act("31(3)(i), 33(2)(iii)", by=[THE_CLOCK])
def take_back(state: SupportBody, command: MovePromise, given: Given) -> Acts:
    """Take money back into the fund that had been paid."""
    yield moved(state, "returned", command.yen, given, command.subsidy)
