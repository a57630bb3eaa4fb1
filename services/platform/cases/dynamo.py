"""Reads and writes of the table: the only module that speaks to DynamoDB. No scan.

Importing it costs a third of a second (PynamoDB and botocore), so `store` and the doors import it when they
first touch the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.connection import Connection
from pynamodb.exceptions import DeleteError, DoesNotExist, PutError, TransactWriteError, UpdateError
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from services.platform.cases import seals, table
from services.platform.cases.case import Case, Once
from services.platform.cases.history import Entry
from services.platform.cases.lists import Page, Summary, cursor_at, instant, place_at, places
from services.platform.law.parties import Parties
from services.platform.law.values import Value
from services.platform.runtime.environment import environment


def key(case_id: str) -> str:
    """The partition key of everything that belongs to a case."""
    return f"CASE#{case_id}"


class _Item(Model):
    class Meta:
        """The table this function was given."""

        table_name = environment().table

    pk = UnicodeAttribute(hash_key=True, attr_name=table.PARTITION)
    sk = UnicodeAttribute(range_key=True, attr_name=table.SORT)


class ActItem(_Item):
    """An act: immutable."""

    sequence = NumberAttribute()
    act = UnicodeAttribute()
    article = UnicodeAttribute()
    power = UnicodeAttribute()
    by = UnicodeAttribute()
    at = UnicodeAttribute()
    legal_day = UnicodeAttribute()
    data = UnicodeAttribute()
    previous = UnicodeAttribute()
    schema = NumberAttribute()
    hash = UnicodeAttribute()
    correlation_id = UnicodeAttribute()
    causation_id = UnicodeAttribute()


class Queue(GlobalSecondaryIndex["CaseItem"]):  # type: ignore[no-untyped-call]
    """A ministry's open cases by their next legal instant."""

    class Meta:
        """Key and projection, as `table` names them."""

        index_name = table.QUEUE.deployed_as
        projection = IncludeProjection(list(table.PROJECTED))

    queue_pk = UnicodeAttribute(hash_key=True, attr_name=table.QUEUE.partition)
    queue_sk = UnicodeAttribute(range_key=True, attr_name=table.QUEUE.sort)


class Party(GlobalSecondaryIndex["CaseItem"]):  # type: ignore[no-untyped-call]
    """An organisation's cases of one procedure."""

    class Meta:
        """Key and projection, as `table` names them."""

        index_name = table.PARTY.deployed_as
        projection = IncludeProjection(list(table.PROJECTED))

    party_pk = UnicodeAttribute(hash_key=True, attr_name=table.PARTY.partition)
    party_sk = UnicodeAttribute(range_key=True, attr_name=table.PARTY.sort)


class Open(GlobalSecondaryIndex["CaseItem"]):  # type: ignore[no-untyped-call]
    """A procedure's open cases by the end of their wait."""

    class Meta:
        """Key and projection, as `table` names them."""

        index_name = table.OPEN.deployed_as
        projection = IncludeProjection(list(table.PROJECTED))

    open_pk = UnicodeAttribute(hash_key=True, attr_name=table.OPEN.partition)
    open_sk = UnicodeAttribute(range_key=True, attr_name=table.OPEN.sort)


class CaseItem(_Item):
    """A case's snapshot; or, under `QUEUE#…` or `PARTY#…`, only its place in a further list."""

    case_id = UnicodeAttribute(null=True)
    procedure = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    stage = UnicodeAttribute(null=True)
    until = UnicodeAttribute(null=True)
    parties = UnicodeAttribute(null=True)
    fold = NumberAttribute(null=True)
    opened_at = UnicodeAttribute(null=True)
    state = UnicodeAttribute(null=True)
    head = UnicodeAttribute(null=True)
    generation = NumberAttribute(null=True)
    queue_pk = UnicodeAttribute(null=True)
    queue_sk = UnicodeAttribute(null=True)
    party_pk = UnicodeAttribute(null=True)
    party_sk = UnicodeAttribute(null=True)
    open_pk = UnicodeAttribute(null=True)
    open_sk = UnicodeAttribute(null=True)
    queue = Queue()
    party = Party()
    open = Open()


class ReaderItem(_Item):
    """Somebody's standing in a sealed case; it is its own key."""


class StageItem(_Item):
    """The task token of the Step Functions wait that is open for a stage."""

    token = UnicodeAttribute()
    until = UnicodeAttribute(null=True)


class OnceItem(_Item):
    """Something that may happen once: the digest of what was asked, and what was answered."""

    digest = UnicodeAttribute()
    answer = UnicodeAttribute()
    expires_at = NumberAttribute(attr_name=table.EXPIRES)


