"""Keys of the local cloud: they sign as KMS does, and stay themselves over a restart."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from local import keys
from tests.local.conftest import Running

ALIAS = "alias/sakimori-clock"
MESSAGE = b"a signing input " * 400


@pytest.mark.parametrize("kind", ["RAW", "DIGEST"])
def test_what_is_hashed_already_is_not_hashed_again(running: Running, kind: str) -> None:
    kms = running.cloud.client("kms")
    known = load_der_public_key(kms.get_public_key(KeyId=ALIAS)["PublicKey"])
    assert isinstance(known, ec.EllipticCurvePublicKey)
    message = MESSAGE if kind == "RAW" else hashlib.sha256(MESSAGE).digest()
    answer = kms.sign(KeyId=ALIAS, Message=message, MessageType=kind, SigningAlgorithm="ECDSA_SHA_256")
    known.verify(answer["Signature"], MESSAGE, ec.ECDSA(SHA256()))
    with pytest.raises(InvalidSignature):
        known.verify(answer["Signature"], MESSAGE + b"!", ec.ECDSA(SHA256()))


def test_a_signing_key_is_the_same_after_a_restart_and_another_elsewhere() -> None:
    kept: dict[str, str] = {}
    made = [ec.generate_private_key(ec.SECP256R1()) for _ in range(3)]
    first, again = (keys._private(kept, "clock", key) for key in made[:2])
    elsewhere = keys._private({}, "clock", made[2])
    numbers = [key.public_key().public_numbers() for key in (first, again, elsewhere)]
    assert numbers[0] == numbers[1] != numbers[2]
