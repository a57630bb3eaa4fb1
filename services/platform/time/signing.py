"""The key that signs certificates: KMS keeps its private half, everybody may have the other."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import Any

from services.platform.runtime.clients import client
from services.platform.runtime.environment import environment
from services.platform.runtime.observe import count

ALGORITHM = "ECDSA_SHA_256"
LONGEST = 4096
"""Bytes that KMS signs as they are; of more it is given the hash."""
_POINT = 64
"""Bytes of a point on P-256, both coordinates: the end of the key's DER."""


def signed(document: dict[str, Any]) -> str:
    """A certificate as a signed file: canonical JSON, flattened JWS, ES256."""
    from services.statute.certificate import sign_certificate

    file = sign_certificate(document, _sign, key_id())
    count("CertificatesSigned")
    return file.decode()


def key_id() -> str:
    """What a signature calls the key: the end of its ARN."""
    return environment().clock_key.rpartition("/")[2]


@cache
def public_key() -> bytes:
    """The public half as DER (SubjectPublicKeyInfo), asked for once per function."""
    return bytes(client("kms").get_public_key(KeyId=environment().clock_key)["PublicKey"])


def as_pem() -> str:
    """The public half as PEM, which `sakimori clock verify --key` reads."""
    text = base64.b64encode(public_key()).decode()
    lines = [text[start : start + 64] for start in range(0, len(text), 64)]
    return "\n".join(["-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""])


def as_jwk() -> dict[str, str]:
    """The public half as a JSON Web Key (RFC 7517)."""
    point = public_key()[-_POINT:]
    x, y = (base64.urlsafe_b64encode(half).rstrip(b"=").decode() for half in (point[:32], point[32:]))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y, "use": "sig", "alg": "ES256", "kid": key_id()}


def _sign(message: bytes) -> bytes:
    hashed = len(message) > LONGEST
    answer = client("kms").sign(
        KeyId=environment().clock_key,
        Message=hashlib.sha256(message).digest() if hashed else message,
        MessageType="DIGEST" if hashed else "RAW",
        SigningAlgorithm=ALGORITHM,
    )
    return bytes(answer["Signature"])
