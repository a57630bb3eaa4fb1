"""Keeps the lines that the statistics are made of, and the publications made of them.

A line is replaced whenever its notification has moved on; one of an older version never replaces a newer one,
so events may come twice and in any order. A publication is made once and never changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

import msgspec

from services.infra_review import statistics
from services.infra_review.statistics import FIRST, Line, Publication, Statistics
from services.platform.cases.history import Entry
from services.platform.shared.quarters import Quarter, following, quarter_of
from services.statute import legal_day

PUBLISHED = "STATISTICS#PUBLISHED"
PAGE = 12
"""Publications in one answer: three years."""
AT_ONCE = 40
"""Publications made in one sweep, should so many be due; the next sweep makes the next."""
_CONDITION = "ConditionalCheckFailedException"


def keep(case_id: str, history: Sequence[Entry]) -> None:
    """Replace the line of a notification, unless a later one is there already."""
    from pynamodb.exceptions import PutError

    from services.infra_review.statistics_items import StatisticsItem

    line = statistics.line_of(history)
    item = StatisticsItem(
        _arrived_in(quarter_of(line.steps["received"])),
        case_id,
        version=len(history),
        line=msgspec.json.encode(line).decode(),
    )
    try:
        item.save(condition=StatisticsItem.version.does_not_exist() | (StatisticsItem.version < len(history)))
    except PutError as error:
        if error.cause_response_code != _CONDITION:
            raise


def publish(at: datetime) -> None:
    """Make the publications of the quarters that have ended by `at` and have none; one read when none is due.

    Two that do this at the same time make one publication: the second goes on from that of the first.
    """
    today, last = legal_day(at), newest()
    quarters = list(islice(statistics.due(last, today), AT_ONCE))
    if not quarters:
        return
    lines = tuple(_lines(quarters[-1]))
    for quarter in quarters:
        last = keep_publication(statistics.published(quarter, lines, last, today))


def keep_publication(made: Publication) -> Publication:
    """Keep a publication unless there is one of its quarter; the one that is there then."""
    from pynamodb.exceptions import PutError

    from services.infra_review.statistics_items import PublicationItem

    text = msgspec.json.encode(made).decode()
    try:
        PublicationItem(PUBLISHED, made.of.quarter, publication=text).save(
            PublicationItem.pk.does_not_exist()
        )
    except PutError as error:
        if error.cause_response_code != _CONDITION:
            raise
        there = PublicationItem.get(PUBLISHED, made.of.quarter, consistent_read=True)
        return _read(there.publication)
    return made


def newest() -> Publication | None:
    """The publication that was made last, if any; strongly consistent."""
    from services.infra_review.statistics_items import PublicationItem

    found = PublicationItem.query(PUBLISHED, scan_index_forward=False, limit=1, consistent_read=True)
    return next((_read(item.publication) for item in found), None)


def page(before: Quarter | None = None) -> Statistics:
    """The newest publications, or the newest before those of a quarter; one read."""
    from services.infra_review.statistics_items import PublicationItem

    older = PublicationItem.sk < before if before else None
    found = PublicationItem.query(PUBLISHED, older, scan_index_forward=False, limit=PAGE)
    return statistics.statistics([_read(item.publication) for item in islice(found, PAGE)])


def _lines(through: Quarter) -> Iterator[Line]:
    """The line of every notification that arrived by the end of a quarter."""
    from services.infra_review.statistics_items import StatisticsItem

    quarter = FIRST
    while quarter <= through:
        for item in StatisticsItem.query(_arrived_in(quarter), consistent_read=True):
            yield msgspec.json.decode(item.line, type=Line)
        quarter = following(quarter)


def _arrived_in(quarter: Quarter) -> str:
    return f"STATISTICS#{quarter}"


def _read(publication: str) -> Publication:
    return msgspec.json.decode(publication, type=Publication)
