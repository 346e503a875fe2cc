# Everything here needs only make and any Python 3.9 or newer; `make setup` fetches the rest.

# Bytecode is kept even where the environment says otherwise: without it every start of Jupyter takes seconds longer.
unexport PYTHONDONTWRITEBYTECODE
# A virtual environment that happens to be active must not be mistaken for this project's own.
unexport VIRTUAL_ENV
unexport PYTHONHOME
unexport PYTHONPATH

UV_VERSION := 0.13.9
PY := .venv/bin/python
READY := .venv/.ready
PEERS := .venv-peers/.ready
CODE := $(wildcard planning tests notebooks scenarios benchmarks)

# A copied or moved checkout brings along a .venv whose scripts still point to the old folder.
ifneq ($(shell cat $(READY) 2>/dev/null),$(CURDIR))
MOVED := again
endif

.DEFAULT_GOAL := help
.PHONY: help setup demo test fuzz lab app yaml lint format bench scale peers lock clean again

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: $(READY) ## make .venv with Python and the locked packages
	@:

# Exit code 3 says that some scenario has no plan: one of the shipped ones is impossible on purpose, to show the refusal.
demo: $(READY) ## plan every shipped scenario into results/demo/ and leave two committee packs
	@.venv/bin/planning batch scenarios/hanoi-districts-2024 scenarios/hanoi-communes-2026 --out results/demo || test $$? -eq 3
	@for city in hanoi-districts-2024 hanoi-communes-2026; do \
	    .venv/bin/planning pack "$$(ls -td results/demo/$$city.base.* | head -n 1)" --out results/demo/pack/$$city || exit 1; \
	done

test: lint ## lint, run the tests, and run every notebook once
	@echo "test: pytest"
	@$(PY) -m pytest -n 2 --dist loadscope
	@echo "test: notebooks"
	@$(PY) -m pytest --nbval-lax --nbval-current-env --nbval-cell-timeout=120 notebooks

fuzz: $(READY) ## run the tests on random cases with new ones, again and again (N=5 times)
	@for i in $$(seq $(or $(N),5)); do HYPOTHESIS_PROFILE=fuzz $(PY) -m pytest -q -n 2 -m hypothesis || exit 1; done

lab: $(READY) ## open the start page in JupyterLab
	@command -v npm >/dev/null && [ ! -d .lab/node_modules ] && echo "lab: 'make yaml' adds help in scenario files" || :
	@JUPYTER_CONFIG_PATH="$(CURDIR)/planning/workbench/lab" \
	    .venv/bin/jupyter lab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/notebooks/00_start.ipynb

app: $(READY) ## open the start page as a page without code
	@JUPYTER_CONFIG_PATH="$(CURDIR)/planning/workbench/app" \
	    .venv/bin/jupyter server --ServerApp.root_dir=. --ServerApp.open_browser=True

yaml: $(READY) ## complete, explain and underline scenario files in JupyterLab (needs Node)
	@command -v npm >/dev/null || { echo "yaml: install Node 18 or newer (with npm) first; all else works without it." >&2; exit 1; }
	@$(FIND_UV); "$$uv" pip install --quiet --python $(PY) jupyter-lsp==2.3.1 jupyterlab-lsp==5.3.0
	@npm install --silent --no-audit --no-fund --prefix .lab yaml-language-server@1.25.0
	@echo "yaml: done; make lab now completes scenario files"

lint: $(READY) ## check style, and that notebooks carry no outputs
	@echo "lint: ruff"
	@$(PY) -m ruff check --quiet $(CODE)
	@$(PY) -m ruff format --check --quiet $(CODE)
	@echo "lint: notebooks without outputs"
	@find notebooks -name .ipynb_checkpoints -prune -o -name '*.ipynb' -exec $(PY) -m nbstripout --verify --keep-id {} +

format: $(READY) ## format the code, and strip outputs from notebooks
	@$(PY) -m ruff check --fix-only --quiet $(CODE)
	@$(PY) -m ruff format $(CODE)
	@find notebooks -name .ipynb_checkpoints -prune -o -name '*.ipynb' -exec $(PY) -m nbstripout --keep-id {} +

bench: $(READY) ## measure reports, questions, batches, packs, the form and the grid (about 15 minutes)
	@$(PY) benchmarks/spine.py
	@$(PY) benchmarks/questions.py
	@$(PY) benchmarks/batch.py
	@$(PY) benchmarks/pack.py
	@$(PY) benchmarks/form.py
	@$(PY) benchmarks/grid.py
	@$(PY) benchmarks/draws.py

scale: $(READY) ## measure how the work grows with the number of areas
	@$(PY) benchmarks/scale.py

