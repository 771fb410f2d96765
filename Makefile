# The two commands of the README are `make demo` and `make test`; each does all its own set-up.
PYTHON ?= python3
PY := .venv/bin/python
DEMO ?= .demo

.PHONY: setup setup-dev chromium demo test check bench torture screenshots lock clean

setup: .venv/run.stamp

setup-dev: .venv/dev.stamp

# Debian without python3-venv has no ensurepip: there the machine's own pip (22.3 or newer) brings the pinned pip in.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Jemput needs Python 3.11 or newer; name one with make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 \
	  || { rm -rf .venv && $(PYTHON) -m venv --without-pip .venv && $(PYTHON) -m pip --python $@ install \
	       --quiet --disable-pip-version-check --require-hashes -r requirements/pip.lock; } \
	  || { rm -rf .venv; echo "Jemput needs pip 22.3 or newer beside $(PYTHON) (on Debian: python3-pip)"; exit 1; }

.venv/run.stamp: requirements/run.lock pyproject.toml | .venv/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.lock
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/dev.stamp: requirements/dev.lock .venv/run.stamp
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.lock
	touch $@

demo: setup
	.venv/bin/jemput demo $(DEMO)

# The pages are tested in Debian's own Chromium; elsewhere put any `chromium` on the PATH.
chromium:
	@command -v chromium >/dev/null || { echo "Installing Debian's chromium for the tests of the pages"; \
	  if [ "$$(id -u)" = 0 ]; then SUDO=; else SUDO=sudo; fi; \
	  $$SUDO apt-get update -qq && $$SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; }

test: check chromium
	$(PY) -m pytest

check: setup-dev
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

bench: setup-dev
	$(PY) -m bench

torture: setup-dev
	$(PY) -m pytest -m torture --hypothesis-profile=torture

screenshots: setup-dev chromium
	$(PY) -m tests.screens

lock:
	uv pip compile pyproject.toml --group build --generate-hashes --python-version 3.11 --no-header -q -o requirements/run.lock
	echo pip | uv pip compile - --generate-hashes --python-version 3.11 --no-header -q -o requirements/pip.lock
	uv pip compile pyproject.toml --group build --group dev --generate-hashes --python-version 3.11 --no-header -q -o requirements/dev.lock

clean:
	rm -rf .venv .demo
