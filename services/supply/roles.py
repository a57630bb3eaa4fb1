"""Who stands where in the cases of Chapter 2, and as whom the parties of a case are named.

The names differ from those of other chapters: whoever may act for a company elsewhere has no standing in its
supply plans.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from services.platform.law.parties import AUDITOR, Parties, Role
from services.platform.shared.words import CABINET_OFFICE, PRIME_MINISTER

CAO = "CAO"
"""内閣府, as a token names the office of an official; its officials act for the Prime Minister."""
MOF = "MOF"
"""財務省, the same."""

OFFICIAL = Role("supply_official", "ministry", "Competent minister", "主務大臣")
"""An official through whom a competent minister of Art. 86(1) acts; which one, each procedure says."""
OPERATOR = Role("supply_operator", "organisation", "Applicant or certified operator", "認定供給確保事業者")
"""Who wants to secure a stable supply, alone or jointly, and later whose plan was certified (10(1))."""
AGENT = Role("supply_agent", "mandate", "Agent", "代理人")
"""Files for an applicant or operator under its mandate (委任)."""
CONSULTED = Role(
    "supply_consulted", "ministry", "Head of an agency consulted", "協議を受けた関係行政機関の長"
)
"""An agency that was consulted: it stands in the case from then on."""
FAIR_TRADE = Role("fair_trade", "office", "Japan Fair Trade Commission", "公正取引委員会")
"""Stands in a plan about which it was asked (29(1))."""
SUPPORT_BODY = Role("support_body", "organisation", "Support body or agency", "安定供給確保支援法人等")
"""A body of Art. 31(1) or an agency of Art. 42(2), and who applies to become one."""
LENDER = Role("supply_lender", "organisation", "Lending institution", "貸付金融機関")
"""A financial institution that lends to a certified operator (31(3)(ii))."""
INSTITUTION = Role("designated_institution", "organisation", "Designated institution", "指定金融機関")
"""Who applies for the designation of Art. 16(1), and whoever has it."""
CORPORATION = Role("finance_corporation", "office", "Japan Finance Corporation", "日本政策金融公庫")
"""公庫 (13(1)): its staff stand in its own policy, in institutions and in two-step loans."""
TRUSTEE = Role("facility_trustee", "organisation", "Facility trustee", "施設委託管理者")
"""Who keeps a facility in trust (45(1)), and who applies to."""
RESPONDENT = Role("survey_respondent", "organisation", "Respondent of a survey", "調査の対象者")
"""Who produces, imports or sells goods and is asked about them (48(1), (2)); knows of no other respondent."""
CUSTOMS = Role("customs_authority", "ministry", "Minister of Finance (customs)", "財務大臣（関税）")
"""Whom an investigation under the Customs Tariff Act is asked of (30; Cabinet Order Art. 7)."""

ROLES = (
    OFFICIAL,
    OPERATOR,
    AGENT,
    CONSULTED,
    FAIR_TRADE,
    SUPPORT_BODY,
    LENDER,
    INSTITUTION,
    CORPORATION,
    TRUSTEE,
    RESPONDENT,
    CUSTOMS,
    CABINET_OFFICE,
    AUDITOR,
)
Ids = Iterable[str | None] | str | None


def before(ministries: Iterable[str], also: Mapping[Role, Ids] | None = None) -> Parties:
    """The parties of a case of these ministries; `also` are those drawn into it."""
    return Parties.of({OFFICIAL: ministries, **(also or {})})


def asked_about(agencies: Iterable[str]) -> dict[Role, Ids]:
    """Those who stand in a case because they were consulted in it, as `before` takes them."""
    asked = tuple(agencies)
    return {
        CONSULTED: tuple(one for one in asked if one != PRIME_MINISTER),
        CABINET_OFFICE: PRIME_MINISTER if PRIME_MINISTER in asked else None,
    }
