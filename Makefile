# The menu of Vado's repository. `make` alone shows it.
.DEFAULT_GOAL := help
.PHONY: help setup system python web tools stub demo test test-all format lock bench clean
MAKEFLAGS += --no-print-directory

# Paths are relative, so that the clone may lie anywhere, also below a folder with spaces.
PYTHON := .venv/bin/python

help: ## show this menu
	@echo "make WHAT, with WHAT one of:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 14

setup: python web tools stub ## prepare all that is needed to run and test (seconds, once it was done)

system: ## install the browser and window libraries, where that is allowed
	@packaging/setup/system.sh

# First, because as root it also brings what the others need.
python: system
	@packaging/setup/python.sh

web: ## build the page into the Python package
	@packaging/setup/web.sh

tools: python
	@$(PYTHON) packaging/setup/client_tools.py 14 15 16 17 18

# After the page, whose script says so when there is no Node.js.
stub: web
	@packaging/setup/neon_stub.sh

demo: setup ## the whole crossing on a sample database; ONCE=1 ends without serving
	@.venv/bin/vado demo $(if $(ONCE),--once)

test: setup ## all checks and tests, the fault tests also on PostgreSQL 14 to 17
	@$(PYTHON) packaging/checks.py

test-all: setup ## the same with the long matrices and campaigns, on PostgreSQL 14 to 18
	@$(PYTHON) packaging/checks.py --all

format: setup ## rewrite Python and web sources in the house's format
	@.venv/bin/ruff format
	@.venv/bin/ruff check --fix-only --quiet
	@if [ -f web/package.json ]; then cd web && npm run --silent format; fi

lock: python ## write the lock files again; UPGRADE=1 takes newer versions
	@packaging/setup/lock.sh

bench: setup ## measure
	@$(PYTHON) -m pytest benchmarks -q -p no:xdist

clean: ## remove all that setup and tests made here (not the cache of client tools)
	rm -rf .venv web/node_modules tests/neon_stub/node_modules src/vado/api/static web/test-results web/playwright-report
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .benchmarks dist
	find src tests benchmarks packaging -name __pycache__ -type d -prune -exec rm -rf {} +
