"""Logs, metrics and the thread that ties a request to everything it caused.

Powertools' Logger and Metrics (EMF) do the writing. Active tracing is switched on in the template and the
trace id is a field of every log line; the X-Ray SDK is not used, because it drags botocore into every
function.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from aws_lambda_powertools.logging import Logger
from aws_lambda_powertools.metrics import Metrics, MetricUnit

from services.platform.law.values import Value

Handler = TypeVar("Handler", bound=Callable[[Any, Any], Any])

log = Logger()
"""Structured log; its service is `POWERTOOLS_SERVICE_NAME`, its level `LOG_LEVEL`."""
metrics = Metrics()
"""Embedded metrics; their namespace is `POWERTOOLS_METRICS_NAMESPACE`."""


class Trace(Value):
    """Which request something belongs to, and what directly caused it."""

    correlation_id: str = ""
    causation_id: str = ""


_NOTHING = Trace()
_current: ContextVar[Trace] = ContextVar("trace", default=_NOTHING)


def trace() -> Trace:
    """The trace of what is being handled now."""
    return _current.get()


@contextmanager
def following(correlation_id: str, causation_id: str = "") -> Iterator[Trace]:
    """Bind every log line and act inside to `correlation_id`, as caused by `causation_id`."""
    bound = Trace(correlation_id, causation_id or correlation_id)
    token = _current.set(bound)
    try:
        with log.append_context_keys(correlation_id=bound.correlation_id, causation_id=bound.causation_id):
            yield bound
    finally:
        _current.reset(token)


def count(name: str, by: float = 1) -> None:
    """Add `by` to the metric `name` of this service."""
    metrics.add_metric(name=name, unit=MetricUnit.Count, value=by)


def watched(handler: Handler) -> Handler:
    """Make `handler` a door: its log carries the invocation, its metrics are written, its faults logged."""

    @functools.wraps(handler)
    def door(event: Any, context: Any) -> Any:
        log.append_keys(
            function=getattr(context, "function_name", None), request=getattr(context, "aws_request_id", None)
        )
        try:
            return handler(event, context)
        except Exception:
            log.exception("the invocation failed")
            raise
        finally:
            if metrics.metric_set:
                metrics.flush_metrics()

    return door  # type: ignore[return-value]
