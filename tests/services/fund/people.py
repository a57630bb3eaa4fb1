"""The people of the fund, made up, and what they write."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from services.fund.roles import (
    AGENCY,
    CABINET_OFFICE,
    EVALUATOR,
    INSTITUTION,
    MINISTRY,
    PRINCIPAL,
    PROGRAM_OFFICE,
    RESEARCHER,
)
from services.platform.law.parties import AUDITOR, Principal

LAB = "8230001002345"
"""The institution, by its corporate number."""
PARTNER = "4010001000003"
OTHER = "7010001000009"
CAO = Principal("program-1", "CAO", frozenset({PROGRAM_OFFICE.name}), ministry=CABINET_OFFICE)
MEXT = Principal("official-1", "MEXT", frozenset({MINISTRY.name}), ministry="MEXT")
JST = Principal("agent-1", "JST", frozenset({AGENCY.name}), ministry="JST")
NEDO = Principal("agent-2", "NEDO", frozenset({AGENCY.name}), ministry="NEDO")
SATO = Principal("sato", LAB, frozenset({PRINCIPAL.name}))
OFFICE = Principal("office-1", LAB, frozenset({INSTITUTION.name}))
SUZUKI = Principal("suzuki", PARTNER, frozenset({RESEARCHER.name}))
RIVAL = Principal("rival", OTHER, frozenset({PRINCIPAL.name}))
JUDGE = Principal("judge-1", OTHER, frozenset({EVALUATOR.name}))
JUDGE_2 = Principal("judge-2", OTHER, frozenset({EVALUATOR.name}))
AUDITING = Principal("auditor-1", "BOA", frozenset({AUDITOR.name}))
WHY = "As the file shows."
TECHNOLOGY = "架空海洋センシング技術"
ORCID = "0000-0002-1825-0097"
"""ORCID's own example."""


def noon(day: date | str) -> datetime:
    """Noon in Japan of `day`."""
    return at(day, "12:00:00")


def at(day: date | str, clock: str) -> datetime:
    """That time in Japan of `day`, in UTC."""
    local = datetime.combine(date.fromisoformat(str(day)), time.fromisoformat(clock), UTC)
    return local - timedelta(hours=9)


def terms(**more: Any) -> dict[str, Any]:
    """What a call announces: open from 1 June to noon of 30 June 2026."""
    return {
        "title": "架空の公募",
        "research_type": "project",
        "field": "ocean",
        "technology": TECHNOLOGY,
        "vision": "架空の研究開発ビジョン",
        "opens_at": "2026-06-01T00:00:00Z",
        "closes_at": "2026-06-30T03:00:00Z",
        "budget_yen": 5_000_000_000,
        "most_yen": 2_000_000_000,
        "most_people": 3,
        "eligibility": "国内の研究機関であること。",
        "criteria": [
            {"code": "novelty", "name": "新規性", "most": 50},
            {"code": "feasibility", "name": "実現可能性", "most": 50},
        ],
        "trl_from": 2,
        "trl_to": 7,
        **more,
    }


def plan(**more: Any) -> dict[str, Any]:
    """What a research is, in two phases of 600 and 900 million yen."""
    return {
        "title": "架空の海を測る",
        "technology": TECHNOLOGY,
        "abstract": WHY,
        "method": WHY,
        "trl_now": 3,
        "phases": [
            {
                "title": "原理",
                "begins": "2026-10-01",
                "ends": "2028-03-31",
                "yen": 600_000_000,
                "trl_aim": 4,
                "milestones": [{"name": "試作機", "due": "2027-09-30"}],
            },
            {
                "title": "実証",
                "begins": "2028-04-01",
                "ends": "2030-03-31",
                "yen": 900_000_000,
                "trl_aim": 6,
                "milestones": [{"name": "海域試験", "due": "2029-09-30"}],
            },
        ],
        **more,
    }


def person(name: str, organisation: str = LAB, **more: Any) -> dict[str, Any]:
    """Somebody who takes part."""
    return {"name": name, "organisation": organisation, "effort": 50, **more}


def content(**more: Any) -> dict[str, Any]:
    """A proposal by two people of two organisations."""
    people = [
        person("佐藤 架空", orcid=ORCID),
        person("鈴木 架空", PARTNER, e_rad="12345678", person="suzuki"),
    ]
    return {"plan": plan(), "people": people, "interests": "", **more}
