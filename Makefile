# Yinling. `make help` lists what can be done.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
SEARCH ?= postgres
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
MO := $(patsubst %.po,%.mo,$(wildcard site/portal/locale/*/LC_MESSAGES/*.po))
FONTS := var/fonts/fonts.json
# What the local Elasticsearch needs, where it is asked for.
SERVER := $(if $(filter elasticsearch,$(SEARCH)),$(VENV)/.search)
export PYTHONPATH := $(CURDIR):$(CURDIR)/site
.DEFAULT_GOAL := help

.PHONY: help demo demo-reset run shell test lint gates test-database bench docs messages lock clean

help:  ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | awk -F '\t' '{printf "  make %-12s %s\n", $$1, $$2}'

demo: $(VENV)/.runtime $(MO) $(FONTS) $(SERVER)  ## A running platform with Tianjin and Guangxi on port $(PORT); SEARCH=elasticsearch too
	@$(MANAGE) demo --port $(PORT) --search $(SEARCH)

demo-reset: $(VENV)/.runtime $(MO) $(FONTS) $(SERVER)  ## The same, begun anew
	@$(MANAGE) demo --port $(PORT) --search $(SEARCH) --reset

run: $(VENV)/.runtime $(MO) $(FONTS)  ## Web server against DATABASE_URL, with the settings named by DJANGO_SETTINGS_MODULE
	@: $${DATABASE_URL:?Set DATABASE_URL, for example postgres://user:password@localhost:5432/yinling}
	$(BIN)/gunicorn portal.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4

shell: $(VENV)/.runtime  ## Python with Django and every model
	@$(MANAGE) shell

test: $(VENV)/.test  ## Everything that must hold: lint, types, layers, migrations, translations, templates, all tests
	$(BIN)/python -m certificates.fonts var/fonts
	@$(MAKE) --no-print-directory -j 2 -O lint gates test-database
	$(BIN)/pytest -n 2 --dist loadgroup

lint: $(VENV)/.test $(MO) $(FONTS)  ## Style, types, layers, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates site/portal

gates: $(VENV)/.test $(MO) $(FONTS)
	$(BIN)/python -m tests.gates

# A minute of migrations, of which one processor is enough: beside the lint.
test-database: $(VENV)/.test $(MO) $(FONTS)
	$(BIN)/python -m tests.database

bench: $(VENV)/.test $(MO) $(FONTS)  ## Measure; prints and keeps the figures under var/bench
	$(BIN)/python -m benchmarks

docs: $(VENV)/.docs  ## The documentation as a site under var/docs
	$(BIN)/mkdocs build --strict

messages: $(VENV)/.test  ## Collect new texts into the English catalogue and list what lacks English
	@$(BIN)/python -m tests.gates --catalogue

lock: $(VENV)/.tools  ## Pin every requirement with hashes, from pyproject.toml
	@set -e; for group in runtime test docs tools; do \
	  case $$group in runtime) only="pyproject.toml";; test) only="pyproject.toml --group test";; *) only="--group $$group";; esac; \
	  $(BIN)/uv pip compile $$only --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q -o requirements/$$group.txt; \
	done

clean:  ## Remove the virtual environment and everything the demo and the tests made
	rm -rf $(VENV) var

$(VENV)/.runtime: requirements/runtime.txt requirements/debian-runtime.txt
	@PYTHON=$(PYTHON) bin/system-packages requirements/debian-runtime.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Python packages"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	@touch $@

$(VENV)/.search: $(VENV)/.runtime requirements/debian-search.txt
	@PYTHON=$(PYTHON) bin/system-packages requirements/debian-search.txt
	@touch $@

$(VENV)/.test: $(VENV)/.runtime $(VENV)/.search requirements/test.txt requirements/debian-test.txt
	@PYTHON=$(PYTHON) bin/system-packages requirements/debian-test.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)/.docs: $(VENV)/.runtime requirements/docs.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/docs.txt
	@touch $@

$(VENV)/.tools: $(VENV)/.runtime requirements/tools.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/tools.txt
	@touch $@

$(FONTS): $(VENV)/.runtime certificates/fonts.py certificates/outlines.py
	@echo "Cutting the fonts of the certificates (some 10 seconds, once)"
	@$(BIN)/python -m certificates.fonts $(dir $@)
	@touch $@

%.mo: %.po $(VENV)/.runtime
	@msgfmt --check-format -o $@ $<
