# Two commands for a fresh machine with Python 3.11+ and Git: `make papers` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: papers test check bench lock clean
papers: $(VENV)/ready
	$(BIN)/penholder build

test: $(VENV)/ready
	$(BIN)/python -m pytest -q -n auto

check: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/mypy
	PYTHONPATH=tool $(BIN)/lint-imports

bench: $(VENV)/ready
	$(BIN)/python bench/bench.py

$(VENV)/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes -o requirements.lock

clean:
	rm -rf $(VENV) dist .penholder
