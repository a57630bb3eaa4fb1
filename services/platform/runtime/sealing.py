"""Envelope encryption: restricted texts are sealed before the table, a log or a stream can see them.

Every text has a data key of its own, which only KMS can unwrap; KMS and the cipher both bind it to a context
(whose it is and which), so that a sealed text moved to another place does not open there.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping

from services.platform.runtime.clients import client
from services.platform.runtime.environment import environment
from services.platform.runtime.sealed import Sealed

_BROKEN = ("InvalidCiphertextException", "IncorrectKeyException")


class SealBroken(Exception):  # noqa: N818 - a finding
    """A sealed text that was changed, or that belongs somewhere else."""


def seal(text: bytes, **context: str) -> Sealed:
    """Seal `text` for this service and `context`, by one call to KMS."""
    from nacl.secret import Aead

    bound = _bound(context)
    made = client("kms").generate_data_key(
        KeyId=environment().key, KeySpec="AES_256", EncryptionContext=bound
    )
    box = Aead(made["Plaintext"]).encrypt(text, _written(bound))
    return Sealed(_base64(made["CiphertextBlob"]), _base64(bytes(box)))


def unseal(sealed: Sealed, **context: str) -> bytes:
    """The text that was sealed for this service and `context`, by one call to KMS. Raises `SealBroken`."""
    from nacl.exceptions import CryptoError
    from nacl.secret import Aead

    bound, kms = _bound(context), client("kms")
    try:
        wrapped = base64.b64decode(sealed.key)
        key = kms.decrypt(KeyId=environment().key, CiphertextBlob=wrapped, EncryptionContext=bound)
        return Aead(key["Plaintext"]).decrypt(base64.b64decode(sealed.box), _written(bound))
    except kms.exceptions.ClientError as error:
        if error.response["Error"]["Code"] not in _BROKEN:
            raise
        raise SealBroken(str(bound)) from error
    except CryptoError as error:
        raise SealBroken(str(bound)) from error


def _bound(context: Mapping[str, str]) -> dict[str, str]:
    return {"service": environment().service, **context}


def _written(bound: Mapping[str, str]) -> bytes:
    return "\0".join(f"{name}={bound[name]}" for name in sorted(bound)).encode()


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
