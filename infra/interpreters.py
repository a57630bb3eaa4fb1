"""Finds the Python that Lambda runs, so that byte code can be made and start-up measured with it."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

LAMBDA = "3.13"


def candidates(version: str) -> Iterator[str]:
    """Where a `python<version>` usually is: on the PATH, or kept by pyenv, which hides it from the PATH."""
    found = shutil.which(f"python{version}")
    if found:
        yield found
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from (str(p) for p in sorted(kept.glob(f"{version}.*/bin/python{version}"), reverse=True))


@cache
def python(version: str = LAMBDA) -> str | None:
    """An interpreter of `version` that runs, if this machine has one."""
    for candidate in candidates(version):
        asked = [candidate, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
        try:
            answer = subprocess.run(asked, capture_output=True, text=True, check=False)
        except OSError:
            continue
        if answer.stdout.strip() == version:
            return candidate
    return None
