# Two commands: `make demo` and `make test`. The rest is for people who change the package.
.DEFAULT_GOAL := help
.PHONY: help demo test prove lint format messages matrix bench clean

VENV ?= .venv
PYTHON = $(VENV)/bin/python
export PORT ?= 8000
unexport PYTHONDONTWRITEBYTECODE # without bytecode every process compiles everything for itself

help: ## Say what there is
	@sed -n 's/^\([a-z]*\):.*## /make \1	/p' $(MAKEFILE_LIST) | expand -t 16

demo: ## Run the example town on port 8000 (PORT=8001 changes it)
	@sh scripts/environment.sh $(VENV) example
	@exec $(PYTHON) scripts/demo.py $(ARGS)

test: ## Run every test on SQLite, PostgreSQL and in Chromium (ARGS="-k budget" narrows it)
	@sh scripts/environment.sh $(VENV) test
	@exec $(PYTHON) scripts/run_tests.py $(ARGS)

prove: ## Show at full size what the suite shows in short: 10,000 ideas, killed workers and databases
	@sh scripts/environment.sh $(VENV) test
	@$(PYTHON) scripts/run_tests.py --in-a-row --only sqlite,postgres -m prove --prove -rA $(ARGS)
	@exec $(PYTHON) scripts/run_tests.py --only postgres $(ARGS)

lint: ## Check style, types, imports, migrations, translations
	@sh scripts/environment.sh $(VENV) lint
	@exec $(PYTHON) scripts/lint.py $(ARGS)

format: ## Put code and templates into the house style
	@sh scripts/environment.sh $(VENV) lint
	@exec $(PYTHON) scripts/lint.py --fix

messages: ## Collect and compile the strings people see
	@sh scripts/environment.sh $(VENV) test
	@exec $(PYTHON) scripts/messages.py $(ARGS)

matrix: ## Run the suite on the oldest and newest supported versions (CORNERS=lowest)
	@sh scripts/environment.sh $(VENV) test
	@exec $(PYTHON) scripts/matrix.py $(CORNERS)

bench: ## Print the tables of benchmarks/
	@sh scripts/environment.sh $(VENV) bench
	@exec $(PYTHON) -m benchmarks $(ARGS)

clean: ## Remove environments, builds and the demo's database
	rm -rf .venv .venv-* build dist .mypy_cache .ruff_cache .pytest_cache example_site/var
