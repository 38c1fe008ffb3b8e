# Every target says in `make help` what it does; what a command needs it sets up itself.

SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# The first Python that is new enough; or name one: make setup PYTHON=/path/to/python3.12
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v "$$p"; break; }; done)
IN_VENV := .venv/bin

.PHONY: help setup setup-for-tests demo test check format bench map screenshot contact-sheet film-strip lock clean need-python

help: ## Show this list
	@echo "Two commands on a fresh Debian 12 (git, make, Python 3.11 or newer):"
	@echo
	@echo "  make demo    then open the address it prints"
	@echo "  make test"
	@echo
	@echo "All targets:"
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/  \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-18s %s\n", $$1, $$2 }'
	@echo
	@echo "What needs root, sudo or apt:"
	@echo "  make demo     python3-venv, if this Python cannot make virtual environments; otherwise nothing."
	@echo "                Debian's bitmap fonts are only downloaded and unpacked. Without apt-get"
	@echo "                small LED text is set in Noto Sans."
	@echo "  make test     xvfb, for the tests that look at the player's window; chromium, for the tests that"
	@echo "                use the pages in a browser; libreoffice and forensics-samples-files, for the tests"
	@echo "                of uploads; tesseract-ocr with vie, for scans; espeak-ng, for loudspeakers; ola, tshark"
	@echo "                and iproute2, for LED walls. Set-up installs them by apt, as root or with sudo, and says"
	@echo "                so. Without them these tests are skipped, each with its reason, and all others run. With"
	@echo "                CI=true as root a skipped test is a failed run."
	@echo "  make bench    mosquitto, for the bench with 218 players; that one is left out without it."

need-python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer is on the PATH. On Debian: apt-get install python3"; exit 1; }

setup: need-python ## Set up .venv and all parts (the other targets call it; quick the second time)
	@"$(PYTHON)" deploy/set_up.py

setup-for-tests: need-python ## The same, and the parts of the system that tests drive (see help)
	@"$(PYTHON)" deploy/set_up.py --for-tests

demo: setup ## Start the controller, a broker and three players on this machine; Ctrl-C ends all
	@exec $(IN_VENV)/signage demo

test: setup-for-tests ## Set up what the tests need, then run all of them. ARGS="-k words" narrows
	@# Three at a time on two cores, as stories wait for processes half their time; the long ones begin.
	@# Where all processors are busy a receiver may lose packets: what failed is tried once more, alone.
	@$(IN_VENV)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS) || \
		{ echo "Once more, alone: what failed beside others. Only what fails again is an error."; \
		$(IN_VENV)/python -m pytest --last-failed --last-failed-no-failures none; }

check: setup ## Format, lint, types, import directions, descriptions
	@$(IN_VENV)/ruff format --check .
	@$(IN_VENV)/ruff check .
	@$(IN_VENV)/mypy
	@$(IN_VENV)/lint-imports
	@$(IN_VENV)/python -m pytest -q tests/test_descriptions.py

format: setup ## Put all files into the common format, and repair what the linter can
	@$(IN_VENV)/ruff format .
	@$(IN_VENV)/ruff check --fix .

bench: setup ## Measure. ONLY=name for one, JSON=file to write the numbers as well
	@$(IN_VENV)/python -m bench $(if $(ONLY),--only $(ONLY)) $(if $(JSON),--json $(JSON))

map: need-python ## Print the first sentence of each file
	@"$(PYTHON)" deploy/map_of_files.py

screenshot: setup-for-tests ## Make the pictures of the README anew
	@$(IN_VENV)/python -m tests.screenshots

contact-sheet: setup ## Draw every layout, ticker and alert on every sample profile. OUT=folder
	@$(IN_VENV)/python -m signage.render.contact_sheet $(or $(OUT),.setup/contact-sheet)

film-strip: setup-for-tests ## Take what is on the glass of each output at every change. OUT=folder
	@$(IN_VENV)/python -m tests.film_strip $(or $(OUT),.setup/film-strip)

lock: setup ## Write the hashed locks anew from pyproject.toml and package.json
	@deploy/lock.sh

clean: ## Remove everything that set-up made (not what the demo keeps)
	@rm -rf .venv .setup node_modules signage/web/static/vendor signage/render/faces signage.egg-info
