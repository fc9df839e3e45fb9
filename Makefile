# make run: the app on port 8501.   make check: the quick checks.   make test: every check.
# Each sets up what it needs, once.

PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check build clean

run: build
	@$(BIN)/python -m pages.servers --port $(PORT)

build: $(VENV)/run.stamp
	@$(BIN)/python -m recsys build

# What a commit should pass: minutes, no browser, no language model.
check: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -m "not slow and not browser"

# What CI runs: all of it, and how much of the code the tests reach.
test: $(VENV)/dev.stamp build
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	OMP_NUM_THREADS=1 $(BIN)/pytest -n auto --dist loadfile --cov --cov-report=term

$(VENV)/run.stamp: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Thaw needs Python 3.11 or newer; name one with: make run PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ echo "Python cannot make virtual environments; on Debian: apt install python3-venv"; exit 1; }
	@{ command -v $${CXX:-c++} || command -v g++ || command -v clang++; } >/dev/null && \
		test -e "$$($(PYTHON) -c 'import sysconfig; print(sysconfig.get_path("include"))')/Python.h" || \
		{ echo "hnswlib is compiled and needs a C++ compiler; on Debian: apt install g++ python3-dev"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.txt
	$(BIN)/pip install --quiet -r requirements-dev.txt
	@touch $@

clean:
	rm -rf $(VENV) build thaw.egg-info data/workspaces
