"""Symbols of the International Patent Classification (国際特許分類記号): read, put into one form, placed.

A refusal never repeats the text it refuses: the symbols of an application that was sent are restricted.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from services.patent.data_files import read

_WRITTEN = re.compile(r"([A-H]\d\d[A-Z])\s*0*([1-9]\d{0,3})\s*/\s*(\d{2,6})(?:\s*\(\d{4}\.\d\d\))?", re.ASCII)
_FIXED = re.compile(r"([A-H]\d\d[A-Z])(?=\d{10}$)0*([1-9]\d{0,3})(\d{6})", re.ASCII)
_HIGHER = re.compile(r"[A-H]\d\d(?:[A-Z](?:\s*\d{1,4})?)?", re.ASCII)
_RESIDUAL = "99Z"


class NotASymbolError(ValueError):
    """The text is no symbol of an invention; `code` is an entry of the catalogue of defects."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@lru_cache(maxsize=1 << 17)
def canonical(text: str) -> str:
    """The symbol in the form `F41H 13/00`, read from that form or from the fixed one (`F41H0013000000`).

    Full-width letters and a version such as (2006.01) are read too. Raises `NotASymbolError` for anything
    that does not name one group or subgroup: inventions are classified there (Strasbourg Agreement, Art.
    4(3)).
    """
    plain = unicodedata.normalize("NFKC", text).strip().upper()
    if (found := _WRITTEN.fullmatch(plain)) is not None:
        subclass, group, place = found.groups()
    elif (found := _FIXED.fullmatch(plain)) is not None:
        subclass, group, place = found.groups()
        place = place.rstrip("0").ljust(2, "0")
    else:
        raise NotASymbolError("symbol_without_group" if _HIGHER.fullmatch(plain) else "symbol_not_valid")
    if subclass not in _subclasses():
        raise NotASymbolError("symbol_of_no_subclass")
    if subclass[1:] == _RESIDUAL and (group, place) != ("99", "00"):
        raise NotASymbolError("symbol_not_valid")
    return f"{subclass} {group}/{place}"


def places(symbol: str) -> tuple[str, str, str, str]:
    """The places a canonical symbol lies in, widest first: `F41`, `F41H`, `F41H 13`, `F41H 13/00`."""
    return symbol[:3], symbol[:4], symbol.partition("/")[0], symbol


@cache
def _subclasses() -> frozenset[str]:
    return frozenset(
        f"{section}{number}{letter}"
        for section, classes in read("ipc_subclasses")["section"].items()
        for number, letters in classes.items()
        for letter in letters
    )
