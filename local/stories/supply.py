"""The story of a battery plan (Arts. 8-12, 29, 31, 34, 48): two makers, two business years, and one supplier.

A policy is set and a support body designated; a plan is filed jointly, first with defects; the Fair Trade
Commission is asked, the plan certified and subsidised, reported on for two business years, changed, in
trouble, cancelled after a hearing, and its subsidy returned and repaid. A survey finds one supplier behind
three plans.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from local.identity import Person
from local.stories.teller import Teller

if TYPE_CHECKING:
    from rich.console import Console

BEGINS = datetime(2026, 4, 1, 0, 0, tzinfo=UTC)
"""09:00 in Japan on the first day of a fiscal year."""
API = "/supply/v1"
MAKER, CELLS, FOUNDATION = "8230001002345", "4010001000003", "7010401022916"
NAMES = {MAKER: "架空電池株式会社", CELLS: "株式会社架空セル", FOUNDATION: "一般財団法人架空電池財団"}
CLERK = Person("clerk-1", MAKER, ("supply_operator", "survey_respondent"))
PARTNER = Person("clerk-2", CELLS, ("supply_operator", "survey_respondent"))
METI = Person("official-1", "METI", ("supply_official",), ministry="METI")
CABINET = Person("cabinet-1", "Cabinet Office", ("cabinet_office",))
JFTC = Person("jftc-1", "JFTC", ("fair_trade",))
BODY = Person("body-1", FOUNDATION, ("support_body",))
PRIME_MINISTER = "内閣総理大臣"
NECESSITY = {
    "needed_because": "蓄電池の供給が外部から断たれるおそれを減らすために必要である。",
    "effect_on_business": "書面の提出に限られる。",
}
SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
SOLE = "Sole Electrolyte"
"""The supplier behind everything."""


def participant(organisation: str, closing_month: int = 3) -> dict[str, Any]:
    """One of those who carry a plan out."""
    size = {"form": "company", "industry": "manufacturing_and_others", "employees": 900, "capital_yen": 10**9}
    return {
        "organisation": organisation,
        "name": NAMES[organisation],
        "address": "東京都港区架空町一丁目一番一号",
        "representative": "架空太郎",
        "line_of_business": "蓄電池製造業",
        "closing_month": closing_month,
        "enterprise": size,
    }


def papers(organisation: str) -> list[dict[str, Any]]:
    """The papers of METI Order 3 of 2023, Art. 2(2), of one of them."""
    whole = {"made_on": "2026-04-20", "sha256": SHA, "of": organisation}
    kinds = ("articles", "registry", "measures", "no_organised_crime")
    years = [whole | {"kind": "accounts", "year_ends_on": f"{year}-03-31"} for year in (2024, 2025, 2026)]
    return [*(whole | {"kind": kind} for kind in kinds), *years]


def plan(*organisations: str) -> dict[str, Any]:
    """A plan for a second line of cells."""
    told: dict[str, Any] = {
        "material": "storage_batteries",
        "item": "リチウムイオン蓄電池セル",
        "is_input": False,
        "target": "2028年3月までに国内の生産能力を倍増する。",
        "participants": [participant(one, 3 if one == MAKER else 12) for one in organisations],
        "efforts": [
            {
                "key": "new_line",
                "kind": "production_base",
                "content": "第二生産ラインを整備する。",
                "begins_on": "2026-07-01",
                "ends_on": "2028-03-31",
            }
        ],
        "organisation": "共同の推進室を置く。",
        "uses": [{"effort": "new_line", "what": "製造装置", "yen": 4_000_000_000}],
        "sources": [
            {"kind": "own", "of": "自己資金", "yen": 2_500_000_000},
            {"kind": "subsidy", "of": NAMES[FOUNDATION], "yen": 1_500_000_000},
        ],
        "measures": [{"kind": "production", "content": "需給ひっ迫時に三交代で増産する。"}],
        "information_management": "閲覧者を限定し、記録する。",
        "present_state": {
            "description": "電解液は一社から調達している。",
            "suppliers": [{"name": SOLE, "country": "ZZ", "item": "電解液", "share_percent": 100}],
        },
        "papers": [paper for one in organisations for paper in papers(one)],
    }
    if len(organisations) > 1:
        told["competition"] = {
            "markets": "国内に六社があり、輸入品との競争がある。",
            "consumers_and_related_businesses": "供給量が増え、利益を害しない。",
        }
    return told


def with_defects() -> dict[str, Any]:
    """The plan as it was first filed: its sums differ, no measure is named, a paper is missing."""
    told = copy.deepcopy(plan(MAKER, CELLS))
    told["sources"][0]["yen"] -= 1
    told["measures"] = []
    told["papers"] = [paper for paper in told["papers"] if paper["kind"] != "registry"]
    return told


@dataclass(slots=True)
class Story:
    """The story's steps; each of its cases by a short name."""

    teller: Teller
    cases: dict[str, str] = field(default_factory=dict)
    found: dict[str, Any] = field(default_factory=dict)
    _told: dict[str, int] = field(default_factory=dict)

    def open(self, name: str, person: Person, path: str, body: Any) -> None:
        """Open a case and remember it."""
        self.cases[name] = f"{path}/{self.teller.post(person, API + path, body)['id']}"

    def act(self, name: str, person: Person, power: str, body: Any = None) -> Any:
        """One power of the law in a case."""
        return self.teller.post(person, f"{API}{self.cases[name]}/{power}", body)

    def view(self, name: str, person: Person = METI) -> Any:
        """A case as `person` sees it."""
        return self.teller.get(person, f"{API}{self.cases[name]}")

    def consult(self, name: str, about: str) -> None:
        """A consultation in which nobody objects."""
        asked = {"about": about, "draft": "別添のとおり。", "necessity": NECESSITY}
        self.act(name, METI, "consult", asked)
        for agency in self.view(name)["consultations"][-1]["agencies"]:
            who = CABINET if agency == PRIME_MINISTER else METI
            self.act(name, who, "give-opinion", {"of": agency, "opinion": "異存ない。"})
        self.act(name, METI, "close-consultation")

    # ---- The policy and the body ----

    def set_policy(self) -> None:
        """The policy for storage batteries (8): twelve months at least for a production base."""
        effort = {"kind": "production_base", "content": "生産基盤の整備", "at_least_months": 12}
        contents = {
            "direction": "国内の生産基盤を強化する。",
            "measures": "助成を行う。",
            "efforts": [effort],
            "support": "支援法人が助成金を交付する。",
            "special_designation": "現時点で指定しない。",
            "considerations": "競争環境に配慮する。",
        }
        told = {"material": "storage_batteries", "contents": contents}
        self.open("policy", METI, "/policies", told)
        self.consult("policy", "policy")
        self.act("policy", METI, "set-policy")
        self.act("policy", METI, "publish-policy", {"where": "https://example.invalid/policy"})

    def designate_body(self) -> None:
        """The support body, its rules (half the cost at most) and its fund (31, 33, 34)."""
        self.teller.move("2026-04-15 10:00")
        applied = {
            "organisation": FOUNDATION,
            "name": NAMES[FOUNDATION],
            "address": "東京都千代田区架空町二丁目二番",
            "offices": ["東京都千代田区架空町二丁目二番"],
            "material": "storage_batteries",
            "legal_form": "general_incorporated_foundation",
            "closing_month": 3,
            "plan": "助成金の交付及び相談を行う。",
        }
        self.open("body", BODY, "/support-bodies", applied)
        self.act("body", METI, "designate-body", {"reasons": "31条1項各号に適合する。"})
        rules = {
            "business": "指定に係る業務を行う。",
            "subsidies": "取組ごとに交付する。",
            "caps": [{"effort": "production_base", "percent": 50}],
            "secrecy": "37条による。",
        }
        self.act("body", BODY, "file-rules", {"rules": rules})
        self.consult("body", "rules")
        self.act("body", METI, "approve-rules")
        self.act("body", METI, "grant-to-fund", {"yen": 10_000_000_000})

    # ---- The plan ----

    def file_with_defects(self) -> Any:
        """A plan with defects is refused with all of them at once, and nothing is recorded."""
        self.teller.move("2026-06-01 10:00")
        answer = self.teller.ask(CLERK, "POST", f"{API}/supply-plans", {"plan": with_defects()})
        assert answer.code == "plan_defective", answer
        return answer.body

    def file(self) -> None:
        """The joint plan is filed (9(2)): a month for the decision, in principle."""
        self.open("plan", CLERK, "/supply-plans", {"plan": plan(MAKER, CELLS)})

    def ask_fair_trade(self) -> None:
        """Two makers in one line of business: the Fair Trade Commission is asked (29)."""
        self.act("plan", METI, "ask-fair-trade", {"question": "適正な競争は確保されるか。"})
        self.teller.move("2026-06-10 10:00")
        self.act("plan", JFTC, "give-fair-trade-opinion", {"opinion": "懸念はない。"})

    def certify(self) -> None:
        """The six criteria are assessed, those concerned consulted, the plan certified (9(4), (5))."""
        self._certified("plan", "2026-電池-1", joint=True)

    def _certified(self, name: str, number: str, *, joint: bool = False) -> None:
        for criterion in ("i", "ii", "iii", "iv", "v", *(("vi",) if joint else ())):
            told = {"criterion": criterion, "met": True, "evidence": "計画書", "reasons": "適合する。"}
            self.act(name, METI, "assess", told)
        self.consult(name, "certification")
        self.act(name, METI, "certify", {"number": number, "outline": "第二生産ラインの整備。"})
        self.teller.settle()

    def subsidise(self) -> None:
        """A subsidy is applied for, decided within the cap, and paid in part (31(3)(i))."""
        self.teller.move("2026-07-15 10:00")
        asked = {
            "plan": self.cases["plan"].rpartition("/")[2],
            "body": self.cases["body"].rpartition("/")[2],
            "operator": MAKER,
            "effort": "new_line",
            "yen": 1_500_000_000,
            "reasons": "第二生産ラインの整備のため。",
        }
        self.open("subsidy", CLERK, "/subsidies", asked)
        decision = {"yen": 1_500_000_000, "conditions": "財産の処分を制限する。"}
        self.act("subsidy", BODY, "decide-subsidy", decision)
        self.act("subsidy", BODY, "pay-subsidy", {"yen": 800_000_000})

    def report_first_year(self) -> None:
        """Each maker reports on its own business years (12): December and March."""
        self.teller.move("2027-02-10 10:00")
        self._report(PARTNER, CELLS, "2026-12-31")
        self.teller.move("2027-06-20 10:00")
        self._report(CLERK, MAKER, "2027-03-31")

    def _report(self, who: Person, organisation: str, year: str) -> None:
        told = {"organisation": organisation, "year_ends_on": year, "progress": "計画どおり進捗した。"}
        self.act("plan", who, "report", told)

    def change(self) -> Any:
        """A year more is not minor: the notification is refused, the change certified first (10)."""
        self.teller.move("2027-08-01 10:00")
        later = plan(MAKER, CELLS)
        later["efforts"][0]["ends_on"] = "2029-03-31"
        asked = {"plan": later, "changed_on": "2027-08-01"}
        path = f"{API}{self.cases['plan']}/notify-minor-change"
        refused = self.teller.ask(CLERK, "POST", path, asked)
        assert refused.code == "change_is_not_minor", refused
        self.act("plan", CLERK, "file-change", {"plan": later, "progress": "半分が完成した。"})
        for criterion in ("i", "ii", "iii", "iv", "v", "vi"):
            told = {"criterion": criterion, "met": True, "evidence": "変更計画", "reasons": "適合する。"}
            self.act("plan", METI, "assess", told)
        self.consult("plan", "change")
        outline = {"number": "2026-電池-1-2", "outline": "期間を一年延長。"}
        self.act("plan", METI, "certify-change", outline)
        return refused.body

    def report_second_year(self) -> None:
        """One of the second year's reports is late: it is chased, and taken as late."""
        self.teller.move("2028-02-10 10:00")
        self._report(PARTNER, CELLS, "2027-12-31")
        self.teller.move("2028-07-05 10:00")
        self._report(CLERK, MAKER, "2028-03-31")

    def in_trouble(self) -> None:
        """The machines will not come: reported without delay."""
        told = {
            "what": "製造装置の納入が中止された。",
            "effect": "完成の見込みがない。",
            "found_on": "2028-07-05",
        }
        self.act("plan", CLERK, "report-trouble", told)

    def survey(self) -> None:
        """Two more plans are certified, and a survey asks their makers from whom they have what (48(1))."""
        for number, organisation, person in ((2, MAKER, CLERK), (3, CELLS, PARTNER)):
            told = plan(organisation)
            told["efforts"][0] |= {"begins_on": "2028-08-01", "ends_on": "2030-03-31"}
            self.open(f"plan {number}", person, "/supply-plans", {"plan": told})
            self._certified(f"plan {number}", f"2028-電池-{number}")
        asked = {
            "title": "電解液の調達に関する調査",
            "article": "48(1)",
            "material": "storage_batteries",
            "goods": "リチウムイオン蓄電池セル",
            "questions": ["電解液を誰から調達しているか。"],
            "necessity": NECESSITY,
            "due": "2028-08-31",
        }
        self.open("survey", METI, "/surveys", asked)
        for person, days in ((CLERK, 45), (PARTNER, 20)):
            line = {"organisation": person.organisation, "name": NAMES[person.organisation]}
            self.act("survey", METI, "addressees", line)
            self.teller.settle()
            (mine,) = self.teller.get(person, f"{API}/questionnaires")["items"]
            bought = {"item": "電解液", "supplier": SOLE, "country": "ZZ", "share_percent": 100}
            stocks = [{"item": "電解液", "days": days}]
            answer = {"produces": ["セル"], "procurements": [bought], "stocks": stocks}
            where = f"{API}/questionnaires/{mine['id']}/answer-survey"
            self.teller.post(person, where, {"answer": answer})
        self.teller.settle()
        where = f"{API}{self.cases['survey']}/dependence"
        self.found = self.teller.get(METI, f"{where}?stops={SOLE.replace(' ', '%20')}")

    def cancel(self) -> None:
        """A hearing, and the certification is cancelled (11(1)); the body is told."""
        told = {"ground": "11(1)", "facts": "取組が行われていない。", "day": "2028-08-01"}
        self.act("plan", METI, "notify-hearing", told)
        self.teller.move("2028-08-01 14:00")
        self.act("plan", METI, "hold-hearing", {"attended": True, "record": "事情を聴取した。"})
        self.teller.move("2028-08-20 10:00")
        self.act("plan", METI, "cancel", {"reasons": "認定計画に従って取組を行っていない。"})
        self.teller.settle()

    def repay(self) -> None:
        """The maker pays the subsidy back to the fund, the body what is ordered to the Treasury (34(6))."""
        order = {"yen": 800_000_000, "due": "2028-10-31", "reasons": "認定が取り消された。"}
        self.act("subsidy", BODY, "order-return", order)
        self.teller.move("2028-10-20 10:00")
        self.act("subsidy", BODY, "receive-return", {"yen": 800_000_000})
        self.consult("body", "repayment")
        told = {
            "plan": self.cases["plan"].rpartition("/")[2],
            "yen": 800_000_000,
            "due": "2028-12-20",
            "reasons": "34条6項",
        }
        self.act("body", METI, "order-repayment", told)
        self.teller.move("2028-12-15 10:00")
        self.act("body", BODY, "repay", {"yen": 800_000_000})

    def news(self) -> list[tuple[str, dict[str, Any]]]:
        """The acts recorded since the last time, by case."""
        found: list[tuple[str, dict[str, Any]]] = []
        for name, path in self.cases.items():
            where = f"{API}{path}/history?limit=500"
            acts = self.teller.get(METI, f"{where}&after={self._told.get(name, 0)}")["acts"]
            found += [(name, act) for act in acts]
            self._told[name] = max((act["sequence"] for act in acts), default=self._told.get(name, 0))
        return found

    def steps(self) -> list[tuple[str, Any]]:
        """The steps in their order, with what each is about."""
        return [
            ("A policy 取組方針", self.set_policy),
            ("A support body 支援法人の指定", self.designate_body),
            ("Filed with defects 不備のある申請", self.file_with_defects),
            ("Filed jointly 共同の申請", self.file),
            ("The Fair Trade Commission is asked 公正取引委員会への意見の求め", self.ask_fair_trade),
            ("Certified 認定", self.certify),
            ("Subsidised 助成金", self.subsidise),
            ("First reports 一年目の報告", self.report_first_year),
            ("Changed 変更の認定", self.change),
            ("Second reports 二年目の報告", self.report_second_year),
            ("In trouble 支障の報告", self.in_trouble),
            ("A survey 調査", self.survey),
            ("Cancelled 認定の取消し", self.cancel),
            ("Returned and repaid 返還・国庫納付", self.repay),
        ]


