"""S3 and GuardDuty for papers: signed forms and links, files on disk, a scan of what comes in.

moto keeps objects in memory and takes a form without reading its policy. Here a form is refused as S3
refuses it (signature, time, size, type, checksum, and what the role that signed it may do), and what came in
outlives the process. The scan is a stand-in: it knows the EICAR test file and nothing else.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

from local.aws_calls import calls_of, read_from_bucket, sealed_in_bucket
from local.policies import Ledger
from local.template import Templates

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SECRET = "local"
"""Of every role: what the functions here sign with."""
EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
STAMP = "%Y%m%dT%H%M%SZ"
Tell = Callable[[dict[str, Any]], None]
"""Puts an event on the account's own bus."""


class Refused(Exception):  # noqa: N818 - S3's answer
    """What S3 does not take or give: its status, its code and its words."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


class Papers:
    """The buckets that GuardDuty scans, as whoever has a form or a link meets them."""

    def __init__(
        self,
        templates: Templates,
        ledgers: Mapping[str, Ledger],
        keys: Mapping[str, str],
        directory: Path,
        tell: Tell,
    ) -> None:
        """`keys`: bucket ARN -> ARN of its key; `directory` holds the files."""
        plans = templates.of("AWS::GuardDuty::MalwareProtectionPlan")
        names = {plan.properties["ProtectedResource"]["S3Bucket"]["BucketName"] for plan in plans}
        self._buckets = {b.name: b.arn for b in templates.of("AWS::S3::Bucket") if b.name in names}
        self._ledgers = {ledger.role: ledger for ledger in ledgers.values()}
        self._keys, self._directory, self._tell = keys, directory, tell

    def takes(self, environ: WSGIEnvironment) -> bool:
        """Whether a request to AWS's address is a form or a link of a paper."""
        bucket = str(environ.get("PATH_INFO", "")).lstrip("/").partition("/")[0]
        signed = "X-Amz-Signature" in environ.get("QUERY_STRING", "")
        form = str(environ.get("CONTENT_TYPE", "")).startswith("multipart/form-data")
        return bucket in self._buckets and (form if environ["REQUEST_METHOD"] == "POST" else signed)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer it as S3 would."""
        request = Request(environ)
        bucket, _, key = request.path.lstrip("/").partition("/")
        try:
            answer = (
                self._put(bucket, request) if request.method == "POST" else self._get(bucket, key, request)
            )
        except Refused as no:
            body = f"<Error><Code>{no.code}</Code><Message>{no}</Message></Error>"
            answer = Response(body, no.status, content_type="application/xml")
        return answer(environ, start_response)

    def _put(self, bucket: str, request: Request) -> Response:
        fields, file = dict(request.form), request.files.get("file")
        if file is None:
            raise Refused(400, "InvalidArgument", "POST requires exactly one file upload per request.")
        body = file.stream.read()
        policy = _policy(fields)
        _conditions({**fields, "bucket": bucket}, policy["conditions"], len(body))
        checksum = base64.b64encode(hashlib.sha256(body).digest()).decode()
        if fields.get("x-amz-checksum-sha256") != checksum:
            raise Refused(400, "BadDigest", "The SHA256 you specified did not match what we received.")
        self._may(fields["x-amz-credential"], "PutObject", bucket, fields["key"])
        at = self._file(bucket, fields["key"])
        at.parent.mkdir(parents=True, exist_ok=True)
        draft = at.with_suffix(".new")
        draft.write_bytes(body)
        at.with_suffix(".type").write_text(fields.get("Content-Type", "application/octet-stream"))
        draft.replace(at)
        self._tell(_scan(bucket, fields["key"], body))
        return Response(status=204)

    def _get(self, bucket: str, key: str, request: Request) -> Response:
        asked = request.args
        signed = datetime.strptime(asked["X-Amz-Date"], STAMP).replace(tzinfo=UTC)
        if datetime.now(UTC) > signed + timedelta(seconds=int(asked["X-Amz-Expires"])):
            raise Refused(403, "AccessDenied", "Request has expired")
        self._may(asked["X-Amz-Credential"], "GetObject", bucket, key)
        at = self._file(bucket, key)
        if not at.exists():
            raise Refused(404, "NoSuchKey", "The specified key does not exist.")
        headers = {"Content-Disposition": asked.get("response-content-disposition", "attachment")}
        kind = at.with_suffix(".type").read_text()
        return Response(at.read_bytes(), 200, headers, content_type=kind)

    def _may(self, credential: str, operation: str, bucket: str, key: str) -> None:
        """Whether the role that signed may do it: S3 asks when the form or link is used."""
        ledger = self._ledgers.get(credential.partition("/")[0])
        asked = sealed_in_bucket if operation == "PutObject" else read_from_bucket
        calls = [
            *calls_of("s3", operation, {"Bucket": bucket, "Key": key}),
            *asked(self._buckets[bucket], self._keys),
        ]
        judged = [ledger.record(call) for call in calls] if ledger else [False]
        if not all(judged):
            raise Refused(403, "AccessDenied", "Access Denied")

    def _file(self, bucket: str, key: str) -> Path:
        # A digest of the key: no name that comes from outside becomes a path.
        return self._directory / bucket / hashlib.sha256(key.encode()).hexdigest()


def _policy(fields: Mapping[str, str]) -> dict[str, Any]:
    """The policy of a form whose signature is right and whose time has not passed."""
    date, region, service, _ = fields.get("x-amz-credential", "///").split("/")[1:]
    key = f"AWS4{SECRET}".encode()
    for part in (date, region, service, "aws4_request", fields.get("policy", "")):
        key = hmac.digest(key, part.encode(), "sha256")
    if not hmac.compare_digest(key.hex(), fields.get("x-amz-signature", "")):
        raise Refused(403, "SignatureDoesNotMatch", "The request signature we calculated does not match.")
    policy: dict[str, Any] = json.loads(base64.b64decode(fields["policy"]))
    if datetime.now(UTC) > datetime.fromisoformat(policy["expiration"]):
        raise Refused(403, "AccessDenied", "Invalid according to Policy: Policy expired.")
    return policy


def _conditions(given: Mapping[str, str], conditions: Iterable[Any], size: int) -> None:
    """Whether a form keeps to its policy, and sends no field of S3's that the policy does not name."""
    lower = {name.lower(): value for name, value in given.items()}
    for condition in conditions:
        if isinstance(condition, list) and condition[0] == "content-length-range":
            if size > condition[2]:
                raise Refused(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size")
            if size < condition[1]:
                raise Refused(400, "EntityTooSmall", "Your proposed upload is smaller than the minimum size")
            continue
        name, value = next(iter(condition.items())) if isinstance(condition, dict) else condition[1:]
        if lower.get(name.lstrip("$").lower()) != value:
            raise Refused(
                403, "AccessDenied", f"Invalid according to Policy: Policy Condition failed: {name}"
            )


def _scan(bucket: str, key: str, body: bytes) -> dict[str, Any]:
    """What GuardDuty says of an object: the detail of its event."""
    return {
        "schemaVersion": "1.0",
        "scanStatus": "COMPLETED",
        "resourceType": "S3_OBJECT",
        "s3ObjectDetails": {"bucketName": bucket, "objectKey": key},
        "scanResultDetails": {"scanResultStatus": "THREATS_FOUND" if EICAR in body else "NO_THREATS_FOUND"},
    }
