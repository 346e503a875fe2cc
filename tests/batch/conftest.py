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
