"""Signing by KMS, the key that everybody may have, and what the daily sweep costs a case."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from services.platform.law.procedure import Refusal
from services.platform.runtime.environment import MissingSettingError, environment
from services.platform.time import signing
from services.platform.time.steps import powers_of_time
from services.platform.time.timekeeping import (
    NOTHING_KEPT,
    CertificateIssued,
    HolidaysApplied,
    IssueCertificate,
    evolve,
    keep_time,
    timekept,
)
from services.statute.jws import is_signed_by, unseal
from tests.services.platform.conftest import LIBRARIAN, NOON, Calls, by, the_clock
from tests.services.platform.loan import loans
from tests.services.platform.vigil import Keep, Kept, vigils

DOCUMENT = {"format": "x", "n": 1}


@pytest.fixture
def key(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> str:
    from services.platform.runtime.clients import client

    made = client("kms").create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]
    monkeypatch.setenv("CLOCK_KEY", made["Arn"])
    environment.cache_clear()
    signing.public_key.cache_clear()
    calls.clear()
    return str(made["KeyId"])


def test_what_is_signed_is_a_jws_that_names_the_key(key: str, calls: Calls) -> None:
    sealed = unseal(signing.signed(DOCUMENT).encode())
    assert sealed.payload == DOCUMENT
    assert sealed.header["kid"] == key
    assert is_signed_by(sealed, signing.as_pem().encode())
    [(_, asked)] = [(name, asked) for name, asked in calls.made if name == "Sign"]
    assert (asked["MessageType"], asked["SigningAlgorithm"]) == ("RAW", "ECDSA_SHA_256")


def test_what_kms_would_not_take_goes_as_its_hash(key: str, calls: Calls) -> None:
    signing.signed({"long": "x" * 4096})
    [(_, asked)] = [(name, asked) for name, asked in calls.made if name == "Sign"]
    assert asked["MessageType"] == "DIGEST"


def test_the_public_key_is_asked_for_once(key: str, calls: Calls) -> None:
    pem, jwk = signing.as_pem(), signing.as_jwk()
    assert calls.names == ["GetPublicKey"]
    known = load_pem_public_key(pem.encode())
    assert isinstance(known, EllipticCurvePublicKey)
    point = known.public_numbers()
    halves = [int.from_bytes(base64.urlsafe_b64decode(jwk[half] + "=")) for half in ("x", "y")]
    assert halves == [point.x, point.y]
    assert jwk["kid"] == key


def test_a_function_that_was_given_no_key_says_so(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CLOCK_KEY", raising=False)
    environment.cache_clear()
    with pytest.raises(MissingSettingError, match="CLOCK_KEY"):
        signing.signed(DOCUMENT)


def test_only_a_procedure_that_asks_for_it_keeps_time() -> None:
    assert not timekept(loans)
    assert timekept(vigils)
    assert [power.name for power in powers_of_time(vigils)] == ["remind", "recompute"]


def test_the_holidays_are_noted_with_the_act_that_needs_them_and_only_once() -> None:
    acts = vigils.decide(vigils.initial, vigils.powers["keep"].decide, Keep("6010001000001"), by(LIBRARIAN))
    assert [type(act) for act in acts] == [Kept, HolidaysApplied]
    state = vigils.fold(acts)
    command = IssueCertificate("id-1", "infra.answer_to_recommendation", NOON.date(), NOON.date(), 1, "{}")
    again = vigils.decide(state, vigils.powers["issue_certificate"].decide, command, the_clock(NOON))
    assert [type(act) for act in again] == [CertificateIssued]


def test_a_certificate_is_taken_once() -> None:
    state = vigils.fold(
        vigils.decide(vigils.initial, vigils.powers["keep"].decide, Keep("6010001000001"), by(LIBRARIAN))
    )
    command = IssueCertificate("id-1", "infra.answer_to_recommendation", NOON.date(), NOON.date(), 1, "{}")
    state = vigils.fold(
        vigils.decide(state, vigils.powers["issue_certificate"].decide, command, the_clock(NOON)), state
    )
    with pytest.raises(Refusal, match="already_certified"):
        vigils.decide(state, vigils.powers["issue_certificate"].decide, command, the_clock(NOON))
    with pytest.raises(Refusal, match="not_your_act"):
        vigils.decide(state, vigils.powers["issue_certificate"].decide, command, by(LIBRARIAN))


def test_what_is_no_act_of_timekeeping_is_not_taken_for_one() -> None:
    with pytest.raises(TypeError, match="no act of timekeeping"):
        evolve(NOTHING_KEPT, object())


def test_the_law_s_own_acts_go_on_as_before() -> None:
    import dataclasses

    import msgspec

    plain: Any = dataclasses.replace(vigils, powers={}, acts=(Kept,), evolve=lambda state, _act: state)
    keep_time(plain, warned=lambda _: [], silences={})
    assert plain.evolve(vigils.initial, Kept("6010001000001", NOON.date())) == vigils.initial
    noted = plain.evolve(vigils.initial, HolidaysApplied("v", "h"))
    assert json.loads(json.dumps(msgspec.to_builtins(noted.timekeeping)))["table"] == "v"
