"""Builds a version of the holiday table: `python -m services.statute.build_holiday_table VERSION ANNOUNCED`.

VERSION is the day of the state of the holiday law that was read; ANNOUNCED the last year whose equinox days
the Government has announced (they are fixed in February of the year before). National holidays come from
jpholiday, which is checked against a second library in the tests; nothing at run time depends on either.
"""

from datetime import date

import click

from services.statute.messages import Words
from services.statute.office_calendar import Closure, HolidayTable

FIRST_YEAR, LAST_YEAR = 2000, 2060
_ENGLISH = {
    "元日": "New Year's Day",
    "成人の日": "Coming of Age Day",
    "建国記念の日": "National Foundation Day",
    "天皇誕生日": "The Emperor's Birthday",
    "春分の日": "Vernal Equinox Day",
    "昭和の日": "Showa Day",
    "憲法記念日": "Constitution Memorial Day",
    "みどりの日": "Greenery Day",
    "こどもの日": "Children's Day",
    "海の日": "Marine Day",
    "山の日": "Mountain Day",
    "敬老の日": "Respect for the Aged Day",
    "秋分の日": "Autumnal Equinox Day",
    "体育の日": "Health and Sports Day",
    "スポーツの日": "Sports Day",
    "文化の日": "Culture Day",
    "勤労感謝の日": "Labour Thanksgiving Day",
    "国民の休日": "day between two national holidays",
}
_ONCE = {
    "天皇の即位の日": "Day of the Emperor's accession",
    "即位礼正殿の儀": "Enthronement ceremony",
}
_SUBSTITUTE = "振替休日"
_YEAR_END = Words("year-end and New Year closing days", "年末年始の休日")


def build(version: str, announced_through: int) -> HolidayTable:
    """Return the table of national holidays and year-end closing days of all covered years."""
    import jpholiday

    closures: dict[date, Closure] = {}
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for day, name in jpholiday.year_holidays(year):
            expected = year > announced_through and _hangs_on_equinox(day, name)
            closures[day] = Closure(_named(name), expected)
        closing = [date(year, 1, d) for d in (2, 3)] + [date(year, 12, d) for d in (29, 30, 31)]
        for day in closing:
            # Art. 1(1)(iii) leaves out what item (ii) already closes.
            closures.setdefault(day, Closure(_YEAR_END))
    return HolidayTable(version, FIRST_YEAR, LAST_YEAR, announced_through, closures)


def _hangs_on_equinox(day: date, name: str) -> bool:
    # A day between two national holidays exists in September only beside the autumnal equinox.
    return "春分" in name or "秋分" in name or (name == "国民の休日" and day.month == 9)


def _named(japanese: str) -> Words:
    base = japanese.replace(_SUBSTITUTE, "").strip()
    english = (_ENGLISH | _ONCE).get(base)
    if english is None:
        raise ValueError(f"no English name for {japanese}")
    return Words(f"substitute holiday for {english}" if _SUBSTITUTE in japanese else english, japanese)


@click.command()
@click.argument("version")
@click.argument("announced_through", type=int)
def main(version: str, announced_through: int) -> None:
    """Write data/holidays/VERSION.csv to standard output."""
    click.echo(build(version, announced_through).canonical(), nl=False)


if __name__ == "__main__":
    main()
