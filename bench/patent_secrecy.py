"""Whether the time of an answer tells that a case of others exists: `python -m bench.patent_secrecy`.

Someone without standing asks for a designation of others and for one that there is not, in random order,
through the API's door over a moto in another process. Two samples that differ are told apart by the rank of
their times (Mann-Whitney); a third sample, again of what there is not, shows what chance alone does.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime
from math import sqrt
from statistics import median, quantiles
from time import perf_counter
from typing import Any

from rich.console import Console
from rich.table import Table

from bench import calls
from bench.patent_volumes import MAKER, STACK, begun, patent
from services.platform.cases.store import Cases
from services.platform.runtime import observe

ASKED = 1500
"""Requests of each sample."""


def rank_z(one: list[float], other: list[float]) -> float:
    """The standardised rank sum: within ±2 for two samples of the same times, 19 times of 20."""
    ranked = sorted([(time, True) for time in one] + [(time, False) for time in other])
    ranks = sum(rank for rank, (_, mine) in enumerate(ranked, start=1) if mine)
    n, m = len(one), len(other)
    return (ranks - n * (n + m + 1) / 2) / sqrt(n * m * (n + m + 1) / 12)


def main() -> None:
    """Measure and print."""
    with patent():
        from services.patent.api import app
        from services.patent.domain.designation import designation

        cases = Cases(designation)
        there = begun(cases, 1, MAKER)
        ids = {"of others": there, "none": there[:-4] + "ZZZZ", "none, again": there[:-4] + "ZZZ0"}
        claims = {
            "sub": "clerk-9",
            "cognito:groups": "patent_applicant",
            "custom:organisation": "2010001000005",
        }
        when = datetime(2026, 6, 2, 3, tzinfo=UTC)

        handle: Any = app.handler

        def ask(case: str) -> float:
            event: dict[str, Any] = calls.request("GET", f"/designations/{case}", "", None, {}, when)
            event["requestContext"]["authorizer"] = {"claims": claims}
            began = perf_counter()
            answer = handle(event, None)
            spent = perf_counter() - began
            observe.metrics.clear_metrics()
            assert answer["statusCode"] == 404
            return spent

        for case in [*ids.values()] * 20:
            ask(case)
        times: dict[str, list[float]] = {name: [] for name in ids}
        order = [name for name in ids for _ in range(ASKED)]
        random.Random(1).shuffle(order)
        for name in order:
            times[name].append(ask(ids[name]))
    table = Table(
        title=f"404 for a case of others and for none ({STACK}; {ASKED} each)", title_justify="left"
    )
    for column in ("asked for", "median", "p10", "p90", "z against none"):
        table.add_column(column, justify="left" if column == "asked for" else "right")
    for name, found in times.items():
        tens = quantiles(found, n=10)
        shown = [f"{spent * 1e3:.3f} ms" for spent in (median(found), tens[0], tens[-1])]
        table.add_row(name, *shown, f"{rank_z(found, times['none']):+.2f}")
    Console(width=118).print(table)


if __name__ == "__main__":
    main()
