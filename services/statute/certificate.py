"""The clock certificate: a signed statement of where a period stands, which anybody can recompute offline.

It carries what the computation needs (the record of law, the trigger and its evidence, the facts, the holiday
table's hash) and what it came to. `verify` checks the signature, then computes everything again from the
records and the table at hand, and names each difference.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from services.statute.clock import Clock, Fact, clock
from services.statute.days import JST, in_japan, start_of
from services.statute.explanation import passed_over
from services.statute.jws import Sign, canonical, is_signed_by, seal, unseal
from services.statute.messages import Words
from services.statute.office_calendar import HolidayTable, holiday_table
from services.statute.periods import Deadline, Period
from services.statute.records import period
from services.statute.refusal import Refused
from services.statute.start_dates import start_day

FORMAT = "sakimori-clock-certificate/1"
_ONE_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Claim:
    """One period of a case, and what it is computed from.

    `evidence` is the hash of the act that triggered it. `filed_on` and `events` are given for a patent period
    whose start the tables of 66(4) or 78(3) decide; `trigger_day` is then the day they give. `law_on` pins
    the case to the law of a day, as a transitional rule may want.
    """

    name: str
    trigger_day: date
    evidence: str
    facts: tuple[Fact, ...] = ()
    law_on: date | None = None
    filed_on: date | None = None
    events: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking a certificate found: `reasons` is empty exactly when it holds."""

    document: dict[str, Any]
    reasons: tuple[Words, ...]

    @property
    def holds(self) -> bool:
        """Whether the signature and every recomputed value agree."""
        return not self.reasons


def certificate(
    case: str, claims: tuple[Claim, ...], as_of: datetime, *, holidays: HolidayTable | None = None
) -> dict[str, Any]:
    """Return the document that certifies the clocks of `case` as they stood at the aware instant `as_of`."""
    return {
        "format": FORMAT,
        "kind": "clock",
        "case": case,
        "as_of": in_japan(as_of).isoformat(timespec="seconds"),
        "clocks": [_stated(claim, holidays) for claim in claims],
    }


def silence_certificate(
    case: str, claim: Claim, now: datetime, *, holidays: HolidayTable | None = None
) -> dict[str, Any]:
    """Return the document certifying that a period ended by silence, on its true legal day.

    It does not depend on `now`, which only has to lie after the end: however late it is made, and however
    often, it is the same document with the same `certificate_id`, so that a store keyed by it holds one.
    """
    told = _clock(claim, holidays)
    if told.deadline is None or told.ended_on is not None:
        raise Refused("did_not_end_by_silence", told.record.article, name=told.record.name)
    if now < told.deadline.free_at:
        free = told.deadline.free_from
        raise Refused("still_running", told.record.article, name=told.record.name, free=free)
    stated = _stated(claim, holidays)
    return {
        "format": FORMAT,
        "kind": "silence",
        "case": case,
        "certificate_id": _digest({"case": case, "period": told.record.name, "evidence": claim.evidence}),
        "effect": told.record.on_lapse._asdict(),
        "clocks": [stated],
    }


def sign_certificate(document: dict[str, Any], sign: Sign, key_id: str) -> bytes:
    """Sign a document; `sign` gets the signing input and returns a DER ECDSA signature over its SHA-256.

    KMS: `Sign(SigningAlgorithm="ECDSA_SHA_256")` on an ECC_NIST_P256 key, with `MessageType="DIGEST"` and the
    hash when the input is longer than the 4096 bytes KMS takes raw.
    """
    return seal(document, sign, key_id)


def verify(file: bytes, public_key_pem: bytes, *, holidays: HolidayTable | None = None) -> Verdict:
    """Check a signed certificate offline against the public key, the records and the holiday table here.

    `holidays` replaces the shipped tables. A file that is no certificate at all gives a verdict with an empty
    document and the reason.
    """
    try:
        sealed = unseal(file)
    except Refused as refused:
        return Verdict({}, (refused.message,))
    reasons: list[Words] = []
    if not is_signed_by(sealed, public_key_pem):
        reasons.append(Refused("signature_differs").message)
    reasons.extend(_differences(sealed.payload, holidays))
    return Verdict(sealed.payload, tuple(reasons))


def _differences(document: dict[str, Any], holidays: HolidayTable | None) -> Iterator[Words]:
    try:
        again = _recomputed(document, holidays)
    except Refused as refused:
        yield refused.message
        return
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        yield Refused("not_a_certificate", why=str(error)).message
        return
    for path, told, found in _unequal(document, again):
        yield Refused("recomputed_differs", path=path, told=told, found=found).message


