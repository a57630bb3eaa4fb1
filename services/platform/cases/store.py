"""The case store: one strongly consistent read and one transaction for each command.

A case is the fold of its acts. Its snapshot is a cache of that fold, replaced in the same transaction that
appends the acts and keeps the idempotency key, so that a command happens whole or not at all. What speaks to
DynamoDB is `dynamo`, imported when the table is first touched.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec
from msgspec.structs import replace

from services.platform.cases import seals, table
from services.platform.cases.case import Case, Done, Once
from services.platform.cases.case_id import case_id as new_case_id
from services.platform.cases.case_id import procedure_of
from services.platform.cases.history import BEGINNING, BrokenChain, Entry, refold, verify_chain
from services.platform.cases.lists import Page, Summary, cases_of, instant, open_of, queue_of
from services.platform.law.acts import Act, leaving, version_of
from services.platform.law.parties import AUDITOR, THE_CLOCK, Held, Principal, Role
from services.platform.law.procedure import Decide, Given, Power, Procedure, Refusal
from services.platform.runtime.observe import count, log, trace

if TYPE_CHECKING:
    from services.platform.cases import dynamo
    from services.platform.cases.dynamo import Transaction

S = TypeVar("S")
Beside = Callable[["Transaction"], None]
"""Something more to write in a command's transaction."""
LARGEST = 380_000
"""Bytes of state a case may hold: DynamoDB keeps items of 400 KB, keys and index entries included."""


class LostRace(Refusal):
    """Someone else's command was recorded between this one's read and its transaction."""

    def __init__(self, current: int) -> None:
        super().__init__("version_conflict", current=current)


