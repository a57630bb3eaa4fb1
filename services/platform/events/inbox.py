"""The inbox: other services' events, and a service's own, from its queue.

Every message stands alone: those that fail come back, those that succeed do not. Delivery is at least once
and in any order, so an effect is recorded under the event's id in the same transaction (`once_for`), or is
one that can be repeated; what the law allows is judged from the case as it stands, never from the order of
arrival.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

import msgspec

from services.platform.cases.case import Once
from services.platform.cases.case_id import procedure_of
from services.platform.events.contracts import Event, Heard, read, source_of
from services.platform.law.acts import Act
from services.platform.law.procedure import Procedure
from services.platform.runtime.observe import count, following, log, watched

Reaction = Callable[[Event], object]
"""What is done about an event; it can be repeated."""
Cause = type[Act] | tuple[Procedure[Any], type[Act]] | Heard
"""What is reacted to: an own act, that act in one procedure alone, or another service's event."""
Reactions = Mapping[Cause, Iterable[Reaction]]


def reactions_of(*rows: tuple[Cause, Reaction]) -> Reactions:
    """The table of reactions, from rows of a cause and what is done about it."""
    table: dict[Cause, list[Reaction]] = {}
    for cause, react in rows:
        table.setdefault(cause, []).append(react)
    return table


REPLAYS = timedelta(days=400)
"""How long an event's effect is remembered: longer than the archive keeps events that could be replayed."""


class UnexpectedEvent(Exception):  # noqa: N818 - named by what arrived
    """An event that a rule let through but nobody takes; it belongs in the dead letters."""


def once_for(event: Event) -> Once:
    """The key under which an event's effect happens once; give it to `Cases.act` or `Cases.open`."""
    return Once(f"event/{event.source}", event.id, keep=REPLAYS)


class Inbox:
    """What a service does about events: the reactions of its table, between what is done about every own act.

    `first` and `last` take every own event: they move its machine, and certify what ended in silence.
    `of_aws` are AWS's own events, by source and detail-type, with what takes them as they are.
    """

    def __init__(
        self,
        service: str,
        reactions: Reactions,
        *,
        own: Iterable[str] = (),
        first: Iterable[Reaction] = (),
        last: Iterable[Reaction] = (),
        of_aws: Mapping[tuple[str, str], Callable[[dict[str, Any]], object]] | None = None,
    ) -> None:
        self._source, self._own = source_of(service), frozenset(own)
        self._first, self._last = tuple(first), tuple(last)
        self._of_aws = dict(of_aws or {})
        self._then: dict[tuple[str, str, str | None], list[tuple[type[msgspec.Struct] | None, Reaction]]] = {}
        for cause, then in reactions.items():
            # Two may hear of the same event and each read other fields of it.
            data = cause.data if isinstance(cause, Heard) else None
            self._then.setdefault(self._key(cause), []).extend((data, react) for react in then)
        self.handler = watched(self._handle)

    def _key(self, cause: Cause) -> tuple[str, str, str | None]:
        match cause:
            case Heard():
                return source_of(cause.service), cause.name, None
            case (procedure, act):
                return self._source, act.__name__, procedure.name
        return self._source, cause.__name__, None

    @property
    def takes(self) -> frozenset[tuple[str, str]]:
        """The (source, detail-type) pairs that are taken: what the queue's rules must match, and no more."""
        others = ((source, name) for source, name, _ in self._then if source != self._source)
        return frozenset((*others, *((self._source, name) for name in self._own), *self._of_aws))

    def _handle(self, event: dict[str, Any], _context: Any) -> dict[str, Any]:
        """Take each message of the batch; report only those that failed."""
        failed = [record["messageId"] for record in event["Records"] if not self._taken(record)]
        return {"batchItemFailures": [{"itemIdentifier": message} for message in failed]}

    def _taken(self, record: dict[str, Any]) -> bool:
        try:
            self.take(msgspec.json.decode(record["body"]))
        except Exception:
            log.exception("an event was not taken", extra={"message_id": record["messageId"]})
            count("EventsFailed")
            return False
        count("EventsTaken")
        return True

    def take(self, envelope: dict[str, Any]) -> None:
        """Do what is to be done about one event, given as EventBridge's JSON."""
        source, name = envelope["source"], envelope["detail-type"]
        if (source, name) in self._of_aws:
            self._of_aws[source, name](envelope)
            return
        event = read(envelope)
        then = [(read(envelope, data) if data else event, react) for data, react in self._reactions(event)]
        if source != self._source and not then:
            raise UnexpectedEvent(f"{source} {name}")
        if source == self._source:
            if name not in self._own:
                raise UnexpectedEvent(f"{source} {name}")
            first, last = ([(event, react) for react in each] for each in (self._first, self._last))
            then = [*first, *then, *last]
        with following(event.metadata.correlation_id or event.id, event.id):
            for heard, react in then:
                react(heard)

    def _reactions(self, event: Event) -> list[tuple[type[msgspec.Struct] | None, Reaction]]:
        of_all = self._then.get((event.source, event.name, None), [])
        return [*of_all, *self._then.get((event.source, event.name, procedure_of(event.case_id) or ""), [])]
