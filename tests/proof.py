"""How often a property is tried: so often in each run of the tests, far oftener by `make proof`."""

from __future__ import annotations

import os

WHOLE = bool(os.environ.get("PROOF"))
"""Whether this run is a proof."""


def tries(tested: int, *, proved: int) -> int:
    """The number of examples a property is to hold for."""
    return proved if WHOLE else tested
