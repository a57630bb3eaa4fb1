"""`python -m infra.smoke`: ask each API what anyone may ask, and see that the rest is closed."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import urllib3

from infra.asked import arguments, chosen
from infra.constructs.api import OPEN_TO_ALL
from infra.manifest import Manifest, manifests
from infra.names import Names

TRIED_AGAIN = (502, 503, 504)
"""A function that has just been deployed may answer too late once."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What an API answered."""

    service: str
    path: str
    status: int
    wanted: int

    @property
    def good(self) -> bool:
        """Whether it is as it should be."""
        return self.status == self.wanted


def client() -> urllib3.PoolManager:
    """What asks: three times, if it must."""
    again = urllib3.Retry(3, backoff_factor=1, status_forcelist=TRIED_AGAIN, raise_on_status=False)
    return urllib3.PoolManager(retries=again, timeout=60)


def address(cloudformation: Any, stack: str) -> str:
    """Where the API of a stack answers, without a slash at the end. Raises `LookupError`."""
    (found,) = cloudformation.describe_stacks(StackName=stack)["Stacks"]
    for output in found.get("Outputs", []):
        if output.get("OutputKey", "").startswith("ApiRestEndpoint"):
            return emulated(output["OutputValue"].rstrip("/"))
    raise LookupError(f"{stack} has no output with its API's address")


def emulated(url: str) -> str:
    """Where the API at `url` answers when AWS is an emulator's address: `url` itself when it is not."""
    emulator = os.environ.get("AWS_ENDPOINT_URL")
    if not emulator:
        return url
    host, _, stage = url.removeprefix("https://").partition("/")
    return f"{emulator}/restapis/{host.partition('.')[0]}/{stage}/_user_request_"


def ask(manifest: Manifest, url: str, http: urllib3.PoolManager) -> Iterator[Finding]:
    """Ask what is open, which must answer, and a case, which must not without a token."""
    for path, wanted in (
        *((path, 200) for path in OPEN_TO_ALL),
        *((path, 200) for method, path in manifest.public if method == "GET"),
        ("/no-such-thing", 401),
    ):
        yield Finding(manifest.name, path, http.request("GET", url + path).status, wanted)


def main() -> int:
    """Ask all services of a stage; 1 if one did not answer as it should."""
    import boto3

    of = chosen(arguments().parse_args())
    cloudformation: Any = boto3.client("cloudformation", region_name=of.region)
    http = client()
    found = [
        finding
        for manifest in manifests()
        for finding in ask(manifest, address(cloudformation, Names(of.prefix, manifest.path).of()), http)
    ]
    for finding in found:
        print(json.dumps({"good": finding.good, **{n: getattr(finding, n) for n in finding.__slots__}}))  # noqa: T201
    return 0 if all(finding.good for finding in found) else 1


if __name__ == "__main__":
    sys.exit(main())
