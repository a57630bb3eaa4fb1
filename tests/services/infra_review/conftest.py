"""One case told in days: the people of Chapter 3, a complete plan, and a story that drives the decider."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from services.infra_review.domain.filing import Accept, Complete, ReturnForCompletion
from services.infra_review.domain.measures.powers import (
    Answer,
    AssessRefusal,
    FileChangedPlan,
    GiveOrder,
    Recommend,
    RecordReceipt,
    Stop,
)
from services.infra_review.domain.notification import File, Filing, notification
from services.infra_review.domain.operator import Designate, Designation, Operator, operator
from services.infra_review.domain.review import Review
from services.infra_review.domain.standstill import Extend, RecordDelivery, Shorten
from services.infra_review.plan.model import (
    Document,
    Equipment,
    Introduction,
    Measure,
    Officer,
    Party,
    Place,
    Plan,
)
from services.infra_review.roles import AGENT, OPERATOR, REVIEWING_OFFICIAL
from services.infra_review.sectors import sector
from services.platform.law.parties import CLOCK, Principal
from services.platform.law.procedure import Given, Refusal
from services.platform.shared.completion import Shortcoming
from services.platform.shared.consultation import CloseConsultation, Consult, GiveOpinion
from services.platform.shared.words import CABINET_OFFICE, PRIME_MINISTER, Necessity, PassDay
from services.statute import Deadline

POWER = "8230001002345"
METI = Principal("official-1", "METI", frozenset({REVIEWING_OFFICIAL.name}), ministry="METI")
MLIT = Principal("official-2", "MLIT", frozenset({REVIEWING_OFFICIAL.name}), ministry="MLIT")
CAO = Principal("cao-1", "Cabinet Office", frozenset({CABINET_OFFICE.name}))
COMPANY = Principal("clerk-1", POWER, frozenset({OPERATOR.name}))
LAWYER = Principal("lawyer-1", "4010001000003", frozenset({AGENT.name}), mandates=frozenset({POWER}))
STRANGER = Principal("lawyer-2", "4010001000003", frozenset({AGENT.name}))
NECESSITY = Necessity(
    "Control of the grid from abroad could cut supply.", "One supplier of four is concerned."
)
JST = timedelta(hours=9)


def noon(day: date | str) -> datetime:
    """Noon in Japan of `day`."""
    return at(day, time(12))


def at(day: date | str, clock: time) -> datetime:
    """That time in Japan of `day`, in UTC."""
    return datetime.combine(_day(day), clock, UTC) - JST


def _day(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day


def given(who: Principal, day: date | str | datetime) -> Given:
    """Something that `who` does at noon of `day`, or at that instant."""
    return Given(day if isinstance(day, datetime) else noon(day), who)


def paper(kind: Any, made_on: date) -> Document:
    """A paper of that kind, made on a day."""
    return Document(kind, f"{kind}.pdf", "0" * 64, made_on=made_on)


def a_plan(begins: date = date(2027, 1, 12), papers: date = date(2026, 4, 1), **changes: Any) -> Plan:
    """A complete plan to introduce a control system, its papers made on one day."""
    maker = Party(
        name="Aurora Control Systems GmbH",
        representative="Anna Weber",
        address=Place("DE", "Hafenstrasse 1, Hamburg"),
        governing_law="DE",
        holders=(),
        officers=(Officer("Anna Weber", date(1970, 5, 1), "DE", paper("passport_copy", papers)),),
        foreign_sales=(),
        registry=paper("registry_equivalent", papers),
    )
    facts = {
        "business": "general_transmission_distribution",
        "equipment": Equipment("grid_control", "中央給電指令所", "送電設備の監視制御"),
        "introduction": Introduction(
            content="制御システム一式の更新",
            on=begins,
            supplier=maker,
            factories=(Place("DE", "Werk 2, Hamburg"),),
            components=(),
        ),
        "measures": (Measure("introduction", "受入検査で不正な変更の有無を確認する。"),),
    }
    return Plan(**{**facts, **changes})


def recommended_change(plan: Plan) -> Plan:
    """The plan with what was recommended: another measure before it is introduced."""
    more = Measure("introduction", "納入前に第三者による検査を受ける。")
    return replace(plan, measures=(*plan.measures, more))


def designated(on: date | str = "2024-01-15", **changes: Any) -> Operator:
    """An operator designated by METI on a day."""
    decision = Designate(
        organisation=POWER,
        name=POWER,
        address="富山県富山市1-1",
        business="general_transmission_distribution",
        criterion="every_operator",
        necessity=NECESSITY,
    )
    acts = operator.decide(
        operator.initial,
        operator.powers["designate"].decide,
        Designation(decision, sector("electricity", _day(on)), **changes),
        given(METI, on),
    )
    return operator.fold(acts)


@dataclass
class Story:
    """A notification, driven through its decider day by day."""

    state: Review = field(default_factory=Review)
    acts: list[Any] = field(default_factory=list)
    operator: Operator = field(default_factory=designated)

    def does(self, who: Principal, power: str, command: Any, on: date | str | datetime) -> tuple[Any, ...]:
        """`who` uses `power` on a day; what follows is kept."""
        acts = notification.decide(self.state, notification.powers[power].decide, command, given(who, on))
        self.state = notification.fold(acts, self.state)
        self.acts.extend(acts)
        return acts

    def refuses(self, who: Principal, power: str, command: Any, on: date | str | datetime) -> Refusal:
        """The refusal that `power` meets; nothing has happened by it."""
        before = self.state
        with pytest.raises(Refusal) as refused:
            notification.decide(self.state, notification.powers[power].decide, command, given(who, on))
        assert self.state == before
        return refused.value

    def passes(self, on: date | str | datetime) -> tuple[Any, ...]:
        """The clock notices a day: every power of time that the law has given by then."""
        happened: list[Any] = []
        for name, power in notification.powers.items():
            if power.command is PassDay:
                try:
                    happened += self.does(CLOCK, name, PassDay(), on)
                except Refusal:
                    continue
        return tuple(happened)

    def filed(self, on: date | str, who: Principal = COMPANY, plan: Plan | None = None, **more: Any) -> Story:
        day = _day(on)
        plan = plan or a_plan(begins=day + timedelta(days=300), papers=day - timedelta(days=30))
        more = {"electronic_notices": True, **more}
        self.does(who, "file", Filing(File("operator-1", plan, **more), self.operator), on)
        return self

    def accepted(self, on: date | str) -> Story:
        if self.state.arrived_at is None:
            self.filed(on)
        self.does(METI, "accept", Accept(), on)
        return self

    def returned(self, on: date | str) -> Story:
        missing = Shortcoming("/introduction/content", "too_vague", "52(2)(ii)イ", "State the model.")
        self.does(METI, "return_for_completion", ReturnForCompletion((missing,)), on)
        return self

    def completed(self, on: date | str) -> Story:
        assert self.state.plan
        self.does(COMPANY, "complete", Complete(self.state.plan), on)
        return self

    def extended(self, on: date | str, until: date | None = None) -> Story:
        self.does(METI, "extend", Extend("review", NECESSITY, until), on)
        return self.delivered("extension", on)

    def delivered(self, of: Any, on: date | str, received_on: date | None = None) -> Story:
        receipt = RecordDelivery(of, received_on or _day(on), "handed over")
        self.does(METI, "record_delivery", receipt, on)
        return self

    def shortened(self, on: date | str, until: date) -> Story:
        power = "shorten_extension" if self.state.moved("extend") else "shorten"
        self.does(METI, power, Shorten(until, "not_highly_likely", "The supplier is known."), on)
        return self

    def consulted(self, about: Any, on: date | str) -> Story:
        self.does(METI, "consult", Consult(about, "Change the supplier.", NECESSITY), on)
        self.does(CAO, "give_opinion", GiveOpinion(PRIME_MINISTER, "No objection."), on)
        self.does(METI, "close_consultation", CloseConsultation(), on)
        return self

    def recommended(self, on: date | str, kind: Any = "change_plan", delivery: Any = "electronic") -> Story:
        if self.state.accepted_on is None:
            self.accepted(_day(on) - timedelta(days=3))
        self.consulted("recommendation", on)
        self.does(METI, "recommend", Recommend(kind, "Change it.", "Likely.", NECESSITY, delivery), on)
        return self.received(on, _day(on)) if delivery == "electronic" else self

    def received(self, on: date | str, received_on: date) -> Story:
        self.does(METI, "record_receipt", RecordReceipt(received_on, "registered mail 1234"), on)
        return self

    def answered(self, on: date | str, accepts: bool) -> Story:
        self.does(COMPANY, "answer", Answer(accepts, None if accepts else "It would cost a year."), on)
        return self

    def assessed(self, on: date | str, justified: bool) -> Story:
        self.does(METI, "assess_refusal", AssessRefusal(justified, "Cost alone does not outweigh it."), on)
        return self

    def ordered(self, on: date | str) -> Story:
        self.consulted("order", on)
        self.does(METI, "order", GiveOrder("Change it.", "Likely.", NECESSITY), on)
        return self

    def changed(self, on: date | str) -> Story:
        day = _day(on)
        plan = recommended_change(a_plan(begins=day + timedelta(days=100), papers=day - timedelta(days=10)))
        self.does(COMPANY, "file_changed_plan", FileChangedPlan(plan), on)
        return self

    def stopped(self, on: date | str) -> Story:
        self.does(COMPANY, "stop", Stop(), on)
        return self

    @property
    def stage(self) -> str:
        """The stage of the law it is in."""
        return notification.wait(self.state).stage

    def clock(self, article: str) -> Deadline:
        """The deadline of that article."""
        return next(
            deadline for deadline in notification.deadlines(self.state) if deadline.article == article
        )


@pytest.fixture
def story() -> Story:
    return Story()
