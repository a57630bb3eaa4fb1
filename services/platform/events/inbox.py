"""The inbox: other services' events, and a service's own, from its queue.

Every message stands alone: those that fail come back, those that succeed do not. Delivery is at least once
and in any order, so an effect is recorded under the event's id in the same transaction (`once_for`), or is
one that can be repeated; what the law allows is judged from the case as it stands, never from the order of
arrival.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

import msgspec

from services.platform.cases.store import Once
from services.platform.events.contracts import Event, read
from services.platform.law.values import Value
from services.platform.runtime.observe import count, following, log, watched

T = TypeVar("T")
REPLAYS = timedelta(days=400)
"""How long an event's effect is remembered: longer than the archive keeps events that could be replayed."""


class Subscription(Value):
    """What is done about one kind of event, and the data it is read as."""

    data: type
    then: Callable[[Event[Any]], object]


class UnexpectedEvent(Exception):  # noqa: N818 - named by what arrived
    """An event that a rule let through but no subscription takes; it belongs in the dead letters."""


def once_for(event: Event[Any]) -> Once:
    """The key under which an event's effect happens once; give it to `Cases.act` or `Cases.open`."""
    return Once(f"event/{event.source}", event.id, keep=REPLAYS)


class Inbox:
    """The subscriptions of one queue."""

    def __init__(self) -> None:
        self._subscriptions: dict[tuple[str, str], Subscription] = {}
        self.handler = watched(self._handle)

    def on(self, source: str, *names: str, data: type[T]) -> Callable[[Callable[[Event[T]], object]], Any]:
        """Subscribe a function to the events called `names` of `source`, their data read as `data`."""

        def subscribe(then: Callable[[Event[T]], object]) -> Callable[[Event[T]], object]:
            for name in names:
                self._subscriptions[source, name] = Subscription(data, then)
            return then

        return subscribe

    @property
    def subscriptions(self) -> frozenset[tuple[str, str]]:
        """The (source, detail-type) pairs that are taken: what the queue's rules must match, and no more."""
        return frozenset(self._subscriptions)

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
        """Do what is subscribed to for one event, given as EventBridge's JSON."""
        source, name = envelope["source"], envelope["detail-type"]
        subscription = self._subscriptions.get((source, name))
        if subscription is None:
            raise UnexpectedEvent(f"{source} {name}")
        event: Event[Any] = read(envelope, subscription.data)
        with following(event.metadata.correlation_id or event.id, event.id):
            subscription.then(event)
