"""The fund's part of Chapter 4 on one page: who acts in it, and its procedures."""

from typing import Any

from services.fund.domain.call import call
from services.fund.domain.fund import fund
from services.fund.domain.guideline import guideline
from services.fund.domain.project import project
from services.fund.domain.proposal import proposal
from services.fund.domain.vision import vision
from services.fund.roles import ROLES
from services.platform.law.procedure import Procedure

PROCEDURES: tuple[Procedure[Any], ...] = (guideline, vision, fund, call, proposal, project)
"""Every procedure of the chapter."""

__all__ = ["PROCEDURES", "ROLES"]