class SeenItem(_Item):
    """A decision to show something restricted: to whom, what, when and as what."""

    subject = UnicodeAttribute()
    organisation = UnicodeAttribute()
    standing = UnicodeAttribute()
    fields = UnicodeAttribute()
    route = UnicodeAttribute()
    why = UnicodeAttribute(null=True)
    at = UnicodeAttribute()
    correlation_id = UnicodeAttribute()


class CopyItem(_Item):
    """A copy for reading, made from that version of a case, or once for all (version 0)."""

    version = NumberAttribute()
    copy = UnicodeAttribute()


class LineItem(_Item):
    """`BATCH#<batch>` / `LINE#<number>`: a line of a file as it was received, and what became of it."""

    text = UnicodeAttribute()
    result = UnicodeAttribute(null=True)
    expires_at = NumberAttribute(attr_name=table.EXPIRES)


_SNAPSHOT = "CASE"
_ONCE = "ONCE"
_CONDITION = "ConditionalCheckFailedException"
_LOST = {"ConditionalCheckFailed", "TransactionConflict"}
_QUERIES: dict[str, GlobalSecondaryIndex[CaseItem]] = {
    table.QUEUE.name: CaseItem.queue,
    table.PARTY.name: CaseItem.party,
    table.OPEN.name: CaseItem.open,
}


class Cancelled(Exception):  # noqa: N818 - what DynamoDB calls it; an answer, not a fault
    """A condition did not hold, or another transaction touched the same items; nothing was written."""


class Row(Value):
    """A case's snapshot as it is kept."""

    state: str
    version: int
    head: str
    opened_at: str
    generation: int
    fold: int
    """By which version of its procedure's fold the state was made."""


class Kept(Value):
    """What is kept under an idempotency key."""

    digest: str
    answer: str


class Token(Value):
    """A Step Functions task that waits in a stage of a case, whose end by law is the instant `until`."""

    case_id: str
    stage: str
    until: str | None
    token: str


class Line(Value):
    """A line of a file: its number, its text, and what became of it, if anything has."""

    number: int
    text: str
    result: str | None


def snapshot(case_id: str) -> Row | None:
    """The snapshot of a case, strongly consistent; None when there is no such case."""
    try:
        item = CaseItem.get(key(case_id), _SNAPSHOT, consistent_read=True)
    except DoesNotExist:
        return None
    return _row(item)


def stands(case_id: str, standings: Sequence[str]) -> bool:
    """Whether somebody stands in a sealed case in one of `standings`, strongly consistent.

    Each is looked for by its key: that there is none is found alike in a case of others and in none at all.
    """
    keys = [(key(case_id), _reader_key(standing)) for standing in standings]
    return bool(keys) and bool(list(ReaderItem.batch_get(keys, consistent_read=True)))


def _row(item: CaseItem) -> Row:
    return Row(item.state, int(item.version), item.head, item.opened_at, int(item.generation), int(item.fold))


def acts(case_id: str, after: int = 0, limit: int | None = None) -> tuple[Entry, ...]:
    """The acts of a case in order, strongly consistent: all, or `limit` of those `after` a sequence."""
    theirs = ActItem.sk.between(_act_key(after + 1), f"{table.ACT_PREFIX}~")
    found = islice(ActItem.query(key(case_id), theirs, consistent_read=True, limit=limit), limit)
    return tuple(
        Entry(
            case_id=case_id,
            sequence=int(item.sequence),
            act=item.act,
            article=item.article,
            power=item.power,
            by=msgspec.json.decode(item.by),
            at=item.at,
            legal_day=item.legal_day,
            data=msgspec.json.decode(item.data),
            previous=item.previous,
            schema=int(item.schema),
            correlation_id=item.correlation_id,
            causation_id=item.causation_id,
            hash=item.hash,
        )
        for item in found
    )


def answered(once: Once) -> Kept | None:
    """What was answered under an idempotency key, strongly consistent; None when it is new."""
    try:
        item = OnceItem.get(_once_key(once), _ONCE, consistent_read=True)
    except DoesNotExist:
        return None
    return Kept(item.digest, item.answer)


def page(index: table.Index, partition: str, limit: int, cursor: str | None) -> Page:
    """A page of at most `limit` cases of one partition of an index. Raises the refusal `cursor_not_valid`."""
    results = _QUERIES[index.name].query(
        partition,
        limit=limit,
        last_evaluated_key=_start(index, partition, cursor) if cursor else None,
        scan_index_forward=index is not table.PARTY,
    )
    found = tuple(_summary(item) for item in results)
    last = results.last_evaluated_key
    return Page(found, cursor_at(last[table.SORT]["S"], last[index.sort]["S"]) if last else None)


