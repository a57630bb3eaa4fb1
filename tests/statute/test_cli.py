"""The clock at the command line, as somebody types it."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from services.statute.certificate import Claim, certificate, sign_certificate
from services.statute.cli import statute_commands


def sakimori(*words: str) -> Result:
    return CliRunner().invoke(statute_commands, words)


def test_period_answers_in_the_order_of_the_dates_given() -> None:
    result = sakimori("period", "C3-09", "--from", "2026-06-10", "--from", "2026-04-24", "--json")
    assert result.exit_code == 0
    first, second = json.loads(result.stdout)
    assert (first["last_day"], first["moved_from"]) == ("2026-06-19", None)
    assert (second["last_day"], second["moved_from"]) == ("2026-05-07", "2026-05-03")
    wanted = {"ref", "article", "day_one", "last_day", "moved_from", "free_from", "explanation"}
    assert wanted <= second.keys()
    assert second["free_at"] == "2026-05-08T00:00:00+09:00"
    assert all(sentence["en"] and sentence["ja"] for sentence in second["explanation"])


def test_a_row_and_a_name_answer_alike_in_words() -> None:
    by_row = sakimori("period", "C3-04", "--from", "2026-06-01")
    by_name = sakimori("period", "infra.standstill", "--from", "2026-06-01")
    assert by_row.stdout == by_name.stdout
    for told in ("2026-06-30", "2026-07-01", "起算して", "Art. 52(3)"):
        assert told in by_row.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("period", "C3-04"),
        ("period", "C9-99", "--from", "2026-06-01"),
        ("period", "C3-04", "--from", "2026-02-30"),
        ("period", "C3-04", "--from", "1 June"),
        ("period", "C3-12", "--from", "2026-06-01"),
        ("period", "C2-09", "--from", "2026-06-01"),
        ("period", "act_38_of_2026.services", "--from", "2026-10-01"),
        ("period", "C3-04", "--from", "2026-06-01", "--law-on", "2023-01-01"),
        ("calendar", "1990"),
        ("calendar", "next"),
        ("clock", "verify", "no-such-file", "--key", "no-such-key"),
    ],
)
def test_what_cannot_be_answered_is_said_clearly_with_exit_code_2(words: tuple[str, ...]) -> None:
    result = sakimori(*words)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert "Traceback" not in result.output


def test_before_it_was_law_the_answer_carries_a_caution() -> None:
    (told,) = json.loads(sakimori("period", "C3-04", "--from", "2019-04-10", "--json").stdout)
    assert told["last_day"] == "2019-05-09"
    assert "before_it_was_law" in [sentence["code"] for sentence in told["explanation"]]


def test_periods_lists_all_86_and_hides_placeholders() -> None:
    assert len(json.loads(sakimori("periods", "--json").stdout)) == 86
    assert len(sakimori("periods").stdout.splitlines()) == 86
    assert "overseas_projects" in sakimori("periods", "--disabled").stdout


def test_calendar_lists_the_closed_days_of_a_year() -> None:
    listed = json.loads(sakimori("calendar", "2026", "--json").stdout)
    days = {closed["day"]: closed["name"]["en"] for closed in listed["closed"]}
    assert days["2026-09-22"] == "day between two national holidays"
    assert "2026-12-31" in days
    assert "(expected)" in sakimori("calendar", "2027").stdout


def test_clock_verify_tells_a_true_certificate_from_an_altered_one(tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    claim = Claim("infra.standstill", datetime(2026, 6, 1, tzinfo=UTC).date(), "ab" * 32)
    document = certificate("CASE-1", (claim,), datetime(2026, 6, 2, tzinfo=UTC))
    file = sign_certificate(document, lambda message: key.sign(message, ec.ECDSA(SHA256())), "local")
    pem = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    (tmp_path / "key.pem").write_bytes(pem)
    (tmp_path / "true.json").write_bytes(file)
    (tmp_path / "false.json").write_bytes(file.replace(b'payload":"e', b'payload":"f'))
    true = sakimori("clock", "verify", str(tmp_path / "true.json"), "--key", str(tmp_path / "key.pem"))
    assert true.exit_code == 0
    assert "last day 2026-06-30, free at 2026-07-01T00:00:00+09:00" in true.stdout
    false = sakimori("clock", "verify", str(tmp_path / "false.json"), "--key", str(tmp_path / "key.pem"))
    assert false.exit_code == 1
    assert "does not hold" in false.stdout
    bad_key = sakimori("clock", "verify", str(tmp_path / "true.json"), "--key", str(tmp_path / "true.json"))
    assert bad_key.exit_code == 2


@pytest.mark.parametrize("words", [("--help",), ("period", "--help"), ("clock", "verify", "--help")])
def test_every_command_explains_itself(words: tuple[str, ...]) -> None:
    assert sakimori(*words).exit_code == 0
