"""Logs, metrics and settings: what a function says of itself, and what it must be told."""

from __future__ import annotations

import json
from typing import Any

import pytest

from services.platform.runtime.environment import Environment, MissingSettingError
from services.platform.runtime.observe import count, following, trace, watched


class Context:
    function_name = "steps"
    aws_request_id = "r-1"


def test_a_setting_that_is_missing_is_named() -> None:
    told = Environment({"TABLE": "t", "BUS": ""})
    assert told.table == "t"
    with pytest.raises(MissingSettingError, match=r"^BUS is not set"):
        _ = told.bus


def test_machines_are_found_by_their_procedure_s_name() -> None:
    told = Environment(
        {"MACHINE_POST_REVIEW": "arn:1", "MACHINE_LOAN": "arn:2", "MACHINE_NONE": "", "OTHER": "x"}
    )
    assert told.machines == {"post-review": "arn:1", "loan": "arn:2"}


def test_a_thread_is_bound_and_let_go_of_even_when_it_breaks() -> None:
    def breaks() -> None:
        with following("c-2", "r-2"):
            assert trace().causation_id == "r-2"
            raise ValueError

    with following("c-1"):
        assert (trace().correlation_id, trace().causation_id) == ("c-1", "c-1")
        with pytest.raises(ValueError, match=r"^$"):
            breaks()
        assert trace().correlation_id == "c-1"
    assert trace().correlation_id == ""


def test_metrics_are_written_even_when_the_door_breaks(capsys: pytest.CaptureFixture[str]) -> None:
    @watched
    def door(_event: Any, _context: Any) -> None:
        count("Lapses")
        count("Lapses")
        raise KeyError("broken")

    with pytest.raises(KeyError):
        door({}, Context())
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (metric,) = [line for line in lines if "_aws" in line]
    assert metric["Lapses"] == [1.0, 1.0]
    assert metric["_aws"]["CloudWatchMetrics"][0]["Namespace"] == "Sakimori"


def test_a_door_that_counts_nothing_writes_no_metric(capsys: pytest.CaptureFixture[str]) -> None:
    assert watched(lambda _event, _context: 7)({}, Context()) == 7
    assert "_aws" not in capsys.readouterr().out
