"""How counts are published so that no small one can be worked out, from whatever is published when. Pure.

Each cell is published in complete fives of all that was ever counted in it; what is left over, four at the
most, waits for the next publication. Totals are sums of what is published, never of what was counted. So what
is published is itself a history that could have happened, one with no cell of one to four: whoever holds all
publications, and the method, cannot exclude it. `docs/decisions/0105` has the proof and what was weighed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

C = TypeVar("C")
FIVE = 5
"""The smallest number that is published, and what every published number is a multiple of."""


def so_far(counted: Mapping[C, int], before: Mapping[C, int]) -> dict[C, int]:
    """What is published of each cell by now, `counted` since the beginning, where `before` was published.

    Nothing that was published is taken back: a cell counted lower than before waits until it has caught up.
    """
    cells = dict.fromkeys((*before, *counted))
    return {cell: max(_in_fives(counted.get(cell, 0)), before.get(cell, 0)) for cell in cells}


def newly(published: Mapping[C, int], before: Mapping[C, int]) -> dict[C, int]:
    """What a publication adds to each cell, `published` by now where `before` was published before it."""
    return {cell: count - before.get(cell, 0) for cell, count in published.items()}


def _in_fives(count: int) -> int:
    return count - count % FIVE
