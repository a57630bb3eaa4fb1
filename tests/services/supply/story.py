"""The people of Chapter 2, a battery plan of theirs, and a world that goes on by days."""

from __future__ import annotations

import copy
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from services.platform.law.parties import AUDITOR, Principal
from services.platform.shared.words import CABINET_OFFICE, PRIME_MINISTER
from services.supply.roles import (
    AGENT,
    CONSULTED,
    CORPORATION,
    CUSTOMS,
    FAIR_TRADE,
    INSTITUTION,
    LENDER,
    OFFICIAL,
    OPERATOR,
    RESPONDENT,
    SUPPORT_BODY,
    TRUSTEE,
)

MAKER, CELLS, FOUNDATION, BANK, STRANGER = (
    "8230001002345",
    "4010001000003",
    "7010401022916",
    "5010001008846",
    "9010401052465",
)


def of(name: str, organisation: str, *roles: Any, ministry: str | None = None) -> Principal:
    return Principal(name, organisation, frozenset(role.name for role in roles), ministry=ministry)


METI = of("official-meti", "METI", OFFICIAL, ministry="METI")
MAFF = of("official-maff", "MAFF", OFFICIAL, ministry="MAFF")
MHLW = of("official-mhlw", "MHLW", OFFICIAL, ministry="MHLW")
CAO = of("official-cao", "CAO", OFFICIAL, ministry="CAO")
MOF = of("official-mof", "MOF", OFFICIAL, CONSULTED, CUSTOMS, ministry="MOF")
ASKED = of("official-mod", "MOD", CONSULTED, ministry="MOD")
CABINET = of("cabinet-1", "Cabinet Office", CABINET_OFFICE)
JFTC = of("jftc-1", "JFTC", FAIR_TRADE)
JFC = of("jfc-1", "JFC", CORPORATION)
CLERK = of("clerk-1", MAKER, OPERATOR, RESPONDENT)
PARTNER = of("clerk-2", CELLS, OPERATOR, RESPONDENT)
LAWYER = Principal("agent-1", STRANGER, frozenset({AGENT.name}), mandates=frozenset({MAKER}))
RIVAL = of("clerk-3", STRANGER, OPERATOR, RESPONDENT)
BODY = of("body-1", FOUNDATION, SUPPORT_BODY, TRUSTEE)
LENDING = of("bank-1", BANK, LENDER, INSTITUTION)
AUDITING = of("auditor-1", "BOA", AUDITOR)
SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
NECESSITY = {"needed_because": "Supply could be cut.", "effect_on_business": "Small."}
JST = timedelta(hours=9)


def noon(day: date | str) -> datetime:
    """Noon in Japan of `day`."""
    return datetime.combine(date.fromisoformat(str(day)), time(12), UTC) - JST


def papers(*organisations: str) -> list[dict[str, Any]]:
    """The papers the orders ask for, of each participant."""
    found = [{"kind": "measures", "made_on": "2026-05-01", "sha256": SHA}]
    for one in organisations:
        for kind in ("articles", "registry", "no_organised_crime"):
            found.append({"kind": kind, "made_on": "2026-05-01", "sha256": SHA, "of": one})
        for year in (2024, 2025, 2026):
            found.append(
                {
                    "kind": "accounts",
                    "made_on": "2026-05-01",
                    "sha256": SHA,
                    "of": one,
                    "year_ends_on": f"{year}-03-31",
                }
            )
    return found


def participant(organisation: str = MAKER, line: str = "battery makers", **more: Any) -> dict[str, Any]:
    told = {
        "organisation": organisation,
        "name": f"Works {organisation[:4]}",
        "address": "東京都港区架空町1-1",
        "representative": "代表太郎",
        "line_of_business": line,
        "closing_month": 3,
        "enterprise": {
            "form": "company",
            "industry": "manufacturing_and_others",
            "employees": 900,
            "capital_yen": 5_000_000_000,
        },
    }
    return told | more


def plan(*participants: dict[str, Any], material: str = "storage_batteries", **more: Any) -> dict[str, Any]:
    """A whole plan: a new line of battery cells, half of it paid for by a subsidy."""
    carried = list(participants) or [participant()]
    told: dict[str, Any] = {
        "material": material,
        "item": "lithium-ion cells",
        "is_input": False,
        "target": "Double the domestic capacity by March 2028.",
        "participants": carried,
        "efforts": [
            {
                "key": "new_line",
                "kind": "production_base",
                "content": "Build a second line.",
                "begins_on": "2026-07-01",
                "ends_on": "2028-03-31",
            }
        ],
        "organisation": "A project office under the board.",
        "uses": [
            {"effort": "new_line", "what": "machines", "yen": 3_000_000_000},
            {"effort": "new_line", "what": "building", "yen": 1_000_000_000},
        ],
        "sources": [
            {"kind": "own", "of": "own funds", "yen": 1_500_000_000},
            {"kind": "two_step_loan", "of": "a bank", "yen": 1_000_000_000},
            {"kind": "subsidy", "of": "the support body", "yen": 1_500_000_000},
        ],
        "measures": [{"kind": "production", "content": "Run a third shift when supply is tight."}],
        "information_management": "Access by need, logged.",
        "present_state": {
            "description": "Half of the electrolyte comes from one supplier.",
            "suppliers": [
                {"name": "Sole Electrolyte", "country": "ZZ", "item": "electrolyte", "share_percent": 100}
            ],
        },
        "papers": papers(*(one["organisation"] for one in carried)),
    }
    if len(carried) > 1:
        told["competition"] = {"markets": "Six makers.", "consumers_and_related_businesses": "No harm."}
    return copy.deepcopy(told | more)


