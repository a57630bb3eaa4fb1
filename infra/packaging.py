"""Packages the functions as Lambda wants them: without Docker, small, and the same bytes every time.

A package holds our modules that the entry point reaches and the distributions those import, with what these
declare to need, at the locked versions and checked against the locked hashes; of botocore's models, those of
the services called. Lambda cannot write beside the code, so byte code is shipped, and trusted without a look
at the date of its source.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click
from packaging.utils import canonicalize_name

from infra.imports import LEFT_OUT, OURS, ROOT, Needs, needed_by
from infra.interpreters import LAMBDA, python
from infra.manifest import Manifest, manifests

CACHE = ROOT / ".cache" / "packages"
LOCK = ROOT / "requirements" / "runtime.txt"
LARGEST = 8 * 1024 * 1024
"""Bytes a zip should have at most."""
LONG_AGO = (1980, 1, 1, 0, 0, 0)
PARTITION = "aws"
MODELS = re.compile(r"botocore/data/([^/]+)/")
UNUSED = re.compile(
    r"(^|/)(tests?|__pycache__|bin)/|\.(pyi|c|h|pyx|pxd|so\.debug)$|/py\.typed$|/examples-\d+\.json"
    r"|\.dist-info/(?!METADATA$|licenses?/|LICENSE|COPYING|NOTICE)"
)
"""Of a distribution, what no function ever opens."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a package is to run on."""

    platform: str
    """As uv names it."""
    python: str


DEPLOYED = Target("aarch64-manylinux2014", LAMBDA)


def here() -> Target:
    """The machine we are on, with Lambda's Python if there is one, or else with the running one."""
    running = "{}.{}".format(*sys.version_info)
    return Target(f"{os.uname().machine}-manylinux2014", LAMBDA if python() else running)


@dataclass(frozen=True, slots=True)
class Package:
    """A function's zip."""

    service: str
    function: str
    file: Path
    unpacked: int
    """Bytes."""
    distributions: tuple[str, ...]
    compiled: bool
    """Whether byte code is in it."""

    @property
    def size(self) -> int:
        """Bytes of the zip."""
        return self.file.stat().st_size


def locked(names: set[str], lock: Path = LOCK) -> str:
    """The lock's entries for these distributions, with hashes. Raises `KeyError` for one not locked."""
    entries: dict[str, str] = {}
    for entry in re.split(r"\n(?=\S)", lock.read_text("utf-8")):
        if not entry.startswith("#") and "==" in entry:
            entries[canonicalize_name(entry.partition("==")[0])] = entry
    return "\n".join(entries[name] for name in sorted(names)) + "\n"


def install(names: set[str], target: Target, into: Path, lock: Path = LOCK) -> None:
    """Unpack the locked wheels of these distributions into a folder."""
    wanted = into.with_suffix(".txt")
    wanted.write_text(locked(names, lock), "utf-8")
    command = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--target", str(into)]
    command += ["--python-version", target.python, "--python-platform", target.platform]
    command += ["--only-binary", ":all:", "--no-deps", "--require-hashes", "-r", str(wanted)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"The distributions for {target.platform} could not be had:\n{done.stderr}")


def wanted(name: str, clients: set[str]) -> bool:
    """Whether a distribution's file belongs in a package."""
    if UNUSED.search(name) or name.startswith(left_out()):
        return False
    model = MODELS.match(name)
    return model is None or model[1] in clients


@cache
def left_out() -> tuple[str, ...]:
    """Beginnings of the files that are left out by name."""
    listed = tomllib.loads(LEFT_OUT.read_text("utf-8"))["files"]
    return tuple(f"{module}/{part}" for module, parts in listed.items() for part in parts)


@cache
def emptied() -> frozenset[str]:
    """The files of which only the name is kept."""
    listed = tomllib.loads(LEFT_OUT.read_text("utf-8"))["emptied"]
    return frozenset(f"{module}/{part}" for module, parts in listed.items() for part in parts)


def refuse_left_out(needs: Needs) -> None:
    """Raise `ImportError` when our own code imports what is left out."""
    for name in sorted(needs.imports):
        if f"{name.replace('.', '/')}/".startswith(left_out()):
            raise ImportError(f"{name} is left out of packages: see {LEFT_OUT.relative_to(ROOT)}")


def gather(needs: Needs, target: Target, into: Path) -> None:
    """Lay out a package's files in a folder."""
    refuse_left_out(needs)
    with tempfile.TemporaryDirectory() as scratch:
        site = Path(scratch) / "site"
        install(needs.distributions, target, site)
        for file in sorted(p for p in site.rglob("*") if p.is_file()):
            name = file.relative_to(site).as_posix()
            if wanted(name, needs.clients):
                place(file, into / name)
            if name in emptied():
                (into / name).write_bytes(b"")
        if needs.clients:
            trim_endpoints(into / "botocore" / "data")
    for file in [*needs.modules.values(), *needs.data()]:
        place(file, into / file.relative_to(ROOT))