def _recomputed(document: dict[str, Any], holidays: HolidayTable | None) -> dict[str, Any]:
    claims = tuple(_claim(stated) for stated in document["clocks"])
    tables = [_table_of(stated, holidays) for stated in document["clocks"]]
    if document["kind"] == "silence":
        ((claim, table),) = zip(claims, tables, strict=True)
        told = _clock(claim, table)
        ended = told.deadline.free_at if told.deadline else start_of(claim.trigger_day)
        return silence_certificate(document["case"], claim, ended, holidays=table)
    as_of = datetime.fromisoformat(document["as_of"])
    again = certificate(document["case"], (), as_of)
    return {**again, "clocks": [_stated(c, t) for c, t in zip(claims, tables, strict=True)]}


def _stated(claim: Claim, holidays: HolidayTable | None) -> dict[str, Any]:
    """State a claim and what it came to, as plain JSON values."""
    told = _clock(claim, holidays)
    record, deadline = told.record, told.deadline
    return {
        "period": record.name,
        "ref": record.ref,
        "article": record.article,
        "article_ja": record.article_ja,
        "law": {
            "text_read": record.text_read,
            "effective_from": record.effective_from.isoformat(),
            "law_on": _iso(claim.law_on),
            "record_sha256": record_hash(record),
        },
        "trigger": {
            "day": claim.trigger_day.isoformat(),
            "evidence": claim.evidence,
            "filed_on": _iso(claim.filed_on),
            "events": {name: day.isoformat() for name, day in claim.events.items()},
        },
        "facts": [
            {"kind": f.kind, "on": f.on.isoformat(), "until": _iso(f.until), "sequence": f.sequence}
            for f in told.facts
        ],
        "ended_on": _iso(told.ended_on),
        "stopped_since": _iso(told.stopped_since),
        "result": _result(deadline) if deadline else None,
    }


def _result(deadline: Deadline) -> dict[str, Any]:
    last_barred = start_of(deadline.free_from).astimezone(JST) - _ONE_SECOND
    table = deadline.holidays if deadline.record.moves != "stays" else None
    return {
        "day_one": deadline.day_one.isoformat(),
        "last_day": deadline.last_day.isoformat(),
        "moved_from": _iso(deadline.moved_from),
        "passed_over": [{"day": day.isoformat(), **why._asdict()} for day, why in passed_over(deadline)],
        "free_from": deadline.free_from.isoformat(),
        "last_barred_instant": last_barred.isoformat(),
        "first_free_instant": deadline.free_at.astimezone(JST).isoformat(),
        "holiday_table": {"version": table.version, "sha256": table.sha256} if table else None,
    }


def record_hash(record: Period) -> str:
    """Return the hash of what a record of law says of its counting; a changed rule changes it."""
    return _digest(
        {
            "name": record.name,
            "article": record.article,
            "how": record.how,
            "length": [record.number, record.unit] if record.length else None,
            "day_one": record.day_one,
            "moves": record.moves,
            "clear": record.clear,
            **({"until": record.until} if record.until != "the last day" else {}),
            "may": sorted(record.may),
            "ceiling": record.ceiling,
            "start_dates": record.start_dates,
            "effective_from": record.effective_from.isoformat(),
            "effective_to": _iso(record.effective_to),
        }
    )


def _clock(claim: Claim, holidays: HolidayTable | None) -> Clock:
    record = period(claim.name, claim.law_on)
    if claim.filed_on is not None:
        if record.start_dates is None:
            raise Refused("no_start_dates", record.article, name=record.name)
        start = start_day(record.start_dates, claim.filed_on, claim.events).day
        if start != claim.trigger_day:
            raise Refused("start_differs", record.article, told=claim.trigger_day, found=start)
    return clock(record, claim.trigger_day, claim.facts, holidays=holidays)


def _claim(stated: dict[str, Any]) -> Claim:
    trigger = stated["trigger"]
    facts = (
        Fact(f["kind"], date.fromisoformat(f["on"]), _day(f["until"]), f["sequence"]) for f in stated["facts"]
    )
    return Claim(
        name=stated["period"],
        trigger_day=date.fromisoformat(trigger["day"]),
        evidence=trigger["evidence"],
        facts=tuple(facts),
        law_on=_day(stated["law"]["law_on"]),
        filed_on=_day(trigger["filed_on"]),
        events={name: date.fromisoformat(day) for name, day in trigger["events"].items()},
    )


def _table_of(stated: dict[str, Any], holidays: HolidayTable | None) -> HolidayTable | None:
    table = (stated["result"] or {}).get("holiday_table")
    return holidays or (holiday_table(table["version"]) if table else None)


def _unequal(told: Any, found: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    if isinstance(told, dict) and isinstance(found, dict):
        for key in sorted(told.keys() | found.keys()):
            yield from _unequal(told.get(key), found.get(key), f"{path}.{key}" if path else key)
    elif isinstance(told, list) and isinstance(found, list) and len(told) == len(found):
        for index, (one, other) in enumerate(zip(told, found, strict=True)):
            yield from _unequal(one, other, f"{path}[{index}]")
    elif told != found:
        yield path, told, found


def _digest(value: dict[str, Any]) -> str:
    from hashlib import sha256

    return sha256(canonical(value)).hexdigest()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
