"""Chapter 5 on one page: who acts in it, and its procedures."""

from typing import Any

from services.patent.domain.compensation import compensation
from services.patent.domain.designation import designation
from services.patent.domain.first_review import first_review
from services.patent.domain.intake import intake
from services.patent.domain.international_application import international_application
from services.patent.domain.prior_confirmation import prior_confirmation
from services.patent.domain.security_review import security_review
from services.patent.roles import ROLES
from services.platform.law.procedure import Procedure

PROCEDURES: tuple[Procedure[Any], ...] = (
    first_review,
    security_review,
    designation,
    prior_confirmation,
    international_application,
    compensation,
    intake,
)
"""Every procedure of the chapter."""

__all__ = ["PROCEDURES", "ROLES"]