def trim_endpoints(data: Path) -> None:
    """Leave of botocore's list of endpoints those of the services called, in the partition we deploy to.

    To read all of it takes a cold start 20 ms.
    """
    models = data.glob("*/*/service-2.json.gz")
    called = {json.loads(gzip.decompress(file.read_bytes()))["metadata"]["endpointPrefix"] for file in models}
    file = data / "endpoints.json"
    listed = json.loads(file.read_bytes())
    (ours,) = (one for one in listed["partitions"] if one["partition"] == PARTITION)
    ours["services"] = {name: found for name, found in ours["services"].items() if name in called}
    file.write_text(json.dumps({**listed, "partitions": [ours]}, separators=(",", ":")), "utf-8")


def place(file: Path, to: Path) -> None:
    """Copy a file, making its folder."""
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, to)


def compile_all(folder: Path, version: str) -> bool:
    """Compile for a version of Python, naming files as Lambda will; False without such a Python.

    Our own sources stay, so that a traceback shows the line; those of distributions give way to their byte
    code, and are a fifth of the largest package.
    """
    interpreter = python(version)
    if interpreter is None:
        return False
    command = [interpreter, "-m", "compileall", "-q", "-f", "--invalidation-mode", "unchecked-hash"]
    command += ["-s", str(folder), "-p", "/var/task"]
    # The order of a frozen set in byte code follows the hash seed.
    environment = {"PYTHONHASHSEED": "0", "PATH": os.environ["PATH"]}
    ours = [path for path in folder.iterdir() if path.name == OURS]
    others = [path for path in folder.iterdir() if path.name != OURS]
    for places, option in ((ours, []), (others, ["-b"])):
        if places:
            subprocess.run([*command, *option, *map(str, places)], check=True, env=environment)
    for path in others:
        for source in [path] if path.suffix == ".py" else path.rglob("*.py"):
            source.unlink()
    return True


def write_zip(folder: Path, to: Path) -> None:
    """Zip a folder, in order and with one date for all."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(p for p in folder.rglob("*") if p.is_file()):
            entry = zipfile.ZipInfo(file.relative_to(folder).as_posix(), LONG_AGO)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.read_bytes(), compresslevel=9)


def fingerprint(needs: Needs, target: Target) -> str:
    """SHA-256 over everything a package is made from, shortened."""
    digest = hashlib.sha256(f"{target}{python(target.python) is not None}".encode())
    digest.update(Path(__file__).read_bytes() + LEFT_OUT.read_bytes())
    digest.update(locked(needs.distributions).encode())
    digest.update(" ".join(sorted(needs.clients)).encode())
    for file in sorted({*needs.modules.values(), *needs.data()}):
        digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def package(manifest: Manifest, function: str, target: Target = DEPLOYED, kept: Path = CACHE) -> Package:
    """The zip of one function, built unless it is there already."""
    needs = needed_by(*manifest.modules(function))
    name = f"{manifest.path}-{function}"
    folder = kept / f"{target.platform}-{target.python}"
    file = folder / f"{name}-{fingerprint(needs, target)}.zip"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as scratch:
            laid_out, draft = Path(scratch) / "task", Path(scratch) / "draft.zip"
            gather(needs, target, laid_out)
            compile_all(laid_out, target.python)
            write_zip(laid_out, draft)
            for old in folder.glob(f"{name}-????????????????.zip"):
                old.unlink()
            shutil.move(draft, file)
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
    compiled = any(entry.filename.endswith(".pyc") for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    return Package(manifest.name, function, file, unpacked, tuple(sorted(needs.distributions)), compiled)


def packages(target: Target = DEPLOYED) -> Iterator[Package]:
    """Every function's zip, service by service."""
    for manifest in manifests():
        for function in manifest.functions:
            yield package(manifest, function, target)


def main() -> None:
    """Build every package for Lambda and say how large each is."""
    if python() is None:
        click.echo(
            f"No Python {LAMBDA} here: packages are built without byte code, and start about 0.6 s later."
        )
    click.echo(f"{'function':28} {'zip':>9} {'unpacked':>9}  distributions")
    for built in packages():
        name = f"{built.service}.{built.function}"
        size, unpacked = (f"{n / 2**20:.2f} MB" for n in (built.size, built.unpacked))
        click.echo(f"{name:28} {size:>9} {unpacked:>9}  {' '.join(built.distributions)}")
        if built.size > LARGEST:
            click.echo(f"  more than {LARGEST / 2**20:.0f} MB")


if __name__ == "__main__":
    main()
