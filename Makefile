# 'make' alone prints what there is. The environment lives in .venv; .ci/set-up makes it and keeps it in step
# with requirements/. To use another Python: make site PYTHON=python3.13

PYTHON ?= python3
BIN := .venv/bin
CASEBOOK := $(BIN)/python -m build_tools
PYTEST := $(BIN)/python -m pytest
LOCK = $(BIN)/python -m uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header --no-annotate $(UPGRADE)

export PYTHON
export NO_MKDOCS_2_WARNING := 1

.PHONY: help site serve test quick pictures check schema lock clean set-up-site set-up-dev
.DEFAULT_GOAL := help

help: ## print this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

site: set-up-site ## check everything and build the site into site/
	$(CASEBOOK) build --out site

serve: set-up-site ## show the site while you write, rebuilt at each save
	$(BIN)/python -m mkdocs serve --livereload

test: set-up-dev ## style, types and every test, also those in a real browser
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy
	tests/install-language-server
	CHROMIUM="$$(tests/install-chromium)" && export CHROMIUM && $(PYTEST) -n 2 --dist loadgroup

quick: set-up-dev ## the fast tests alone
	$(PYTEST) -n 2 -m "not browser and not slow"

pictures: set-up-dev ## draw the pictures of the guide anew, after a change of the form
	$(CASEBOOK) build --out .cache/pictures
	$(BIN)/python -m tests.guide_pictures .cache/pictures

check: set-up-site ## check cases and content, and print every problem
	$(CASEBOOK) check

schema: set-up-site ## write content/schema/ anew, after a change of a model or a vocabulary
	$(CASEBOOK) schema --write

lock: set-up-dev ## pin requirements/ anew from pyproject.toml; UPGRADE=--upgrade takes newer versions
	$(LOCK) --group dev -o requirements/dev.txt
	$(LOCK) --group install -c requirements/dev.txt -o requirements/site.txt

clean: ## remove everything that was made, .venv too
	rm -rf .venv .cache .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	rm -rf site site.* screenshots tests/editor/node_modules
	find . -name __pycache__ -prune -exec rm -rf {} +

set-up-site:
	@.ci/set-up site

set-up-dev:
	@.ci/set-up dev
