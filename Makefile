# The README's commands. Each makes what it needs on the way: environment, packages, browser.
PYTHON ?= python3
BIN := .venv/bin
# Which versions: those that are pinned, others than these for a trial, none with /dev/null.
CONSTRAINTS ?= constraints.txt
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint $(CONSTRAINTS)
# Where a small CPU build of torch is to be had, when the default index has only the large one.
TORCH_INDEX ?=
# A Dask scheduler on whose workers studies run, as tcp://head:8786; here where there is none.
SCHEDULER ?=
export NO_MKDOCS_2_WARNING := 1

.PHONY: site serve test tests audit smoke bench calibrate stress browser examples pins lowest clean
.DELETE_ON_ERROR:

site: .venv/.site $(if $(SCHEDULER),.venv/.distributed) ## both languages into site/, their studies first
	$(if $(SCHEDULER),DLQA_SCHEDULER=$(SCHEDULER)) $(BIN)/mkdocs build --strict
	@echo
	@echo 'Built site/. To read it:  $(BIN)/python -m http.server --directory site'
	@echo 'then open http://localhost:8000/ (中文) or http://localhost:8000/en/ (English).'

serve: .venv/.site ## the same at http://localhost:8000/, built again at every edit
	$(BIN)/mkdocs serve --livereload

test: .venv/.test ## every check; pytest's summary is the last line
	@$(call browser)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/jactionlint --strict-exit --ignore unpinned-uses --shellcheck=
	$(BIN)/pytest --numprocesses 2 --cov

tests: .venv/.test ## the tests alone, for other versions, whose linters and warnings say other things
	@$(call browser)
	$(BIN)/pytest --numprocesses 2 --override-ini filterwarnings=default

browser:
	@$(call browser)

audit: site .venv/.test ## Lighthouse on site/ as a phone loads it; needs node 18.20 or newer
	@$(call browser)
	$(BIN)/python -m tests.browser.audit site

smoke: .venv/.test ## whether a published site works: make smoke ADDRESS=https://example.org/answers/
	@$(call browser)
	$(BIN)/python -m tests.browser.smoke $(ADDRESS)

bench: .venv/.bench ## every contender side by side; the site's page of benchmarks shows the result
	$(BIN)/python -m benchmarks --into $${DLQA_STORE:-.dlqa}/benchmarks

calibrate: .venv/.site ## how often verdicts are wrong, by simulation; minutes
	$(BIN)/python -m calibration --into $${DLQA_STORE:-.dlqa}/calibration

stress: .venv/.test ## kills, builds at once, full disks, hostile results; prints what SECURITY.md says, ten minutes
	$(BIN)/python -m tests.stress

examples: .venv/.test ## write anew the outputs that pages show, or one page of them: QUESTION=iou
	$(BIN)/pytest --refresh-outputs $(if $(QUESTION),docs/zh/$(QUESTION).md docs/en/$(QUESTION).md,docs)

pins: ## write constraints.txt anew from what a fresh environment takes
	rm -rf build/pins && $(PYTHON) -m venv build/pins
	build/pins/bin/python -m pip install --quiet setuptools setuptools-scm torch
	build/pins/bin/python -m pip install --quiet '.[site,weights,test,bench,distributed]'
	head -n 4 constraints.txt > build/pins/constraints.txt
	build/pins/bin/python -m pip freeze --all --exclude dlqa --exclude pip \
	  | sed 's/+cpu$$//' >> build/pins/constraints.txt
	cp build/pins/constraints.txt constraints.txt

lowest: ## the oldest versions that pyproject.toml allows into build/lowest.txt, to test them:
	mkdir -p build # make test CONSTRAINTS=build/lowest.txt
	$(PYTHON) -m venv build/uv && build/uv/bin/python -m pip install --quiet uv
	build/uv/bin/uv pip compile --quiet --resolution lowest-direct --python $(PYTHON) \
	  --extra site --extra weights --extra test --extra distributed \
	  $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX) --index-strategy unsafe-best-match) \
	  pyproject.toml --output-file build/lowest.txt

clean: ## everything that is made; records in .dlqa/ stay, they cost time
	rm -rf site build .venv .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info

# A stamp of its own: whoever is killed half-way leaves a .venv with a Python and without pip.
.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
	  "needs Python 3.11 or newer; name one: make PYTHON=python3.12")'
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	@touch $@

# The smallest package tells whether the index is in reach, before pip has tried six times for each.
# torch first and by name: pip then takes a CPU build where it is offered one.
.venv/.site: pyproject.toml $(CONSTRAINTS) | .venv/.made
	@$(INSTALL) --retries 0 --timeout 15 setuptools setuptools-scm || { \
	  echo 'make: the package index is out of reach, or lacks setuptools (see above)' >&2; exit 1; }
	$(INSTALL) $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX)) torch
	$(INSTALL) --no-build-isolation --editable '.[site,weights]'
	@touch $@

.venv/.test: .venv/.site
	$(INSTALL) --no-build-isolation --editable '.[site,weights,test,distributed]'
	@touch $@

.venv/.distributed: .venv/.site
	$(INSTALL) --no-build-isolation --editable '.[site,weights,distributed]'
	@touch $@

.venv/.bench: .venv/.site
	$(INSTALL) --no-build-isolation --editable '.[site,bench]'
	@touch $@

# Chromium's headless shell loads a page at half the cost: Debian's, where root can install it. Else a
# Chromium of the system's serves, else playwright's. Where another program holds apt's lock, it is
# waited for, five minutes at most.
define browser
apt() { for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do \
  if said=$$(apt-get -qq "$$@" 2>&1); then return 0; fi; \
  case "$$said" in *lock*) echo "waiting for apt's lock"; sleep 10;; *) return 1;; esac; \
done; return 1; }; \
if ! command -v chromium-headless-shell >/dev/null; then \
  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt update && \
    apt install --no-install-recommends chromium-headless-shell; then :; \
  elif ! { command -v chromium || command -v google-chrome; } >/dev/null; then \
    $(BIN)/playwright install chromium; \
  fi; \
fi
endef
