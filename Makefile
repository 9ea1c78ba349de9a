# Two commands: `make` builds the archive and serves it, `make test` runs every test.
# Both set up what they need, once: .venv from build.lock and requirements.lock (exact versions, with hashes) and,
# for the tests, a Chromium and an nginx of the system. Where Debian must install something, root or sudo is used.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
PIP := $(BIN)/pip install --disable-pip-version-check -q
SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
APT_INSTALL := $(SUDO) apt-get update -q && DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -q -y --no-install-recommends
CHROMIUM := $(firstword $(wildcard /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome))
NGINX := $(firstword $(wildcard /usr/sbin/nginx /usr/bin/nginx))

.PHONY: serve site test lint bench screenshots lock clean

serve: $(READY)
	$(BIN)/jianbao serve

site: $(READY)
	$(BIN)/jianbao build

test: $(READY) chromium nginx lint
	$(BIN)/pytest -n auto

lint: $(READY)
	$(BIN)/ruff check scripts tests
	$(BIN)/ruff format --check scripts tests

bench: $(READY) .venv/.peers chromium
	PYTHONPATH=$(CURDIR)/tests $(BIN)/python -m bench.bench_import
	PYTHONPATH=$(CURDIR)/tests $(BIN)/python -m bench.bench_search
	PYTHONPATH=$(CURDIR)/tests $(BIN)/python -m bench.bench_check
	PYTHONPATH=$(CURDIR)/tests $(BIN)/python -m bench.bench_build
	PYTHONPATH=$(CURDIR)/tests $(BIN)/python -m bench.bench_editions

# The pictures of the guide and the README.
screenshots: $(READY) chromium
	PYTHONPATH=$(CURDIR)/tests $(BIN)/python -m screenshots docs/guide

# The peers that the benchmark runs beside ours.
.venv/.peers: tests/bench/peers.lock $(READY)
	$(PIP) --require-hashes --no-build-isolation -r $<
	touch $@

# A new lock file or package description makes the environment anew; otherwise nothing is set up again.
$(READY): build.lock requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更新的版本"; exit 1; }
	rm -rf .venv
	$(PYTHON) -m venv .venv || { rm -rf .venv; $(APT_INSTALL) python3-venv && $(PYTHON) -m venv .venv; }
	$(PIP) --require-hashes -r build.lock
	$(PIP) --require-hashes --no-build-isolation -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

.PHONY: chromium
chromium:
ifeq ($(CHROMIUM),)
	$(APT_INSTALL) chromium fonts-noto-cjk
endif

.PHONY: nginx
nginx:
ifeq ($(NGINX),)
	$(APT_INSTALL) nginx-light
endif

# The exact versions of everything, with hashes, for every Python from 3.11.2 (Debian 12) on.
lock:
	uv pip compile --universal --python-version 3.11.2 --generate-hashes --all-extras --no-header \
	  pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11.2 --generate-hashes --no-header --group build -o build.lock
	uv pip compile --universal --python-version 3.11.2 --generate-hashes --no-header \
	  -c build.lock -c requirements.lock tests/bench/peers.in -o tests/bench/peers.lock

clean:
	rm -rf .venv site .cache