def contents(months: int | None = 12, by: str | None = None) -> dict[str, Any]:
    """What a policy sets."""
    return {
        "direction": "More made here.",
        "measures": "Subsidies.",
        "efforts": [{"kind": "production_base", "content": "Lines.", "at_least_months": months, "by": by}],
        "support": "By the body.",
        "special_designation": "None.",
        "considerations": "Competition.",
    }


class World:
    """The service, and the events it has heard of itself."""

    def __init__(self) -> None:
        from tests.services.supply.doors import Published

        self.published = Published()

    def posts(self, path: str, body: Any, by: Principal, on: str, **more: Any) -> Any:
        """A POST that succeeds, with everything that follows from it."""
        from tests.services.supply.doors import send

        reply = send("POST", path, body, by=by, on=on, **more)
        assert reply.status in (200, 201), reply.text
        self.published.settle()
        return reply.json

    def refused(self, path: str, body: Any, by: Principal, on: str) -> Any:
        """What a POST is refused with."""
        from tests.services.supply.doors import send

        reply = send("POST", path, body, by=by, on=on)
        assert reply.status >= 400, reply.text
        return reply.json

    def gets(self, path: str, by: Principal | None, on: str, **more: Any) -> Any:
        from tests.services.supply.doors import send

        reply = send("GET", path, by=by, on=on, **more)
        assert reply.status == 200, reply.text
        return reply.json

    def passes(self, on: str) -> None:
        from tests.services.supply.doors import sweep

        sweep(on)
        self.published.settle()

    def consults(
        self, at: str, about: str, on: str, by: Principal = METI, agencies: tuple[str, ...] = ()
    ) -> None:
        """A consultation in which everyone asked gives an opinion."""
        asked = {"about": about, "draft": "As attached.", "necessity": NECESSITY, "agencies": agencies}
        opened = self.posts(f"{at}/consult", asked, by, on)
        running = opened.get("consultations")
        if running is None:
            running = self.gets(at, by, on)["consultations"]
        for agency in running[-1]["agencies"]:
            who = CABINET if agency == PRIME_MINISTER else by
            self.posts(f"{at}/give-opinion", {"of": agency, "opinion": "No objection."}, who, on)
        self.posts(f"{at}/close-consultation", {}, by, on)

    def assesses(self, at: str, on: str, by: Principal = METI, *, joint: bool = False) -> None:
        for criterion in ("i", "ii", "iii", "iv", "v", *(("vi",) if joint else ())):
            told = {"criterion": criterion, "met": True, "evidence": "the plan, p. 3", "reasons": "It does."}
            self.posts(f"{at}/assess", told, by, on)

    def certified(self, *participants: dict[str, Any], on: str = "2026-06-01", **more: Any) -> str:
        """A plan filed and certified within the month; its path."""
        told = plan(*participants, **more)
        filed = self.posts("/supply-plans", {"plan": told}, CLERK, on)
        at = f"/supply-plans/{filed['id']}"
        self.assesses(at, "2026-06-10", joint=len(participants) > 1)
        self.consults(at, "certification", "2026-06-11")
        decided = {"number": f"2026-BAT-{filed['id'][-4:]}", "outline": "A second line of cells."}
        self.posts(f"{at}/certify", decided, METI, "2026-06-19")
        return at

    def body(self, on: str = "2026-05-11", granted: int = 10_000_000_000) -> str:
        """A support body for batteries with approved rules and a fund; its path."""
        applied = {
            "organisation": FOUNDATION,
            "name": "電池支援財団",
            "address": "東京都千代田区架空町2-2",
            "offices": ["東京都千代田区架空町2-2"],
            "material": "storage_batteries",
            "legal_form": "general_incorporated_foundation",
            "closing_month": 3,
            "plan": "Subsidies and advice.",
        }
        at = f"/support-bodies/{self.posts('/support-bodies', applied, BODY, on)['id']}"
        self.posts(f"{at}/designate-body", {"reasons": "31(1) is met."}, METI, on)
        rules = {
            "business": "As designated.",
            "subsidies": "By effort.",
            "caps": [{"effort": "production_base", "percent": 50}],
            "secrecy": "Art. 37.",
            "interest_subsidies": "At most the interest.",
        }
        self.posts(f"{at}/file-rules", {"rules": rules}, BODY, on)
        self.consults(at, "rules", on)
        self.posts(f"{at}/approve-rules", {}, METI, on)
        self.posts(f"{at}/grant-to-fund", {"yen": granted}, METI, on)
        return at