peers: $(READY) $(PEERS) ## measure the same model in PuLP, linopy, Pyomo and CVXPY beside this one (up to 10 minutes)
	@$(PY) benchmarks/peers.py --python .venv-peers/bin/python

$(PEERS): requirements-peers.lock .python-version
	@$(FIND_UV); \
	echo "peers: installing the locked peers into .venv-peers (the first time downloads about 150 MB)"; \
	rm -rf .venv-peers; \
	"$$uv" venv --quiet --python "$$(cat .python-version)" .venv-peers; \
	"$$uv" pip sync --quiet --python .venv-peers/bin/python --require-hashes --compile-bytecode requirements-peers.lock; \
	: > $(PEERS)

# Pinned versions stay as they are unless pyproject.toml no longer allows them.
lock: ## re-lock requirements.lock and requirements-peers.lock (UPGRADE=1: newest versions)
	@$(FIND_UV); "$$uv" pip compile pyproject.toml --group dev --quiet --universal \
	    --python-version "$$(cat .python-version)" --generate-hashes --no-annotate --no-emit-index-url \
	    --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) --output-file requirements.lock; \
	"$$uv" pip compile --group peers --quiet --universal --constraints requirements.lock \
	    --python-version "$$(cat .python-version)" --generate-hashes --no-annotate --no-emit-index-url \
	    --custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) --output-file requirements-peers.lock
	@$(MAKE) --no-print-directory setup

clean: ## remove .venv, .uv and caches (results/ stays)
	@rm -rf .venv .venv-peers .uv .lab .pytest_cache .ruff_cache .hypothesis build dist
	@find . -name .git -prune -o \( -name __pycache__ -o -name .ipynb_checkpoints \) -type d -prune -exec rm -rf {} +

again:

# Sets $uv: the one on PATH if it runs, else a private one, fetched with pip. Its `ready` file is written last, so a
# fetch that was cut short is done over.
FIND_UV = set -e; \
    if uv --version >/dev/null 2>&1; then uv=uv; \
    else \
	uv=.uv/bin/uv; \
	if [ ! -f .uv/ready-$(UV_VERSION) ]; then \
	    boot=; \
	    for python in python3 python3.13 python3.12 python3.11 python3.10 /usr/bin/python3 /usr/local/bin/python3 python; do \
		if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 9))' >/dev/null 2>&1; then \
		    boot=$$python; break; \
		fi; \
	    done; \
	    if [ -z "$$boot" ]; then \
		echo "setup: no Python 3.9 or newer with its venv module was found: install one" \
		    "(on Debian or Ubuntu: apt install python3-venv), or put uv on PATH, then run make again." >&2; \
		exit 1; \
	    fi; \
	    echo "setup: fetching uv $(UV_VERSION)"; \
	    rm -rf .uv; \
	    "$$boot" -m venv .uv; \
	    .uv/bin/python -m pip install --disable-pip-version-check -qq uv==$(UV_VERSION); \
	    : > .uv/ready-$(UV_VERSION); \
	fi; \
    fi

# $(READY) is removed first and written last: a .venv without it was left half-made, and is made anew. Otherwise
# changed packages are exchanged in place. The lock makes a second make wait for what a killed one left running.
$(READY): pyproject.toml requirements.lock .python-version $(MOVED)
	@exec 9< Makefile; if command -v flock >/dev/null; then flock 9; fi; \
	$(FIND_UV); \
	version=$$(cat .python-version); \
	if [ "$$(cat $(READY) 2>/dev/null)" != "$(CURDIR)" ] || \
	    ! $(PY) -c 'import sys; sys.exit(not (sys.version.split()[0] + ".").startswith(sys.argv[1] + "."))' "$$version" 2>/dev/null; \
	then \
	    rm -rf .venv; \
	    echo "setup: making .venv with Python $$version"; \
	    "$$uv" venv --quiet --python "$$version" .venv || { \
		echo "setup: Python $$version is neither installed nor could it be downloaded:" \
		    "install it (for example with pyenv), then run make again." >&2; \
		exit 1; \
	    }; \
	fi; \
	rm -f $(READY); \
	echo "setup: installing the locked packages (the first time downloads about 200 MB)"; \
	"$$uv" pip sync --quiet --python $(PY) --require-hashes --compile-bytecode requirements.lock; \
	echo "setup: installing planning"; \
	"$$uv" pip install --quiet --python $(PY) --no-deps --no-build-isolation --editable .; \
	$(PY) -m compileall -q planning; \
	printf '%s\n' "$(CURDIR)" > $(READY); \
	echo "setup: done"
