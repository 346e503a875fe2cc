"""Small notebooks to run."""

import nbformat
import pytest

MANIFEST = """
import json, os, sys
from pathlib import Path

said = {"scenario": scenario, "python": sys.executable, "folder": os.getcwd()}
_ = Path(out_dir, "manifest.json").write_text(json.dumps(said), encoding="utf-8")
"""
PARAMETERS = 'scenario: str = "a.yaml"  # a path\nout_dir: str = "out"\nlanguage = "vi"'


@pytest.fixture
def notebook(tmp_path):
    """`notebook("name", "cell", ...)` writes a notebook: parameters, these cells, the manifest."""

    def write(name, *cells, parameters=PARAMETERS, last=MANIFEST):
        first = nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
        rest = [nbformat.v4.new_code_cell(cell) for cell in (*cells, last)]
        title = nbformat.v4.new_markdown_cell("# Thử\n\n*A try*")
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=[title, first, *rest]), path)
        return path

    return write


PLAN = """
from planning.batch.manifest import write_manifest
from planning.reports.saved import plan_of

_ = write_manifest(out_dir, plan_of(scenario))
"""


@pytest.fixture
def small(notebook):
    """A plan notebook without pictures."""
    return notebook("small", last=PLAN)


@pytest.fixture
def job(folder, small, tmp_path):
    """`job("base", …)` is a batch of these scenarios of a copy of the toy, with the small notebook."""
    from planning.batch.rendering import Style
    from planning.batch.run import Job

    (folder / "floor.yaml").write_text(CHILD + "rules: {per_child_floor: {amount: 0.1}}\n")
    (folder / "impossible.yaml").write_text(CHILD + "rules: {per_child_floor: {amount: 9}}\n")
    (folder / "wrong.yaml").write_text(CHILD + "rules: {remote_shares: {share: 0.3}}\n")

    def make(*names, language="en", limit=60.0, **options):
        paths = tuple(folder / f"{name}.yaml" for name in names)
        return Job(paths, tmp_path / "out", Style(small, language, limit), jobs=2, limit=limit, **options)

    return make


CHILD = "title: {vi: Con, en: Child}\nnote: A test.\nextends: base.yaml\n"
