"""The tables of a day compiled into bits: which items an application meets, and by which of its symbols.

Every list of places in the tables is one bit. A symbol has the bits of the lists one of its places is in, an
application the bits of its symbols together, and an item is met when all its bits are there. What a symbol's
bits are is worked out once and kept, up to a bound, so that a year of applications costs little more than to
read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import TypeVar

from services.patent.ipc import canonical, places
from services.patent.technology_fields import Item, Tables, tables, versions
from services.platform.law.values import Value

Key = TypeVar("Key")
Kept = TypeVar("Kept")
_KEPT = 1 << 17
"""How many spellings of symbols and sets of bits are kept; the classification has some 80,000 places."""


class Match(Value):
    """An item that the symbols of an application meet, and the symbols by which they do."""

    item: Item
    symbols: tuple[str, ...]


class Engine:
    """The rules of one version of the tables."""

    def __init__(self, version: Tables) -> None:
        self.since = version.since
        lists = {listed for item in version.items for listed in item.all_of}
        self._bit = {listed: 1 << number for number, listed in enumerate(sorted(lists))}
        self._at: dict[str, int] = {}
        for listed, bit in self._bit.items():
            for place in listed:
                self._at[place] = self._at.get(place, 0) | bit
        self._rules = [(sum({self._bit[listed] for listed in item.all_of}), item) for item in version.items]
        self._of_symbol: dict[str, int] = {}
        self._of_bits: dict[int, tuple[Item, ...]] = {0: ()}

    def items(self, symbols: Iterable[str]) -> tuple[Item, ...]:
        """The items that the symbols together meet, in the order of the tables.

        Raises `ipc.NotASymbolError` at the first text that is no symbol.
        """
        known = self._of_symbol
        bits = 0
        for symbol in symbols:
            found = known.get(symbol)
            bits |= self._bits_of(symbol) if found is None else found
        met = self._of_bits.get(bits)
        return self._met(bits) if met is None else met

    def matches(self, symbols: Iterable[str]) -> tuple[Match, ...]:
        """The items that the symbols together meet, each with the symbols it is met by, in canonical form."""
        given = tuple(symbols)
        return tuple(self._match(item, given) for item in self.items(given))

    def _match(self, item: Item, symbols: tuple[str, ...]) -> Match:
        wanted = sum({self._bit[listed] for listed in item.all_of})
        by = {canonical(symbol): None for symbol in symbols if self._bits_of(symbol) & wanted}
        return Match(item, tuple(by))

    def _bits_of(self, symbol: str) -> int:
        found = self._of_symbol.get(symbol)
        if found is None:
            found = 0
            for place in places(canonical(symbol)):
                found |= self._at.get(place, 0)
            _keep(self._of_symbol, symbol, found)
        return found

    def _met(self, bits: int) -> tuple[Item, ...]:
        met = tuple(item for needed, item in self._rules if bits & needed == needed)
        _keep(self._of_bits, bits, met)
        return met


@cache
def engine_on(day: date) -> Engine:
    """The compiled rules of the tables in force on a day, made once for each version."""
    return _compiled(versions().index(tables(day)))


@cache
def _compiled(version: int) -> Engine:
    return Engine(versions()[version])


def _keep(memory: dict[Key, Kept], key: Key, value: Kept) -> None:
    if len(memory) >= _KEPT:
        memory.clear()
    memory[key] = value
