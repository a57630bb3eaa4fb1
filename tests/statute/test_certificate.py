"""The clock certificate: signed, recomputed offline, and false the moment one byte or one holiday differs."""

import json
from datetime import UTC, date, datetime

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given, settings
from hypothesis import strategies as st

from services.statute import Refused, Words, holiday_table
from services.statute.certificate import (
    Claim,
    certificate,
    sign_certificate,
    silence_certificate,
    verify,
)
from services.statute.clock import Fact
from services.statute.jws import canonical, seal, unseal

KEY = ec.generate_private_key(ec.SECP256R1())
PEM = KEY.public_key().public_bytes(
    serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
)
AS_OF = datetime(2026, 5, 1, 3, 0, tzinfo=UTC)


def day(text: str) -> date:
    return date.fromisoformat(text)


def sign(message: bytes) -> bytes:
    return KEY.sign(message, ec.ECDSA(SHA256()))


ANSWER = Claim("infra.answer_to_recommendation", day("2026-04-24"), evidence="ab" * 32)
EXTENDED = Claim(
    "infra.standstill",
    day("2026-04-10"),
    evidence="cd" * 32,
    facts=(Fact("extend", day("2026-05-07")), Fact("shorten", day("2026-06-01"), day("2026-06-15"))),
)
DIVISIONAL = Claim(
    "patent.sending",
    day("2026-11-16"),
    evidence="ef" * 32,
    filed_on=day("2026-04-01"),
    events={"division": day("2026-11-16")},
)
FILE = sign_certificate(certificate("CASE-1", (EXTENDED, ANSWER), AS_OF), sign, "local")


def reasons(file: bytes, **options: object) -> list[str]:
    return [reason.en for reason in verify(file, PEM, **options).reasons]  # type: ignore[arg-type]


def test_a_certificate_states_what_a_reader_needs() -> None:
    document = verify(FILE, PEM).document
    answer = document["clocks"][1]
    assert document["case"] == "CASE-1"
    assert document["as_of"] == "2026-05-01T12:00:00+09:00"
    assert answer["article"] == "52(7)"
    assert answer["trigger"] == {
        "day": "2026-04-24", "evidence": "ab" * 32, "filed_on": None, "events": {},
    }  # fmt: skip
    assert answer["result"]["last_day"] == "2026-05-07"
    assert [closed["day"] for closed in answer["result"]["passed_over"]] == [
        f"2026-05-0{n}" for n in (3, 4, 5, 6)
    ]
    assert answer["result"]["last_barred_instant"] == "2026-05-07T23:59:59+09:00"
    assert answer["result"]["first_free_instant"] == "2026-05-08T00:00:00+09:00"
    assert answer["result"]["holiday_table"]["sha256"] == holiday_table().sha256
    assert document["clocks"][0]["result"]["last_day"] == "2026-06-15"


def test_an_untouched_certificate_holds() -> None:
    assert reasons(FILE) == []
    assert reasons(FILE + b"\n") == []
    assert verify(sign_certificate(certificate("C", (DIVISIONAL,), AS_OF), sign, "k"), PEM).holds


def test_any_standard_library_reads_the_signature() -> None:
    import jwt

    outer = json.loads(FILE)
    compact = f"{outer['protected']}.{outer['payload']}.{outer['signature']}"
    assert jwt.decode(compact, PEM, algorithms=["ES256"])["case"] == "CASE-1"


@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
@settings(max_examples=400, deadline=None)
def test_one_altered_byte_fails(position: int, change: int) -> None:
    altered = bytearray(FILE)
    altered[position] ^= change
    assert reasons(bytes(altered))


