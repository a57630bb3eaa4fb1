"""The clock certificate over HTTP: signed, checked offline, false after one byte or one holiday."""

from __future__ import annotations

import base64
import json
from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from services.statute import holiday_table
from services.statute.certificate import verify
from tests.services.infra_review.clock_doors import history
from tests.services.infra_review.conftest import CAO, COMPANY, LAWYER, METI, STRANGER
from tests.services.infra_review.doors import NECESSITY, accepted, aws, designated, get, post

__all__ = ["aws"]
pytestmark = pytest.mark.usefixtures("aws")
JOSE = "application/jose+json"


def certificate(case: str, on: str, **how: object) -> bytes:
    reply = get(f"/notifications/{case}/clock", on=on, Accept=JOSE, **how)
    assert reply.status == 200, reply.text
    assert reply.headers["Content-Type"] == JOSE
    return reply.text.encode()


def key() -> bytes:
    reply = get("/clock-key", by=None)
    assert reply.headers["Content-Type"] == "application/x-pem-file"
    return reply.text.encode()


def recommended(case: str, on: str) -> None:
    asked = {"about": "recommendation", "draft": "Change it.", "necessity": NECESSITY}
    post(f"/notifications/{case}/consult", asked, by=METI, on=on)
    opinion = {"of": "内閣総理大臣", "opinion": "No objection."}
    post(f"/notifications/{case}/give-opinion", opinion, by=CAO, on=on)
    post(f"/notifications/{case}/close-consultation", {}, by=METI, on=on)
    measure = {"kind": "change_plan", "measures": "m", "reasons": "r", "necessity": NECESSITY}
    reply = post(f"/notifications/{case}/recommend", measure, by=METI, on=on)
    assert reply.status == 200, reply.text
    receipt = {"received_on": on, "evidence": "registered mail 1234"}
    assert post(f"/notifications/{case}/record-receipt", receipt, by=METI, on=on).status == 200


def test_a_certificate_says_what_the_clock_says_and_on_which_act_it_rests():
    case = accepted("2026-04-10")
    recommended(case, "2026-04-24")
    file = certificate(case, "2026-04-25")
    verdict = verify(file, key())
    assert verdict.holds, verdict.reasons
    assert verdict.document["case"] == case
    by_period = {clock["period"]: clock for clock in verdict.document["clocks"]}
    acts = {entry.act: entry for entry in history(case)}
    for period, act in (
        ("infra.standstill", "PlanAccepted"),
        ("infra.answer_to_recommendation", "RecommendationReceived"),
    ):
        assert by_period[period]["trigger"]["evidence"] == f"{acts[act].sequence}:{acts[act].hash}"
    shown = get(f"/notifications/{case}/clock", on="2026-04-25").json["deadlines"]
    assert {d["last_day"] for d in shown} == {c["result"]["last_day"] for c in by_period.values()}
    answer = by_period["infra.answer_to_recommendation"]["result"]
    assert (answer["last_day"], answer["moved_from"]) == ("2026-05-07", "2026-05-03")
    assert answer["last_barred_instant"] == "2026-05-07T23:59:59+09:00"
    assert answer["first_free_instant"] == "2026-05-08T00:00:00+09:00"
    assert answer["holiday_table"]["sha256"] == holiday_table().sha256


def test_extensions_and_shortenings_are_facts_of_the_certificate():
    case = accepted("2026-06-01")
    longer = {"purpose": "review", "necessity": NECESSITY, "until": "2026-08-31"}
    assert post(f"/notifications/{case}/extend", longer, by=METI, on="2026-06-20").status == 200
    delivered = {"of": "extension", "received_on": "2026-06-20", "evidence": "handed over"}
    assert post(f"/notifications/{case}/record-delivery", delivered, by=METI, on="2026-06-20").status == 200
    shorter = {"until": "2026-07-31", "ground": "not_highly_likely", "reasons": "Nothing was found."}
    assert post(f"/notifications/{case}/shorten-extension", shorter, by=METI, on="2026-07-01").status == 200
    verdict = verify(certificate(case, "2026-07-02"), key())
    assert verdict.holds, verdict.reasons
    [clock] = verdict.document["clocks"]
    assert clock["period"] == "infra.standstill"
    assert [(f["kind"], f["on"], f["until"]) for f in clock["facts"]] == [
        ("extend", "2026-06-20", "2026-08-31"),
        ("shorten", "2026-07-01", "2026-07-31"),
    ]
    assert clock["result"]["free_from"] == "2026-08-01"


def test_what_was_freed_early_is_certified_as_ended_on_that_day():
    case = accepted("2026-06-01")
    assert post(f"/notifications/{case}/withdraw", {}, on="2026-06-05").status == 200
    [clock] = verify(certificate(case, "2026-06-09"), key()).document["clocks"]
    assert clock["ended_on"] == "2026-06-05"


def test_one_altered_byte_is_found_and_said():
    file = certificate(accepted("2026-06-01"), "2026-06-05")
    pem = key()
    for place in range(0, len(file), 97):
        altered = bytearray(file)
        altered[place] ^= 1
        assert verify(bytes(altered), pem).reasons, place


def test_one_altered_holiday_is_found_and_said():
    case = accepted("2026-04-10")
    recommended(case, "2026-04-24")
    other = holiday_table().amended(holiday_table().version, removed=[date(2026, 5, 6)])
    verdict = verify(certificate(case, "2026-04-25"), key(), holidays=other)
    said = [reason.en for reason in verdict.reasons]
    assert any("last_day" in reason for reason in said), said
    assert any("sha256" in reason for reason in said), said


def test_another_key_does_not_fit():
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    stranger = ec.generate_private_key(ec.SECP256R1()).public_key()
    pem = stranger.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    assert not verify(certificate(accepted(), "2026-06-05"), pem).holds


def test_the_key_is_given_as_jwk_too():
    jwk = get("/clock-key", by=None, Accept="application/jwk+json").json
    point = load_pem_public_key(key()).public_numbers()  # type: ignore[union-attr]
    numbers = [int.from_bytes(base64.urlsafe_b64decode(jwk[name] + "=")) for name in ("x", "y")]
    assert numbers == [point.x, point.y]  # type: ignore[union-attr]
    file = json.loads(certificate(accepted(), "2026-06-05"))
    header = json.loads(base64.urlsafe_b64decode(file["protected"] + "=="))
    assert header["kid"] == jwk["kid"]


def test_whoever_stands_in_the_case_gets_it_and_nobody_else():
    case = accepted()
    for reader in (COMPANY, LAWYER, METI):
        assert verify(certificate(case, "2026-06-05", by=reader), key()).holds
    refused = get(f"/notifications/{case}/clock", on="2026-06-05", Accept=JOSE, by=STRANGER)
    assert (refused.status, refused.code) == (404, "no_such_case")


def test_the_grace_of_a_designation_is_certified():
    case = designated("2026-01-15")
    reply = get(f"/operators/{case}/clock", on="2026-02-01", Accept=JOSE)
    verdict = verify(reply.text.encode(), key())
    assert verdict.holds
    assert verdict.document["clocks"][0]["result"]["free_from"] == "2026-07-16"


def test_without_asking_for_it_the_clock_is_plain():
    assert "deadlines" in get(f"/notifications/{accepted()}/clock", on="2026-06-05").json
