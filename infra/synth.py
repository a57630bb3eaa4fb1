"""Synthesise the deployment once, and keep it for as long as nothing that matters has changed.

The CDK takes seconds, so tests, the local cloud and the house rules share one result, kept under `.cache/` by
the hash of every file the template is made from.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from infra.flow import definition
from infra.manifest import manifests, roles

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache" / "synth"
KEPT = 3
"""Results kept: this one and the last two."""


def inputs() -> Iterator[Path]:
    """Every file the templates depend on, sorted; not the services' code, which is left out."""
    yield ROOT / "cdk.json"
    yield ROOT / "requirements" / "dev.txt"
    for pattern in ("*.py", "*.toml", "constructs/*.py"):
        yield from sorted((ROOT / "infra").glob(pattern))
    for pattern in (
        "*/manifest.toml",
        "platform/cases/table.py",
        "platform/time/outlook.py",
        "platform/http/problems.toml",
    ):
        yield from sorted((ROOT / "services").glob(pattern))


def declared() -> bytes:
    """What the templates take from the services' own declarations: machines, events, public routes, roles."""
    facts = [
        [
            manifest.name,
            [definition(procedure) for procedure in manifest.procedures.values()],
            manifest.publishes,
            manifest.subscribes,
            manifest.public,
        ]
        for manifest in manifests()
    ]
    return msgspec.json.encode([facts, roles()])


def fingerprint() -> str:
    """SHA-256 over the inputs' names and contents, shortened."""
    digest = hashlib.sha256(declared())
    for file in inputs():
        if file.is_file():
            digest.update(f"{file.relative_to(ROOT)}\0{file.stat().st_size}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:20]


def environment() -> dict[str, str]:
    """The environment of a synthesis: no credentials to look anything up with, and no stage but `local`."""
    elsewhere = ("AWS_", "CDK_", "STAGE", "DEPLOYMENT")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(elsewhere)}
    return kept | {"PYTHONPATH": str(ROOT)}


def synthesise(into: Path) -> None:
    """Write the templates, without code, into `into`. Raises `RuntimeError` with what the CDK said."""
    done = subprocess.run(
        [sys.executable, "-m", "infra.app", "--no-code", "--outdir", str(into)],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The deployment could not be synthesised:\n{done.stdout}{done.stderr}")


def synthesised() -> Path:
    """The directory of `<stack>.template.json` for the inputs as they are; safe from many processes."""
    wanted = CACHE / fingerprint()
    if wanted.exists():
        return wanted
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not wanted.exists():
            draft = Path(tempfile.mkdtemp(dir=CACHE, prefix="draft-"))
            try:
                synthesise(draft)
                draft.replace(wanted)
            finally:
                shutil.rmtree(draft, ignore_errors=True)
            prune()
    return wanted


def prune() -> None:
    """Forget all but the newest results."""
    results = [p for p in CACHE.iterdir() if p.is_dir()]
    for old in sorted(results, key=lambda p: p.stat().st_mtime, reverse=True)[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)


def templates() -> dict[str, dict[str, Any]]:
    """The synthesised templates by stack name."""
    return {
        file.name.removesuffix(".template.json"): json.loads(file.read_text("utf-8"))
        for file in sorted(synthesised().glob("*.template.json"))
    }


def main() -> None:
    """Copy the templates to `cdk.out` and say where they are."""
    out = ROOT / "cdk.out"
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(synthesised(), out, dirs_exist_ok=True)
    for file in sorted(out.glob("*.template.json")):
        print(f"{file.relative_to(ROOT)}  {len(json.loads(file.read_text('utf-8'))['Resources'])} resources")  # noqa: T201


if __name__ == "__main__":
    main()
