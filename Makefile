# Two commands for a newcomer: `make run` and `make test`. PORT and VAR_DIR may be given to each.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help setup run stop test check bench clean

help:  ## Says what there is.
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/^([a-z]+):.*## /  make \1	/'

setup: .venv/.ready  ## Builds .venv here, and nothing else.

.venv/.ready: pyproject.toml
	@echo "Preparing the virtual environment in .venv ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; try: make setup PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "The venv module is missing; on Debian and Ubuntu: apt-get install python3-venv"; rm -rf .venv; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

run: setup  ## Brings up the portal with its demo story and says what to open; Ctrl-C ends it.
	@echo "Preparing the database ..."
	@$(BIN)/portal migrate
	@echo "Loading places, vocabulary and the demo story ..."
	@$(BIN)/portal seed --demo >/dev/null
	@echo "Starting the portal ..."
	@exec $(BIN)/portal serve

stop: setup  ## Stops what runs in this data folder.
	@$(BIN)/portal stop

test: setup  ## Runs all tests; those in a browser where there is one.
	@sh tests/browser/chromium.sh $(BIN)/python
	@echo "Running the tests ..."
	@$(BIN)/python -m pytest -n auto --dist loadgroup

check: setup  ## Judges style, types, imports, migrations, templates, vocabulary and packages.
	@$(BIN)/portal check

bench: setup  ## Measures pages against the least this machine needs for one.
	@$(BIN)/portal bench pages

clean:  ## Removes what was built; what was entered, in var, stays.
	@if [ -x $(BIN)/portal ]; then $(BIN)/portal stop; fi
	@rm -rf .venv build *.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "Clean. Delete the data folder yourself if you want to begin anew."
