"""The chapter on one page: who acts in it, and its procedures. None stands yet."""

from typing import Any

from services.platform.law.parties import AUDITOR
from services.platform.law.procedure import Procedure

ROLES = (AUDITOR,)
PROCEDURES: tuple[Procedure[Any], ...] = ()