def tell(url: str, console: Console) -> Story:
    """Play the story, printing each act, its article and its legal day as they happen."""
    story = Story(Teller(url))
    for title, step in story.steps():
        console.print(f"\n[bold]{title}[/]")
        said = step()
        if isinstance(said, dict) and "code" in said:
            console.print(f"  refused, Art. {said.get('article')}: {said['title']} ({said['code']})")
            for error in said.get("errors", ()):
                where = f"    - {error['pointer']}: {error['message']} ({error['article']})"
                console.print(where, soft_wrap=True)
        story.teller.settle()
        for name, act in story.news():
            who = act["by"]["organisation"]
            by = "the passing of time" if "the_clock" in act["by"]["as"] else NAMES.get(who, who)
            line = f"  {act['legal_day']}  [cyan]{act['act']}[/]  Art. {act['article']}  ({name}; {by})"
            console.print(line, soft_wrap=True)
    _print_found(story.found, console)
    balances = story.view("body", BODY)["balances"]
    console.print(f"\n[bold green]{story.view('plan')['stage']}[/]: the fund holds {balances}.")
    return story


def _print_found(found: dict[str, Any], console: Console) -> None:
    stopped = found["stopped"]
    console.print(f"\n[bold]If {stopped['stops']} stops[/]: plans {', '.join(stopped['plans'])}")
    for hit in stopped["operators"]:
        console.print(f"  {hit['operator']}: stock runs out on {hit['runs_out_on']}")
