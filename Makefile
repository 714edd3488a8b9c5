# Yinling. `make help` lists what can be done.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
.DEFAULT_GOAL := help

.PHONY: help lock lint shell

help:  ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

lock:  ## Pin every requirement with hashes, from pyproject.toml
	@set -e; for group in runtime test docs tools; do \
	  case $$group in runtime) only="pyproject.toml";; test) only="pyproject.toml --group test";; *) only="--group $$group";; esac; \
	  $(BIN)/uv pip compile $$only --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q -o requirements/$$group.txt; \
	done

lint:  ## Style, types, layers
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
