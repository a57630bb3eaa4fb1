"""The peer: `create_order` of the public handler-cookbook, packaged and started as our functions are.

`PEER=DIR make bench` names a checkout of github.com/ran-isenberg/aws-lambda-handler-cookbook. It gets what
its own `pyproject.toml` lists, at the newest versions, a real order, its table, and the flags of its own
repository from an AppConfig as small as can be.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from bench.cold_starts import Started
from infra import packaging

NAME = "create_order (peer)"
HANDLER = "service.handlers.handle_create_order.lambda_handler"
FLAGS = Path("cdk/service/configuration/json/dev_configuration.json")
TABLES = {"TABLE_NAME": "orders", "IDEMPOTENCY_TABLE_NAME": "orders-once"}
SETTINGS = {
    **TABLES,
    "POWERTOOLS_SERVICE_NAME": "orders",
    "POWERTOOLS_TRACE_DISABLED": "true",
    "LOG_LEVEL": "CRITICAL",
    "CONFIGURATION_APP": "orders",
    "CONFIGURATION_ENV": "dev",
    "CONFIGURATION_NAME": "flags",
    "CONFIGURATION_MAX_AGE_MINUTES": "5",
    "REST_API": "https://orders.example/api",
    "ROLE_ARN": "arn:aws:iam::123456789012:role/orders",
}


class AppConfig(BaseHTTPRequestHandler):
    """The two calls by which AWS AppConfig gives its flags."""

    flags = b""

    def do_POST(self) -> None:
        """A session begins."""
        self._answer(201, b'{"InitialConfigurationToken": "begin"}', {})

    def do_GET(self) -> None:
        """The flags."""
        told = {"Next-Poll-Configuration-Token": "next", "Next-Poll-Interval-In-Seconds": "60"}
        self._answer(200, self.flags, told)

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def order() -> dict[str, Any]:
    """An order as API Gateway hands it over; none is like the one before."""
    body = {"customer_name": uuid.uuid4().hex[:20], "order_item_count": 5}
    return {
        "httpMethod": "POST",
        "path": "/api/orders/",
        "resource": "/api/orders/",
        "headers": {"Content-Type": "application/json"},
        "multiValueHeaders": {"Content-Type": ["application/json"]},
        "queryStringParameters": None,
        "body": json.dumps(body),
        "isBase64Encoded": False,
        "requestContext": {"requestId": uuid.uuid4().hex, "path": "/api/orders/", "stage": "prod"},
    }


def packaged(checkout: Path, folder: Path, target: packaging.Target) -> None:
    """Lay out the peer with all that it declares to need, compiled like the others."""
    declared = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    command = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--target", str(folder)]
    command += ["--python-version", target.python, "--python-platform", target.platform]
    subprocess.run([*command, "--only-binary", ":all:", *declared], check=True)
    shutil.copytree(checkout / "service", folder / "service")
    packaging.compile_all(folder, target.python)


def make_tables() -> None:
    """The two tables an order is kept in."""
    import boto3

    for name in TABLES.values():
        boto3.client("dynamodb").create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        )


@contextmanager
def peer(scratch: Path, target: packaging.Target, settings: dict[str, str]) -> Iterator[Started | None]:
    """The peer's function, if a checkout is named."""
    named = os.environ.get("PEER")
    if not named:
        yield None
        return
    checkout, folder = Path(named), scratch / "peer"
    packaged(checkout, folder, target)
    make_tables()
    AppConfig.flags = (checkout / FLAGS).read_bytes()
    server = ThreadingHTTPServer(("127.0.0.1", 0), AppConfig)
    Thread(target=server.serve_forever, daemon=True).start()
    flags = {"AWS_ENDPOINT_URL_APPCONFIGDATA": f"http://127.0.0.1:{server.server_port}"}
    aws = {name: value for name, value in settings.items() if name.startswith("AWS_")}
    try:
        yield Started(NAME, "", folder, HANDLER, aws | SETTINGS | flags, order)
    finally:
        server.shutdown()
        server.server_close()
