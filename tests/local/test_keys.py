"""Keys of the local cloud: they sign as KMS does, and stay themselves over a restart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from moto import mock_aws

from infra import synth
from local import keys
from local.template import REGION, Templates

ALIAS = "alias/sakimori-clock"
MESSAGE = b"a signing input " * 400


@pytest.fixture
def kms(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "local")
    with mock_aws():
        yield boto3.client("kms", region_name=REGION)


def public_key(kms: Any) -> ec.EllipticCurvePublicKey:
    known = load_der_public_key(kms.get_public_key(KeyId=ALIAS)["PublicKey"])
    assert isinstance(known, ec.EllipticCurvePublicKey)
    return known


def test_what_is_hashed_already_is_not_hashed_again(kms: Any, tmp_path: Path) -> None:
    keys.create(Templates(synth.synthesised()), kms, tmp_path)
    digest = hashlib.sha256(MESSAGE).digest()
    for message, kind in ((MESSAGE, "RAW"), (digest, "DIGEST")):
        answer = kms.sign(KeyId=ALIAS, Message=message, MessageType=kind, SigningAlgorithm="ECDSA_SHA_256")
        public_key(kms).verify(answer["Signature"], MESSAGE, ec.ECDSA(SHA256()))
    with pytest.raises(InvalidSignature):
        public_key(kms).verify(answer["Signature"], MESSAGE + b"!", ec.ECDSA(SHA256()))


def test_the_signing_key_is_the_same_after_a_restart_and_another_elsewhere(kms: Any, tmp_path: Path) -> None:
    templates = Templates(synth.synthesised())
    found = []
    for state in ("here", "here", "elsewhere"):
        with mock_aws():
            mine = boto3.client("kms", region_name=REGION)
            keys.create(templates, mine, tmp_path / state)
            found.append(public_key(mine).public_numbers())
    assert found[0] == found[1] != found[2]
