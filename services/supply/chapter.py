"""Chapter 2 on one page: who acts in it, and its procedures."""

from typing import Any

from services.platform.law.procedure import Procedure
from services.supply.domain.asking import asking
from services.supply.domain.cooperation import cooperation
from services.supply.domain.guideline import guideline
from services.supply.domain.inquiry import inquiry
from services.supply.domain.institution import institution
from services.supply.domain.interest_subsidy import interest_subsidy
from services.supply.domain.loan_policy import loan_policy
from services.supply.domain.policy import policy
from services.supply.domain.questionnaire import questionnaire
from services.supply.domain.special_measure import special_measure
from services.supply.domain.subsidy import subsidy
from services.supply.domain.supply_plan import supply_plan
from services.supply.domain.support_body import support_body
from services.supply.domain.survey import survey
from services.supply.domain.tariff_request import tariff_request
from services.supply.domain.trustee import trustee
from services.supply.domain.two_step_loan import two_step_loan
from services.supply.roles import ROLES

PROCEDURES: tuple[Procedure[Any], ...] = (
    policy,
    supply_plan,
    guideline,
    support_body,
    subsidy,
    interest_subsidy,
    loan_policy,
    institution,
    two_step_loan,
    tariff_request,
    special_measure,
    trustee,
    survey,
    questionnaire,
    asking,
    inquiry,
    cooperation,
)
"""Every procedure of the chapter."""

__all__ = ["PROCEDURES", "ROLES"]
