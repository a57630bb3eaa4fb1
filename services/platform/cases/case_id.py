"""Case ids: `<procedure>-<26 characters>`, sortable by the instant of filing. Pure.

The characters are a ULID (Crockford's base 32): 48 bits of milliseconds, 80 bits that cannot be guessed.
"""

from __future__ import annotations

import re
from datetime import datetime

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_FORM = re.compile(r"([a-z][a-z0-9-]*)-([0-7][0-9A-HJKMNP-TV-Z]{25})")


def case_id(procedure: str, at: datetime, entropy: bytes) -> str:
    """The id of a case of `procedure` opened at `at`, told from its neighbours by ten bytes of `entropy`."""
    number = int(at.timestamp() * 1000) << 80 | int.from_bytes(entropy[:10], "big")
    return procedure + "-" + "".join(_ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))


def procedure_of(identifier: str) -> str | None:
    """The name of the procedure that a case id begins with; None when it is not a case id."""
    form = _FORM.fullmatch(identifier)
    return form[1] if form else None
