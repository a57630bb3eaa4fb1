"""What the tables' engine asks of its stream records at each write and read does not need all of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from local import engine

LAST = (
    "SELECT COALESCE(MAX(CAST(sequence_number AS INTEGER)), 0) + 1"
    " FROM _stream_records WHERE table_name = 't'"
)
NEXT = (
    "SELECT * FROM _stream_records WHERE table_name = 't' AND shard_id = 's'"
    " AND CAST(sequence_number AS INTEGER) > 7 ORDER BY CAST(sequence_number AS INTEGER) ASC LIMIT 10"
)
"""As the engine asks."""


@pytest.mark.parametrize("asked", [LAST, NEXT], ids=["the last record", "the records after one"])
def test_what_is_asked_of_a_stream_is_found_by_an_index(asked: str, tmp_path: Path) -> None:
    binary = engine.install()
    if binary is None:
        pytest.skip("the engine cannot be had here")
    started = engine.Engine.start(binary, tmp_path / "tables.db", tmp_path / "tables.log")
    try:
        with closing(sqlite3.connect(tmp_path / "tables.db")) as opened:
            (step,) = opened.execute(f"EXPLAIN QUERY PLAN {asked}").fetchall()
    finally:
        started.stop()
    assert step[3].startswith("SEARCH _stream_records USING INDEX sakimori_"), step
    assert asked == LAST or "shard_id=?" in step[3]
