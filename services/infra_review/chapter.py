"""Chapter 3 on one page: who acts in it, and its procedures."""

from typing import Any

from services.infra_review.domain.batch import batch
from services.infra_review.domain.change import change
from services.infra_review.domain.cooperation import cooperation
from services.infra_review.domain.draft import draft
from services.infra_review.domain.emergency import emergency
from services.infra_review.domain.inquiry import inquiry
from services.infra_review.domain.notification import notification
from services.infra_review.domain.operator import operator
from services.infra_review.domain.passport import passport
from services.infra_review.domain.post_review import post_review
from services.infra_review.domain.sector_report import sector_report
from services.infra_review.roles import ROLES
from services.platform.law.procedure import Procedure

PROCEDURES: tuple[Procedure[Any], ...] = (
    operator,
    notification,
    change,
    emergency,
    post_review,
    inquiry,
    cooperation,
    draft,
    passport,
    batch,
    sector_report,
)
"""Every procedure of the chapter."""

__all__ = ["PROCEDURES", "ROLES"]
