"""Who stands where in the cases of Chapter 5, and as whom the parties of a case are named.

Two authorities act: the Patent Office in the first review, the Prime Minister in what follows. Each has cases
of its own, so that neither sees the other's working papers. The names differ from those of other chapters:
whoever may act for a company elsewhere has no standing in its secret applications.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from services.platform.law.parties import AUDITOR, Parties, Role

PATENT_OFFICE = "JPO"
"""特許庁, as a token names the office of an official."""
CABINET_OFFICE = "CAO"
"""内閣府, the same; its officials act for the Prime Minister."""

EXAMINER = Role("patent_examiner", "ministry", "Examiner of the first review", "特許庁審査官（第一次審査）")
"""Finds facts about applications; decides nothing."""
COMMISSIONER = Role("patent_commissioner", "ministry", "JPO Commissioner", "特許庁長官")
"""Who decides for the Commissioner: the managers of the first review."""
PRIME_MINISTER = Role(
    "security_reviewer", "ministry", "Prime Minister (Cabinet Office)", "内閣総理大臣（内閣府）"
)
"""The officials of the Cabinet Office through whom the Prime Minister acts."""
APPLICANT = Role("patent_applicant", "organisation", "Applicant", "特許出願人")
"""An applicant, sole or joint, and later its successor; once designated, 指定特許出願人 (70(5))."""
AGENT = Role("patent_attorney", "mandate", "Patent attorney or other agent", "弁理士その他の代理人")
"""Acts for an applicant, enquirer or claimant under its mandate (委任)."""
ASKED_AGENCY = Role("asked_agency", "ministry", "Agency asked or consulted", "協力・協議を求められた国の機関")
"""An agency asked for help (67(3)) or consulted (67(6)): it stands in a case from then on."""
INVITED_EXPERT = Role("invited_expert", "person", "Expert asked for help", "協力を求められた専門家")
"""An expert outside the State who was chosen (67(4)) and has not been shown the invention."""
EXPERT = Role(
    "expert", "person", "Expert to whom the invention was disclosed", "発明の内容の開示を受けた専門家"
)
"""An expert or assistant who consented to be bound by 67(8) and was shown the invention (67(5))."""
SHARING_OPERATOR = Role("sharing_operator", "organisation", "Sharing operator", "発明共有事業者")
"""A business allowed to handle the information of a designated invention (75(1))."""
ENQUIRER = Role("enquirer", "organisation", "Who asks for prior confirmation", "事前確認を求める者")
"""Who intends to file abroad without a Japanese application (79(1))."""
CLAIMANT = Role("claimant", "organisation", "Claimant of compensation", "補償の請求者")
"""Whoever suffered a loss from a designation (80(1)): the applicant or another."""

ROLES = (
    EXAMINER,
    COMMISSIONER,
    PRIME_MINISTER,
    APPLICANT,
    AGENT,
    ASKED_AGENCY,
    INVITED_EXPERT,
    EXPERT,
    SHARING_OPERATOR,
    ENQUIRER,
    CLAIMANT,
    AUDITOR,
)


def before_the_patent_office(applicants: Iterable[str]) -> Parties:
    """The parties of a case of the Patent Office about an application."""
    held = list(applicants)
    return Parties.of({EXAMINER: PATENT_OFFICE, COMMISSIONER: PATENT_OFFICE, APPLICANT: held, AGENT: held})


def before_the_prime_minister(
    applicants: Iterable[str], also: Mapping[Role, Iterable[str | None] | str | None] | None = None
) -> Parties:
    """The parties of a case of the Prime Minister about an application: `also` are those drawn into it."""
    held = list(applicants)
    return Parties.of({PRIME_MINISTER: CABINET_OFFICE, APPLICANT: held, AGENT: held, **(also or {})})
