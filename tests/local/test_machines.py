"""Every stage of the law is waited in by its machine, and left at the instant the law says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from local.stories import standstill
from local.stories.standstill import AGENT, API, CABINET, NECESSITY, OFFICIAL, PRIME_MINISTER, plan
from tests.local.conftest import Running, corporate_number, stages

pytestmark = pytest.mark.slow
RECOMMENDATION = {"measures": "変更すること。", "reasons": "おそれが大きい。", "necessity": NECESSITY}
ORDER = {"content": "変更すること。", "reasons": "おそれが大きい。", "necessity": NECESSITY}


@pytest.fixture
def year(running: Running) -> Running:
    """The cloud, in which much time is about to pass."""
    running.at(running.today + timedelta(days=1))
    return running


class Case:
    """One case, and what is done in it."""

    def __init__(self, running: Running, kind: str, body: Any, person: Any = OFFICIAL) -> None:
        self.running, self.kind = running, kind
        self.id: str = running.teller.post(person, f"{API}/{kind}", body)["id"]
        running.teller.settle()

    def does(self, power: str, body: Any = None, person: Any = OFFICIAL) -> None:
        """One power of the law; what follows from it has followed."""
        self.running.teller.post(person, f"{API}/{self.kind}/{self.id}/{power}", body)
        self.running.teller.settle()

    def consulted(self, about: str) -> None:
        """The Prime Minister's side is asked, and agrees."""
        self.does("consult", {"about": about, "draft": "変更を求める。", "necessity": NECESSITY})
        self.does("give-opinion", {"of": PRIME_MINISTER, "opinion": "異存ない。"}, CABINET)
        self.does("close-consultation")

    def recommended(self, kind: str) -> None:
        """A recommendation, after its consultation."""
        self.consulted("recommendation")
        self.does("recommend", {"kind": kind, **RECOMMENDATION})
        self.does("record-receipt", standstill.received(self.running.today.isoformat()))

    def ordered(self) -> None:
        """An order, after the silence was assessed and the order consulted about."""
        self.does("assess-refusal", {"justified": False, "reasons": "理由がない。"})
        self.consulted("order")
        self.does("order", ORDER)

    @property
    def stage(self) -> str:
        """The state its machine is in."""
        stage: str = self.running.executions(self.id)[-1]["state"]
        return stage

    @property
    def visited(self) -> list[str]:
        """The stages its machine has been in, one after the other."""
        path = stages([state for run in self.running.executions(self.id) for state in run["path"]])
        return [stage for number, stage in enumerate(path) if number == 0 or stage != path[number - 1]]

    def happened(self, act: str) -> tuple[str, str]:
        """The legal day and the instant of an act of the clock."""
        (found,) = [one for one in self.running.acts(self.id, self.kind) if one["act"] == act]
        return found["legal_day"], found["at"][:16]


def midnight(day: date) -> tuple[str, str]:
    """The day as a legal day, and the instant it begins in Japan."""
    return day.isoformat(), f"{day - timedelta(days=1)}T15:00"


def freed(running: Running) -> str:
    """A plan that has become free."""
    case = running.accepted()
    running.at(running.today + timedelta(days=30))
    return case


def changed(running: Running, original: str) -> Case:
    """The draft of an important change of it, filed now."""
    draft = plan(running.today)
    draft["introduction"]["content"] += "別の方式に改める。"
    return Case(running, "changes", {"amends": original, "plan": draft}, AGENT)


