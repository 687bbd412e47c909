# Run `make` to see what there is. Everything happens inside this directory (.venv/ and var/).

SHELL := /bin/sh
PY := .venv/bin/python
# pip's own settings (an index, a proxy) are left as this machine has them.
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --no-input

# Makes .venv with Python 3.11, or says what is missing; an old .venv whose Python is gone is replaced.
define need_python
for python in python3.11 python3 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null && break; python=; \
done; \
if [ -z "$$python" ]; then \
	echo "Python 3.11 is missing. Debian 12: apt-get install -y python3.11 python3.11-venv"; exit 1; fi; \
if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
	echo "Python's venv module is missing. Debian: apt-get install -y python3.11-venv"; exit 1; fi; \
$(PY) -m pip --version >/dev/null 2>&1 || { echo "Making .venv ..."; $$python -m venv --clear .venv; }
endef

define need_chromium
for browser in "$$STAGES_CHROMIUM" chromium chromium-browser google-chrome none; do \
	command -v "$$browser" >/dev/null && break; \
done; \
if [ "$$browser" = none ]; then \
	echo "The browser tests need chromium: apt-get install -y chromium"; \
	echo "(or name another Chromium or Chrome in STAGES_CHROMIUM)"; exit 1; fi
endef

.PHONY: help setup setup-dev run test check bench load messages backup restore audit vendor clean

help: ## what there is to make
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name text; do \
		printf '  make %-8s %s\n' "$$name" "$$text"; done

setup: .venv/.runtime ## make .venv with what the product needs (done by the others where missing)
	@echo ".venv is ready."

setup-dev: .venv/.development

run: .venv/.runtime ## start everything with example data; prints address and people; Ctrl-C ends it
	@exec $(PY) -m config.run

test: .venv/.development ## run all tests, browser tests included
	@$(need_chromium)
	$(PY) -m pytest -n 2

check: .venv/.development ## lint, format, floors, types, templates, packages, migrations, deploy check
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	.venv/bin/lint-imports
	$(PY) -m mypy
	$(PY) -m djlint templates --lint --quiet
	$(PY) -m pip check
	$(PY) manage.py makemigrations --check --dry-run
	@echo "manage.py check --deploy, in production mode with made-up values"
	@STAGES_MODE=production STAGES_HOSTS=stages.example \
		STAGES_SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))') \
		DATABASE_URL=postgresql://nobody@127.0.0.1:1/none REDIS_URL=redis://127.0.0.1:1/0 \
		$(PY) manage.py check --deploy --fail-level WARNING

bench: .venv/.development ## measure pages, saving, load, first visits, memory; SECTIONS="load memory" for some
	$(PY) -m tests.bench $(SECTIONS)

load: .venv/.development ## 200 officers save while Redis, PostgreSQL and a worker come and go; compares
	$(PY) -m tests.load $(if $(OFFICERS),--officers $(OFFICERS))

messages: .venv/.development ## take the texts of pages anew into locale/*.po, compile them (needs GNU gettext; running does not)
	@command -v msgfmt >/dev/null || { echo "GNU gettext is missing: apt-get install -y gettext"; exit 1; }
	$(PY) manage.py makemessages --all --add-location file --no-wrap --no-obsolete \
		--ignore .venv --ignore var --ignore tests
	$(PY) manage.py compilemessages --ignore .venv

backup: .venv/.runtime ## database and uploaded files into one tar file under var/backups; prints its name
	@$(PY) manage.py backup

restore: .venv/.runtime ## put a backup back: make restore FILE=... (REPLACE=yes throws away what is there)
	@test -n "$(FILE)" || { echo "Say which backup: make restore FILE=var/backups/stages-....tar"; exit 1; }
	@$(PY) manage.py restore "$(FILE)" $(if $(filter yes,$(REPLACE)),--replace)

audit: .venv/.runtime ## known weaknesses of the pinned packages (asks the advisory service on the internet)
	@test -x var/audit/bin/pip-audit || { mkdir -p var && $(PY) -m venv var/audit && \
		var/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1; }
	@# --strict: where the service does not know a package, say so and fail instead of passing.
	var/audit/bin/pip-audit --requirement requirements.txt --no-deps --disable-pip --strict

vendor: ## build the files under static/vendor anew (needs node and npm; running needs neither)
	sh static/vendor/recipe/build.sh

clean: ## stop the servers, remove var/ (database, uploads, logs) and caches; keeps .venv
	@if [ -d var ] && [ ! -x $(PY) ]; then \
		echo "Stopping the servers in var/ needs .venv: run make setup, then make clean."; exit 1; fi
	@if [ -d var ]; then echo "Removing var/: the local database, uploads and logs."; \
		$(PY) -m config.local_servers remove; fi
	@echo "Removing caches."
	@rm -rf .ruff_cache .mypy_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -path ./.venv -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.runtime: requirements.txt
	@$(need_python)
	@echo "Installing requirements.txt into .venv (about a minute, once) ..."
	@$(PIP) -r requirements.txt
	@touch $@

.venv/.development: requirements.txt requirements-dev.txt .venv/.runtime
	@echo "Installing requirements-dev.txt into .venv ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@
