"""The story of one notification (Arts. 50-52), around Golden Week 2026.

An operator is designated, its six months of grace pass, it files, is asked to complete, is accepted
and barred; the ministry consults, extends and recommends; the answer falls due in Golden Week and is
moved; the changed plan frees it.
"""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from local.identity import Person
from local.stories import telling
from local.stories.teller import Teller
from services.infra_review.plan.lookback import latest_year_end

if TYPE_CHECKING:
    from rich.console import Console

BEGINS = datetime(2025, 9, 29, 0, 0, tzinfo=UTC)
"""09:00 in Japan on the day of designation."""
API = "/infra-review/v1"
COMPANY, NAME = "8230001002345", "北陸グリッド株式会社"
"""The corporate number (法人番号) of the company of the story, and its name."""
OPERATOR = Person("clerk-1", COMPANY, ("operator",))
NAMES = {COMPANY: NAME, "4010001000003": "行政書士法人しおかぜ"}
AGENT = Person("agent-1", "4010001000003", ("agent",), mandates=(COMPANY,))
OFFICIAL = Person("official-1", "METI", ("reviewing_official",), ministry="METI")
CABINET = Person("cabinet-1", "Cabinet Office", ("cabinet_office",))
PRIME_MINISTER = "内閣総理大臣"
NECESSITY = {
    "needed_because": "供給区域全体の需給制御が外部から妨害されるおそれを除くために必要である。",
    "effect_on_business": "導入の時期に影響しない範囲の変更にとどまる。",
}
FILED_ON = date(2026, 4, 2)
AHEAD = timedelta(days=120)
"""How long before the introduction a plan is filed at the latest."""
FITTED = ("on", "begins_on", "valid_until")
"""Days of a plan that must not lie before its introduction begins."""
PLAN = Path(__file__).resolve().parents[2] / "docs" / "examples" / "plan.json"


def plan(filed_on: date = FILED_ON) -> dict[str, Any]:
    """A complete plan: the example of the documentation, its days fitted to the day it is filed on."""

    def fitted(part: dict[str, Any]) -> dict[str, Any]:
        papers = {"made_on": made} if part.get("made_on") else {}
        later = {name: max(part[name], begins) for name in FITTED if part.get(name)}
        ended = {"year_ended_on": moved(part["year_ended_on"])} if part.get("year_ended_on") else {}
        return {**part, **papers, **later, **ended}

    def moved(year_end: str) -> str:
        """The same place among the latest business years, as of the day it is filed on."""
        end = date.fromisoformat(year_end)
        last = [latest_year_end(day) for day in (FILED_ON, filed_on)]
        then, now = (day.year - ((day.month, day.day) < (end.month, end.day)) for day in last)
        return end.replace(year=end.year + now - then).isoformat()

    made, begins = filed_on.isoformat(), (filed_on + AHEAD).isoformat()
    document: dict[str, Any] = json.loads(PLAN.read_text("utf-8"), object_hook=fitted)
    return document


def with_defects() -> dict[str, Any]:
    """The plan as it was first filed: two things are missing."""
    document = copy.deepcopy(plan())
    document["introduction"]["supplier"]["representative"] = None
    document["introduction"]["on"] = None
    return document


def received(on: str) -> dict[str, Any]:
    """That a notice was handed over on a day, and what proves it."""
    return {"received_on": on, "evidence": "手交（受領証 第12号）"}


def changed(filed_on: date = FILED_ON) -> dict[str, Any]:
    """The plan as changed on recommendation: one more measure against interference."""
    document = copy.deepcopy(plan(filed_on))
    extra = {"concerns": "introduction", "text": "保守用の遠隔接続を廃止し、作業は所内で立会いの下に行う。"}
    document["measures"] = [*document["measures"], extra]
    return document


