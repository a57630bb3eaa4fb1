"""Envelope encryption: restricted texts are sealed before the table, a log or a stream can see them.

What belongs together has a data key of its own, which only KMS can unwrap; KMS and the cipher both bind it to
a context (whose it is and which), so that a sealed text moved to another place does not open there.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping

from services.platform.runtime.clients import client
from services.platform.runtime.environment import environment
from services.platform.runtime.sealed import Sealed

_BROKEN = ("InvalidCiphertextException", "IncorrectKeyException")
_BLOCK = 64
"""Bytes to whose multiples parts are filled up, so that their lengths tell little."""


class SealBroken(Exception):  # noqa: N818 - a finding
    """A sealed text that was changed, or that belongs somewhere else."""


class Seal:
    """A data key and what it is bound to; it seals and opens the parts of one thing, each in its own place.

    The key lives as long as the case it was read with, and shows in no log.
    """

    __slots__ = ("_bound", "_key", "wrapped")

    def __init__(self, wrapped: str, key: bytes, bound: Mapping[str, str]) -> None:
        self.wrapped = wrapped
        """The key as only KMS can unwrap it; base64."""
        self._key, self._bound = key, bound

    @classmethod
    def made(cls, **context: str) -> Seal:
        """A new data key for this service and `context`, by one call to KMS."""
        bound = _bound(context)
        made = client("kms").generate_data_key(
            KeyId=environment().key, KeySpec="AES_256", EncryptionContext=bound
        )
        return cls(_base64(made["CiphertextBlob"]), made["Plaintext"], bound)

    @classmethod
    def opened(cls, wrapped: str, **context: str) -> Seal:
        """The data key that was made for this service and `context`, by one call to KMS.

        Raises `SealBroken`.
        """
        bound, kms = _bound(context), client("kms")
        try:
            blob = base64.b64decode(wrapped)
            key = kms.decrypt(KeyId=environment().key, CiphertextBlob=blob, EncryptionContext=bound)
        except kms.exceptions.ClientError as error:
            if error.response["Error"]["Code"] not in _BROKEN:
                raise
            raise SealBroken(str(bound)) from error
        return cls(wrapped, key["Plaintext"], bound)

    def seal(self, part: bytes, place: str) -> str:
        """A part as it is kept in its place; base64."""
        from nacl.bindings import sodium_pad

        return self.box(sodium_pad(part, _BLOCK), place=place)

    def unseal(self, box: str, place: str) -> bytes:
        """The part that was sealed in that place. Raises `SealBroken`."""
        from nacl.bindings import sodium_unpad

        return sodium_unpad(self.unbox(box, place=place), _BLOCK)

    def box(self, text: bytes, **more: str) -> str:
        """A text under this key, bound to its context and `more` of it; base64."""
        from nacl.secret import Aead

        return _base64(bytes(Aead(self._key).encrypt(text, _written({**self._bound, **more}))))

    def unbox(self, box: str, **more: str) -> bytes:
        """The text of a box. Raises `SealBroken`."""
        from nacl.exceptions import CryptoError
        from nacl.secret import Aead

        bound = {**self._bound, **more}
        try:
            return Aead(self._key).decrypt(base64.b64decode(box), _written(bound))
        except CryptoError as error:
            raise SealBroken(str(bound)) from error

    def pseudonym(self, name: str) -> str:
        """What stands for a name: always the same, and told by nobody who lacks the key."""
        return hashlib.blake2b(name.encode(), key=self._key, digest_size=16).hexdigest()


def seal(text: bytes, **context: str) -> Sealed:
    """Seal `text` for this service and `context` under a key of its own, by one call to KMS."""
    made = Seal.made(**context)
    return Sealed(made.wrapped, made.box(text))


def unseal(sealed: Sealed, **context: str) -> bytes:
    """The text that was sealed for this service and `context`, by one call to KMS. Raises `SealBroken`."""
    return Seal.opened(sealed.key, **context).unbox(sealed.box)


def _bound(context: Mapping[str, str]) -> dict[str, str]:
    return {"service": environment().service, **context}


def _written(bound: Mapping[str, str]) -> bytes:
    return "\0".join(f"{name}={bound[name]}" for name in sorted(bound)).encode()


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
