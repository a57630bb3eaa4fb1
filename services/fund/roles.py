"""Who stands where in the cases of Art. 63, and as whom the parties of a case are named.

The agencies (資金配分機関) carry out what the ministries in charge of them subsidise; the Cabinet Office
leads the program. A token names the agency or ministry of an official in the same claim.
"""

from __future__ import annotations

from services.platform.law.parties import AUDITOR, Role

CABINET_OFFICE = "CAO"
"""内閣府, as a token names the office of an official."""

PROGRAM_OFFICE = Role(
    "program_office", "ministry", "Prime Minister (Cabinet Office)", "内閣総理大臣（内閣府）"
)
"""The officials of the Cabinet Office through whom the Prime Minister acts."""
MINISTRY = Role("fund_ministry", "ministry", "Minister in charge of the fund", "指定基金所管大臣")
AGENCY = Role("funding_agency", "ministry", "Fund-allocating agency", "資金配分機関")
EVALUATOR = Role("evaluator", "person", "Evaluator", "評価者")
"""Reads proposals without names, or judges a stage gate; knows no other evaluator's scores."""
PRINCIPAL = Role("principal_researcher", "person", "Principal researcher", "研究代表者")
RESEARCHER = Role("researcher", "person", "Researcher", "研究者")
"""Takes part in a project (特定重要技術の研究開発等に従事する者)."""
INSTITUTION = Role("institution_office", "organisation", "Institution's office", "研究機関の事務局")
USER_MINISTRY = Role("using_ministry", "ministry", "Ministry that uses a result", "成果を活用する関係府省")
USER_COMPANY = Role("using_company", "organisation", "Company that uses a result", "成果を活用する事業者")

ROLES = (
    PROGRAM_OFFICE,
    MINISTRY,
    AGENCY,
    EVALUATOR,
    PRINCIPAL,
    RESEARCHER,
    INSTITUTION,
    USER_MINISTRY,
    USER_COMPANY,
    AUDITOR,
)
