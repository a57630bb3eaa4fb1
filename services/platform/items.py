"""The items of a service's table, as PynamoDB models.

Importing this costs a third of a second (botocore), so doors and the store import it when they first touch
the table: a request that is refused before that does not pay for it.
"""

from __future__ import annotations

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection
from pynamodb.models import Model

from services.platform import table
from services.platform.environment import environment


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
    hash = UnicodeAttribute()
    correlation_id = UnicodeAttribute()
    causation_id = UnicodeAttribute()


class Queue(GlobalSecondaryIndex["CaseItem"]):  # type: ignore[no-untyped-call]
    """A ministry's open cases by their next legal instant."""

    class Meta:
        """Key and projection, as `table` names them."""

        index_name = table.QUEUE.name
        projection = IncludeProjection(list(table.PROJECTED))

    queue_pk = UnicodeAttribute(hash_key=True, attr_name=table.QUEUE.partition)
    queue_sk = UnicodeAttribute(range_key=True, attr_name=table.QUEUE.sort)


class Party(GlobalSecondaryIndex["CaseItem"]):  # type: ignore[no-untyped-call]
    """An organisation's cases of one procedure."""

    class Meta:
        """Key and projection, as `table` names them."""

        index_name = table.PARTY.name
        projection = IncludeProjection(list(table.PROJECTED))

    party_pk = UnicodeAttribute(hash_key=True, attr_name=table.PARTY.partition)
    party_sk = UnicodeAttribute(range_key=True, attr_name=table.PARTY.sort)


class Open(GlobalSecondaryIndex["CaseItem"]):  # type: ignore[no-untyped-call]
    """A procedure's open cases by the end of their wait."""

    class Meta:
        """Key and projection, as `table` names them."""

        index_name = table.OPEN.name
        projection = IncludeProjection(list(table.PROJECTED))

    open_pk = UnicodeAttribute(hash_key=True, attr_name=table.OPEN.partition)
    open_sk = UnicodeAttribute(range_key=True, attr_name=table.OPEN.sort)


class CaseItem(_Item):
    """A case's snapshot; or, under `QUEUE#<ministry>`, only its place in the queue of a further ministry."""

    case_id = UnicodeAttribute(null=True)
    procedure = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    stage = UnicodeAttribute(null=True)
    until = UnicodeAttribute(null=True)
    organisation = UnicodeAttribute(null=True)
    ministries = UnicodeAttribute(null=True)
    opened_at = UnicodeAttribute(null=True)
    unconsulted = UnicodeAttribute(null=True)
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
