"""The project's notebooks run over several scenarios, say what the package says, and stay thin."""

import ast
import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest

from planning.batch.notebooks import NotebookError, run_notebook
from planning.inputs import load_case
from planning.reports.headline import headline
from planning.solve.plan import solve

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SCENARIOS = {
    "toy": ROOT / "tests" / "toy" / "base.yaml",
    "districts": ROOT / "scenarios" / "hanoi-districts-2024" / "base.yaml",
    "communes": ROOT / "scenarios" / "hanoi-communes-2026" / "remote-25.yaml",
}
CHECK, PLAN = (ROOT / "notebooks" / name for name in ("01_check_inputs.ipynb", "02_plan.ipynb"))


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("name", "language"), [("toy", "en"), ("districts", "vi"), ("communes", "en")])
def test_the_plan_notebook_says_what_the_package_says(name, language, tmp_path):
    result = run_notebook(PLAN, tmp_path, {"scenario": SCENARIOS[name], "language": language}, time_limit=60)
    plan = solve(load_case(SCENARIOS[name]))
    figures = result.manifest["figures"]
    assert result.manifest["input_hash"] == plan.certificate["input_hash"]
    assert {key: figures[key] for key in headline(plan)} == pytest.approx(headline(plan))
    written = pd.read_csv(tmp_path / "allocations.csv").groupby("fund")["amount_million_vnd"].sum()
    assert written.to_dict() == pytest.approx(
        {fund: money for fund, money in figures["funds"].items() if money}, abs=0.01
    )
    for file, digest in result.manifest["files"].items():
        assert hashlib.sha256((tmp_path / file).read_bytes()).hexdigest() == digest
    assert result.page.read_text(encoding="utf-8").count("<img") == 7
    assert "Traceback" not in result.page.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["toy", "communes"])
def test_the_check_notebook(name, tmp_path):
    result = run_notebook(CHECK, tmp_path, {"scenario": SCENARIOS[name]}, time_limit=60)
    case = load_case(SCENARIOS[name])
    assert result.manifest["status"] == "checked"
    assert result.manifest["figures"]["areas"] == len(case.areas)
    assert result.manifest["figures"]["ceilings"] == pytest.approx(case.ceiling.sum())


def test_a_refusal_inside_comes_out_as_it_is(tmp_path):
    with pytest.raises(NotebookError) as error:
        run_notebook(PLAN, tmp_path, {"scenario": ROOT / "scenarios" / "hanoi-communes-2026" / "impossible.yaml"})
    assert error.value.exit_code == 3
    assert str(error.value).startswith("There is no plan that keeps every rule:")
    with pytest.raises(NotebookError) as error:
        run_notebook(CHECK, tmp_path, {"scenario": tmp_path / "nowhere.yaml"})
    assert error.value.exit_code == 2


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_stripped(path):
    notebook = read(path)
    for cell in notebook["cells"]:
        assert set(cell["metadata"]) <= {"tags"}
        assert cell.get("outputs", []) == []
        assert cell.get("execution_count") is None
    assert notebook["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_thin(path):
    cells = read(path)["cells"]
    for cell in cells:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            heavy = (ast.FunctionDef, ast.ClassDef, ast.Try, ast.For, ast.While, ast.If, ast.With, ast.Lambda)
            assert not [node for node in ast.walk(ast.parse(source)) if isinstance(node, heavy)], source
        else:
            lines = [line for line in source.splitlines() if line]
            assert len(lines) % 2 == 0
            assert all(line.startswith("*") for line in lines[1::2]), "each Vietnamese line has an English one below it"
    assert [cell["metadata"].get("tags") for cell in cells].count(["parameters"]) == 1
