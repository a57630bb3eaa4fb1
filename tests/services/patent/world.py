"""The service as a world that goes on by days, and a drone swarm that is designated in it."""

from __future__ import annotations

from typing import Any

import msgspec

from tests.services.patent.doors import Published, Reply, send, sweep
from tests.services.patent.story import (
    BENRISHI,
    CAO,
    INVENTOR,
    JPO,
    JPO_EXAMINER,
    MAKER,
    MOD,
    PROFESSOR,
    SHARED,
    SWARM,
)

CANARY = "CANARY-STEERS-WITHOUT-RADIO"
INVENTION = {"content": CANARY, "places": "[0012]"}
WEIGHING = {"risk": CANARY, "effect_on_industry": CANARY}
TAKEN: dict[str, Any] = {"application": msgspec.to_builtins(SWARM), "applicants": [MAKER]}


class World:
    """The service, and the events it has heard of itself."""

    def __init__(self) -> None:
        self.published = Published()

    def posts(self, path: str, body: Any, by: Any, on: str) -> Any:
        """A POST that succeeds, with everything that follows from it."""
        reply = send("POST", path, body, by=by, on=on)
        assert reply.status in (200, 201), reply.text
        self.published.settle()
        return reply.json

    def gets(self, path: str, by: Any, on: str) -> Reply:
        return send("GET", path, by=by, on=on)

    def one(self, path: str, by: Any, on: str) -> str:
        """The id of the only case of a list."""
        items = self.gets(path, by, on).json["items"]
        assert len(items) == 1
        return str(items[0]["id"])

    def passes(self, on: str) -> None:
        sweep(on)
        self.published.settle()


def designated(world: World) -> tuple[str, str, str]:
    """The ids of the three cases of a designated invention."""
    first = world.posts("/first-reviews", TAKEN, JPO_EXAMINER, "2026-02-10")["id"]
    world.posts(f"/first-reviews/{first}/send", {"reasons": CANARY}, JPO, "2026-03-20")
    review = world.one("/security-reviews", CAO, "2026-03-20")
    at = f"/security-reviews/{review}"
    world.posts(
        f"{at}/ask-agency", {"subject": "designation", "agency": "MOD", "what": CANARY}, CAO, "2026-03-23"
    )
    world.posts(f"{at}/give-material", {"number": 1, "answer": CANARY}, MOD, "2026-03-30")
    choose = {
        "person": "professor-1",
        "subject": "designation",
        "insufficient": CANARY,
        "regard_for_applicant": CANARY,
    }
    world.posts(f"{at}/choose-expert", choose, CAO, "2026-03-31")
    world.posts(f"{at}/explain-secrecy", {"person": "professor-1"}, CAO, "2026-03-31")
    world.posts(f"{at}/accept-secrecy", {}, PROFESSOR, "2026-04-01")
    world.posts(f"{at}/disclose", {"person": "professor-1", "what": CANARY}, CAO, "2026-04-02")
    world.posts(f"{at}/notify-possible-designation", {"invention": INVENTION}, CAO, "2026-04-23")
    paper = {"management": CANARY, "operators": [msgspec.to_builtins(SHARED)]}
    world.posts(f"{at}/file-paper", paper, BENRISHI, "2026-05-01")
    world.posts(f"{at}/ask-opinion", {"about": CANARY, "due": "2026-05-22"}, CAO, "2026-05-08")
    world.posts(f"{at}/give-opinion", {"opinion": CANARY}, INVENTOR, "2026-05-20")
    made = {"invention": INVENTION, "until": "2027-05-31", "weighing": WEIGHING}
    world.posts(f"{at}/designate", made, CAO, "2026-06-01")
    return first, review, world.one("/designations", CAO, "2026-06-01")
