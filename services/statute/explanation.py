"""Says why a deadline is what it is: the article, day one, the count, the move, what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from services.statute.arithmetic import Length, last_day, no_corresponding_day
from services.statute.days import ONE_DAY
from services.statute.messages import Sentence, Words, sentence
from services.statute.office_calendar import HolidayTable, holiday_table, spoken

if TYPE_CHECKING:
    from services.statute.periods import Deadline, Period

_UNIT_JA = {"day": "日", "week": "週間", "month": "月", "year": "年"}
_KANJI = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九")


def explain(deadline: Deadline) -> tuple[Sentence, ...]:
    """Return the sentences that justify `deadline`, in the order a reader asks."""
    return tuple(_sentences(deadline))


def spoken_length(length: Length) -> Words:
    """Return a length as the law writes it: `30 days`, `三十日`."""
    plural = "" if length.number == 1 else "s"
    return Words(f"{length.number} {length.unit}{plural}", _kanji(length.number) + _UNIT_JA[length.unit])


def _kanji(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _KANJI[tens] + "十") + _KANJI[ones]


def _sentences(deadline: Deadline) -> Iterator[Sentence]:
    record = deadline.record
    yield _rule(record)
    yield from deadline.because
    yield from _counting(deadline)
    yield from _moving(deadline)
    yield sentence(
        _outcome(deadline),
        last=spoken(deadline.last_day),
        free=spoken(deadline.free_from),
        first=spoken(deadline.day_one),
        lapse=record.on_lapse,
        trigger=spoken(deadline.trigger_day),
    )
    yield from _cautions(deadline)


def _rule(record: Period) -> Sentence:
    return sentence(
        "rule",
        article=record.article,
        article_ja=record.article_ja,
        title=record.title,
        trigger=record.trigger,
        text=record.text_read,
    )


def _counting(deadline: Deadline) -> Iterator[Sentence]:
    record, length = deadline.record, deadline.record.length
    trigger, first = spoken(deadline.trigger_day), spoken(deadline.day_one)
    counted = spoken(deadline.counted_last_day)
    match record.how:
        case "counted":
            code = "day_one_counts" if deadline.day_one == deadline.trigger_day else "first_day_left_out"
            yield sentence(code, trigger=trigger, first=first)
        case "counted back":
            code = "counted_back_clear" if record.clear else "counted_back"
            yield sentence(code, trigger=trigger, last=counted, length=_spoken(length))
            return
        case "look back":
            yield sentence("looked_back", trigger=trigger, last=counted, length=_spoken(length))
            return
        case "by a day of the year":
            yield sentence("by_a_day_of_the_year", first=first, last=counted)
            return
        case _:
            yield sentence("within", outer=record.within or "", trigger=trigger, last=counted)
            return
    # A period that was extended, shortened or stopped no longer ends where its own length would.
    after = ONE_DAY if record.until == "the day after" else ONE_DAY * 0
    if (
        length is not None
        and (end := last_day(deadline.day_one, length)) + after == deadline.counted_last_day
    ):
        yield sentence(_end_code(deadline.day_one, length), length=_spoken(length), last=spoken(end))
        if after:
            yield sentence("the_day_after", last=counted)


def _spoken(length: Length | None) -> Words:
    return spoken_length(length) if length else Words("", "")


def _end_code(day_one: date, length: Length) -> str:
    if length.unit in ("day", "week"):
        return "days_counted_out"
    if no_corresponding_day(day_one, length):
        return "no_corresponding_day"
    return "from_the_first" if day_one.day == 1 else "before_corresponding_day"


def _moving(deadline: Deadline) -> Iterator[Sentence]:
    record = deadline.record
    if deadline.moved_from is None:
        if record.moves == "stays" and record.how == "counted":
            why = _closed_name(deadline.holidays, deadline.last_day)
            if why is not None:
                yield sentence("stays_though_closed", last=spoken(deadline.last_day), why=why)
        return
    table = deadline.holidays or holiday_table()
    reasons = passed_over(deadline)
    closed = Words(
        "; ".join(f"{day.isoformat()}: {why.en}" for day, why in reasons),
        "、".join(f"{day.month}月{day.day}日は{why.ja}" for day, why in reasons),
    )
    code = "moved_to_next_open_day" if deadline.last_day > deadline.moved_from else "brought_forward"
    yield sentence(
        code, closed=closed, last=spoken(deadline.last_day), table=table.version, by=record.moves_by
    )


def _closed_name(table: HolidayTable | None, day: date) -> Words | None:
    known = table or holiday_table()
    return known.why_closed(day) if known.first_year <= day.year <= known.last_year else None


def _outcome(deadline: Deadline) -> str:
    if deadline.record.how == "look back":
        return "window"
    if deadline.record.how == "counted back":
        return "late_from"
    return "ends"


def _cautions(deadline: Deadline) -> Iterator[Sentence]:
    record = deadline.record
    for reading in record.readings:
        if reading.taken:
            yield sentence("reading_taken", says=reading.says, why=reading.why)
    other_days = {reading.name: other.last_day for reading, other in deadline.other_readings}
    for reading in record.readings:
        if reading.name in other_days:
            yield sentence("reading_not_taken", says=reading.says, last=spoken(other_days[reading.name]))
        elif not reading.taken:
            yield sentence("reading_not_taken_same_day", says=reading.says)
    if (advised := deadline.advised_by) is not None:
        yield sentence("advised_by", day=spoken(advised))
    since = record.triggers_from or record.effective_from
    if deadline.trigger_day < since:
        yield sentence("before_it_was_law", since=spoken(since), trigger=spoken(deadline.trigger_day))
    if record.moves != "stays" and deadline.holidays:
        table = deadline.holidays
        if not (table.is_settled(deadline.counted_last_day) and table.is_settled(deadline.last_day)):
            year = str(deadline.counted_last_day.year)
            yield sentence("equinox_expected", year=year, announced=str(table.announced_through))
    if record.confidence != "verified":
        yield sentence("not_verified", confidence=record.confidence)


def passed_over(deadline: Deadline) -> list[tuple[date, Words]]:
    """Return the closed days a moved last day passed over, and why each is closed."""
    if deadline.moved_from is None:
        return []
    table = deadline.holidays or holiday_table()
    first, last = sorted((deadline.moved_from, deadline.last_day))
    days = (first + ONE_DAY * step for step in range((last - first).days + 1))
    return [(day, why) for day in days if (why := table.why_closed(day))]
