"""KMS keys: moto's, with ids from the templates and material that survives a restart."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from local.template import ACCOUNT, REGION, Templates

if TYPE_CHECKING:
    from mypy_boto3_kms.client import KMSClient

MATERIAL = 32
"""Bytes of an AES-256 key."""


def create(templates: Templates, kms: KMSClient, state: Path) -> None:
    """Create the keys and aliases; what was encrypted before a restart can be decrypted after it."""
    from moto.kms.models import kms_backends

    file = state / "keys.json"
    kept: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    backend = kms_backends[ACCOUNT][REGION]
    for key in templates.of("AWS::KMS::Key"):
        given = key.properties
        made = kms.create_key(
            Description=given.get("Description", ""),
            KeySpec=given.get("KeySpec", "SYMMETRIC_DEFAULT"),
            KeyUsage=given.get("KeyUsage", "ENCRYPT_DECRYPT"),
        )["KeyMetadata"]["KeyId"]
        stored = backend.keys.pop(made)
        stored.id, stored.arn = key.name, key.arn
        if stored.key_spec == "SYMMETRIC_DEFAULT":
            stored.key_material = bytes.fromhex(kept.setdefault(key.name, os.urandom(MATERIAL).hex()))
        else:
            pair: Any = stored.private_key
            pair.private_key = _private(kept, key.name, pair.private_key)
            pair.sign = partial(_sign, pair.private_key, pair.sign)
        backend.keys[key.name] = stored
    for alias in templates.of("AWS::KMS::Alias"):
        kms.create_alias(AliasName=alias.name, TargetKeyId=alias.properties["TargetKeyId"])
    write_secret(file, json.dumps(kept, indent=1).encode())


def _private(kept: dict[str, str], name: str, made: Any) -> Any:
    """The private key kept under `name`; `made` if there is none, which is then kept."""
    from cryptography.hazmat.primitives import serialization

    if name not in kept:
        kept[name] = made.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode()
    return serialization.load_pem_private_key(kept[name].encode(), password=None)


def _sign(key: Any, otherwise: Callable[[bytes, str], bytes], message: bytes, algorithm: str) -> bytes:
    """Sign as KMS does with `MessageType=DIGEST`, of which moto tells a key nothing.

    Of all that is signed here, only a hash is as short as one.
    """
    from cryptography.hazmat.primitives.asymmetric import ec, utils
    from cryptography.hazmat.primitives.hashes import SHA256

    if len(message) != SHA256.digest_size or algorithm != "ECDSA_SHA_256":
        return otherwise(message, algorithm)
    signature: bytes = key.sign(message, ec.ECDSA(utils.Prehashed(SHA256())))
    return signature


def write_secret(file: Path, content: bytes) -> None:
    """Write a file that only its owner may read."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(content)
