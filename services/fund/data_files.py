"""The chapter's own data: TOML tables in the `data` folder beside the code, read once, when first wanted."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "data"


@cache
def read(name: str) -> dict[str, Any]:
    """The table `name`. It is shared: do not write to it."""
    import tomllib  # only what reads a table pays for the parser

    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
