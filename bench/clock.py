"""How fast the law counts: periods a second, and one certificate made, signed and checked."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from rich.console import Console
from rich.table import Table

from services.statute import period
from services.statute.certificate import Claim, certificate, sign_certificate, verify
from services.statute.clock import Fact

DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(2000)]
CLAIMS = (
    Claim(
        "infra.standstill", date(2026, 4, 10), "4:" + "0" * 64,
        facts=(Fact("extend", date(2026, 5, 7), date(2026, 7, 31)),),
    ),
    Claim("infra.answer_to_recommendation", date(2026, 4, 24), "11:" + "0" * 64),
)  # fmt: skip
AS_OF = datetime(2026, 5, 1, 3, 0, tzinfo=UTC)


def best(work: Callable[[], object], repeat: int = 7) -> float:
    """The shortest of some runs, in seconds: the one that was disturbed least."""
    times = []
    for _ in range(repeat):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def count(name: str) -> None:
    record = period(name)
    for day in DAYS:
        _ = record.starting(day).last_day


def explain(name: str) -> None:
    record = period(name)
    for day in DAYS[:200]:
        _ = record.starting(day).explanation


def main() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def sign(message: bytes) -> bytes:
        return key.sign(message, ec.ECDSA(SHA256()))

    file = sign_certificate(certificate("CASE", CLAIMS, AS_OF), sign, "bench")
    assert verify(file, pem).holds
    standstill, answer = "infra.standstill", "infra.answer_to_recommendation"
    table = Table(title="The legal clock (one core, best of 7)", title_justify="left")
    table.add_column("what")
    table.add_column("a second", justify="right")
    table.add_column("each", justify="right")
    for what, work, times in (
        ("thirty days, never moved", lambda: count(standstill), len(DAYS)),
        ("ten days, moved off closed days", lambda: count(answer), len(DAYS)),
        ("the same, with every sentence of its reasons", lambda: explain(answer), 200),
        ("a certificate of two periods, computed", lambda: certificate("CASE", CLAIMS, AS_OF), 1),
        ("the same, computed and signed with a local key",
         lambda: sign_certificate(certificate("CASE", CLAIMS, AS_OF), sign, "bench"), 1),
        (f"the same, checked offline ({len(file)} bytes)", lambda: verify(file, pem), 1),
    ):  # fmt: skip
        each = best(work) / times
        table.add_row(what, f"{1 / each:,.0f}", f"{each * 1e6:,.0f} µs")
    Console(width=118).print(table)


if __name__ == "__main__":
    main()
