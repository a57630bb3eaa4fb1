"""The records that must stay readable: an example of every act and event in every form it was ever kept in.

    python -m documents.records infra_review

adds to `docs/records/<service>.jsonl` the forms that are not in it yet, and never changes or removes a line:
what was recorded once has to be read for decades. With `--check` it says what is missing, or cannot be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from documents.samples import sample
from documents.schemas import components
from documents.services import procedures as procedures_of
from services.platform.events.contracts import published, source_of
from services.platform.law.acts import Act, version_of
from services.platform.law.procedure import Procedure

FOLDER = Path(__file__).parents[1] / "docs" / "records"
AT = "2026-06-01T03:00:00Z"


class Record(msgspec.Struct, frozen=True):
    """An act as a version of it was recorded, and the event that left about it, if one did."""

    procedure: str
    act: str
    schema: int
    data: dict[str, Any]
    event: dict[str, Any] | None = None


def kept(service: str) -> tuple[Record, ...]:
    """The records of a service, the oldest first."""
    file = FOLDER / f"{service}.jsonl"
    if not file.exists():
        return ()
    return tuple(msgspec.json.decode(line, type=Record) for line in file.read_bytes().splitlines())


def missing(service: str, procedures: tuple[Procedure[Any], ...]) -> Iterator[Record]:
    """A record of each act in the form of today that is not among those kept.

    Within a version fields may come and go; each form that it ever had is on record.
    """
    there = [(record.procedure, record.act, record.schema, _form(record.data)) for record in kept(service)]
    for procedure in procedures:
        for act in procedure.acts:
            today = _example(service, procedure, act)
            if (today.procedure, today.act, today.schema, _form(today.data)) not in there:
                yield today


def _form(data: Any) -> Any:
    """What a record is made of, without what it says: names of fields, lists, and kinds of values."""
    match data:
        case dict():
            return {name: _form(value) for name, value in data.items()}
        case list():
            return [_form(value) for value in data]
    return type(data).__name__


def _example(service: str, of: Procedure[Any], kind: type[Act]) -> Record:
    schema, parts = components(kind)
    data = sample(schema, parts)
    act, version = msgspec.convert(data, kind), version_of(kind)
    left, procedure = published(act), of.name
    # By a power of the procedure: which of them brings an act about stands in no declaration.
    article = next(power.article for power in of.powers.values())
    metadata = {
        "event_id": f"{procedure}-01KTS9VVC0Q6X6Y2B7J5G2H8RA:1",
        "case_id": f"{procedure}-01KTS9VVC0Q6X6Y2B7J5G2H8RA",
        "sequence": 1,
        "occurred_at": AT,
        "article": article,
        "classification": "internal",
        "schema_version": version,
    }
    event = None if left is None else {
        "source": source_of(service),
        "detail-type": kind.__name__,
        "detail": {"metadata": metadata, "data": msgspec.to_builtins(left)},
    }  # fmt: skip
    return Record(procedure, kind.__name__, version, data, event)


def unreadable(service: str, procedures: tuple[Procedure[Any], ...]) -> Iterator[str]:
    """Every record kept that the acts of today cannot read, with the reason."""
    known = {procedure.name: procedure for procedure in procedures}
    for record in kept(service):
        where = f"{record.procedure} {record.act} of version {record.schema}"
        if record.procedure not in known:
            yield f"{where}: there is no such procedure any more"
            continue
        try:
            known[record.procedure].read(record.act, record.schema, dict(record.data))
        except (LookupError, msgspec.ValidationError) as error:
            yield f"{where}: {error}"


def main() -> int:
    """Add what is missing, or check that nothing is and that all can be read."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("service", nargs="+", help="a service, such as infra_review")
    parser.add_argument("--check", action="store_true", help="write nothing; fail when something is missing")
    asked = parser.parse_args()
    complaints: list[str] = []
    for service in asked.service:
        procedures = procedures_of(service)
        complaints += unreadable(service, procedures)
        new = list(missing(service, procedures))
        if asked.check:
            complaints += [f"{service}: {one.act} of version {one.schema} is not recorded" for one in new]
        elif new:
            FOLDER.mkdir(exist_ok=True)
            with (FOLDER / f"{service}.jsonl").open("a", encoding="utf-8") as file:
                file.writelines(
                    json.dumps(msgspec.to_builtins(one), ensure_ascii=False) + "\n" for one in new
                )
    sys.stderr.writelines(f"{complaint}\n" for complaint in complaints)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