def every_open(partition: str, until: str | None = None) -> Iterator[Summary]:
    """Every open case of a partition; with `until`, only those whose wait ended by then."""
    # "$" follows "#", which parts the instant from the id, so that the instant itself is included.
    before: Any = CaseItem.open_sk < f"{until}$" if until else None
    return (_summary(item) for item in CaseItem.open.query(partition, before))


class Transaction:
    """Everything one command writes: all of it, or nothing."""

    def __init__(self) -> None:
        self._write = TransactWrite(connection=_connection())

    def acts(self, entries: Sequence[Entry]) -> None:
        """Append acts; none may stand where they go."""
        for entry in entries:
            item = ActItem(
                key(entry.case_id),
                _act_key(entry.sequence),
                sequence=entry.sequence,
                act=entry.act,
                article=entry.article,
                power=entry.power,
                by=msgspec.json.encode(entry.by).decode(),
                at=entry.at,
                legal_day=entry.legal_day,
                data=msgspec.json.encode(entry.data).decode(),
                previous=entry.previous,
                schema=entry.schema,
                hash=entry.hash,
                correlation_id=entry.correlation_id,
                causation_id=entry.causation_id,
            )
            self._write.save(item, condition=ActItem.pk.does_not_exist())

    def snapshot(self, before: Case[Any], after: Case[Any], state: str, at: datetime) -> None:
        """Replace the snapshot of `before` by that of `after`, whose folded state is `state`."""
        parties = seals.parties_of(after)
        line = _line(after, parties)
        standing, *further = places(after, parties, at)
        kept = {
            **line,
            "head": after.head,
            "state": state,
            "fold": after.procedure.fold_version,
            **standing,
        }
        if before.version == 0:
            first = CaseItem(key(after.id), _SNAPSHOT, generation=after.generation, **kept)
            self._write.save(first, condition=CaseItem.pk.does_not_exist())
        else:
            # An update, not a put: the generation belongs to the machines and may move at the same time.
            actions = [
                getattr(CaseItem, name).remove() if value is None else getattr(CaseItem, name).set(value)
                for name, value in kept.items()
            ]
            self._write.update(
                CaseItem(key(after.id), _SNAPSHOT), actions, condition=CaseItem.version == before.version
            )
        left = {} if before.version == 0 else {_place(one): one for one in _further(before, at)}
        for one in further:
            left.pop(_place(one), None)
            self._write.save(CaseItem(key(after.id), _place(one), **{**line, **one}))
        for name in left:
            self._write.delete(CaseItem(key(after.id), name))
        now, then = seals.standings_in(after), seals.standings_in(before)
        for role in sorted(now - then):
            self._write.save(ReaderItem(key(after.id), _reader_key(role)))
        for role in sorted(then - now):
            self._write.delete(ReaderItem(key(after.id), _reader_key(role)))

    def once(self, once: Once, answer: str, expires: int) -> None:
        """Keep an idempotency key with its answer until `expires` (seconds since 1970); it must be new."""
        item = OnceItem(_once_key(once), _ONCE, digest=once.digest, answer=answer, expires_at=expires)
        self._write.save(item, condition=OnceItem.pk.does_not_exist())

    def commit(self) -> None:
        """Write all of it. Raises `Cancelled`, and then nothing was written."""
        try:
            with self._write:
                pass
        except TransactWriteError as error:
            reasons = {reason.code for reason in error.cancellation_reasons if reason}
            if reasons & _LOST:
                raise Cancelled from error
            raise


def tokens(case_id: str) -> tuple[Token, ...]:
    """The Step Functions tasks that wait in stages of a case, strongly consistent."""
    found = StageItem.query(key(case_id), StageItem.sk.startswith("STAGE#"), consistent_read=True)
    return tuple(Token(case_id, item.sk.removeprefix("STAGE#"), item.until, item.token) for item in found)


def keep_token(token: Token) -> None:
    """Register a waiting task, in place of one that waited in the same stage before."""
    StageItem(key(token.case_id), f"STAGE#{token.stage}", token=token.token, until=token.until).save()


def drop_token(token: Token) -> None:
    """Forget a waiting task, unless another one has taken its place."""
    try:
        StageItem(key(token.case_id), f"STAGE#{token.stage}").delete(condition=StageItem.token == token.token)
    except DeleteError as error:
        if error.cause_response_code != _CONDITION:
            raise


def next_generation(case_id: str, current: int) -> bool:
    """Count a new execution of the case's machine; False when someone else has just done so."""
    try:
        CaseItem(key(case_id), _SNAPSHOT).update(
            actions=[CaseItem.generation.set(current + 1)], condition=CaseItem.generation == current
        )
    except UpdateError as error:
        if error.cause_response_code == _CONDITION:
            return False
        raise
    return True


