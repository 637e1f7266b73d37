# Each target does its own set-up: on a fresh machine `make run` or `make test` is all it takes.
.PHONY: help run test check mutants format translations bench guards docs real-salon lock bootstrap
.DEFAULT_GOAL := help

help:
	@echo "make run         the salon with demo data on 127.0.0.1 (PORT=8000, SALON_INSTANCE=instance)"
	@echo "make test        everything that must hold before a change is taken"
	@echo "make check       the quick part of it: format, lint, types, imports, texts"
	@echo "make mutants     whether the tests notice a small fault in a rule (ONLY=salon/core/money.py, JOBS=2)"
	@echo "make format      set the code in the house's format"
	@echo "make translations  new texts into the English catalogue, then say which lack their English"
	@echo "make bench       what booking, settling, looking up, the desk and the start cost"
	@echo "make guards      take each guard away, one at a time, and see whether a test notices"
	@echo "make docs        the documents as pages in build/docs, their links checked"
	@echo "make real-salon  move a whole real salon in and audit its books"
	@echo "make lock        the lock files anew, after a change of pyproject.toml or package.json"

bootstrap:
	@scripts/bootstrap

run: bootstrap
	@scripts/run

test:
	@scripts/bootstrap --tests
	@scripts/test

check: bootstrap
	@scripts/check

mutants: bootstrap
	@.venv/bin/python -m scripts.mutants

format: bootstrap
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

translations: bootstrap
	@.venv/bin/python scripts/translations.py

bench: bootstrap
	@.venv/bin/python -m bench

guards: bootstrap
	@.venv/bin/python -m guards $(ONLY)

docs: bootstrap
	@.venv/bin/python scripts/build_docs.py

real-salon: bootstrap
	@scripts/real-salon

lock: bootstrap
	@scripts/lock
