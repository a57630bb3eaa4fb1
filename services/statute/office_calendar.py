"""Days on which administrative organs are closed (Act on Holidays of Administrative Organs, Art. 1).

The holidays are a table, not a computation: `data/holidays/<version>.csv` lists every national holiday and
year-end closing day of the years it covers. A deadline can therefore name the very table it was computed
with, and an amendment of the holiday law is a new file. Weekends need no table.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import NamedTuple

from services.statute.data_files import files_in, read_text
from services.statute.days import ONE_DAY
from services.statute.messages import Words
from services.statute.refusal import Refused

_SATURDAY, _SUNDAY = 5, 6
_WEEKDAYS = (
    ("Monday", "月"), ("Tuesday", "火"), ("Wednesday", "水"), ("Thursday", "木"),
    ("Friday", "金"), ("Saturday", "土"), ("Sunday", "日"),
)  # fmt: skip


class Closure(NamedTuple):
    """Why a day is closed; `expected` until the Government has announced that year's equinox days."""

    name: Words
    expected: bool = False


@dataclass(frozen=True, slots=True)
class HolidayTable:
    """One version of the administrative holidays; `closures` holds every closed day but plain weekends."""

    version: str
    first_year: int
    last_year: int
    announced_through: int
    closures: Mapping[date, Closure] = field(repr=False, hash=False)

    def is_open(self, day: date) -> bool:
        """Tell whether administrative organs work on `day`."""
        self._check(day)
        return day.weekday() < _SATURDAY and day not in self.closures

    def next_open(self, day: date) -> date:
        """Return `day` if it is open, else the first open day after it (the rule of Art. 2)."""
        while not self.is_open(day):
            day += ONE_DAY
        return day

    def previous_open(self, day: date) -> date:
        """Return `day` if it is open, else the last open day before it."""
        while not self.is_open(day):
            day -= ONE_DAY
        return day

    def open_day_before(self, day: date, count: int) -> date:
        """Return the `count`-th open day before `day`; none before it is `day` itself."""
        for _ in range(count):
            day = self.previous_open(day - ONE_DAY)
        return day

    def why_closed(self, day: date) -> Words | None:
        """Return why `day` is closed, in both languages, or None when it is open."""
        closure = self.closures.get(day)
        if closure:
            return closure.name
        if day.weekday() < _SATURDAY:
            return None
        return Words("Saturday", "土曜日") if day.weekday() == _SATURDAY else Words("Sunday", "日曜日")

    def is_settled(self, day: date) -> bool:
        """Tell whether `day` and its neighbours await no announcement of an equinox day."""
        around = (day - ONE_DAY, day, day + ONE_DAY)
        return not any(near in self.closures and self.closures[near].expected for near in around)

    def closed_days(self, year: int) -> list[tuple[date, Words, bool]]:
        """List the closures of a year, weekends aside: the day, its name, whether it is only expected."""
        self._check(date(year, 1, 1))
        return [(day, c.name, c.expected) for day, c in sorted(self.closures.items()) if day.year == year]

    def amended(
        self, version: str, *, added: Mapping[date, Words] | None = None, removed: Iterable[date] = ()
    ) -> "HolidayTable":
        """Return the table as an amendment of the holiday law would leave it."""
        gone = set(removed)
        kept = {day: closure for day, closure in self.closures.items() if day not in gone}
        new = {day: Closure(name) for day, name in (added or {}).items()}
        return replace(self, version=version, closures=kept | new)

    @property
    def sha256(self) -> str:
        """The table's hash: over its canonical text, so that one changed holiday changes it."""
        from hashlib import sha256  # costs 10 ms to load, and only a certificate asks

        return sha256(self.canonical().encode()).hexdigest()

    def canonical(self) -> str:
        """Return the table as the text of its data file."""
        head = [
            f"# version={self.version}",
            f"# years={self.first_year}-{self.last_year}",
            f"# equinox days announced through={self.announced_through}",
        ]
        rows = (
            f"{day.isoformat()},{'expected' if c.expected else 'settled'},{c.name.ja},{c.name.en}"
            for day, c in sorted(self.closures.items())
        )
        return "\n".join([*head, *rows]) + "\n"

    def _check(self, day: date) -> None:
        if not self.first_year <= day.year <= self.last_year:
            raise Refused(
                "beyond_holiday_table",
                day=day.isoformat(),
                table=self.version,
                first=self.first_year,
                last=self.last_year,
            )


def parse_table(text: str) -> HolidayTable:
    """Read a table from the text of its data file."""
    head: dict[str, str] = {}
    closures: dict[date, Closure] = {}
    for line in text.splitlines():
        if line.startswith("# "):
            key, _, value = line[2:].partition("=")
            head[key] = value
        else:
            day, certainty, ja, en = line.split(",", 3)
            closures[date.fromisoformat(day)] = Closure(Words(en, ja), certainty == "expected")
    first, _, last = head["years"].partition("-")
    announced = int(head["equinox days announced through"])
    return HolidayTable(head["version"], int(first), int(last), announced, closures)


@cache
def holiday_table(version: str | None = None) -> HolidayTable:
    """Return a version of the table; the newest when none is named."""
    shipped = [name.removesuffix(".csv") for name in files_in("holidays") if name.endswith(".csv")]
    if version is not None and version not in shipped:
        raise Refused("unknown_holiday_table", table=version, known=", ".join(shipped))
    return parse_table(read_text("holidays", f"{version or shipped[-1]}.csv"))


def is_open_day(day: date) -> bool:
    """Tell whether administrative organs work on `day`, by the newest table."""
    return holiday_table().is_open(day)


def next_open_day(day: date) -> date:
    """Return `day` if it is open, else the first open day after it, by the newest table."""
    return holiday_table().next_open(day)


def open_days_before(day: date, count: int) -> date:
    """Return the `count`-th open day before `day`, by the newest table."""
    return holiday_table().open_day_before(day, count)


def spoken(day: date) -> Words:
    """Return the day as a sentence names it: `2026-05-07 (Thursday)`, `2026年5月7日（木）`."""
    en, ja = _WEEKDAYS[day.weekday()]
    return Words(f"{day.isoformat()} ({en})", f"{day.year}年{day.month}月{day.day}日（{ja}）")
