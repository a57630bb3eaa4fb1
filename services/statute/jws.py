"""JSON Web Signatures over canonical JSON: ES256, flattened serialisation (RFC 7515, RFC 7518, RFC 8785).

Every byte of the file counts: the payload and the file itself must be canonical, and each base64url part must
be the one way of writing its bytes. So an altered byte is always found, even one no decoder would notice.
"""

import base64
import json
from collections.abc import Callable
from typing import Any, NamedTuple

from services.statute.refusal import Refused

Sign = Callable[[bytes], bytes]
"""Signs bytes with ECDSA over SHA-256 on P-256 and returns DER, as KMS and `cryptography` do."""

TYPE = "sakimori-clock+jws"
_HALF = 32


class Sealed(NamedTuple):
    """A parsed file: the header and payload it claims, and what was signed."""

    header: dict[str, Any]
    payload: dict[str, Any]
    signing_input: bytes
    der_signature: bytes


def seal(payload: dict[str, Any], sign: Sign, key_id: str) -> bytes:
    """Return `payload` as a signed file; `key_id` tells the reader which public key to fetch."""
    header = {"alg": "ES256", "kid": key_id, "typ": TYPE}
    protected, body = _encode(canonical(header)), _encode(canonical(payload))
    signature = _encode(_joined(sign(f"{protected}.{body}".encode())))
    return canonical({"payload": body, "protected": protected, "signature": signature})


def unseal(file: bytes) -> Sealed:
    """Parse a signed file without trusting it; refuses one that is not exactly as `seal` writes it."""
    try:
        outer = json.loads(file)
        parts = {name: outer[name] for name in ("payload", "protected", "signature")}
        header, payload = json.loads(_decode(parts["protected"])), json.loads(_decode(parts["payload"]))
        signature = _decode(parts["signature"])
        # One trailing newline is what an editor or a shell adds; nothing else may differ.
        exact = canonical(outer) == file.removesuffix(b"\n") and set(outer) == set(parts)
        exact = exact and _encode(canonical(header)) == parts["protected"]
        exact = exact and _encode(canonical(payload)) == parts["payload"]
        exact = exact and _encode(signature) == parts["signature"] and len(signature) == 2 * _HALF
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Refused("not_a_certificate", why=str(error)) from error
    if not exact or not isinstance(header, dict) or not isinstance(payload, dict):
        raise Refused("not_canonical")
    if header.get("alg") != "ES256" or header.get("typ") != TYPE:
        raise Refused("not_a_certificate", why="another kind of signature")
    signing_input = f"{parts['protected']}.{parts['payload']}".encode()
    return Sealed(header, payload, signing_input, _split(signature))


def is_signed_by(sealed: Sealed, public_key_pem: bytes) -> bool:
    """Tell whether the holder of the public key (PEM, P-256) signed the file."""
    # Only a verifier pays for cryptography: 20 ms and 15 MB a signing function must not carry.
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(public_key_pem)
    except ValueError as error:
        raise Refused("not_a_public_key") from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        raise Refused("not_a_public_key")
    try:
        key.verify(sealed.der_signature, sealed.signing_input, ec.ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True


def canonical(value: Any) -> bytes:
    """Return `value` as canonical JSON (RFC 8785)."""
    import rfc8785

    try:
        return rfc8785.dumps(value)
    except rfc8785.CanonicalizationError as error:
        raise ValueError(str(error)) from error


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _joined(der: bytes) -> bytes:
    """Turn a DER signature into the two 32-byte halves JWS wants (RFC 7518, 3.4)."""
    # SEQUENCE { INTEGER r, INTEGER s }; on P-256 every length fits in one byte.
    length_r = der[3]
    r, rest = der[4 : 4 + length_r], der[4 + length_r :]
    s = rest[2 : 2 + rest[1]]
    if der[0] != 0x30 or der[2] != 0x02 or rest[0] != 0x02 or len(der) != der[1] + 2:
        raise ValueError("not a DER signature of two integers")
    return b"".join(int.from_bytes(half).to_bytes(_HALF) for half in (r, s))


def _split(signature: bytes) -> bytes:
    """Turn the two halves back into DER."""
    integers = b""
    for half in (signature[:_HALF], signature[_HALF:]):
        number = int.from_bytes(half)
        # A leading zero bit keeps the integer positive.
        body = number.to_bytes(number.bit_length() // 8 + 1)
        integers += bytes((0x02, len(body))) + body
    return bytes((0x30, len(integers))) + integers
