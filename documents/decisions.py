"""Writes the index of decisions: `docs/decisions/README.md`, from the files themselves.

    python -m documents.decisions [--check]

A decision opens with `# 0012: What was decided` and then `Status: accepted · 2026-11-23` (or `superseded by
0081 · …`). Where that line is missing, the day the file first came into the history is written; `--check`
refuses instead.
"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

FOLDER = Path(__file__).parents[1] / "docs" / "decisions"
INDEX = FOLDER / "README.md"
TITLE = re.compile(r"# (\d{4}): (.+)\n")
STATUS = re.compile(
    r"^Status: (accepted|(?:accepted, superseded in part|superseded) by \d{4}(?: and \d{4})*)"
    r" · (\d{4}-\d{2}-\d{2})$",
    re.M,
)
HEAD = """# Decisions

Why things are as they are, one file a decision. Made by `python -m documents.decisions`. How the law is
read where it leaves a choice is not here but in dated records beside the rules, in
`services/statute/data/readings`: `sakimori article "52(4)"` prints them.

| no. | decision | status | since |
|---|---|---|---|
"""


class Decision(NamedTuple):
    """One file: its number, what was decided, whether it stands, and since when."""

    file: str
    number: str
    title: str
    status: str
    since: str


def decisions() -> list[Decision]:
    """Read every decision. Raises `ValueError` for one without a title or a status."""
    found = []
    for path in sorted(FOLDER.glob("[0-9]*.md")):
        text = path.read_text("utf-8")
        title, status = TITLE.match(text), STATUS.search(text)
        if title is None or status is None:
            raise ValueError(f"{path.name} needs a title and a line such as: Status: accepted · 2026-11-23")
        found.append(Decision(path.name, title[1], title[2], status[1], status[2]))
    numbers = [one.number for one in found]
    for one in found:
        for by in re.findall(r"\d{4}", one.status):
            if by not in numbers:
                raise ValueError(f"{one.file} is superseded by {by}, which does not exist.")
    twice = {number for number in numbers if numbers.count(number) > 1}
    if twice:
        raise ValueError(f"Two decisions have the number {', '.join(sorted(twice))}.")
    return found


def index() -> str:
    """Return the text of the index."""
    rows = (
        f"| {one.number} | [{one.title}]({one.file}) | {one.status} | {one.since} |" for one in decisions()
    )
    return HEAD + "\n".join(rows) + "\n"


def date_the_undated() -> None:
    """Give each decision without a status the day it first came into the history, or today."""
    for path in FOLDER.glob("[0-9]*.md"):
        text = path.read_text("utf-8")
        if STATUS.search(text):
            continue
        log = ["git", "log", "--diff-filter=A", "--format=%ad", "--date=short", "--", str(path)]
        days = subprocess.run(log, capture_output=True, text=True, check=True, cwd=FOLDER).stdout.split()
        since = days[-1] if days else date.today().isoformat()  # noqa: DTZ011 - the day of whoever writes it
        title, _, body = text.partition("\n")
        path.write_text(f"{title}\n\nStatus: accepted · {since}\n{body}", "utf-8")


def main(arguments: list[str]) -> int:
    """Write the index, or with `--check` say whether it is up to date."""
    if "--check" not in arguments:
        date_the_undated()
        INDEX.write_text(index(), "utf-8")
        return 0
    try:
        current = INDEX.is_file() and INDEX.read_text("utf-8") == index()
    except ValueError as error:
        click.echo(str(error), err=True)
        return 1
    if not current:
        click.echo("docs/decisions/README.md is out of date: run python -m documents.decisions", err=True)
    return 0 if current else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
