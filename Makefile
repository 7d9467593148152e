# What a newcomer types is `make demo` or `make test`; everything else is made on the way.
# Each step leaves a stamp in .venv/, so that a second run starts at once. The work itself
# is in the small scripts of .ci/, which can be run by hand as well.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
SAMPLE := plugins/heilongjiang/examples/taoshan-commerce-2022.yaml
OUT := out
TEST_ARGS ?= -n auto --dist worksteal
CATALOGUES := $(wildcard toolkit/messages/*/LC_MESSAGES/*.po plugins/*/messages/*/LC_MESSAGES/*.po)

.DELETE_ON_ERROR:
.PHONY: help demo setup test lint messages bench lock clean show-sample

help: ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

demo: $(VENV)/.run $(VENV)/.messages ## Set up, then make DOCX, PDF and HTML of the sample report in out/
	@$(BIN)/nianbao generate $(SAMPLE) -f docx,pdf,html -o $(OUT)/

setup: $(VENV)/.dev $(VENV)/.messages ## Set up for work on the project, without the programs only tests need

test: $(VENV)/.dev $(VENV)/.test-programs $(VENV)/.messages ## Set up, then run all tests
	@$(BIN)/python -m pytest $(TEST_ARGS)

lint: $(VENV)/.dev ## Check style and types
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

messages: $(VENV)/.run ## Compile the message catalogues (.po) of toolkit/messages
	@$(BIN)/python .ci/messages
	@touch $(VENV)/.messages

bench: $(VENV)/.dev $(VENV)/.messages ## Time it beside its peers, in one run
	@$(BIN)/python -m benchmarks

show-sample:
	@echo $(SAMPLE)

lock: ## Choose newer versions for the lock files (needs uv)
	@.ci/lock

clean: ## Remove all that was made, .venv included
	rm -rf $(VENV) $(OUT) build dist .pytest_cache .ruff_cache .mypy_cache .hypothesis
	rm -f $(CATALOGUES:.po=.mo)
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.system: .ci/system-packages
	@.ci/system-packages run
	@mkdir -p $(VENV) && touch $@

$(VENV)/.run: requirements.lock pyproject.toml hatch_build.py .ci/environment templates/ci/fonts $(VENV)/.system
	@.ci/environment $(VENV) requirements.lock -e .
	@sh templates/ci/fonts $(VENV)/share/nianbao/fonts
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	@.ci/environment $(VENV) requirements-dev.lock
	@touch $@

$(VENV)/.test-programs: .ci/system-packages $(VENV)/.system
	@.ci/system-packages test
	@touch $@

$(VENV)/.messages: $(CATALOGUES) $(VENV)/.run
	@$(BIN)/python .ci/messages
	@touch $@
