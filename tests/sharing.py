"""Which tests one worker takes together: those that share something costly. All others go one by one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parent.parent
THE_CLOUD = "running: Running"
"""How a test asks for the local cloud, which one worker starts."""
OF_MODULE = ('scope="module"', 'scope="class"', "_of_module", "\n@cache\n")
"""How a file says that its tests share what is made once."""


class Sharing(LoadScopeScheduling):
    """Hands out each group of `group_of` when a worker is free."""

    def _split_scope(self, nodeid: str) -> str:
        return group_of(nodeid)


def group_of(nodeid: str) -> str:
    """The name of a test's group; its own where it shares nothing."""
    file = nodeid.partition("::")[0]
    return _shared_in(file) or nodeid


@cache
def _shared_in(file: str) -> str | None:
    text = (ROOT / file).read_text("utf-8")
    if THE_CLOUD in text:
        return "the local cloud"
    return file if any(said in text for said in OF_MODULE) else None
