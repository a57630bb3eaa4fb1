"""The emulator: an AWS of one process, installed apart, listening on 127.0.0.1 only."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import urllib3

from infra.interpreters import python
from infra.manifest import ROOT

HOME = ROOT / ".cache" / "emulator"
LOCK = ROOT / "requirements" / "emulator.txt"
ACCOUNT = "000000000000"
STARTS_WITHIN = 60.0
"""Seconds."""


class EmulatorError(RuntimeError):
    """The emulator does not start; the message says what it said last."""


def installed() -> Path:
    """The emulator's command, installed from the lock with hashes, if possible under Lambda's Python."""
    command, done = HOME / "bin" / "ministack", HOME / ".done"
    if done.is_file() and done.read_bytes() == LOCK.read_bytes():
        return command
    uv = str(Path(sys.executable).with_name("uv"))
    subprocess.run(
        [uv, "venv", "--quiet", "--clear", "--python", python() or sys.executable, str(HOME)], check=True
    )
    install = [uv, "pip", "install", "--quiet", "--python", str(HOME / "bin" / "python"), "--require-hashes"]
    subprocess.run([*install, "-r", str(LOCK)], check=True)
    done.write_bytes(LOCK.read_bytes())
    return command


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(url: str, region: str) -> dict[str, str]:
    """What leads every AWS client, the CDK's among them, to the emulator and to nowhere else."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "CDK_"))}
    return kept | {
        "AWS_ENDPOINT_URL": url,
        "AWS_ENDPOINT_URL_S3": url,
        "AWS_ACCESS_KEY_ID": "rehearsal",
        "AWS_SECRET_ACCESS_KEY": "rehearsal",
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_EC2_METADATA_DISABLED": "true",
        "CDK_DEFAULT_ACCOUNT": ACCOUNT,
        "CDK_DEFAULT_REGION": region,
    }


@contextmanager
def running(region: str, directory: Path) -> Iterator[str]:
    """Run an empty emulator, its files in `directory`; its address. Raises `EmulatorError`."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    log = directory / "emulator.log"
    told = environment(url, region) | {
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "MINISTACK_HOST": "127.0.0.1",
        "MINISTACK_REGION": region,
        "MINISTACK_ACCOUNT_ID": ACCOUNT,
        "TMPDIR": str(directory),
        "S3_DATA_DIR": str(directory / "s3"),
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
    }
    with log.open("wb") as out:
        process = subprocess.Popen(
            [installed()],
            env=told,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=directory,
            start_new_session=True,
        )
        try:
            until = time.monotonic() + STARTS_WITHIN
            http = urllib3.PoolManager(retries=False, timeout=2)
            while True:
                try:
                    if http.request("GET", f"{url}/_ministack/health").status < 500:
                        break
                except urllib3.exceptions.HTTPError:
                    pass
                if process.poll() is not None or time.monotonic() > until:
                    raise EmulatorError(log.read_text("utf-8", "replace")[-2000:])
                time.sleep(0.2)
            yield url
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