def seen(of: str, moment: str, **facts: Any) -> None:
    """Record that something restricted in a case (or of a list, by its path) is about to be shown."""
    SeenItem(key(of), f"AUDIT#{moment}", **facts).save()


def keep_copy(partition: str, name: str, copy: str, version: int) -> None:
    """Keep a copy, unless one of that version or a later one is there."""
    older = CopyItem.version.does_not_exist() | (CopyItem.version < version)
    try:
        CopyItem(partition, name, version=version, copy=copy).save(condition=older)
    except PutError as error:
        if error.cause_response_code != _CONDITION:
            raise


def keep_first_copy(partition: str, name: str, copy: str) -> str | None:
    """Keep a copy unless there is one; the one that was there then, else None."""
    try:
        CopyItem(partition, name, version=0, copy=copy).save(condition=CopyItem.pk.does_not_exist())
    except PutError as error:
        if error.cause_response_code != _CONDITION:
            raise
        return str(CopyItem.get(partition, name, consistent_read=True).copy)
    return None


def copy(partition: str, name: str) -> str | None:
    """A copy by its name, strongly consistent; None when there is none."""
    try:
        return str(CopyItem.get(partition, name, consistent_read=True).copy)
    except DoesNotExist:
        return None


def copies(
    partition: str,
    *,
    before: str | None = None,
    at_most: int | None = None,
    newest_first: bool = False,
    consistent: bool = False,
) -> Iterator[tuple[str, str]]:
    """The copies of a partition by name, each with its name."""
    earlier = CopyItem.sk < before if before else None
    found = CopyItem.query(
        partition, earlier, limit=at_most, scan_index_forward=not newest_first, consistent_read=consistent
    )
    return ((item.sk, item.copy) for item in islice(found, at_most))


def keep_lines(batch_id: str, lines: Iterable[tuple[int, str]], expires: int) -> None:
    """Keep the lines of a file with their numbers until `expires` (seconds since 1970)."""
    with LineItem.batch_write() as write:
        for number, text in lines:
            write.save(LineItem(f"BATCH#{batch_id}", _line_key(number), text=text, expires_at=expires))


def lines(batch_id: str, first: int, *, at_most: int) -> Iterator[Line]:
    """At most so many lines of a file from the number `first` on, strongly consistent."""
    found = LineItem.query(
        f"BATCH#{batch_id}", LineItem.sk >= _line_key(first), limit=at_most, consistent_read=True
    )
    return (
        Line(int(item.sk.removeprefix("LINE#")), item.text, item.result) for item in islice(found, at_most)
    )


def keep_result(batch_id: str, number: int, result: str) -> None:
    """Keep what became of a line."""
    item = LineItem(f"BATCH#{batch_id}", _line_key(number))
    item.update(actions=[LineItem.result.set(result)])


def _act_key(sequence: int) -> str:
    return f"{table.ACT_PREFIX}{sequence:06d}"


def _reader_key(standing: str) -> str:
    return f"READER#{standing}"


def _line_key(number: int) -> str:
    return f"LINE#{number:06d}"


def _place(keys: dict[str, str | None]) -> str:
    """The sort key of a further item: the partition it stands in."""
    return str(keys.get("queue_pk") or keys.get("party_pk"))


def _further(case: Case[Any], at: datetime) -> list[dict[str, str | None]]:
    return places(case, seals.parties_of(case), at)[1:]


def _line(case: Case[Any], parties: Parties) -> dict[str, Any]:
    wait = case.wait
    return {
        "case_id": case.id,
        "procedure": case.procedure.name,
        "version": case.version,
        "stage": wait.stage,
        "until": instant(wait.until) if wait.until else None,
        "parties": msgspec.json.encode(parties.held).decode(),
        "opened_at": case.opened_at,
    }


def _summary(item: CaseItem) -> Summary:
    return Summary(
        item.case_id,
        item.procedure,
        int(item.version),
        item.stage,
        item.until,
        item.opened_at,
        msgspec.convert({"held": msgspec.json.decode(item.parties)}, Parties),
    )


def _start(index: table.Index, partition: str, cursor: str) -> dict[str, dict[str, str]]:
    # The list comes from the request, never from the cursor, which only names a place in it.
    item, place = place_at(cursor)
    return {
        table.PARTITION: {"S": key(place.rpartition("#")[2])},
        table.SORT: {"S": item},
        index.partition: {"S": partition},
        index.sort: {"S": place},
    }


def _once_key(once: Once) -> str:
    return f"ONCE#{once.scope}#{once.key}"


@cache
def _connection() -> Connection:
    return Connection()
