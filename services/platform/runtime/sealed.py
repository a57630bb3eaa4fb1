"""Something sealed: a value that tells nothing without the service's key; `sealing` opens it. Pure."""

from __future__ import annotations

from services.platform.law.values import Value


class Sealed(Value):
    """What is kept of a sealed text; both parts are base64."""

    key: str
    """The data key of this text alone, wrapped by KMS."""
    box: str
    """Nonce, ciphertext and tag (XChaCha20-Poly1305)."""