def test_one_altered_holiday_fails_and_says_what_moved() -> None:
    table = holiday_table()
    without = table.amended(table.version, removed=[day("2026-05-06")])
    found = reasons(FILE, holidays=without)
    assert any("last_day" in reason and "2026-05-06" in reason for reason in found)
    assert any("holiday_table.sha256" in reason for reason in found)
    elsewhere = table.amended(table.version, added={day("2040-07-02"): Words("x", "x")})
    assert ["sha256" in reason for reason in reasons(FILE, holidays=elsewhere)] == [True]


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("clocks", 1, "result", "last_day"), "2026-05-08"),
        (("clocks", 1, "result", "first_free_instant"), "2026-05-09T00:00:00+09:00"),
        (("clocks", 1, "law", "record_sha256"), "00" * 32),
        (("clocks", 0, "facts", 1, "until"), "2026-06-14"),
        (("clocks", 1, "trigger", "day"), "2026-04-25"),
        (("clocks", 1, "article"), "52(6)"),
        (("clocks", 1, "period"), "infra.nothing"),
        (("clocks", 0, "facts", 0, "kind"), "stop"),
        (("format",), "another"),
    ],
)
def test_a_false_statement_is_found_though_well_signed(where: tuple[str | int, ...], value: str) -> None:
    document = json.loads(canonical(verify(FILE, PEM).document))
    inside = document
    for step in where[:-1]:
        inside = inside[step]
    inside[where[-1]] = value
    assert reasons(seal(document, sign, "local"))


def test_another_key_did_not_sign_it() -> None:
    other = ec.generate_private_key(ec.SECP256R1()).public_key()
    pem = other.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    assert [reason.en for reason in verify(FILE, pem).reasons] == [
        "The signature is not by this key over this content."
    ]


@pytest.mark.parametrize("file", [b"", b"{}", b"[]", b"null", b'{"payload": 1}', b"\xff", b"[" * 100_000])
def test_what_is_no_certificate_is_said_to_be_none(file: bytes) -> None:
    assert not verify(file, PEM).holds


def test_a_stated_start_must_be_the_one_the_table_gives() -> None:
    filed = day("2026-04-01")
    wrong = Claim("patent.sending", filed, "e", filed_on=filed, events=DIVISIONAL.events)
    with pytest.raises(Refused, match="start"):
        certificate("C", (wrong,), AS_OF)


def test_silence_is_certified_once_with_the_true_day_however_late() -> None:
    claim = Claim("infra.standstill", day("2026-06-01"), evidence="ab" * 32)
    on_time = silence_certificate("CASE-1", claim, datetime(2026, 6, 30, 15, tzinfo=UTC))
    a_day_late = silence_certificate("CASE-1", claim, datetime(2026, 7, 1, 15, tzinfo=UTC))
    assert canonical(on_time) == canonical(a_day_late)
    assert on_time["clocks"][0]["result"]["free_from"] == "2026-07-01"
    assert verify(sign_certificate(on_time, sign, "local"), PEM).holds
    other_case = silence_certificate("CASE-2", claim, datetime(2026, 6, 30, 15, tzinfo=UTC))
    assert other_case["certificate_id"] != on_time["certificate_id"]


def test_silence_is_not_certified_before_the_end_nor_of_what_a_fact_ended() -> None:
    claim = Claim("infra.standstill", day("2026-06-01"), evidence="ab" * 32)
    with pytest.raises(Refused) as refused:
        silence_certificate("CASE-1", claim, datetime(2026, 6, 30, 14, 59, 59, tzinfo=UTC))
    assert refused.value.code == "still_running"
    ended = Claim("infra.standstill", day("2026-06-01"), "ab", facts=(Fact("end", day("2026-06-10")),))
    with pytest.raises(Refused) as refused:
        silence_certificate("CASE-1", ended, datetime(2026, 8, 1, tzinfo=UTC))
    assert refused.value.code == "did_not_end_by_silence"


@given(st.integers(1, 2**256 - 1), st.integers(1, 2**256 - 1))
def test_a_signature_survives_the_change_of_its_shape(r: int, s: int) -> None:
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    der = encode_dss_signature(r, s)
    assert unseal(seal({"a": 1}, lambda _: der, "k")).der_signature == der
