"""The story of two applications (Arts. 66-80), from February 2026 to October 2030.

A swarm of drones is sent, reviewed, designated, worked with a permission, renewed three times, released and
compensated; a teapot is free after three months, because nobody sent it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from local.identity import Person
from local.stories import telling
from local.stories.teller import Teller

if TYPE_CHECKING:
    from rich.console import Console

BEGINS = datetime(2026, 2, 10, 0, 0, tzinfo=UTC)
"""09:00 in Japan on the day the applications are handed over."""
API = "/patent/v1"
MAKER, PARTNER = "8230001002345", "4010001000003"
"""The corporate numbers (法人番号) of the applicant and of a business it shares the invention with."""
NAMES = {
    MAKER: "群飛工業株式会社",
    PARTNER: "弁理士法人しおかぜ",
    "JPO": "特許庁",
    "CAO": "内閣府",
    "MOD": "防衛省",
}
EXAMINER = Person("examiner-1", "JPO", ("patent_examiner",), ministry="JPO")
MANAGER = Person("manager-1", "JPO", ("patent_commissioner",), ministry="JPO")
REVIEWER = Person("reviewer-1", "CAO", ("security_reviewer",), ministry="CAO")
INVENTOR = Person("inventor-1", MAKER, ("patent_applicant", "claimant", "enquirer"))
BENRISHI = Person("benrishi-1", PARTNER, ("patent_attorney",), mandates=(MAKER,))
SHARER = Person("sharer-1", PARTNER, ("sharing_operator",))
MOD = Person("official-1", "MOD", ("asked_agency",), ministry="MOD")
PROFESSOR = Person("professor-1", "", ("expert", "invited_expert"))
AUDITOR = Person("auditor-1", "BOA", ("auditor",))
STRANGER = Person("stranger-1", "2010001000005", ("patent_applicant", "sharing_operator", "claimant"))
EVERYONE = (
    EXAMINER, MANAGER, REVIEWER, INVENTOR, BENRISHI, SHARER, MOD, PROFESSOR, AUDITOR, STRANGER,
)  # fmt: skip

INVENTION = {
    "content": "無線によらず光の干渉のみで群飛する無人航空機の編隊を制御する方法",
    "places": "明細書【0012】から【0045】まで、請求項1から4まで、図3",
}
SENDING_REASONS = "群飛の制御が妨害電波の影響を受けないことが明細書から読み取れる。"
MANAGEMENT = "施錠した区画で三名のみが扱い、複製を禁ずる。"
WEIGHING = {
    "risk": "外部に知られれば編隊の迎撃が困難となる。",
    "effect_on_industry": "民生利用は数年先であり、影響は一社にとどまる。",
}
CONDITION = "試験飛行は屋内に限ること。"
SYMBOLS = ("B64U 10/00", "F41A 23/00")
NUMBER, TEAPOT = "2026-000123", "2026-000124"
RESTRICTED = (
    *INVENTION.values(), SENDING_REASONS, MANAGEMENT, *WEIGHING.values(), CONDITION, *SYMBOLS, MAKER,
)  # fmt: skip
"""What of the designated application is restricted, as it was handed over."""
READERS = {
    "first-reviews": MANAGER,
    "security-reviews": REVIEWER,
    "designations": REVIEWER,
    "compensation-claims": REVIEWER,
}
"""Who tells of what happened in which cases."""


@dataclass(slots=True)
class Story:
    """The story's steps, each a request or a move of the clock; `cases` are the ids by kind of case."""

    teller: Teller
    cases: dict[str, str] = field(default_factory=dict)
    teapot: str = ""
    _told: dict[str, int] = field(default_factory=dict)
    _seen: set[tuple[str, str]] = field(default_factory=set)

    # ---- The Patent Office: 66 ----

    def hand_over(self) -> None:
        """Two applications filed on 2 February arrive from the filing system."""
        swarm = {"number": NUMBER, "filed_on": "2026-02-02", "symbols": list(SYMBOLS)}
        taken = {"application": swarm, "applicants": [MAKER]}
        self.cases["first-reviews"] = self.teller.post(EXAMINER, f"{API}/first-reviews", taken)["id"]
        kettle = {"number": TEAPOT, "filed_on": "2026-02-02", "symbols": ["A47G 19/14"]}
        lines = {"application": kettle, "applicants": [MAKER]}
        self.teapot = self.teller.post(EXAMINER, f"{API}/first-reviews", lines)["id"]

    def send(self) -> None:
        """The swarm's papers are sent to the Prime Minister (送付, 66(1))."""
        self.teller.move("2026-03-20 10:00")
        self.act(MANAGER, "first-reviews", "send", {"reasons": SENDING_REASONS})
        self.teller.settle()
        self.cases["security-reviews"] = self.only(REVIEWER, "security-reviews")

    # ---- The Prime Minister: 67-71 ----

    def review(self) -> None:
        """An agency and an expert are asked, the applicant is told, and files the paper (67)."""
        self.teller.move("2026-03-23 10:00")
        asked = {"subject": "designation", "agency": "MOD", "what": "迎撃の可否について"}
        self.in_review(REVIEWER, "ask-agency", asked)
        self.in_review(MOD, "give-material", {"number": 1, "answer": "困難と考える。"})
        chosen = {
            "person": PROFESSOR.subject,
            "subject": "designation",
            "insufficient": "光の干渉については庁内に知見がない。",
            "regard_for_applicant": "出願人と競合しない大学の研究者である。",
        }
        self.in_review(REVIEWER, "choose-expert", chosen)
        self.in_review(REVIEWER, "explain-secrecy", {"person": PROFESSOR.subject})
        self.in_review(PROFESSOR, "accept-secrecy", {})
        shown = {"person": PROFESSOR.subject, "what": INVENTION["content"]}
        self.in_review(REVIEWER, "disclose", shown)

    def notify(self) -> None:
        """The applicant is told which invention may be designated (67(9)): fourteen days for the paper."""
        self.teller.move("2026-04-23 10:00")
        self.in_review(REVIEWER, "notify-possible-designation", {"invention": INVENTION})

    def keep(self) -> None:
        """The applicant keeps the application: how it is managed, and who else handles it (67(10))."""
        self.teller.move("2026-05-01 10:00")
        partner = {"organisation": PARTNER, "name": NAMES[PARTNER], "address": "東京都港区1-1"}
        self.in_review(BENRISHI, "file-paper", {"management": MANAGEMENT, "operators": [partner]})

    def hear(self) -> None:
        """The applicant is heard before the designation (Order 78 of 2023, Art. 3)."""
        self.teller.move("2026-05-08 10:00")
        self.in_review(REVIEWER, "ask-opinion", {"about": "保全指定について", "due": "2026-05-22"})
        self.teller.move("2026-05-20 10:00")
        self.in_review(INVENTOR, "give-opinion", {"opinion": "異存はない。"})

    def designate(self) -> None:
        """The invention is designated for a year (保全指定, 70(1))."""
        self.teller.move("2026-06-01 10:00")
        made = {"invention": INVENTION, "until": "2027-05-31", "weighing": WEIGHING}
        self.in_review(REVIEWER, "designate", made)
        self.teller.settle()
        self.cases["designations"] = self.only(REVIEWER, "designations")

    def withdraw(self) -> Any:
        """A designated application cannot be withdrawn (72(1))."""
        ended = {"how": "withdrawn", "on": "2026-06-01"}
        path = f"{API}/first-reviews/{self.cases['first-reviews']}/record-end"
        answer = self.teller.ask(MANAGER, "POST", path, ended)
        assert answer.code == "bound_by_designation", answer
        return answer.body

    # ---- Under the designation: 73-77 ----

    def permit(self) -> None:
        """Working is permitted, on a condition against leaks (73(3), (4))."""
        self.teller.move("2026-07-01 10:00")
        working = {
            "working": "試作機五機による試験飛行",
            "by_whom": NAMES[MAKER],
            "reasons": "制御則を確かめるため",
            "prevention": MANAGEMENT,
        }
        self.in_designation(INVENTOR, "apply-for-permission", working)
        self.teller.move("2026-07-20 10:00")
        granted = {"number": 1, "why": "otherwise_fit", "conditions": [CONDITION]}
        self.in_designation(REVIEWER, "grant-permission", granted)

    def renew(self, year: int) -> None:
        """Before its end, the term is extended by a year (70(3)), the applicant heard."""
        self.teller.move(f"{year}-04-01 10:00")
        self.in_designation(REVIEWER, "ask-opinion", {"about": "期間の延長", "due": f"{year}-05-10"})
        self.teller.move(f"{year}-05-13 10:00")
        extended = {"until": f"{year + 1}-05-31", "reasons": WEIGHING["risk"]}
        self.in_designation(REVIEWER, "extend", extended)

    def release(self) -> None:
        """The designation is needed no longer (解除, 77(1))."""
        self.teller.move("2029-12-03 10:00")
        self.in_designation(REVIEWER, "release", {"reasons": "同様の技術が公知となった。"})

    # ---- Compensation: 80 ----

    def claim(self) -> None:
        """The applicant claims the loss from the condition (80(1), (2)), and the amount is decided."""
        self.teller.move("2030-01-15 10:00")
        losses = [
            {
                "what": "屋内試験場の賃料",
                "ground": "permission_conditional",
                "yen": 1_000_000,
                "evidence": ["賃貸借契約書の写し"],
            }
        ]
        claim = {
            "claimant": MAKER,
            "designation": self.cases["designations"],
            "claim": {"total_yen": 1_000_000, "breakdown": losses, "reasons": CONDITION},
        }
        made = self.teller.post(INVENTOR, f"{API}/compensation-claims", claim)
        self.cases["compensation-claims"] = made["id"]
        self.teller.move("2030-03-01 10:00")
        decided = {"yen": [600_000], "reasons": "賃料のうち通常生ずべき部分"}
        self.act(REVIEWER, "compensation-claims", "decide-amount", decided)

    def pass_suit_time(self) -> str:
        """Six months for a suit for more pass (80(5))."""
        self.teller.move("2030-10-01 10:00")
        stage = self.teller.get(INVENTOR, f"{API}/compensation-claims/{self.cases['compensation-claims']}")
        return f"{stage['amount_yen']:,} yen; {stage['stage']}"

    # ---- The teapot ----

    def free(self) -> str:
        """Three months have passed, and nobody sent the teapot: publication and filing abroad are free."""
        self.teller.move("2026-05-03 10:00")
        question = {
            "asked_on": "2026-05-03",
            "intended_on": "2026-05-03",
            "symbols": ["A47G 19/14"],
            "made_in_japan": "yes",
            "public": "no",
            "application": {"filed_on": "2026-02-02"},
        }
        said = self.teller.ask(None, "POST", f"{API}/foreign-filing-checks", question).body
        case = self.teller.get(MANAGER, f"{API}/first-reviews/{self.teapot}")
        return f"the teapot: {case['stage']}; filing abroad: {said['verdict']}, Art. {said['article']}"

    # ---- How it is told ----

    def act(self, person: Person, kind: str, power: str, body: Any = None) -> Any:
        """One power of the law in the case of a kind."""
        return self.teller.post(person, f"{API}/{kind}/{self.cases[kind]}/{power}", body)

    def in_review(self, person: Person, power: str, body: Any) -> Any:
        """One power in the security review."""
        return self.act(person, "security-reviews", power, body)

    def in_designation(self, person: Person, power: str, body: Any) -> Any:
        """One power under the designation."""
        return self.act(person, "designations", power, body)

    def only(self, person: Person, kind: str) -> str:
        """The id of the only case of a list."""
        (line,) = self.teller.get(person, f"{API}/{kind}")["items"]
        return str(line["id"])

    def news(self) -> list[dict[str, Any]]:
        """The acts recorded since the last time, of all cases."""
        found: list[dict[str, Any]] = []
        for kind, case in [*self.cases.items(), ("first-reviews", self.teapot)]:
            after = self._told.get(case, 0)
            acts = self.teller.get(READERS[kind], f"{API}/{kind}/{case}/history?after={after}")["acts"]
            found += acts
            self._told[case] = max((act["sequence"] for act in acts), default=after)
        return found

    def new_deadlines(self) -> list[dict[str, Any]]:
        """The deadlines that are not as they were the last time."""
        found: list[dict[str, Any]] = []
        for kind, case in self.cases.items():
            clock = self.teller.get(READERS[kind], f"{API}/{kind}/{case}/clock")["deadlines"]
            found += [one for one in clock if (one["article"], one["last_day"]) not in self._seen]
            self._seen |= {(one["article"], one["last_day"]) for one in clock}
        return found

    def steps(self) -> list[tuple[str, Any]]:
        """The steps in their order, with what each is about."""
        return [
            ("Handed over 出願の受入れ", self.hand_over),
            ("Sent 送付", self.send),
            ("Reviewed 保全審査", self.review),
            ("Told of a possible designation 通知", self.notify),
            ("Kept 維持", self.keep),
            ("Another one is free 期間の経過", self.free),
            ("Heard 意見の聴取", self.hear),
            ("Designated 保全指定", self.designate),
            ("Not withdrawn 取下げの禁止", self.withdraw),
            ("Worked with a permission 実施の許可", self.permit),
            ("Renewed 期間の延長（一回目）", lambda: self.renew(2027)),
            ("Renewed 期間の延長（二回目）", lambda: self.renew(2028)),
            ("Renewed 期間の延長（三回目）", lambda: self.renew(2029)),
            ("Released 解除", self.release),
            ("Compensated 損失の補償", self.claim),
            ("Six months for a suit 訴えの期間", self.pass_suit_time),
        ]


def tell(url: str, console: Console) -> Story:
    """Play the story, printing each act, its article and the legal days as they happen."""
    story = Story(Teller(url))
    telling.tell(story, console, NAMES)
    claim = story.teller.get(INVENTOR, f"{API}/compensation-claims/{story.cases['compensation-claims']}")
    console.print(f"\n[bold green]{claim['stage']}[/]: {claim['amount_yen']:,} yen were compensated.")
    return story
