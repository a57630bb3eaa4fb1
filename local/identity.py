"""The user pool's tokens: signed as Cognito would, verified as API Gateway does, in virtual time."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from local.keys import write_secret
from local.template import REGION, Templates

DEFAULT_LIFE = timedelta(hours=1)
"""Of an id token, as in Cognito."""


class RefusedTokenError(Exception):
    """A token the authoriser does not accept; `expired` says that it once did."""

    def __init__(self, why: str, *, expired: bool = False) -> None:
        super().__init__(why)
        self.expired = expired


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a token describes."""

    subject: str
    organisation: str = ""
    roles: tuple[str, ...] = ()
    mandates: tuple[str, ...] = ()
    ministry: str | None = None


class Issuer:
    """Signs tokens for the pool and client of the templates with a key kept in `state`."""

    def __init__(self, templates: Templates, state: Path) -> None:
        pool = next(templates.of("AWS::Cognito::UserPool"))
        self.pool_arn = pool.arn
        self.issuer = f"https://cognito-idp.{REGION}.amazonaws.com/{pool.name}"
        self.clients = [client.name for client in templates.of("AWS::Cognito::UserPoolClient")]
        self._key = _key(state / "issuer.pem")
        self._kid = uuid.uuid5(uuid.NAMESPACE_URL, str(self._key.public_key().public_numbers().n)).hex

    def sign(self, person: Person, now: datetime, life: timedelta = DEFAULT_LIFE) -> str:
        """An id token of `person`, valid from `now` on."""
        import jwt

        issued = int(now.timestamp())
        claims: dict[str, Any] = {
            "sub": person.subject,
            "iss": self.issuer,
            "aud": self.clients[0],
            "token_use": "id",
            "auth_time": issued,
            "iat": issued,
            "exp": issued + int(life.total_seconds()),
            "jti": str(uuid.uuid4()),
            "cognito:username": person.subject,
            "cognito:groups": list(person.roles),
            "custom:organisation": person.organisation,
            "custom:mandates": " ".join(person.mandates),
        }
        if person.ministry:
            claims["custom:ministry"] = person.ministry
        return jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": self._kid})

    def jwks(self) -> dict[str, Any]:
        """The public key, as the pool publishes it."""
        import json

        from jwt.algorithms import RSAAlgorithm

        key = json.loads(RSAAlgorithm.to_jwk(self._key.public_key()))
        return {"keys": [{**key, "kid": self._kid, "alg": "RS256", "use": "sig"}]}

    def verify(self, token: str, now: datetime, pools: Iterable[str]) -> dict[str, Any]:
        """The claims of a token that a pool of the authoriser signed. Raises `RefusedTokenError`."""
        import jwt

        if self.pool_arn not in pools:
            raise RefusedTokenError("The authoriser trusts another user pool.")
        options: Any = {
            "verify_exp": False,
            "verify_iat": False,
            "verify_nbf": False,
            "require": ["exp", "sub"],
        }
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self._key.public_key(),
                algorithms=["RS256"],
                audience=self.clients,
                issuer=self.issuer,
                options=options,
            )
        except jwt.InvalidTokenError as error:
            raise RefusedTokenError(str(error)) from error
        if claims.get("token_use") != "id":
            raise RefusedTokenError("It is not an id token.")
        if claims["exp"] <= now.timestamp():
            raise RefusedTokenError("It has expired.", expired=True)
        return claims


def as_authorizer(claims: Mapping[str, Any]) -> dict[str, str]:
    """Claims as API Gateway hands them to a function: texts, lists joined by commas."""
    return {key: ",".join(value) if isinstance(value, list) else str(value) for key, value in claims.items()}


def _key(file: Path) -> Any:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    if file.exists():
        return serialization.load_pem_private_key(file.read_bytes(), password=None)
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_secret(file, pem)
    return key
