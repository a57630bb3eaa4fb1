"""The guide to adding a procedure is true: what stands in it is put into a copy of the project and played."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "adding-a-procedure.md").read_text(encoding="utf-8")
PIECE = re.compile(r"^`([\w/.]+)`(?:, after `([^`\n]+)`)?\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LAW = "services/patent/domain/"
COPIED = ("services", "documents", "infra", "tests", "docs", "pyproject.toml", "cdk.json", "requirements")
PASSED_OVER = shutil.ignore_patterns("__pycache__", "cdk.out", "local", "deployed")


def pieces() -> list[tuple[str, str, str]]:
    """Each piece of the guide: its file, the line after which it goes (none for a new file), and its text."""
    return PIECE.findall(GUIDE)


def copied(into: Path) -> Path:
    """A copy of the project with the pieces of the guide in it."""
    for name in COPIED:
        here = ROOT / name
        if here.is_dir():
            shutil.copytree(here, into / name, ignore=PASSED_OVER)
        else:
            shutil.copy(here, into / name)
    for name, line, text in pieces():
        file = into / name
        if not line:
            assert not file.exists(), name
            file.write_text(text, encoding="utf-8")
            continue
        before = file.read_text(encoding="utf-8")
        assert before.count(f"{line}\n") == 1, f"{name} has not one line {line!r}"
        file.write_text(before.replace(f"{line}\n", f"{line}\n{text}"), encoding="utf-8")
    return into


def ran(copy: Path, *command: str) -> Iterator[str]:
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        yield f"{' '.join(command)}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"


def test_the_guide_s_procedure_is_played_through_the_api(tmp_path: Path) -> None:
    copy = copied(tmp_path / "sakimori")
    tests = ["tests/services/patent/test_preservation.py", "tests/services/test_access.py"]
    tests += ["tests/services/test_declarations.py", "tests/services/test_old_records.py"]
    wrong = [
        *ran(copy, "documents.records", "patent"),
        *ran(copy, "documents.openapi", "services.patent.api"),
        *ran(
            copy,
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
            "-k",
            "preserv or patent",
            *tests,
        ),
    ]
    assert wrong == []


def test_the_guide_has_five_steps_and_five_files() -> None:
    assert len(re.findall(r"^## \d", GUIDE, re.MULTILINE)) == 5
    assert len({name for name, _, _ in pieces() if not name.startswith("tests/")}) == 5


def test_a_procedure_is_mostly_its_law() -> None:
    lines = {
        name: sum(bool(line.strip()) for _, _, text in found for line in text.splitlines())
        for name in {name for name, _, _ in pieces() if not name.startswith("tests/")}
        if (found := [piece for piece in pieces() if piece[0] == name])
    }
    law = sum(count for name, count in lines.items() if name.startswith(LAW))
    assert sum(lines.values()) <= 300
    assert law / sum(lines.values()) >= 0.7


@pytest.mark.parametrize("name", [name for name, line, _ in pieces() if line])
def test_what_a_piece_goes_into_is_there(name: str) -> None:
    assert (ROOT / name).exists()
