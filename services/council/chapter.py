"""Councils and commissioned research of Chapter 4 on one page: who acts in them, and their procedures."""

from typing import Any

from services.council.domain.commission import commission
from services.council.domain.council import council
from services.council.domain.item import item
from services.council.domain.material import material_request
from services.council.domain.meeting import meeting
from services.council.domain.need import need
from services.council.domain.restriction import restriction
from services.council.roles import ROLES
from services.platform.law.procedure import Procedure

PROCEDURES: tuple[Procedure[Any], ...] = (
    council,
    item,
    restriction,
    meeting,
    material_request,
    commission,
    need,
)
"""Every procedure of Arts. 62, 63(4) and 64."""

__all__ = ["PROCEDURES", "ROLES"]
