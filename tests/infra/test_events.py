"""The circle of events is closed: what is published is declared, routed, and read; nothing else is."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from typing import Any

import pytest

from infra.house_rules.reading import Deployment, target
from infra.manifest import Manifest, manifests
from services.platform.events.contracts import source_of
from services.platform.law.acts import leaving
from services.platform.runtime.environment import environment as settings
from services.platform.shared.papers import SCANNED

Templates = dict[str, dict[str, Any]]
PUBLISHERS = [m for m in manifests() if m.publishes]
CONSUMERS = [m for m in manifests() if m.subscribes]


def routed(templates: Templates, stack: str) -> Iterator[tuple[str, str]]:
    """What the rules of a stack let into its inbox."""
    for rule in Deployment(templates).of("Events::Rule"):
        if rule.stack == stack and "EventPattern" in rule.properties:
            pattern = rule.properties["EventPattern"]
            of_aws = any(source.startswith("aws.") for source in pattern["source"])
            assert set(pattern) == {"source", "detail-type", *(["detail"] if of_aws else [])}
            yield from ((source, name) for source in pattern["source"] for name in pattern["detail-type"])


def events_of(manifest: Manifest) -> set[tuple[str, str]]:
    acts = {act for procedure in manifest.page("chapter").PROCEDURES for act in procedure.acts}
    return {(source_of(manifest.name), act.__name__) for act in acts if leaving(act)}


@pytest.mark.parametrize("manifest", PUBLISHERS, ids=lambda m: m.name)
def test_a_service_publishes_what_its_acts_let_out(manifest: Manifest) -> None:
    assert {(manifest.source, name) for name in manifest.publishes} == events_of(manifest)


@pytest.mark.parametrize("manifest", CONSUMERS, ids=lambda m: m.name)
def test_an_inbox_takes_what_its_rules_let_in(
    manifest: Manifest, templates: Templates, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment(templates, f"sakimori-{manifest.path}").items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    spec = importlib.util.find_spec("services.platform.doors.inbox")
    assert spec
    assert spec.loader
    door = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(door)
    settings.cache_clear()
    assert set(routed(templates, f"sakimori-{manifest.path}")) == door.inbox.takes


def test_every_event_reaches_someone_and_no_rule_waits_in_vain(templates: Templates) -> None:
    let_in = {event for m in manifests() for event in routed(templates, f"sakimori-{m.path}")}
    published = {event for m in PUBLISHERS for event in events_of(m)}
    scans = {SCANNED} if any(m.keeps_papers for m in manifests()) else set()
    assert let_in == published | scans


def test_every_rule_leads_to_the_inbox(templates: Templates) -> None:
    deployment = Deployment(templates)
    services = {f"sakimori-{m.path}" for m in manifests()}
    for rule in [r for r in deployment.of("Events::Rule") if r.stack in services]:
        queues = {target(to["Arn"]) for to in rule.properties["Targets"]}
        polled = {
            target(m.properties["EventSourceArn"])
            for m in deployment.of("Lambda::EventSourceMapping")
            if m.stack == rule.stack
        }
        assert queues <= polled


def environment(templates: Templates, stack: str) -> dict[str, str]:
    """What the inbox of a stack is told, as far as it is written out."""
    functions = Deployment(templates).of("Lambda::Function")
    inbox = next(f for f in functions if f.stack == stack and f.properties["FunctionName"].endswith("-inbox"))
    variables = inbox.properties["Environment"]["Variables"]
    return {name: value for name, value in variables.items() if isinstance(value, str)}
