"""What a plan is checked against."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from services.infra_review.plan.excuses import NOTHING_KNOWN, Filing, Known
from services.infra_review.plan.model import Plan, Token
from services.infra_review.plan.passport import Passport
from services.platform.law.values import Value


class Asked(Value):
    """What a plan is checked against: the legal day of filing, what is filed, the passports it may cite."""

    on: date
    filing: Filing = "notification"
    passports: Mapping[Token, Passport] | None = None
    stated: Plan | None = None
    """The plan as its operator wrote it, before passports were filled in."""
    before: Plan | None = None
    """The plan as filed until now, when a change of it is filed."""
    known: Known = NOTHING_KNOWN
    """What that plan has proved, where papers may be left out for it."""
    ministry: str = ""
    """Whose order is cited: of the plan's business, on the day."""