def test_a_change_waits_in_every_stage_of_the_review(year: Running) -> None:
    original = freed(year)
    withdrawn = changed(year, original)
    withdrawn.does("withdraw", person=AGENT)
    assert withdrawn.visited == ["AwaitAcceptance", "Withdrawn"]

    stopped = changed(year, original)
    stopped.does("accept")
    stopped.recommended("change_plan")
    stopped.does("answer", {"accepts": True}, AGENT)
    stopped.does("stop", person=AGENT)
    assert stopped.visited == ["AwaitAcceptance", "Standstill", "AwaitAnswer", "AwaitChangedPlan", "Stopped"]

    case = changed(year, original)
    missing = {"field": "x", "rule": "x", "article": "52(2)", "text": "範囲を特定してください。"}
    case.does("return-for-completion", {"shortcomings": [missing]})
    assert case.stage == "AwaitCompletion"
    draft = plan(year.today)
    draft["introduction"]["content"] += "別の方式に改める。"
    case.does("complete", {"plan": draft}, AGENT)
    accepted = year.today
    case.does("accept")
    case.does("extend", {"purpose": "review", "necessity": NECESSITY})
    case.does("record-delivery", {"of": "extension", **standstill.received(year.today.isoformat())})
    case.recommended("change_plan")
    seen = year.teller.get(OFFICIAL, f"{API}/changes/{case.id}")
    silent = date.fromisoformat(seen["answer_due"])
    last = date.fromisoformat(seen["standstill"]["last_day"])
    assert last > accepted + timedelta(days=100)
    year.at(silent, "23:59")
    assert case.stage == "AwaitAnswer"
    year.at(silent + timedelta(days=1), "00:05")
    assert case.stage == "AwaitOrder"
    assert case.happened("AnswerNotGiven")[1] == midnight(silent + timedelta(days=1))[1]
    case.ordered()
    assert case.stage == "AwaitCompliance"
    case.does("file-changed-plan", {"plan": plan(year.today)}, AGENT)
    year.at(last, "23:59")
    assert case.stage == "ExtendedStandstill"
    year.at(last + timedelta(days=1), "00:05")
    assert case.happened("PlanFreed") == midnight(last + timedelta(days=1))
    stages = ["AwaitAcceptance", "AwaitCompletion", "AwaitAcceptance", "Standstill", "ExtendedStandstill"]
    stages += ["AwaitAnswer", "AwaitOrder", "AwaitCompliance", "ExtendedStandstill", "Freed"]
    assert case.visited == stages


def test_a_review_of_equipment_in_use_waits_for_the_ten_days_and_then_without_end(year: Running) -> None:
    review = {"of": freed(year), "finding": "おそれが大きい。", "necessity": NECESSITY}
    review["circumstances"] = "供給者が買収された。"
    closed = Case(year, "post-reviews", review)
    closed.does("close-review", {"reasons": "おそれがなくなった。"})
    assert closed.visited == ["AwaitRecommendation", "Closed"]

    case = Case(year, "post-reviews", review)
    case.recommended("other_measures")
    due = date.fromisoformat(year.teller.get(OFFICIAL, f"{API}/post-reviews/{case.id}")["answer_due"])
    year.at(due, "23:59")
    assert case.stage == "AwaitAnswer"
    year.at(due + timedelta(days=1), "00:05")
    assert case.happened("AnswerNotGiven")[1] == midnight(due + timedelta(days=1))[1]
    year.at(due + timedelta(days=40))
    case.ordered()
    case.does("take-measures", {"statement": "点検した。"}, AGENT)
    stages = ["AwaitRecommendation", "AwaitAnswer", "AwaitOrder", "AwaitCompliance", "Complied"]
    assert case.visited == stages


def test_an_inquiry_waits_until_the_day_that_was_set_and_then_goes_on(year: Running) -> None:
    due = year.today + timedelta(days=7)
    ask = {
        "organisation": standstill.COMPANY,
        "business": "general_transmission_distribution",
        "purpose": "51",
        "questions": ["契約数は。"],
        "necessity": NECESSITY,
        "due": due.isoformat(),
    }
    case = Case(year, "inquiries", ask)
    year.at(due, "23:59")
    assert case.stage == "AwaitReport"
    year.at(due + timedelta(days=1), "00:05")
    assert case.happened("InformationOverdue")[1] == midnight(due + timedelta(days=1))[1]
    case.does("give-information", {"answers": ["三十万"]}, AGENT)
    case.does("close-inquiry")
    assert case.visited == ["AwaitReport", "AwaitLateReport", "AwaitClosing", "Closed"]


def test_a_designation_waits_for_its_grace_and_for_its_publication(year: Running) -> None:
    def designated(name: str) -> Case:
        decision = {
            "organisation": corporate_number(next(year.numbers)),
            "name": name,
            "address": "富山県富山市1-1",
            "business": "general_transmission_distribution",
            "criterion": "every_operator",
            "necessity": NECESSITY,
        }
        return Case(year, "operators", decision)

    def published(case: Case) -> None:
        case.does("give-public-notice", {"gazette": "官報", "on": year.today.isoformat()})

    released = designated(f"解除電力 {year.today}")
    released.does("release", {"reasons": "基準に該当しない。"})
    published(released)
    assert released.visited == ["Grace", "AwaitPublicNotice", "Released"]

    case = designated(f"新電力 {year.today}")
    duty = date.fromisoformat(year.teller.get(OFFICIAL, f"{API}/operators/{case.id}")["duty_from"])
    year.at(duty - timedelta(days=1), "23:59")
    assert case.stage == "Grace"
    year.at(duty, "00:05")
    assert case.happened("GraceEnded") == midnight(duty)
    published(case)
    # A wait without an end, after half a year, would outlive its execution: the next generation has it.
    assert case.visited == ["Grace", "Continued", "AwaitPublicNotice", "Designated"]
