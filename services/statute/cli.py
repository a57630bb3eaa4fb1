"""The law at the command line: `period`, `periods`, `article`, `calendar` and `clock verify`."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import IO, TYPE_CHECKING, Any, ParamSpec, TypeVar

import click

from services.statute.refusal import Refused

if TYPE_CHECKING:
    from services.statute.periods import Deadline, Period

P = ParamSpec("P")
R = TypeVar("R")
_DAY = click.DateTime(["%Y-%m-%d"])


class _ClearError(click.ClickException):
    """A refusal of the clock, said in one line; exit code 2 like every other bad input."""

    exit_code = 2


def _refusals_are_errors(command: Callable[P, R]) -> Callable[P, R]:
    @wraps(command)
    def guarded(*args: P.args, **options: P.kwargs) -> R:
        try:
            return command(*args, **options)
        except Refused as refused:
            raise _ClearError(f"{refused} [{refused.code}]") from refused

    return guarded


def _as_day(value: datetime) -> date:
    # click hands over a naive datetime at 00:00; only its calendar day was typed.
    return value.date()


@click.group()
def statute_commands() -> None:
    """The legal clock."""


@statute_commands.command("period")
@click.argument("ref")
@click.option(
    "--from", "trigger_days", type=_DAY, required=True, multiple=True, metavar="DATE",
    help="The trigger day, YYYY-MM-DD in Japan; may be given again for more deadlines.",
)  # fmt: skip
@click.option("--law-on", type=_DAY, metavar="DATE", help="Use the law in force on this day.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list, in the order of the dates given.")
@_refusals_are_errors
def show_period(ref: str, trigger_days: tuple[datetime, ...], law_on: datetime | None, as_json: bool) -> None:
    """Count a period of the Act out from one or more trigger days.

    REF is the row of the table of deadlines (C3-04) or the record's own name (infra.standstill).
    `sakimori periods` lists both. DATE is the day of the record's trigger, which that list also shows.
    """
    from services.statute.records import period

    record = period(ref, on=_as_day(law_on) if law_on else None)
    deadlines = [record.starting(_as_day(day)) for day in trigger_days]
    if as_json:
        click.echo(json.dumps([deadline_as_json(d) for d in deadlines], ensure_ascii=False, indent=2))
        return
    for deadline in deadlines:
        for line in _deadline_lines(deadline):
            click.echo(line)


def deadline_as_json(deadline: Deadline) -> dict[str, Any]:
    """Return a deadline as plain JSON values; days are ISO 8601 in Japan, `free_at` carries +09:00."""
    from services.statute.days import JST

    return {
        "ref": deadline.ref,
        "period": deadline.period,
        "article": deadline.article,
        "article_ja": deadline.record.article_ja,
        "law": {
            "text_read": deadline.record.text_read,
            "effective_from": deadline.record.effective_from.isoformat(),
        },
        "trigger_day": deadline.trigger_day.isoformat(),
        "day_one": deadline.day_one.isoformat(),
        "last_day": deadline.last_day.isoformat(),
        "moved_from": deadline.moved_from.isoformat() if deadline.moved_from else None,
        "free_from": deadline.free_from.isoformat(),
        "free_at": deadline.free_at.astimezone(JST).isoformat(),
        "other_readings": [
            {"name": reading.name, "says": reading.says._asdict(), "last_day": other.last_day.isoformat()}
            for reading, other in deadline.other_readings
        ],
        "explanation": [sentence._asdict() for sentence in deadline.explanation],
    }


def _deadline_lines(deadline: Deadline) -> list[str]:
    record = deadline.record
    days = {
        "trigger day": deadline.trigger_day,
        "day one": deadline.day_one,
        "last day": deadline.last_day,
        "moved from": deadline.moved_from,
        "first free day": deadline.free_from,
    }
    head = f"{record.ref}  {record.name}  Art. {record.article}" if record.article[0].isdigit() else (
        f"{record.ref}  {record.name}  {record.article}"
    )  # fmt: skip
    shown = [f"  {name:<15} {day.isoformat() if day else '-'}" for name, day in days.items()]
    why = [f"  {sentence.en}\n  {sentence.ja}" for sentence in deadline.explanation]
    return [head, f"  {record.title.en} / {record.title.ja}", *shown, "", *why, ""]


@statute_commands.command("periods")
@click.option("--json", "as_json", is_flag=True, help="Print the records as a JSON list.")
@click.option("--disabled", is_flag=True, help="Also list placeholders whose text nobody has read.")
def list_periods(as_json: bool, disabled: bool) -> None:
    """List every period of the Act: its row, name, article, length and trigger."""
    from services.statute.records import periods

    records = periods(disabled=disabled)
    if as_json:
        click.echo(json.dumps([record_as_json(r) for r in records], ensure_ascii=False, indent=2))
        return
    for record in records:
        click.echo(f"{record.ref:<6} {record.name:<40} {_length(record):<16} {record.trigger.en}")


def record_as_json(record: Period) -> dict[str, Any]:
    """Return a record as plain JSON values."""
    return {
        "ref": record.ref,
        "name": record.name,
        "chapter": record.chapter,
        "article": record.article,
        "article_ja": record.article_ja,
        "title": record.title._asdict(),
        "who": record.who,
        "trigger": record.trigger._asdict(),
        "how": record.how,
        "length": record.number,
        "unit": record.unit or record.pace,
        "day_one": record.day_one,
        "moves": record.moves,
        "may": list(record.may),
        "maximum": record.maximum,
        "on_lapse": record.on_lapse._asdict(),
        "readings": [{"name": r.name, "taken": r.taken, "says": r.says._asdict()} for r in record.readings],
        "effective_from": record.effective_from.isoformat(),
        "effective_to": record.effective_to.isoformat() if record.effective_to else None,
        "source": list(record.source),
        "confidence": record.confidence,
        "enabled": record.enabled,
        "note": record.note,
    }


def _length(record: Period) -> str:
    from services.statute.explanation import spoken_length

    return spoken_length(record.length).en if record.length else (record.pace or record.how)


@statute_commands.command("article")
@click.argument("citation")
@click.option("--on", type=_DAY, metavar="DATE", help="Print the wording in force on this day.")
@click.option("--lang", type=click.Choice(["en", "ja"]), default="en", help="Language of all but the text.")
@click.option("--json", "as_json", is_flag=True, help="Print it as a JSON object.")
@_refusals_are_errors
def show_article(citation: str, on: datetime | None, lang: str, as_json: bool) -> None:
    """Print a provision, and what stands on it: periods, obligations, readings, powers, tests.

    CITATION is of the Act, "52(4)", or of an order, "METI Order 41 of 2023, Art. 9(2)"; quote it.
    """
    from pathlib import Path

    from services.statute.article import on_article
    from services.statute.article_pages import as_json_values, as_lines

    tests = Path("tests")
    found = on_article(citation, _as_day(on) if on else None, tests if tests.is_dir() else None)
    if as_json:
        click.echo(json.dumps(as_json_values(found), ensure_ascii=False, indent=2))
        return
    for line in as_lines(found, 0 if lang == "en" else 1):
        click.echo(line)


@statute_commands.command("amended")
@click.argument("name")
@click.option("--after", type=_DAY, required=True, metavar="DATE", help="The day before, as it was.")
@click.option("--until", type=_DAY, required=True, metavar="DATE", help="The day it is compared with.")
@_refusals_are_errors
def show_amended(name: str, after: datetime, until: datetime) -> None:
    """Say what amendments changed between two days: of an instrument's articles, or of a list.

    NAME is an instrument (act, cabinet_order, infrastructure_meti) or a list (critical_materials).
    """
    from services.statute import lists, texts

    first, last = _as_day(after), _as_day(until)
    if name in lists.lists():
        told = lists.changed(name, first, last)
        for sign, entries in (("+", told.added), ("-", told.removed)):
            for entry in entries:
                click.echo(f"{sign} {entry.item} {entry.wording}")
        for old, new in told.reworded:
            click.echo(f"- {old.item} {old.wording}\n+ {new.item} {new.wording}")
        return
    for change in texts.changes(name, first, last):
        heading = (change.after or change.before).heading  # type: ignore[union-attr]
        what = "changed" if change.before and change.after else "added" if change.after else "removed"
        click.echo(f"{change.number} {heading}: {what}")


@statute_commands.group("clock")
def clock_commands() -> None:
    """Clock certificates."""


@clock_commands.command("verify")
@click.argument("file", type=click.File("rb"))
@click.option("--key", type=click.File("rb"), required=True, metavar="PUBKEY", help="Public key, PEM, P-256.")
@click.option("--json", "as_json", is_flag=True, help="Print the finding as JSON.")
@_refusals_are_errors
def verify_certificate(file: IO[bytes], key: IO[bytes], as_json: bool) -> None:
    """Check a clock certificate offline: its signature, and every day in it computed again.

    FILE is the certificate, - for standard input. Exit code 0 when it holds, 1 when it does not.
    """
    from services.statute.certificate import verify

    verdict = verify(file.read(), key.read())
    if as_json:
        reasons = [reason._asdict() for reason in verdict.reasons]
        finding = {"holds": verdict.holds, "reasons": reasons, "document": verdict.document}
        click.echo(json.dumps(finding, ensure_ascii=False, indent=2))
    else:
        for clock in verdict.document.get("clocks", []) if verdict.holds else []:
            result = clock["result"] or {"last_day": "stopped", "first_free_instant": "-"}
            head = f"{verdict.document['case']}  {clock['ref']}  {clock['period']}"
            click.echo(f"{head}: last day {result['last_day']}, free at {result['first_free_instant']}")
        for reason in verdict.reasons:
            click.echo(f"{reason.en}\n{reason.ja}", err=True)
        click.echo("The certificate holds." if verdict.holds else "The certificate does not hold.")
    if not verdict.holds:
        raise SystemExit(1)


@statute_commands.command("calendar")
@click.argument("year", type=int)
@click.option("--json", "as_json", is_flag=True, help="Print the days as a JSON list.")
@_refusals_are_errors
def show_calendar(year: int, as_json: bool) -> None:
    """Print the days of YEAR on which administrative organs are closed, weekends aside."""
    from services.statute.office_calendar import holiday_table, spoken

    table = holiday_table()
    days = table.closed_days(year)
    if as_json:
        rows = [
            {"day": day.isoformat(), "name": name._asdict(), "expected": expected}
            for day, name, expected in days
        ]
        listed = {"year": year, "table": table.version, "sha256": table.sha256, "closed": rows}
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    click.echo(f"Administrative holidays {year}, table {table.version} ({table.sha256[:12]}); weekends aside")
    for day, name, expected in days:
        click.echo(f"  {spoken(day).en:<24} {name.en} / {name.ja}{'  (expected)' if expected else ''}")
