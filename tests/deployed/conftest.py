"""The app as the real CDK deploys it into an emulator of AWS, and people who sign in there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import boto3
import pytest
import urllib3

from infra.manifest import ROOT, manifests
from infra.names import Names
from infra.rehearsal import deploy, emulator
from infra.smoke import address
from infra.stages import stage
from local.identity import Person

STAGE = stage("dev", datetime.now(UTC).date())
PASSWORD = "Sakimori-Rehearsal-2026!"


@dataclass(slots=True)
class Answer:
    status: int
    body: Any
    raw: bytes


@dataclass(slots=True)
class Deployed:
    """A deployment, with a client of its user pool."""

    clients: dict[str, Any]
    pool: str
    client: str
    addresses: dict[str, str]
    http: urllib3.PoolManager = field(default_factory=lambda: urllib3.PoolManager(timeout=60, retries=False))
    tokens: dict[Person, str] = field(default_factory=dict)

    def token(self, person: Person) -> str:
        """An id token of the pool, for which the person has signed in."""
        if person not in self.tokens:
            cognito = self.clients["cognito-idp"]
            name = f"{person.subject}@example.jp"
            claims = {
                "email": name,
                "email_verified": "true",
                "custom:organisation": person.organisation,
                "custom:mandates": " ".join(person.mandates),
                "custom:ministry": person.ministry or "",
            }
            cognito.admin_create_user(
                UserPoolId=self.pool,
                Username=name,
                MessageAction="SUPPRESS",
                TemporaryPassword=PASSWORD,
                UserAttributes=[{"Name": n, "Value": v} for n, v in claims.items() if v],
            )
            cognito.admin_set_user_password(
                UserPoolId=self.pool, Username=name, Password=PASSWORD, Permanent=True
            )
            for role in person.roles:
                cognito.admin_add_user_to_group(UserPoolId=self.pool, Username=name, GroupName=role)
            signed_in = cognito.admin_initiate_auth(
                UserPoolId=self.pool,
                ClientId=self.client,
                AuthFlow="ADMIN_USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": name, "PASSWORD": PASSWORD},
            )
            self.tokens[person] = signed_in["AuthenticationResult"]["IdToken"]
        return self.tokens[person]

    def ask(
        self,
        person: Person | None,
        method: str,
        path: str,
        body: Any = None,
        accept: str = "application/json",
    ) -> Answer:
        """One request to the API of Chapter 3."""
        headers = {"Accept": accept}
        if person is not None:
            headers["Authorization"] = f"Bearer {self.token(person)}"
        content = None
        if method == "POST":
            headers |= {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": "application/json"}
            content = json.dumps({} if body is None else body, ensure_ascii=False).encode()
        answer = self.http.request(
            method, self.addresses["infra_review"] + path, body=content, headers=headers
        )
        is_json = "json" in answer.headers.get("Content-Type", "")
        document = json.loads(answer.data) if is_json and answer.data else None
        return Answer(answer.status, document, answer.data)

    def post(self, person: Person, path: str, body: Any = None) -> Any:
        """The document of a POST that succeeds."""
        answer = self.ask(person, "POST", path, body)
        assert answer.status in {200, 201}, answer
        return answer.body


@pytest.fixture(scope="session")
def assembly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The synthesised app with its code, without what the emulator lacks."""
    directory = tmp_path_factory.mktemp("assembly")
    told = [
        sys.executable,
        "-m",
        "infra.app",
        "--stage",
        STAGE.name,
        "--for-here",
        "--outdir",
        str(directory),
    ]
    done = subprocess.run(told, cwd=ROOT, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr[-4000:]
    deploy.strip(directory)
    return directory


@pytest.fixture(scope="session")
def deployed(assembly: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """All stacks, deployed."""
    with emulator.running(STAGE.region, tmp_path_factory.mktemp("emulator")) as url:
        deploy.deploy(url, STAGE.region, assembly)
        yield signed_into(url)


def signed_into(url: str) -> Deployed:
    told = emulator.environment(url, STAGE.region)
    os.environ["AWS_ENDPOINT_URL"] = url
    session = boto3.Session(
        aws_access_key_id=told["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=told["AWS_SECRET_ACCESS_KEY"],
        region_name=STAGE.region,
    )
    clients: dict[str, Any] = {
        name: session.client(name, endpoint_url=url)
        for name in ("cloudformation", "cognito-idp", "lambda", "sqs", "stepfunctions")
    }
    cognito = clients["cognito-idp"]
    pools = cognito.list_user_pools(MaxResults=10)["UserPools"]
    (pool,) = [p["Id"] for p in pools if p["Name"] == STAGE.prefix]
    # Deviations, as lacking.toml says.
    cognito.set_user_pool_mfa_config(UserPoolId=pool, MfaConfiguration="OFF")
    client = cognito.create_user_pool_client(
        UserPoolId=pool, ClientName="rehearsal", ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"]
    )["UserPoolClient"]["ClientId"]
    addresses = {
        m.name: address(clients["cloudformation"], Names(STAGE.prefix, m.path).of()) for m in manifests()
    }
    return Deployed(clients, pool, client, addresses)
