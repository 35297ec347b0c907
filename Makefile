# Everything a newcomer types. `make` alone lists it.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin
DATA ?= data

.DEFAULT_GOAL := help
.PHONY: help run token user test test-quick check bench migration docs lock clean
.SILENT:

help:
	echo 'make run         the service with a demo evaluation on http://$(HOST):$(PORT) (HOST=…, PORT=…)'
	echo 'make token       a token for the feed of the demo, while the service is stopped'
	echo 'make user        NAME=li: a further officer of the demo, while the service is stopped'
	echo 'make test        everything the tests need, then all tests'
	echo 'make test-quick  the tests that need neither browser nor PostgreSQL'
	echo 'make check       format, lint, types, import rules'
	echo 'make bench       the benchmarks, as ratios against floors measured in the same run'
	echo 'make docs        screenshots and the generated parts of the documentation'
	echo 'make migration   NAME=add_something: a new numbered migration from the tables'
	echo 'make lock        requirements*.txt anew from pyproject.toml (needs uv)'
	echo 'make clean       removes the environment and caches, never ./data'

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Minyi needs Python 3.11 or newer; name one: make run PYTHON=python3.12' >&2; exit 3; }
	echo '→ making an environment in .venv'
	$(PYTHON) -m venv .venv \
		|| { echo 'venv is missing: apt-get install python3-venv' >&2; rm -rf .venv; exit 3; }

.venv/runtime.done: requirements.txt pyproject.toml | $(BIN)/python
	echo '→ installing what the service needs (once, about a minute)'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	touch $@

.venv/dev.done: requirements-dev.txt .venv/runtime.done
	echo '→ installing what checks and tests need (once, about a minute)'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

run: .venv/runtime.done
	MINYI_DATA_DIR='$(DATA)' HOST='$(HOST)' PORT='$(PORT)' sh bin/with-demo-settings demo
	MINYI_DATA_DIR='$(DATA)' HOST='$(HOST)' PORT='$(PORT)' exec sh bin/with-demo-settings serve --host '$(HOST)' --port '$(PORT)'

token: .venv/runtime.done
	MINYI_DATA_DIR='$(DATA)' sh bin/with-demo-settings user token demo

user: .venv/runtime.done
	test -n '$(NAME)' || { echo 'name the officer: make user NAME=li' >&2; exit 2; }
	MINYI_DATA_DIR='$(DATA)' sh bin/with-demo-settings user add '$(NAME)'

test: .venv/dev.done
	sh bin/install-test-tools
	$(BIN)/python -m pytest

test-quick: .venv/dev.done
	$(BIN)/python -m pytest --ignore=tests/browser -m 'not postgresql'

check: .venv/dev.done
	$(BIN)/ruff format --check scales survey web tests bench docs
	$(BIN)/ruff check scales survey web tests bench docs
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

bench: .venv/dev.done
	$(BIN)/python -m bench

docs: .venv/dev.done
	sh bin/install-test-tools
	$(BIN)/python docs/make_screenshots.py
	$(BIN)/python docs/make_result_schema.py
	$(BIN)/python docs/make_methods.py

migration: .venv/dev.done
	test -n '$(NAME)' || { echo 'name it: make migration NAME=add_something' >&2; exit 2; }
	$(BIN)/python -m survey.storage.migrations.make '$(NAME)'

lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml --group build -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
