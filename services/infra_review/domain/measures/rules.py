"""Conditions of the ladder's powers, each with the refusal when it does not hold."""

from __future__ import annotations

from services.infra_review.domain.measures.state import UnderReview
from services.platform.law.procedure import Given, Rule, rule
from services.platform.shared.consultation import consulted_about


def _window(state: UnderReview, _: Given) -> dict[str, object]:
    return {"see": (state.window,), "last_day": state.window.last_day} if state.window else {}


def _answer(state: UnderReview, _: Given) -> dict[str, object]:
    due = state.answer_due
    return {"see": (due,), "last_day": due.last_day} if due else {}


@rule("not_under_review")
def under_review(state: UnderReview, _: Given) -> bool:
    """The plan has been accepted; neither a changed plan nor the operator has ended its review."""
    return state.reviewable


@rule("not_addressed")
def addressed(state: UnderReview, _: Given) -> bool:
    """The plan has been accepted and not been given up: 52(7), (8) bind beyond the standstill."""
    return state.addressed


def window_open(article: str) -> Rule[UnderReview]:
    """The power's days run: their last counts whole, the day after not at all, whoever noticed it.

    Thirty from acceptance, or the extension's; a shortening does not end them (52(6), (10) provisos).
    """
    return Rule(
        "power_over",
        article,
        lambda state, given: state.window is None or given.today <= state.window.last_day,
        _window,
    )


consulted_on_recommendation = consulted_about("recommendation", "56(1)")
consulted_on_order = consulted_about("order", "56(1)")


@rule("already_recommended", "52(6)")
def no_recommendation(state: UnderReview, _: Given) -> bool:
    """No recommendation stands."""
    return state.measures.recommendation is None


@rule("not_recommended", "52(6)")
def recommended(state: UnderReview, _: Given) -> bool:
    """A recommendation stands."""
    return state.measures.recommendation is not None


@rule("already_received", "52(7)")
def not_received(state: UnderReview, _: Given) -> bool:
    """The recommendation has not been recorded as received."""
    made = state.measures.recommendation
    return made is not None and made.received_on is None


@rule("not_received", "52(7)")
def received(state: UnderReview, _: Given) -> bool:
    """The recommendation has reached the operator."""
    made = state.measures.recommendation
    return made is not None and made.received_on is not None


@rule("already_answered", "52(7)")
def not_answered(state: UnderReview, _: Given) -> bool:
    """The operator has not answered."""
    made = state.measures.recommendation
    return made is not None and made.reply is None


@rule("answer_still_open", "52(7)", explain=_answer)
def silent_to_the_end(state: UnderReview, given: Given) -> bool:
    """The ten days have passed, and nobody has recorded the silence yet."""
    made, due = state.measures.recommendation, state.answer_due
    return made is not None and due is not None and not made.silent and given.today > due.last_day


@rule("nothing_refused", "52(10)")
def refused(state: UnderReview, given: Given) -> bool:
    """The operator has answered that it does not accept, or has let the ten days pass."""
    made, due = state.measures.recommendation, state.answer_due
    if made is None or due is None:
        return False
    return not made.reply.accepts if made.reply is not None else given.today > due.last_day


@rule("already_assessed", "52(10)")
def not_assessed(state: UnderReview, _: Given) -> bool:
    """The refusal or the silence has not been assessed."""
    made = state.measures.recommendation
    return made is not None and made.unjustified is None


@rule("answer_outstanding", "52(10)", explain=_answer)
def answer_is_due_no_longer(state: UnderReview, given: Given) -> bool:
    """The operator has answered, or its ten days have passed."""
    made, due = state.measures.recommendation, state.answer_due
    return made is not None and (made.reply is not None or (due is not None and given.today > due.last_day))


@rule("recommendation_accepted", "52(10)")
def not_accepted(state: UnderReview, _: Given) -> bool:
    """The operator has not accepted the recommendation: what is accepted binds by itself (52(8))."""
    made = state.measures.recommendation
    return made is None or made.reply is None or not made.reply.accepts


@rule("refusal_not_assessed", "52(10)")
def refusal_is_unjustified(state: UnderReview, _: Given) -> bool:
    """The refusal or the silence has been assessed, and found to be without justifiable reason."""
    made = state.measures.recommendation
    return made is not None and made.unjustified is True


@rule("already_ordered", "52(10)")
def not_ordered(state: UnderReview, _: Given) -> bool:
    """No order has been made."""
    return state.measures.order is None


@rule("nothing_to_comply_with", "52(8)")
def bound(state: UnderReview, _: Given) -> bool:
    """The operator accepted a recommendation or is under an order, and has not yet done what it says."""
    return state.measures.binding is not None


@rule("stop_is_what_binds", "52(8)")
def not_bound_to_stop(state: UnderReview, _: Given) -> bool:
    """What binds the operator leaves room for a changed plan."""
    binding = state.measures.binding
    return binding is None or binding.kind != "stop"


@rule("nothing_to_find", "52(8)")
def something_to_find(state: UnderReview, _: Given) -> bool:
    """A changed plan was filed or measures stated to be taken, and the ministry has not judged it."""
    measures = state.measures
    return bool(measures.changed_plan_on or measures.taken_on) and measures.finding is None


@rule("already_delivered", "52(10)")
def order_not_delivered(state: UnderReview, _: Given) -> bool:
    """There is an order whose delivery has not been recorded."""
    return state.measures.order is not None and state.measures.order.delivered_on is None


@rule("not_ordered", "52(10)")
def ordered(state: UnderReview, _: Given) -> bool:
    """An order has been made."""
    return state.measures.order is not None
