"""The same day on either side of an amendment, and what importing the law may cost."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from services.statute import Period, Refused, period
from services.statute.records import parse

ROOT = Path(__file__).parents[2]


def day(text: str) -> date:
    return date.fromisoformat(text)


def in_a_fresh_python(*words: str) -> list[str]:
    ran = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=True, cwd=ROOT)
    return ran.stdout.split()


def two_versions() -> Period:
    """A period of thirty days until 2026-12-31 and of forty from 2027-01-01, as records would state it."""
    shared = {
        "name": "test.standstill", "ref": "T-01", "chapter": "3", "article": "52(3)", "article_ja": "52条3項",
        "title": {"en": "standstill", "ja": "禁止期間"}, "who": "operator", "how": "counted",
        "trigger": {"en": "acceptance", "ja": "受理"}, "day_one": "the day itself",
        "on_lapse": {"en": "free", "ja": "可能"}, "text_read": "2027-01-01", "source": ["a"],
        "confidence": "verified",
    }  # fmt: skip
    entries = [
        {"length": {"days": 30}, "effective": {"from": day("2023-11-17"), "to": day("2026-12-31")}},
        {"length": {"days": 40}, "effective": {"from": day("2027-01-01")}},
    ]
    versions = tuple(parse({"defaults": shared, "period": entries}))
    return replace(versions[-1], versions=versions)


def test_a_filing_on_either_side_of_an_amendment_is_under_its_own_law() -> None:
    standstill = two_versions()
    assert standstill.starting(day("2026-12-31")).last_day == day("2027-01-29")
    assert standstill.starting(day("2027-01-01")).last_day == day("2027-02-09")
    pinned = replace(standstill, law_on=day("2027-01-01"))
    assert pinned.starting(day("2026-12-31")).last_day == day("2027-02-08")


def test_a_repealed_period_is_refused_and_an_older_trigger_warned_of() -> None:
    standstill = two_versions()
    repealed = replace(standstill, versions=standstill.versions[:1])
    with pytest.raises(Refused) as refused:
        repealed.starting(day("2027-01-01"))
    assert refused.value.code == "no_longer_in_force"
    early = standstill.starting(day("2019-01-01"))
    assert early.last_day == day("2019-01-30")
    assert "before_it_was_law" in [sentence.code for sentence in early.explanation]


def test_the_law_on_a_day_is_the_law_of_that_day() -> None:
    assert period("infra.standstill", on=day("2024-01-01")).pinned
    with pytest.raises(Refused):
        period("patent.sending", on=day("2024-04-30"))


def test_importing_the_law_loads_nothing_heavy() -> None:
    """What a Lambda function pays at start: no library, no parser, no table."""
    code = (
        "import sys; before = set(sys.modules); import services.statute; "
        "print(*sorted(set(sys.modules) - before))"
    )
    loaded = in_a_fresh_python("-S", "-c", code)
    names = {name.split(".")[0] for name in loaded}
    heavy = {"click", "cryptography", "hashlib", "icalendar", "jpholiday", "json", "rfc8785", "tomllib"}
    assert not names & (heavy | {"zoneinfo", "pathlib", "asyncio"})
    assert len([name for name in loaded if name.startswith("services.statute.")]) <= 9


def test_the_law_imports_nothing_else_of_the_project() -> None:
    code = (
        "import sys, pkgutil, importlib, services.statute as law; "
        "[importlib.import_module(m.name) for m in pkgutil.iter_modules(law.__path__, 'services.statute.')]; "
        "print(*sorted(m for m in sys.modules if m.split('.')[0] in ('services', 'infra', 'local')))"
    )
    loaded = in_a_fresh_python("-c", code)
    assert all(name == "services" or name.startswith("services.statute") for name in loaded)
