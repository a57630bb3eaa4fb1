"""The first review over a year of applications, against plain Python and SQL over the same tables.

`python -m bench.patent_first_review [how many]`. Each formulation reads the same file on one core and says of
each application its outcome and the items met; the three must agree on every line. Each runs in a process of
its own, so that its memory is its own.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.patent_applications import YEAR, write

ON = date(2026, 4, 1)
Row = tuple[str, str, tuple[tuple[int, str], ...]]
REQUIREMENTS = (
    "defence_or_military_use",
    "filed_by_the_state_alone",
    "commissioned_and_left",
    "commissioned_and_taken_in_part",
)


def engine(path: Path) -> Iterator[Row]:
    """The product's own: the tables compiled into bits."""
    from services.patent.first_review.files import screen_file

    with path.open("rb") as file:
        for result in screen_file(file, ON):
            screening, application = result.screening, result.application
            assert screening is not None, result.defects
            assert application is not None
            items = tuple((item.item, item.part) for item in screening.items)
            yield application.number, screening.outcome, items


def plain(path: Path) -> Iterator[Row]:
    """The order read aloud: every item asked of every application."""
    import json

    from services.patent.technology_fields import tables

    written = re.compile(r"([A-H]\d\d[A-Z]) ?(\d+)/(\d+)")
    rows = tables(ON).items

    def lies_in(symbol: str, place: str) -> bool:
        return symbol == place if "/" in place else f"{symbol.split('/')[0]} ".startswith(
            place + (" " if " " in place else "")
        )  # fmt: skip

    with path.open(encoding="utf-8") as file:
        for line in file:
            application = json.loads(line)
            symbols = [
                "{} {}/{}".format(*written.fullmatch(text).groups()) for text in application["symbols"]
            ]
            answers = {fact: found["answer"] for fact, found in application.get("facts", {}).items()}
            items, standings = [], set()
            for row in rows:
                if all(any(lies_in(s, place) for s in symbols for place in listed) for listed in row.all_of):
                    about = answers.get(row.about) if row.about else "yes"
                    given = [answers.get(fact) for fact in REQUIREMENTS] if row.requirement else ["yes"]
                    requirement = "yes" if "yes" in given else None if None in given else "no"
                    standings.add(
                        "no"
                        if "no" in (about, requirement)
                        else None
                        if None in (about, requirement)
                        else "yes"
                    )
                    items.append((row.number, row.part))
            outcome = (
                "requested" if "requested_on" in application
                else "falls_under" if "yes" in standings
                else "to_examine" if None in standings
                else "does_not_fall"
            )  # fmt: skip
            yield application["number"], outcome, tuple(items)


SQL = r"""
with application as (
    select row_number() over () as place, * from read_json(?, format = 'newline_delimited', columns = {
        number: 'VARCHAR', filed_on: 'DATE', symbols: 'VARCHAR[]', requested_on: 'DATE',
        facts: 'MAP(VARCHAR, STRUCT(answer VARCHAR, evidence VARCHAR))'})
),
symbol as (
    select place, regexp_extract(
        unnest(symbols), '^([A-H]\d\d[A-Z]) ?(\d+)/(\d+)$', ['subclass', 'main', 'sub']) as s
    from application
),
lies as (
    select place, unnest([s.subclass[1:3], s.subclass, s.subclass || ' ' || s.main,
                          s.subclass || ' ' || s.main || '/' || s.sub]) as area from symbol
),
met as (
    select lies.place, listed.row from lies join listed on listed.area = lies.area
    group by all having count(distinct listed.list) = any_value(listed.lists)
),
judged as (
    select met.place, item.number as item, item.part, item.row,
        case when item.about is null then 'yes' else facts[item.about].answer end as about,
        case when not item.requirement or 'yes' in (a, b, c, d) then 'yes'
             when a is null or b is null or c is null or d is null then null else 'no' end as requirement
    from met join item using (row) join (
        select place, facts, facts['defence_or_military_use'].answer as a,
            facts['filed_by_the_state_alone'].answer as b,
            facts['commissioned_and_left'].answer as c, facts['commissioned_and_taken_in_part'].answer as d
        from application) using (place)
),
outcome as (
    select place, list(row(item, part) order by judged.row) as items,
        bool_or(coalesce(about = 'yes' and requirement = 'yes', false)) as falls,
        bool_or(coalesce(about, '') <> 'no' and coalesce(requirement, '') <> 'no'
                and (about is null or requirement is null)) as open
    from judged group by place
)
select number, case when requested_on is not null then 'requested' when falls then 'falls_under'
                    when open then 'to_examine' else 'does_not_fall' end, coalesce(items, [])
from application left join outcome using (place) order by place
"""


def sql(path: Path) -> Iterator[Row]:
    """Places, lists and items as relations, joined by DuckDB on one thread."""
    import duckdb

    from services.patent.technology_fields import tables

    rows = tables(ON).items
    database = duckdb.connect(config={"threads": 1})
    database.execute("create table item (row int, number int, part varchar, about varchar, requirement bool)")
    database.execute("create table listed (row int, list int, lists int, area varchar)")
    for number, row in enumerate(rows):
        database.execute("insert into item values (?, ?, ?, ?, ?)",
                         [number, row.number, row.part, row.about, row.requirement])  # fmt: skip
        for which, listed in enumerate(row.all_of):
            for place in listed:
                database.execute(
                    "insert into listed values (?, ?, ?, ?)", [number, which, len(row.all_of), place]
                )
    cursor = database.execute(SQL, [str(path)])
    while some := cursor.fetchmany(10_000):
        for number, outcome, items in some:
            yield number, outcome, tuple(items)


def measured(
    work: Callable[[Path], Iterator[Row]], path: Path
) -> tuple[float, float, str, int, dict[str, int]]:
    digest, met, outcomes = hashlib.sha256(), 0, dict[str, int]()
    begun = time.perf_counter()
    for row in work(path):
        digest.update(repr(row).encode())
        met += bool(row[2])
        outcomes[row[1]] = outcomes.get(row[1], 0) + 1
    seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return seconds, peak, digest.hexdigest(), met, outcomes


def main(number: int = YEAR) -> None:
    console = Console(width=118)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "applications.ndjson"
        write(path, number)
        tenth = Path(folder) / "tenth.ndjson"
        write(tenth, number // 10)
        size = path.stat().st_size / 2**20
        table = Table(
            title=f"First review of {number:,} applications ({size:.0f} MiB), one core", title_justify="left"
        )
        for column in ("formulation", "seconds", "each", "peak memory", "the same, a tenth of the file"):
            table.add_column(column, justify="left" if column == "formulation" else "right")
        context = multiprocessing.get_context("spawn")
        seen = set()
        for name, work in (("compiled tables", engine), ("plain Python", plain), ("SQL (DuckDB)", sql)):
            results = []
            for file in (path, tenth):
                with ProcessPoolExecutor(1, context) as alone:
                    results.append(alone.submit(measured, work, file).result())
            (seconds, peak, digest, met, outcomes), (_, small, *_rest) = results
            seen.add(digest)
            table.add_row(
                name,
                f"{seconds:.2f}",
                f"{seconds / number * 1e6:.1f} µs",
                f"{peak:.0f} MiB",
                f"{small:.0f} MiB",
            )
        console.print(table)
        console.print(
            f"{met:,} meet an item; " + ", ".join(f"{n:,} {what}" for what, n in sorted(outcomes.items()))
        )
        console.print("All three agree on every line." if len(seen) == 1 else "They DISAGREE.")
        if len(seen) != 1:
            raise SystemExit(1)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
