# Sakimori: everything a newcomer runs. `make help` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
VENV   := .venv
PY     := $(VENV)/bin/python
UV     := $(VENV)/bin/uv
PYTHON ?= python3
SERVICES := $(patsubst services/%/manifest.toml,%,$(wildcard services/*/manifest.toml))
APIS   := $(SERVICES:%=services.%.api)
EVENTS := docs/events.asyncapi.json $(SERVICES)
STORY  ?= standstill
PORT   ?= 8080

STAGE  ?= dev

# What the CDK runs the app with; DEPLOYMENT= and STAGES= are handed on as they are.
export STAGE
CDK    := $(PY) -m infra.cdk

.PHONY: help setup lock run test test-fast proof check docs bench synth clean deploy-test diff deploy smoke cost

help: ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.ready ## install everything, locked with hashes, into .venv

$(VENV)/.uv: requirements/bootstrap.txt
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@touch $@

$(VENV)/.ready: $(VENV)/.uv requirements/dev.txt pyproject.toml
	@$(UV) pip sync --quiet --python $(PY) --require-hashes requirements/dev.txt
	@$(UV) pip install --quiet --python $(PY) --no-deps --no-build-isolation --editable .
	@$(PY) -m local.engine
	@touch $@

lock: $(VENV)/.uv ## compile requirements/*.txt from pyproject.toml
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		-o requirements/bootstrap.txt requirements/bootstrap.in
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		-o requirements/runtime.txt pyproject.toml
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		-o requirements/emulator.txt requirements/emulator.in
	@$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
		--group cdk --group local --group dev -o requirements/dev.txt pyproject.toml

run: setup ## the whole platform on http://127.0.0.1:8080 and a guided story (STORY=none only serves)
	@$(VENV)/bin/sakimori run --port $(PORT) --story $(STORY) $(if $(REALTIME),--realtime)

test: setup ## every test but the proofs that run apart
	@$(PY) -m pytest -n auto --dist loadscope --no-loadscope-reorder

test-fast: setup ## every test but the longest proofs
	@$(PY) -m pytest -n auto --dist loadscope --no-loadscope-reorder -m "not slow and not deployed and not proof"

proof: setup ## every test, the proofs that run apart with them, its properties tried many times oftener
	@PROOF=1 $(PY) -m pytest -n auto --dist loadscope --no-loadscope-reorder -m "not deployed"

# What `check` holds, each by itself, as many at once as there are processors.
CHECKS := types form lint walls openapi catalogue records statute

check: setup ## format, lint, types, the walls between packages, and that the documents are up to date
	@$(MAKE) --no-print-directory --jobs=$(shell nproc 2>/dev/null || echo 2) --keep-going --output-sync=target $(CHECKS:%=check-%)

.PHONY: $(CHECKS:%=check-%)
check-types:
	@$(VENV)/bin/mypy
check-form:
	@$(VENV)/bin/ruff format --check .
check-lint:
	@$(VENV)/bin/ruff check .
	@$(PY) -m documents.decisions --check
check-walls:
	@$(VENV)/bin/lint-imports --no-logo
check-openapi:
	@$(PY) -m documents.openapi --check $(APIS)
check-catalogue:
	@$(PY) -m documents.catalogue --check $(EVENTS)
check-records:
	@$(PY) -m documents.records --check $(SERVICES)
check-statute:
	@$(PY) -m documents.statute --check

docs: setup ## write each API's document and page, and the catalogue of events, from the code
	@$(PY) -m documents.openapi $(APIS)
	@$(PY) -m documents.catalogue $(EVENTS)
	@$(PY) -m documents.records $(SERVICES)
	@$(PY) -m documents.decisions
	@$(PY) -m documents.statute

bench: setup ## AWS calls, cold starts, sizes and memory, side by side in one run
	@$(PY) -m bench

synth: setup ## synthesise the deployment into cdk.out
	@$(PY) -m infra.synth

deploy-test: setup ## deploy all into an emulator with the real CDK, and take one case to its certificate
	@$(PY) -m pytest -m deployed tests/deployed

diff: setup ## what a deployment of STAGE would change; refuses what it would replace
	@$(CDK) diff --all

deploy: setup ## deploy STAGE, ask its APIs, and keep its shape; commit what it has written
	@$(CDK) deploy --all --require-approval never --concurrency 4
	@$(PY) -m infra.smoke
	@$(PY) -m infra.shape

smoke: setup ## ask the APIs of STAGE what anyone may ask
	@$(PY) -m infra.smoke

cost: setup ## USD a month at idle, 250,000 and 2,500,000 cases a year
	@$(PY) -m infra.cost

clean: ## remove caches and synthesised output, keep .venv
	@rm -rf .cache cdk.out .pytest_cache .mypy_cache .ruff_cache .hypothesis