class Cases(Generic[S]):
    """The cases of one procedure in the service's table."""

    def __init__(self, procedure: Procedure[S]) -> None:
        self.procedure = procedure

    def load(self, case_id: str) -> Case[S]:
        """The case as of now, by one strongly consistent read. Raises the refusal `no_such_case`."""
        if procedure_of(case_id) == self.procedure.name:
            from services.platform.cases import dynamo

            row = dynamo.snapshot(case_id)
            if row is not None:
                return self._case(case_id, row)
        raise Refusal("no_such_case")

    def load_for(self, case_id: str, reader: Principal, roles: Iterable[Role]) -> Case[S]:
        """The case, for somebody who may stand in it as one of `roles`.

        A sealed one in which the reader does not stand is not even read. Raises the refusal `no_such_case`,
        after the same work whether there is no such case or none of the reader's.
        """
        if not self.procedure.sealed or {AUDITOR.name, THE_CLOCK.name} & reader.roles:
            return self.load(case_id)
        if procedure_of(case_id) == self.procedure.name:
            from services.platform.cases import dynamo

            if dynamo.stands(case_id, seals.standings_of(reader, roles)):
                return self.load(case_id)
        raise Refusal("no_such_case")

    def _case(self, case_id: str, row: dynamo.Row) -> Case[S]:
        kept, seal = seals.opened_state(row.state, case_id, row.version)
        state = self._state(case_id, row, kept)
        return Case(
            case_id, self.procedure, state, row.version, row.head, row.opened_at, row.generation, seal
        )

    def _state(self, case_id: str, row: dynamo.Row, kept: str | bytes) -> S:
        """The kept state; made anew from the acts when it was kept by another fold than today's."""
        if row.fold == self.procedure.fold_version:
            try:
                return msgspec.json.decode(kept, type=type(self.procedure.initial))
            except msgspec.ValidationError:
                log.warning("a kept state is made anew", extra={"case": case_id})
        count("SnapshotsMadeAnew")
        return refold(self.procedure, self.history(case_id)[: row.version])

    def open(
        self,
        power: Decide,
        command: Any,
        given: Given,
        *,
        once: Once | None = None,
        render: Callable[[Case[S], Sequence[Act]], Any] | None = None,
        case_id: str | None = None,
        beside: Sequence[Beside] = (),
    ) -> Done[S]:
        """Open a case by `power`, in one transaction and without a read. Raises `Refusal`.

        With a `case_id` of the caller's the case is opened once for ever: `LostRace` says it is there. What
        is written `beside` it happens with it or not at all.
        """
        named = case_id or self.new_id(given.at)
        nothing = Case(named, self.procedure, self.procedure.initial, 0, BEGINNING, instant(given.at))
        return self._do(nothing, power, command, given, None, once, render, beside)

    def new_id(self, at: datetime, cause: str = "") -> str:
        """An id for a case to be opened at `at`: random, or always the same for the same `cause`."""
        entropy = hashlib.sha256(cause.encode()).digest() if cause else secrets.token_bytes(10)
        return new_case_id(self.procedure.name, at, entropy)

    def beside(self, case: Case[S], power: Decide, command: Any, given: Given) -> Beside:
        """What `power` writes in a case just loaded, for another's transaction; a refusal refuses both."""

        def write(transaction: Transaction) -> None:
            # Decided when it is written, so that a repetition finds its kept answer before a refusal.
            after, entries, _ = self._after(case, power, command, given)
            transaction.acts(entries)
            transaction.snapshot(case, after, _stored(after), given.at)

        return write

    def act(
        self,
        case_id: str,
        power: Decide,
        command: Any,
        given: Given,
        *,
        expected: int | None = None,
        once: Once | None = None,
        render: Callable[[Case[S], Sequence[Act]], Any] | None = None,
    ) -> Done[S]:
        """Use `power` in a case: one read, one transaction. Raises `Refusal`, and then nothing was written.

        `expected` is the version the caller has read; another one is refused as `version_mismatch`. When
        someone else's command is recorded meanwhile, this one is refused as `version_conflict`. `render`
        makes the answer from the case after the command, before anything is written; the answer is kept with
        `once`.
        """
        case = self.load(case_id)
        return self.act_on(case, power, command, given, expected=expected, once=once, render=render)

    def act_on(
        self,
        case: Case[S],
        power: Decide,
        command: Any,
        given: Given,
        *,
        expected: int | None = None,
        once: Once | None = None,
        render: Callable[[Case[S], Sequence[Act]], Any] | None = None,
        held: Held | None = None,
    ) -> Done[S]:
        """Do as `act` does, in a case that was just loaded, by someone whose standing may be known."""
        return self._do(case, power, command, given, expected, once, render, held=held)

    def history(self, case_id: str, *, after: int = 0, limit: int | None = None) -> tuple[Entry, ...]:
        """The acts of the case in order, strongly consistent: all, or `limit` of those `after` a sequence."""
        return seals.opened(self.kept_history(case_id, after=after, limit=limit))

    def kept_history(self, case_id: str, *, after: int = 0, limit: int | None = None) -> tuple[Entry, ...]:
        """The acts as they are kept, and as their hashes prove them: of a sealed case, still sealed."""
        from services.platform.cases import dynamo

        return dynamo.acts(case_id, after, limit)

    def verify(self, case_id: str) -> str:
        """Prove the snapshot by the history: the hash of the last act. Raises `BrokenChain`."""
        case = self.load(case_id)
        history = self.kept_history(case_id)[: case.version]
        head = verify_chain(history, case.head)
        if refold(self.procedure, seals.opened(history, case.seal)) != case.state:
            raise BrokenChain(case.version, "does not lead to the state the case is kept in")
        return head

    def queue(self, ministry: str, *, limit: int = 50, cursor: str | None = None) -> Page:
        """A ministry's open cases of every procedure of this service, the next legal instant first."""
        from services.platform.cases import dynamo

        return dynamo.page(table.QUEUE, queue_of(ministry), limit, cursor)

    def of(self, organisation: str, *, limit: int = 50, cursor: str | None = None) -> Page:
        """An organisation's cases of this procedure, the newest first."""
        from services.platform.cases import dynamo

        whose = seals.name_of(organisation, self.procedure)
        return dynamo.page(table.PARTY, cases_of(whose, self.procedure.name), limit, cursor)

    def open_page(self, *, limit: int = 50, cursor: str | None = None) -> Page:
        """A page of the open cases, the next end of a wait first."""
        from services.platform.cases import dynamo

        return dynamo.page(table.OPEN, open_of(self.procedure.name), limit, cursor)

    def open_cases(self) -> Iterator[Summary]:
        """Every open case, the next end of a wait first."""
        from services.platform.cases import dynamo

        return dynamo.every_open(open_of(self.procedure.name))

    def due(self, before: datetime) -> Iterator[Summary]:
        """The open cases whose wait ended by law at or before that instant."""
        from services.platform.cases import dynamo

        return dynamo.every_open(open_of(self.procedure.name), instant(before))

    def _do(
        self,
        case: Case[S],
        power: Decide,
        command: Any,
        given: Given,
        expected: int | None,
        once: Once | None,
        render: Callable[[Case[S], Sequence[Act]], Any] | None,
        beside: Sequence[Beside] = (),
        held: Held | None = None,
    ) -> Done[S]:
        try:
            if expected is not None and expected != case.version:
                raise Refusal("version_mismatch", expected=expected, current=case.version)
            after, entries, acts = self._after(case, power, command, given, held)
            answer = render(after, acts) if render else None
            self._write(case, after, entries, given, once, answer, beside)
        except Refusal:
            # Only now is it worth a read: was this very command done before, its answer lost on the way?
            before = self._answered(once)
            if before is None:
                raise
            return before
        return Done(answer, after, acts)

    def _after(
        self, case: Case[S], power: Decide, command: Any, given: Given, held: Held | None = None
    ) -> tuple[Case[S], list[Entry], tuple[Act, ...]]:
        named = self.procedure.power(power)
        roles = self.procedure.roles_for(named, case.state, command, given) if held is None else held
        acts = self.procedure.decide_as(named, roles, case.state, command, given)
        if self.procedure.sealed and case.seal is None:
            case = replace(case, seal=seals.new_seal(case.id))
        entries = self._entries(case, named, roles, acts, given)
        after = replace(
            case,
            state=self.procedure.fold(acts, case.state),
            version=entries[-1].sequence,
            head=entries[-1].hash,
        )
        return after, entries, acts

    def _entries(
        self, case: Case[S], power: Power[S], held: Held, acts: Sequence[Act], given: Given
    ) -> list[Entry]:
        if not acts:
            raise RuntimeError(
                f"the power {power.name} of {self.procedure.name} decided nothing and refused nothing"
            )
        roles = sorted(power.held_by(held))
        by = {"subject": given.by.subject, "organisation": given.by.organisation, "as": roles}
        entries: list[Entry] = []
        previous = case.head
        for sequence, act in enumerate(acts, start=case.version + 1):
            entry = Entry(
                case_id=case.id,
                sequence=sequence,
                act=type(act).__name__,
                article=power.article,
                power=power.name,
                by=by,
                at=instant(given.at),
                legal_day=given.today.isoformat(),
                data=msgspec.to_builtins(act),
                previous=previous,
                schema=version_of(type(act)),
                correlation_id=trace().correlation_id,
                causation_id=trace().causation_id,
            )
            if case.seal is not None:
                left = leaving(type(act))
                entry = seals.closed(entry, case.seal, left.fields if left else ())
            entry = entry.sealed()
            entries.append(entry)
            previous = entry.hash
        return entries

    def _write(
        self,
        before: Case[S],
        after: Case[S],
        entries: Sequence[Entry],
        given: Given,
        once: Once | None,
        answer: Any,
        beside: Sequence[Beside],
    ) -> None:
        from services.platform.cases import dynamo

        state = _stored(after)
        transaction = dynamo.Transaction()
        transaction.acts(entries)
        transaction.snapshot(before, after, state, given.at)
        for write in beside:
            write(transaction)
        if once is not None:
            expires = int((given.at + once.keep).timestamp())
            transaction.once(once, msgspec.json.encode(answer).decode(), expires)
        try:
            transaction.commit()
        except dynamo.Cancelled:
            row = dynamo.snapshot(after.id)
            raise LostRace(row.version if row else 0) from None

    def _answered(self, once: Once | None) -> Done[S] | None:
        if once is None:
            return None
        from services.platform.cases import dynamo

        kept = dynamo.answered(once)
        if kept is None:
            return None
        if kept.digest != once.digest:
            raise Refusal("idempotency_key_reused")
        return Done(msgspec.json.decode(kept.answer))


def _stored(case: Case[Any]) -> str:
    """The state as it is kept. Raises the refusal `case_too_large`."""
    plain = msgspec.json.encode(case.state)
    state = seals.closed_state(plain, case.seal, case.version) if case.seal else plain.decode()
    size = len(state.encode())
    if size > LARGEST:
        raise Refusal("case_too_large", size=size, limit=LARGEST)
    return state
