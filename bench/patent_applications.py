"""A year of applications as a file: drawn from a fixed seed, spread over the classification as real ones are.

Symbols come from some 60,000 groups, few of them frequent and most of them rare; an application has one to
twelve. About one in a hundred lies near the technology fields, so that every item is met somewhere.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

import msgspec

from services.patent.data_files import read
from services.patent.technology_fields import tables

YEAR = 234_000
"""What the Patent Office examines for Art. 66 in a year."""
FIRST_DAY = date(2025, 4, 1)
FACTS = (
    "uranium_or_plutonium",
    "quantum_dot_or_superlattice",
    "defence_or_military_use",
    "filed_by_the_state_alone",
    "commissioned_and_left",
    "commissioned_and_taken_in_part",
)


def write(path: Path, number: int = YEAR, seed: int = 66) -> None:
    """Write `number` applications, one JSON object a line."""
    draw = random.Random(seed)
    groups = _groups(draw)
    frequent = list(accumulate(1 / (rank + 20) for rank in range(len(groups))))
    near = _near(draw)
    encode = msgspec.json.Encoder().encode
    with path.open("wb") as file:
        for one in range(number):
            symbols = draw.choices(groups, cum_weights=frequent, k=min(12, 1 + int(draw.expovariate(0.35))))
            application: dict[str, Any] = {
                "number": f"{2025 + one // 1_000_000}-{one % 1_000_000:06}",
                "filed_on": FIRST_DAY + timedelta(days=one * 365 // number),
            }
            if draw.random() < 0.01:
                symbols += draw.choices(near, k=draw.randint(1, 3))
                found = draw.sample(FACTS, draw.randint(0, len(FACTS)))
                application["facts"] = {
                    fact: {"answer": draw.choice(("yes", "no")), "evidence": "as the description says"}
                    for fact in found
                }
            application["symbols"] = symbols
            if draw.random() < 0.0005:
                application["requested_on"] = application["filed_on"]
            file.write(encode(application) + b"\n")


def _groups(draw: random.Random) -> list[str]:
    subclasses = [
        f"{section}{number}{letter}"
        for section, classes in read("ipc_subclasses")["section"].items()
        for number, letters in classes.items()
        for letter in letters
        if f"{number}{letter}" != "99Z"
    ]
    found: dict[str, None] = {}
    while len(found) < 60_000:
        subclass = draw.choice(subclasses)
        group = draw.randint(1, 99)
        place = draw.choice(("00", *(f"{n:02}" for n in range(2, 60, 2)), "221", "145", "365"))
        found[f"{subclass} {group}/{place}" if draw.random() < 0.7 else f"{subclass}{group}/{place}"] = None
    return list(found)


def _near(draw: random.Random) -> list[str]:
    """Places of the tables, written out to a group where the tables name more than one."""
    places = sorted({place for item in tables(FIRST_DAY).items for listed in item.all_of for place in listed})
    written = []
    for place in places:
        if "/" in place:
            written.append(place)
        elif " " in place:
            written += [f"{place}/{below}" for below in ("00", "02", "10")]
        else:
            letters = [place] if len(place) == 4 else [f"{place}{letter}" for letter in "BC"]
            written += [f"{subclass} {draw.randint(1, 40)}/00" for subclass in letters]
    return written
