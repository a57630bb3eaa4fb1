"""The thirty-one worked examples: what each article gives, from the day it names."""

from datetime import date

import pytest

from services.statute import period


def day(text: str) -> date:
    return date.fromisoformat(text)


# number, record, trigger, counted last day, last day, first free day (where the effect is named)
EXAMPLES = [
    (
        "1 day 1 is acceptance",
        "infra.standstill",
        "2026-06-01",
        "2026-06-30",
        None,
        "2026-07-01",
    ),
    ("2 thirty days", "infra.standstill", "2024-06-03", "2024-07-02", None, "2024-07-03"),
    ("3 thirty days over February", "infra.standstill", "2027-02-01", "2027-03-02", None, "2027-03-03"),
    ("4 thirty days, leap February", "infra.standstill", "2028-02-01", "2028-03-01", None, "2028-03-02"),
    ("5 not moved at the year end", "infra.standstill", "2025-12-05", "2026-01-03", None, "2026-01-04"),
    ("6 four months", "infra.extended_standstill", "2026-05-15", "2026-09-14", None, "2026-09-15"),
    ("7 from the first", "infra.extended_standstill", "2026-06-01", "2026-09-30", None, "2026-10-01"),
    ("8 no such day", "infra.extended_standstill", "2026-10-30", "2027-02-28", None, "2027-03-01"),
    ("9 leap year", "infra.extended_standstill", "2027-10-31", "2028-02-29", None, "2028-03-01"),
    ("10 ten days", "infra.answer_to_recommendation", "2026-06-10", "2026-06-19", None, None),
    ("11 three holidays", "infra.answer_to_recommendation", "2026-09-14", "2026-09-23", "2026-09-24", None),
    ("12 year end", "infra.answer_to_recommendation", "2025-12-22", "2025-12-31", "2026-01-05", None),
    ("13 May holidays", "infra.answer_to_recommendation", "2026-04-24", "2026-05-03", "2026-05-07", None),
    ("14 first day left out", "patent.paper_on_keeping", "2026-06-01", "2026-06-15", None, None),
    ("15 holiday", "patent.paper_on_keeping", "2026-04-15", "2026-04-29", "2026-04-30", None),
    ("16 year end", "patent.paper_on_keeping", "2026-12-16", "2026-12-30", "2027-01-04", None),
    ("17 the real case", "infra.grace_after_designation", "2023-11-16", "2024-05-16", None, "2024-05-17"),
    ("18 three months", "patent.sending", "2024-05-01", "2024-08-01", None, None),
    ("19 month end, 27th", "patent.sending", "2026-11-27", "2027-02-27", None, None),
    ("19 month end, 28th", "patent.sending", "2026-11-28", "2027-02-28", None, None),
    ("19 month end, 29th", "patent.sending", "2026-11-29", "2027-02-28", None, None),
    ("19 month end, 30th", "patent.sending", "2026-11-30", "2027-02-28", None, None),
    ("20 leap", "patent.sending", "2027-11-30", "2028-02-29", None, None),
    ("21 the month-start trap", "patent.sending", "2027-02-28", "2027-05-31", None, None),
    ("22 the request moves", "patent.not_sent_request", "2026-06-19", "2026-09-19", "2026-09-24", None),
    ("23 ten months", "patent.foreign_filing_ban", "2024-05-01", "2025-03-01", None, "2025-03-02"),
    ("24 month end, 28th", "patent.foreign_filing_ban", "2026-04-28", "2027-02-28", None, "2027-03-01"),
    ("24 month end, 29th", "patent.foreign_filing_ban", "2026-04-29", "2027-02-28", None, "2027-03-01"),
    ("24 month end, 30th", "patent.foreign_filing_ban", "2026-04-30", "2027-02-28", None, "2027-03-01"),
    ("25 one year from designation", "patent.designation", "2026-03-10", "2027-03-09", None, None),
    ("26 from 29 February", "patent.designation", "2028-02-29", "2029-02-28", None, None),
    ("27 to a leap day", "patent.designation", "2027-03-01", "2028-02-29", None, None),
    ("28 suit", "patent.suit_for_compensation", "2026-08-31", "2027-02-28", "2027-03-01", None),
    ("29 report", "supply.periodic_report", "2026-03-31", "2026-06-30", None, None),
    ("30 report, year end", "supply.periodic_report", "2026-09-30", "2026-12-31", "2027-01-04", None),
    ("31 two weeks before", "infra.change_of_particulars", "2026-10-01", "2026-09-17", None, None),
]


@pytest.mark.parametrize(
    ("name", "trigger", "counted", "moved", "free"),
    [example[1:] for example in EXAMPLES],
    ids=[example[0] for example in EXAMPLES],
)
def test_the_articles_give(
    name: str, trigger: str, counted: str, moved: str | None, free: str | None
) -> None:
    deadline = period(name).starting(day(trigger))
    assert deadline.counted_last_day == day(counted)
    assert deadline.last_day == day(moved or counted)
    assert deadline.moved_from == (day(counted) if moved else None)
    if free:
        assert deadline.free_from == day(free)


def test_the_reading_of_example_31_by_clear_days_is_a_day_earlier() -> None:
    ((reading, other),) = period("infra.change_of_particulars").starting(day("2026-10-01")).other_readings
    assert (reading.name, other.last_day) == ("clear days", day("2026-09-16"))
