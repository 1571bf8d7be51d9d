# Two commands for a newcomer: `make run` and `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup
setup: .venv/.ready  ## Builds .venv here, and nothing else.

.venv/.ready: pyproject.toml
	@echo "Preparing the virtual environment in .venv ..."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; try: make setup PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "The venv module is missing; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@
