# Every target sets up first; nothing has to be installed by hand. `make help` lists them.

VENV := .venv/bin
PYTEST_WORKERS ?= 2
COVERAGE ?= 90
BENCH_ROWS ?= 1000000
CORPORA ?= ../shared/corpora
# All but spark, which brings half a gigabyte and has a lock and an environment of its own.
EXTRAS := --extra devices --extra list --extra match --extra oscal --extra pdf --extra plan \
  --extra postgresql --extra snmp --extra web
COMPILE := --universal --python-version 3.11 --generate-hashes --no-header
DEMO := examples/rural-carrier.csv examples/agency.xlsx

# Where it is set, each worker would compile all test modules anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup services demo test test-live record-netbox setup-spark test-spark coverage thorough check format bench weights lock examples schemas reference clean

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 20

services: ## What the tests start or read with (PostgreSQL, Chromium, poppler), where it may be installed
	@scripts/setup-services

setup: ## Make .venv ready (other Python: make setup PYTHON=python3.12)
	@PYTHON="$(PYTHON)" scripts/setup

demo: setup ## Screen the two example inventories and write demo-out/report.html
	$(VENV)/clearband screen $(DEMO) --profile examples/profile.yaml --out demo-out

test: setup services ## All tests, static checks among them
	$(VENV)/python -m pytest -n $(PYTEST_WORKERS)

coverage: setup services ## The same, with the lines that no test reaches; takes half as long again
	$(VENV)/python -m pytest -n $(PYTEST_WORKERS) --cov --cov-report=term --cov-fail-under=$(COVERAGE)

test-spark: setup-spark ## The tests of the Spark engine, on a cluster of their own; skipped without Java
	.venv-spark/bin/python -m pytest tests/spark

test-live: setup ## Rounds with a real NetBox and 500 real SNMP agents on loopback; says what is missing where it skips
	[ -x /usr/sbin/snmpd ] || [ "$$(id -u)" != 0 ] || apt-get install -y -qq --no-install-recommends snmpd || true
	CLEARBAND_LIVE=1 $(VENV)/python -m pytest -s -rs tests/snmp/test_live.py tests/netbox/test_live.py

record-netbox: setup ## Record anew what a real NetBox answers, for the tests that play it back
	$(VENV)/python -m tests.netbox.record

setup-spark: setup ## Make .venv-spark ready: the same with Spark (half a gigabyte)
	@scripts/setup-spark

thorough: setup services ## All tests, each law on more examples and on new ones each time
	CLEARBAND_TESTS=thorough $(VENV)/python -m pytest -n $(PYTEST_WORKERS)

check: setup ## Static checks only: style, types, layers, dependencies, schemas, examples
	$(VENV)/python scripts/check.py

format: setup ## Put the code into house style
	$(VENV)/ruff check --quiet --fix .
	$(VENV)/ruff format --quiet .

bench: setup ## Who made it on labelled records, names on labelled names; time and memory (smaller: make bench BENCH_ROWS=100000)
	$(VENV)/python benchmarks/identify_corpora.py $(CORPORA)
	$(VENV)/python benchmarks/identify_signals.py --rows $(BENCH_ROWS)
	$(VENV)/python benchmarks/start_up.py
	$(VENV)/python benchmarks/screen_csv.py --rows $(BENCH_ROWS)
	$(VENV)/python benchmarks/screen_stream.py --rows $(BENCH_ROWS)
	$(VENV)/python benchmarks/evaluate_law.py --rows $(BENCH_ROWS)
	$(VENV)/python benchmarks/match_names.py $(CORPORA)/names
	$(VENV)/python benchmarks/supply_chain.py
	$(VENV)/python benchmarks/approved_list.py
	$(VENV)/python benchmarks/publish_list.py --listings $(BENCH_ROWS)
	$(VENV)/python benchmarks/plan_network.py
	$(VENV)/python benchmarks/plan_infeasible.py --sites 60 2000

weights: setup ## Learn the weights of evidence anew from the labelled records in CORPORA
	$(VENV)/python scripts/learn_weights.py $(CORPORA)

lock: setup ## Resolve the dependencies of pyproject.toml anew into requirements.lock and requirements-spark.lock
	$(VENV)/uv pip compile -q pyproject.toml --group dev $(EXTRAS) $(COMPILE) --upgrade -o requirements.lock
	$(VENV)/uv pip compile -q pyproject.toml --group spark --extra spark -c requirements.lock $(COMPILE) \
	  --upgrade -o requirements-spark.lock

examples: setup ## Make the example inventories anew
	$(VENV)/python scripts/make_examples.py

schemas: setup ## Write the JSON Schemas of the fact files anew
	$(VENV)/python scripts/export_schemas.py

reference: setup ## Write the pages of docs/reference that come from commands and facts anew
	$(VENV)/python scripts/export_cli.py
	$(VENV)/python scripts/export_directives.py
	$(VENV)/python scripts/export_figures.py

clean: ## Remove what was made here: environment, caches, demo output
	rm -rf .venv .venv-spark demo-out dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage*
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
