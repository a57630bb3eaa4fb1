"""The packages: the same bytes every time, whole, and small."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from infra import packaging
from infra.imports import ROOT, needed_by
from infra.interpreters import LAMBDA, python
from infra.manifest import manifests

REVIEW = next(m for m in manifests() if m.name == "infra_review")
HEALTH_ONLY = [m for m in manifests() if m.functions.keys() == {"api"}]
# Services of which there is only the health say nothing new after the first.
FUNCTIONS = [(m, f) for m in [REVIEW, *HEALTH_ONLY[:1]] for f in m.functions]
IMPORT_ALL = """
import importlib, sys
folder, *names = sys.argv[1:]
sys.path.insert(0, folder)
for name in names:
    importlib.import_module(name)
known = (folder, sys.base_prefix, "/var/task")
files = [m.__file__ for m in list(sys.modules.values()) if getattr(m, "__file__", None)]
strangers = [file for file in files if not file.startswith(known)]
assert not strangers, strangers
"""
SETTINGS = {
    "SERVICE": "infra_review",
    "TABLE": "cases",
    "BUS": "sakimori",
    "AWS_DEFAULT_REGION": "ap-northeast-1",
    "POWERTOOLS_SERVICE_NAME": "test",
    "POWERTOOLS_METRICS_NAMESPACE": "test",
}


@pytest.mark.slow
def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    first, second = (packaging.package(REVIEW, "steps", kept=tmp_path / name) for name in ("one", "two"))
    assert first.file != second.file
    assert first.file.read_bytes() == second.file.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize(("manifest", "function"), FUNCTIONS, ids=lambda v: getattr(v, "name", v))
def test_a_package_needs_nothing_from_outside_and_is_small(manifest, function, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    here = packaging.here()
    built = packaging.package(manifest, function, here)
    assert built.size <= packaging.LARGEST
    with zipfile.ZipFile(built.file) as archive:
        archive.extractall(tmp_path)
    needs = needed_by(*manifest.modules(function))
    interpreter = python(here.python) or sys.executable
    done = subprocess.run(
        [interpreter, "-I", "-S", "-c", IMPORT_ALL, str(tmp_path), *sorted(needs.modules)],
        env=SETTINGS | {"SERVICE": manifest.name, "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_what_is_deployed_is_for_lambda() -> None:
    built = packaging.package(REVIEW, "inbox")
    with zipfile.ZipFile(built.file) as archive:
        names = archive.namelist()
        libraries = [name for name in names if name.endswith(".so")]
        models = {name.split("/")[2] for name in names if packaging.MODELS.match(name)}
        assert all(archive.read(name)[18:20] == b"\xb7\x00" for name in libraries), (
            "an ELF file not for arm64"
        )
        assert libraries
        assert models == needed_by(*REVIEW.modules("inbox")).clients >= {"dynamodb", "stepfunctions"}
        (partition,) = json.loads(archive.read("botocore/data/endpoints.json"))["partitions"]
        assert partition["services"].keys() >= {"dynamodb", "states"}
        assert len(partition["services"]) <= len(models)
        assert {entry.date_time for entry in archive.infolist()} == {packaging.LONG_AGO}
        if python(LAMBDA):
            compiled = [name for name in names if name.endswith(".pyc")]
            sources = [name for name in names if name.endswith(".py")]
            ours = [name for name in compiled if name.startswith("services/")]
            assert len(ours) == len(sources)
            assert all(name.startswith("services/") for name in sources)
            assert all(name.endswith(f".cpython-{LAMBDA.replace('.', '')}.pyc") for name in ours)
            # Byte 4 of a .pyc: a hash is in it (1), and nobody checks it (not 2).
            assert {archive.read(name)[4] for name in compiled} == {1}


def test_a_package_carries_the_law_and_not_the_deployment() -> None:
    files = {f.name for f in needed_by(*REVIEW.modules("steps")).data()}
    assert "chapter_3_infrastructure.toml" in files
    assert not {name for name in files if name == "manifest.toml"}


def test_an_api_carries_who_may_see_what_and_every_word_of_its_refusals() -> None:
    files = {str(f.relative_to(ROOT)) for f in needed_by(*REVIEW.modules("api")).data()}
    assert files >= {
        "services/infra_review/access.toml",
        "services/infra_review/problems.toml",
        "services/platform/http/problems.toml",
    }


def test_importing_what_is_left_out_is_refused() -> None:
    needs = needed_by(*REVIEW.modules("steps"))
    packaging.refuse_left_out(needs)
    needs.imports.add("aws_lambda_powertools.utilities.parser.models")
    with pytest.raises(ImportError, match=r"left_out\.toml"):
        packaging.refuse_left_out(needs)


def test_nothing_is_packaged_that_is_not_locked() -> None:
    with pytest.raises(KeyError):
        packaging.locked({"not-a-distribution"})
