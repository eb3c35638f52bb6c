# Everything a developer types. Only Python 3.12 or later and make are needed: uv is fetched into
# .uv/ and the environment into .venv/ on first use.

.DEFAULT_GOAL := help
SHELL := /bin/sh

BIN := .venv/bin
PYTHON := $(BIN)/python
# Two workers: the machines we promise to run on have two cores.
PYTEST := $(BIN)/pytest -n 2 --dist worksteal -q
# `make check TESTS=` leaves the test-suite out, for whoever has just run it.
TESTS := test
CATALOGUES := $(wildcard src/maillage/locale/*/LC_MESSAGES/*.po)
COMPILED := $(CATALOGUES:.po=.mo)

# A uv already on the machine is used; otherwise one is installed into .uv/.
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)

.PHONY: help
help: ## Show what can be asked
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: install ## See it run: the demonstration territory, its shared jobs and its site
	@$(BIN)/maillage demo

.PHONY: install
install: .venv/ready $(COMPILED) ## Set up .venv and .venv/bin/maillage

.PHONY: test
test: install ## Run the tests
	$(PYTEST)

.PHONY: check
check: export MAILLAGE_FULL_MATRIX = yes
check: install static $(TESTS) ## Run every check: style, types, layers, translations, tests

.PHONY: static
static: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/djlint --lint --quiet src
	$(PYTHON) -m scripts.translations check
	DJANGO_SETTINGS_MODULE=tests.settings PYTHONPATH=. $(BIN)/django-admin makemigrations --check

.PHONY: bench
bench: install ## Measure the engines, with the bound and the greedy baseline beside
	$(PYTHON) -m benchmarks.pooling
	$(PYTHON) -m benchmarks.matching
	$(PYTHON) -m benchmarks.pages

.PHONY: screenshots
screenshots: install ## Write a picture of every page, in both languages and widths, to look at
	$(PYTHON) -m scripts.screenshots

.PHONY: translations
translations: .venv/ready ## Bring the catalogues up to date with the sources and compile them
	$(PYTHON) -m scripts.translations update

.PHONY: docs
docs: install ## Write what the documented commands really print into the pages
	$(PYTHON) -m scripts.documented_outputs

.PHONY: lock
lock: $(UV) ## Choose the newest versions again and rewrite requirements.lock
	$(UV) pip compile --quiet --upgrade --universal --python-version 3.12 \
		--group dev --all-extras --generate-hashes --no-annotate --no-header \
		--no-emit-index-url --no-emit-find-links --output-file requirements.lock pyproject.toml

.PHONY: clean
clean: ## Remove everything that can be rebuilt
	rm -rf .venv .uv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis \
		build dist demo-output
	rm -f $(COMPILED)
	find src tests benchmarks scripts -name __pycache__ -type d -prune -exec rm -rf {} +

# --- how the environment is made ---------------------------------------------------------------

# The first of these that is 3.12 or later; 3.12 is the version everything is tested with.
.uv/python:
	@mkdir -p .uv
	@for name in python3.12 python3 python3.13 python3.14 python; do \
		if "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then \
			"$$name" -c 'import sys; print(sys.executable)' > $@; exit 0; \
		fi; \
	done; \
	echo "Maillage needs Python 3.12 or later, and none was found on this machine." >&2; exit 1

.uv/bin/uv: .uv/python
	@echo "Fetching uv, which installs the packages…"
	@"$$(cat .uv/python)" -m venv .uv
	@.uv/bin/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9'

# Nothing is resolved here: the lock names every version and its hash. Our own package is built
# with the locked hatchling, so no unpinned build tool comes in either. The engines are compiled
# here, a minute or two, so that nobody's first search pays for it.
.venv/ready: requirements.lock pyproject.toml hatch_build.py .uv/python | $(UV)
	@echo "Setting up .venv (once)…"
	@test -x $(PYTHON) || $(UV) venv --quiet --no-python-downloads --python "$$(cat .uv/python)" .venv
	@$(UV) pip sync --quiet --python $(PYTHON) --require-hashes requirements.lock
	@$(UV) pip install --quiet --python $(PYTHON) --no-deps --no-build-isolation --editable .
	@$(PYTHON) -c 'from maillage.engines import pooling; pooling.warm_up()'
	@$(PYTHON) -c 'from maillage.engines import rostering; rostering.warm_up()'
	@touch $@

$(COMPILED): $(CATALOGUES) | .venv/ready
	@$(PYTHON) -m scripts.translations compile
