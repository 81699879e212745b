# Every command there is. `make` alone lists them. Any Python from 3.11 on: make PYTHON=python3.12 test
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.set-up
OUT := out
PORT ?= 8000
SAMPLE ?= samples/自评报告-云岭职业技术学院.docx
TAIZHANG := $(BIN)/taizhang

.DEFAULT_GOAL := help
.PHONY: help setup demo stop test check check-format check-lint check-types check-imports check-docs docs golden pictures bench load lists dashboards fuzz score lock messages

help:  ## what can be asked of make
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile | expand -t 16

setup: $(STAMP)  ## make .venv and install what the lock names; the other targets do it when needed

# Wheels only, by hash: no compiler, and nothing but what the lock says.
$(STAMP): requirements.lock pyproject.toml hatch_build.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "taizhang needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "python3 -m venv failed; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "installing into $(VENV) …"
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --only-binary :all: --require-hashes --no-deps -r requirements.lock
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q src  # where Python may write no bytecode, every start would compile all of this anew
	@touch $(STAMP)

demo: $(STAMP)  ## check the sample report into out/, then start the site with an invented college; `make stop` ends it
	@mkdir -p $(OUT)
	@$(TAIZHANG) check "$(SAMPLE)" --format text --format docx --format html --format json -o $(OUT) --fail-on never
	@printf '%s\n' "" "查的是 $(SAMPLE)（未改动）；结果在 $(OUT)/：" \
		"  $(notdir $(basename $(SAMPLE)))（台账检查）.docx   Word 副本，批注在原词上" \
		"  $(notdir $(basename $(SAMPLE)))（台账检查）.html   正文与问题并排，用浏览器打开" \
		"  $(notdir $(basename $(SAMPLE)))（台账检查）.json   给程序读" "" "正在装入演示学校，约半分钟……"
	@$(BIN)/python samples/site.py start "$(SAMPLE)" $(OUT)/site $(PORT)

stop:  ## end the site that `make demo` started
	@$(BIN)/python samples/site.py stop "$(SAMPLE)" $(OUT)/site $(PORT)

# Pages ask the ledger and know no database; what is said to the database is said in tests/web/ledger.
ON_POSTGRESQL := tests/web/ledger tests/web/test_at_once.py tests/web/test_concurrency.py

test: $(STAMP)  ## all tests; those of the ledger on SQLite and then on PostgreSQL
	@$(BIN)/python -m pytest -n auto --dist worksteal -q
	@TAIZHANG_TEST_DATABASE=postgresql $(BIN)/python -m pytest -n auto --dist worksteal -q $(ON_POSTGRESQL)

check: check-format check-lint check-types check-imports check-docs  ## format, lint, types, import contracts, generated docs

check-format: $(STAMP)
	@$(BIN)/ruff format --check .

check-lint: $(STAMP)
	@$(BIN)/ruff check .

check-types: $(STAMP)
	@$(BIN)/mypy

check-imports: $(STAMP)
	@$(BIN)/lint-imports --no-logo

check-docs: $(STAMP)
	@$(BIN)/python docs/generate.py --check

docs: $(STAMP)  ## write docs/reference from --help and the rules' docstrings
	@$(BIN)/python docs/generate.py

messages: $(STAMP)  ## gather the site's texts into the English catalogue and compile it; then fill in what is empty
	@$(BIN)/python docs/messages.py

golden: $(STAMP)  ## rewrite the expected findings and outputs in tests/; then read the diff
	@$(BIN)/python -m pytest -q --golden

pictures: $(STAMP)  ## take the pictures of the site in docs/images anew, at two widths; needs Chromium
	@$(BIN)/python -m pytest -q tests/web/browser/test_pictures.py --pictures

bench: $(STAMP)  ## measure side by side with other tools; writes bench/results.md
	@$(BIN)/python bench/run.py
	@$(BIN)/python bench/many.py
	@$(BIN)/python bench/growth.py
	@$(BIN)/python bench/writing.py

load: $(STAMP)  ## fifty people at the site at once, on both databases, small and large; writes bench/site.md
	@$(BIN)/python bench/site.py

lists: $(STAMP)  ## every list of every role with a million rows, on both databases; writes bench/lists.md
	@$(BIN)/python bench/lists.py

dashboards: $(STAMP)  ## how long each dashboard takes in Chromium; writes bench/dashboards.md
	@$(BIN)/python bench/dashboards.py

fuzz: $(STAMP)  ## the long fuzz run
	@$(BIN)/python -m pytest -n auto -q -k fuzz --hypothesis-profile=fuzz

score: $(STAMP)  ## how often the checker is right; writes docs/accuracy.md; also against ../shared, where it is
	@$(BIN)/python bench/score.py

# After a change of dependencies in pyproject.toml; needs uv on the path. No address is written.
lock:
	@uv pip compile pyproject.toml --extra web --group dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --quiet --output-file requirements.lock
