"""Defects of an intake: where, which code and article, in English and Japanese; never what the place holds.

Symbols, texts and applicants of an application that was sent or designated are restricted, so no message of
this catalogue has a fact in it.
"""

from __future__ import annotations

from services.patent.data_files import read
from services.platform.law.defects import Defect

__all__ = ["Defect", "defect"]


def defect(pointer: str, code: str) -> Defect:
    """The defect `code` of the catalogue at that place."""
    entry = read("defects")[code]
    return Defect(pointer, code, entry["article"], entry["en"], entry["ja"])
