"""What is found wrong with a plan; `field` is a pointer into it."""

from __future__ import annotations

from services.platform.law.defects import Defect

__all__ = ["Defect"]
