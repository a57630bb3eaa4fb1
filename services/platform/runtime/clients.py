"""AWS clients, made when first used and once per function.

botocore rather than boto3: no resource layer, no S3 transfer. Importing it costs a third of a second, so it
waits until a client is asked for.
"""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def session() -> Any:
    """The one session of this function: each reads botocore's list of endpoints anew."""
    import botocore.session

    return botocore.session.get_session()


@cache
def client(service: str) -> Any:
    """The client of an AWS service, such as `events` or `stepfunctions`, for this function's region."""
    from botocore.config import Config

    # Two more attempts, then the trigger's own retry takes over (queue, stream or state machine).
    patience = Config(
        connect_timeout=2,
        read_timeout=10,
        retries={"mode": "standard", "total_max_attempts": 3},
        # PynamoDB makes its requests from models: botocore would only check them once more.
        parameter_validation=service != "dynamodb",
        # S3 would have links and forms signed in a way of old, which it refuses for objects under a key.
        signature_version="s3v4" if service == "s3" else None,
    )
    return session().create_client(service, config=patience)