@dataclass(slots=True)
class Story:
    """The story's steps, each a request or a move of the clock; `case` and `operator` are its two cases."""

    teller: Teller
    operator: str = ""
    case: str = ""
    _told: dict[str, int] = field(default_factory=dict)
    _seen: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def designate(self, *, notice: bool = True) -> None:
        """Designation, and its public notice the day after."""
        decision = {
            "organisation": COMPANY,
            "name": NAME,
            "address": "東京都千代田区架空町一丁目一番一号",
            "business": "general_transmission_distribution",
            "criterion": "every_operator",
            "necessity": NECESSITY,
        }
        self.operator = self.teller.post(OFFICIAL, f"{API}/operators", decision)["id"]
        if not notice:
            return
        self.teller.move("2025-09-30 10:00")
        published = {"gazette": "官報 令和7年9月30日 第1560号", "on": "2025-09-30"}
        self.teller.post(OFFICIAL, f"{API}/operators/{self.operator}/give-public-notice", published)

    def pass_grace(self) -> None:
        """Six months in which Art. 52(1) does not apply (Art. 53(1))."""
        self.teller.move("2026-04-02 10:00")

    def file_with_defects(self) -> Any:
        """A plan with defects is refused with all of them at once, and nothing is recorded."""
        filing = {"operator_id": self.operator, "plan": with_defects()}
        answer = self.teller.ask(AGENT, "POST", f"{API}/notifications", filing)
        assert answer.code == "plan_incomplete", answer
        return answer.body

    def file(self) -> None:
        """The whole plan arrives (到達)."""
        filing = {"operator_id": self.operator, "plan": plan()}
        self.case = self.teller.post(AGENT, f"{API}/notifications", filing)["id"]

    def return_for_completion(self) -> None:
        """What only a person can see is returned for completion (補正)."""
        self.teller.move("2026-04-06 15:00")
        missing = {
            "field": "introduction.content",
            "rule": "content_of_introduction",
            "article": "52(2)(ii)イ",
            "text": "更新の対象となる現行装置の範囲を特定してください。",
        }
        self.act(OFFICIAL, "return-for-completion", {"shortcomings": [missing]})

    def complete(self) -> None:
        """The plan, put right and whole."""
        self.teller.move("2026-04-08 11:00")
        completed = plan()
        completed["introduction"]["content"] += "対象は主系及び待機系の需給制御サーバー全台とする。"
        self.act(AGENT, "complete", {"plan": completed})

    def accept(self) -> None:
        """Acceptance (受理): the first of the thirty days."""
        self.teller.move("2026-04-09 09:30")
        self.act(OFFICIAL, "accept")

    def consult(self) -> None:
        """The Prime Minister and the head of an agency are consulted before a recommendation (56(1))."""
        self.teller.move("2026-04-14 13:00")
        asked = {
            "about": "recommendation",
            "draft": "保守用の遠隔接続の廃止を内容とする計画の変更を勧告する。",
            "necessity": NECESSITY,
            "agencies": ["総務大臣"],
        }
        self.act(OFFICIAL, "consult", asked)
        self.teller.move("2026-04-17 17:00")
        self.act(CABINET, "give-opinion", {"of": PRIME_MINISTER, "opinion": "異存ない。"})
        self.act(OFFICIAL, "give-opinion", {"of": "総務大臣", "opinion": "異存ない。"})
        self.act(OFFICIAL, "close-consultation")

    def extend(self) -> None:
        """The standstill is extended (52(4)), with the reason Art. 5 asks for."""
        self.teller.move("2026-04-20 10:00")
        self.act(
            OFFICIAL, "extend", {"purpose": "recommendation", "necessity": NECESSITY, "until": "2026-07-31"}
        )
        self.act(OFFICIAL, "record-delivery", {"of": "extension", **received("2026-04-20")})

    def recommend(self) -> None:
        """The recommendation (52(6)): ten days for the answer, the last of them moved out of Golden Week."""
        self.teller.move("2026-04-24 10:00")
        measures = {
            "kind": "change_plan",
            "measures": "保守用の遠隔接続を廃止すること。",
            "reasons": "遠隔接続を経由した妨害に用いられるおそれが大きい。",
            "necessity": NECESSITY,
        }
        self.act(OFFICIAL, "recommend", measures)
        self.act(OFFICIAL, "record-receipt", received("2026-04-24"))

    def answer(self) -> None:
        """The answer (52(7)) on the last, moved day."""
        self.teller.move("2026-05-07 16:45")
        self.act(AGENT, "answer", {"accepts": True})

    def change(self) -> None:
        """The changed plan (52(8)): its introduction is free at once (52(9))."""
        self.teller.move("2026-05-20 10:00")
        self.act(AGENT, "file-changed-plan", {"plan": changed()})
        self.teller.settle()

    def act(self, person: Person, power: str, body: Any = None) -> Any:
        """One power of the law in the notification."""
        return self.teller.post(person, f"{API}/notifications/{self.case}/{power}", body)

    def view(self, person: Person = OFFICIAL) -> Any:
        """The notification as `person` sees it."""
        return self.teller.get(person, f"{API}/notifications/{self.case}")

    def news(self) -> list[dict[str, Any]]:
        """The acts recorded since the last time, of both cases."""
        found: list[dict[str, Any]] = []
        for kind, case in (("operators", self.operator), ("notifications", self.case)):
            if case:
                history = self.teller.get(OFFICIAL, f"{API}/{kind}/{case}/history")
                acts = history["acts"] if isinstance(history, dict) else history
                found += [act for act in acts if act["sequence"] > self._told.get(case, 0)]
                self._told[case] = max((act["sequence"] for act in acts), default=0)
        return found

    def deadlines(self) -> list[dict[str, Any]]:
        """The legal clock of the case the story is in."""
        kind, case = ("notifications", self.case) if self.case else ("operators", self.operator)
        deadlines: list[dict[str, Any]] = self.teller.get(OFFICIAL, f"{API}/{kind}/{case}/clock")["deadlines"]
        return deadlines

    def new_deadlines(self) -> list[dict[str, Any]]:
        """The deadlines that are not as they were the last time."""
        seen, self._seen = self._seen, {(d["article"], d["last_day"]): d for d in self.deadlines()}
        return [deadline for key, deadline in self._seen.items() if key not in seen]

    def steps(self) -> list[tuple[str, Any]]:
        """The steps in their order, with what each is about."""
        return [
            ("Designation 指定", self.designate),
            ("Six months of grace 適用猶予", self.pass_grace),
            ("Filed with defects 不備のある届出", self.file_with_defects),
            ("Filed 届出", self.file),
            ("Returned for completion 補正の求め", self.return_for_completion),
            ("Completed 補正", self.complete),
            ("Accepted 受理", self.accept),
            ("Consulted 協議", self.consult),
            ("Extended 禁止期間の延長", self.extend),
            ("Recommended 勧告", self.recommend),
            ("Answered 応諾", self.answer),
            ("Changed plan filed, freed 変更した計画の届出", self.change),
        ]


def tell(url: str, console: Console) -> Story:
    """Play the story, printing each act, its article and the legal days as they happen."""
    story = Story(Teller(url))
    telling.tell(story, console, NAMES)
    freed = story.view(AGENT)
    console.print(f"\n[bold green]{freed['stage']}[/]: introduction is free from {freed['free_from']}.")
    return story
