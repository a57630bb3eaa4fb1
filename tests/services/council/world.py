"""A council of the designated fund over HTTP, from the grant on."""

from __future__ import annotations

from typing import Any

from services.platform.law.parties import Principal
from tests.services.council.doors import Published, hears, send
from tests.services.council.people import (
    CAO,
    CLERK,
    COMPANY,
    LEADER,
    MEXT,
    MLIT,
    STATEMENT,
)
from tests.services.infra_review.doors import Reply

PROJECT = "project-quantum-7"
WHY = "It is needed for the use at sea."
ORGANISERS = {
    "title": "Quantum sensing of the sea",
    "technology": "量子センシング",
    "ministry": "MEXT",
    "principal": LEADER.subject,
    "principal_name": "Prof. Kaiyo",
}


class World:
    """A council and its members; each step says on which day it is taken."""

    def __init__(self) -> None:
        self.published = Published()
        self.council = ""

    @property
    def path(self) -> str:
        """Where the council is."""
        return f"/councils/{self.council}"

    def does(
        self, who: Principal, act: str, body: Any = None, *, on: str, at: str | None = None, **more: Any
    ) -> Reply:
        """`who` uses a power in the council, or in the case at `at`."""
        return send("POST", f"{at or self.path}/{act}", body or {}, by=who, on=on, **more)

    def done(
        self, who: Principal, act: str, body: Any = None, *, on: str, at: str | None = None
    ) -> dict[str, Any]:
        """The same, and it is not refused."""
        reply = self.does(who, act, body, on=on, at=at)
        assert reply.status == 200, reply.text
        answer: dict[str, Any] = reply.json
        return answer

    def opened(self, who: Principal, path: str, body: Any, *, on: str) -> str:
        """A case that `who` opens; its id."""
        reply = send("POST", path, body, by=who, on=on)
        assert reply.status == 201, reply.text
        self.published.settle()
        return str(reply.json["id"])

    def sees(self, who: Principal, *, on: str, at: str | None = None) -> dict[str, Any]:
        """The case as `who` sees it."""
        reply = send("GET", at or self.path, by=who, on=on)
        assert reply.status == 200, reply.text
        answer: dict[str, Any] = reply.json
        return answer

    def granted(self, on: str = "2026-06-01") -> None:
        """The fund grants money, and a council is to be organised."""
        hears("sakimori.fund", "GrantDecided", {"project_id": PROJECT}, on=on)
        self.published.settle()
        (found,) = send("GET", "/councils", by=CAO, on=on).json["items"]
        self.council = found["id"]

    def established(self, on: str = "2026-06-02") -> World:
        """The council of the fund stands."""
        self.granted()
        self.done(CAO, "name-organisers", ORGANISERS, on=on)
        self.done(CAO, "join-in-organising", on=on)
        self.done(MEXT, "establish", on=on)
        return self

    def joined(self, who: Principal, kind: str, one: str, on: str = "2026-06-03") -> int:
        """Somebody is invited by both organisers and consents; its number."""
        body = {"kind": kind, "id": one, "name": f"{kind} {one}", "reasons": WHY}
        answer = self.done(MEXT, "invite-member", body, on=on)
        number = int(answer["invitations"][-1]["number"])
        self.done(CAO, "join-invitation", {"member": number}, on=on)
        self.done(who, "consent-to-membership", {"member": number}, on=on)
        return number

    def assigned(self, speaker: Principal, person: Principal, on: str = "2026-06-04") -> None:
        """A person is put on council affairs and acknowledges the duty of secrecy."""
        body = {"person": person.subject, "name": person.subject}
        self.done(speaker, "assign-person", body, on=on)
        self.acknowledged(person, on=on)

    def acknowledged(self, person: Principal, on: str = "2026-06-04") -> None:
        """A person acknowledges the duty of secrecy."""
        words = {"statement": STATEMENT, "words": f"Read and understood. {person.subject}"}
        self.done(person, "acknowledge-secrecy", words, on=on)

    def whole(self) -> World:
        """The council with a ministry and a company, and their persons on its affairs."""
        self.established()
        self.joined(MLIT, "agency", "MLIT")
        self.joined(CLERK, "company", COMPANY)
        self.acknowledged(LEADER)
        self.assigned(MLIT, MLIT)
        self.assigned(CLERK, CLERK)
        return self

    def registered(self, who: Principal = MLIT, on: str = "2026-06-05", **more: Any) -> str:
        """An item in the ledger; its id."""
        put = {
            "council": self.council,
            "kind": "sampling_data",
            "title": "Soundings off Tsushima",
            "content": "34.5N 129.4E: 87 m, 88 m, 91 m",
            "storage": ["Keep it in a locked cabinet."],
            **more,
        }
        return self.opened(who, "/items", put, on=on)

    def agreed(self, act: str, body: Any, *, on: str, by: Principal = MEXT) -> None:
        """Something is proposed, all consent, and it is decided."""
        answer = self.does(by, act, body, on=on)
        assert answer.status == 200, answer.text
        number = self.sees(MEXT, on=on)["decisions"][-1]["number"]
        for who in (MEXT, CAO, LEADER, MLIT, CLERK):
            self.done(who, "consent", {"decision": number}, on=on)
        self.done(MEXT, "decide", {"decision": number}, on=on)
        self.published.settle()

    def marked(
        self, item: str, marking: str = "named", until: str = "2026-12-31", on: str = "2026-06-08"
    ) -> None:
        """All members agree how an item is marked."""
        body = {
            "items": [item],
            "marking": marking,
            "scope": "The positions.",
            "until": until,
            "reasons": WHY,
            "why_no_less": "Depths alone do not tell the place.",
        }
        self.agreed("propose-sensitivity", body, on=on)

    def named(self, item: str, *members: int, on: str = "2026-06-09", **more: Any) -> None:
        """The owner names members that need to know an item."""
        body = {"members": list(members), "reasons": WHY, "first_day": on, **more}
        self.done(MLIT, "name-members", body, on=on, at=f"/items/{item}")
        self.published.settle()

    def reads(self, who: Principal, item: str, on: Any) -> Reply:
        """A person asks to read an item."""
        return send("GET", f"/items/{item}/content", by=who, on=on)
