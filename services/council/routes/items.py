"""The information ledger over HTTP: what is put in, what a person may see, and who saw what."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, UnsetType

from services.council import ledger
from services.council.domain.council import council
from services.council.domain.item import Kind, NameMembers, Registering, RegisterItem, item, name_members
from services.council.domain.item import register_item as register
from services.council.domain.vocabulary import CABINET_OFFICE, Paper
from services.council.ledger import ItemLine, SeenOn
from services.platform.http.answers import Answer
from services.platform.http.edge import Edge
from services.platform.http.request import Request
from services.platform.http.shapes import Items
from services.platform.law.parties import standing
from services.platform.law.procedure import Refusal, refuse_if
from services.platform.law.values import Between, Len, Value


class ItemContent(Value):
    """An item as it is read: what it holds, and how it is to be kept."""

    id: str
    title: str | UnsetType = UNSET
    kind: Kind | UnsetType = UNSET
    marking: str | UnsetType = UNSET
    reference: str | UnsetType | None = UNSET
    storage: tuple[str, ...] | UnsetType = UNSET
    papers: tuple[Paper, ...] | UnsetType = UNSET
    content: str | UnsetType = UNSET


class Listed(Value):
    """Which part of the list: how many items are looked at, and `next` of the page before."""

    limit: Annotated[int, Between(1, 100)] = 50
    cursor: Annotated[str, Len(1, 80)] | None = None


class OnDay(Value):
    """On which day of Japan."""

    on: date


def add(app: Edge) -> None:
    """Serve `/items`, and the list of a council's items."""
    exposed = app.expose(item, "/items", by_hand=[name_members])

    @app.post("/items", body=RegisterItem, uses=(item, register))
    def register_item(put: RegisterItem, request: Request) -> Answer[Any]:
        """Put information into a council's ledger, as the member whose it is (62(4)(i))."""
        state = app.case(request, council, put.council)[0].state
        member = state.spoken_for(request.given.by)
        if member is None or not state.going:
            raise Refusal("not_a_member", "62(3)")
        here = exposed.cases.new_id(request.at)
        command = Registering(
            put,
            ledger.seal_content(here, put.content),
            state.ministry or "",
            CABINET_OFFICE if state.basis == "63(4)" else None,
            member.number,
            member.kind,
            member.id,
        )
        return app.open(request, item, register, command, case_id=here)

    @app.post("/items/<case_id>/name-members", body=NameMembers, uses=(item, name_members))
    def name(named: NameMembers, request: Request, case_id: str) -> Answer[Any]:
        """Name members that need to know the item, as its owner (62(5))."""
        case, held = app.case(request, item, case_id)
        current = {one.number for one in ledger.councils.load(case.state.council).state.current}
        strangers = ", ".join(str(one) for one in named.members if one not in current)
        refuse_if(bool(strangers), "no_such_member", "62(5)", members=strangers)
        return app.act(request, case, held, name_members, named)

    @app.get("/items/<case_id>/content")
    def read_content(request: Request, case_id: str) -> ItemContent:
        """Read an item, as a person who may see it now; the reading is recorded first."""
        case = exposed.cases.load(case_id)
        state = ledger.councils.load(case.state.council).state
        held = ledger.held_by(request.given.by, case, state, request.at)
        if not held:
            stands = standing(request.given.by, case.parties)
            raise Refusal("no_need_to_know" if stands else "no_such_case", "62(5)" if stands else None)
        picture = {**ledger.picture(case, request.at), "content": ""}
        shown = exposed.policy.shown(msgspec.to_builtins(picture), item.name, held, restricted=True)
        exposed.record_reading(case_id, request, held, shown.restricted)
        if "content" in shown.data:
            assert case.state.sealed is not None
            shown.data["content"] = ledger.open_content(case_id, case.state.sealed)
        return msgspec.convert({"id": case_id, **shown.data}, ItemContent)

    @app.get("/items/<case_id>/seen", asks=OnDay)
    def read_seen(asked: OnDay, request: Request, case_id: str) -> SeenOn:
        """Read who could see an item on a day, and who did."""
        case, held = app.case(request, item, case_id)
        exposed.record_reading(case_id, request, held, ["seen"])
        return ledger.seen_on(case, ledger.councils.load(case.state.council).state, asked.on)

    @app.get("/councils/<case_id>/items", asks=Listed)
    def list_items(asked: Listed, request: Request, case_id: str) -> Items[ItemLine]:
        """List the items of a council that you may see now, the newest first."""
        case, held = app.case(request, council, case_id)
        person = request.given.by.subject
        seen, following = ledger.page(case_id, case.state, person, request.at, asked.limit, asked.cursor)
        if seen:
            app.exposed[council.name].record_reading(case_id, request, held, ["items"])
        lines = tuple(ledger.line_of(one, request.at, request.prefix) for one in seen)
        return Items(lines, following)
