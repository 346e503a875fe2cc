"""The project's notebooks run over several scenarios, say what the package says, and stay thin."""

import ast
import hashlib
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from planning.batch.notebooks import NotebookError, run_notebook
from planning.inputs import load_case
from planning.inputs.levels import Level
from planning.inputs.ranges import ranges as stated_ranges
from planning.insight.breakeven import break_even
from planning.insight.difference import difference
from planning.insight.explain import explain
from planning.insight.frontier import frontier
from planning.insight.prices import marginal_values
from planning.insight.regret import regret
from planning.insight.uncertainty import uncertainty
from planning.insight.whynot import why_not_area
from planning.reports.comparison.compare import compare
from planning.reports.headline import headline
from planning.solver.plan import solve

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SCENARIOS = {
    "toy": ROOT / "tests" / "toy" / "base.yaml",
    "districts": ROOT / "scenarios" / "hanoi-districts-2024" / "base.yaml",
    "communes": ROOT / "scenarios" / "hanoi-communes-2026" / "remote-25.yaml",
}
CHECK, PLAN, COMPARE, WHY, FRONTIER = (
    ROOT / "notebooks" / name
    for name in ("01_check_inputs.ipynb", "02_plan.ipynb", "03_compare.ipynb", "04_why.ipynb", "05_frontier.ipynb")
)


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


@pytest.fixture
def scenarios(tmp_path):
    """`scenarios("toy_projects", name=rules, ...)` writes scenarios beside a copy of the base; their paths."""

    def write(toy, **rules):
        folder = Path(shutil.copytree(ROOT / "tests" / toy, tmp_path / "scenarios"))
        for name, said in rules.items():
            text = (
                f"title: {{vi: {name}, en: {name}}}\nnote: for a test\nextends: base.yaml\nrules: {json.dumps(said)}\n"
            )
            (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
        return {name: folder / f"{name}.yaml" for name in ("base", *rules)}

    return write


def equals(path, table):
    """The figures of a written table are those of the package."""
    written, figures = pd.read_csv(path), table.select_dtypes("number")
    assert len(written) == len(table)
    for column in figures:
        expected = pytest.approx(figures[column].to_numpy(float), abs=1e-5, rel=1e-6, nan_ok=True)
        assert written[column].to_numpy(float) == expected, column


def whole(result, folder, pictures):
    """Every file of the manifest is there as it was written, and the page shows the pictures and no refusal."""
    for file, digest in result.manifest["files"].items():
        assert hashlib.sha256((folder / file).read_bytes()).hexdigest() == digest
    page = result.page.read_text(encoding="utf-8")
    assert page.count("<img") == pictures
    assert "Traceback" not in page


def test_scenarios_compared(scenarios, tmp_path):
    paths = scenarios("toy_projects", more={"remote_share": {"share": 0.35}}, some={"remote_share": {"share": 0.2}})
    given = {"scenario": paths["base"], "others": f"{paths['more']}, {paths['some']}", "language": "en"}
    result = run_notebook(COMPARE, tmp_path / "out", given, time_limit=60)
    whole(result, tmp_path / "out", 14)
    compared = compare([solve(load_case(path)) for path in paths.values()], explain=False)
    for name in ("areas", "programmes", "moved"):
        equals(tmp_path / "out" / f"{name}.csv", compared.tables[name])
    assert compared.sentences["en"][0] in result.page.read_text(encoding="utf-8")


@pytest.mark.parametrize("toy", ["toy", "toy_projects"])
def test_why_this_plan(toy, scenarios, tmp_path):
    paths = scenarios(toy, other={"remote_share": {"share": 0.35}}, hopeless={"per_child_floor": {"amount": 9}})
    given = {"area": "hill", "amount": "5", "programme": "lessons", "count": 1, "language": "en"}
    given |= {"scenario": paths["base"], "compared_with": paths["other"], "impossible": paths["hopeless"]}
    result = run_notebook(WHY, tmp_path / "out", given, time_limit=60)
    whole(result, tmp_path / "out", 8)
    plan = solve(load_case(paths["base"]))
    equals(tmp_path / "out" / "whynot.csv", why_not_area(plan, "hill", 5.0).table)
    turned = break_even(plan, "price", area="hill", programme="lessons")
    equals(tmp_path / "out" / "breakeven_tries.csv", turned.tables["tries"])
    equals(tmp_path / "out" / "difference.csv", difference(plan.case, load_case(paths["other"])).table)
    equals(tmp_path / "out" / "prices.csv", marginal_values(plan).table)
    cured = explain(load_case(paths["hopeless"]))
    equals(tmp_path / "out" / "explain.csv", cured.table)
    assert cured.sentences["en"][-1] in result.page.read_text(encoding="utf-8")


def test_the_price_of_fairness(scenarios, tmp_path):
    paths = scenarios("toy_projects", other={"remote_share": {"share": 0.3}}, third={"remote_share": {"share": 0.2}})
    given = {"rule": "envelope", "low": 0.9, "high": "1.1", "points": 3, "draws": 40, "anew": 3, "searched": 1}
    given |= {"scenario": paths["base"], "compared_with": paths["other"], "also_with": paths["third"]}
    result = run_notebook(FRONTIER, tmp_path / "out", given | {"language": "en"}, time_limit=60)
    whole(result, tmp_path / "out", 9)
    plan = solve(load_case(paths["base"]))
    spread = stated_ranges(plan.case, {"unit_costs": 0.1, "needs": 0.1})
    equals(tmp_path / "out" / "uncertainty_draws.csv", uncertainty(plan, spread, 40).tables["draws"])
    equals(tmp_path / "out" / "regret.csv", regret([load_case(path) for path in paths.values()]).table)
    equals(tmp_path / "out" / "frontier.csv", frontier(plan, Level("envelope"), 0.9, 1.1, points=3).table)


@pytest.mark.parametrize(
    ("notebook", "given", "pictures"),
    [(WHY, {"count": 1}, 8), (FRONTIER, {"points": 2, "draws": 20, "anew": 2, "searched": 1, "gammas": "1"}, 9)],
)
def test_the_questions_on_the_districts(notebook, given, pictures, tmp_path):
    result = run_notebook(notebook, tmp_path, given | {"scenario": SCENARIOS["districts"]}, time_limit=180)
    whole(result, tmp_path, pictures)
    assert result.manifest["scenario"] == "base"


def test_a_refusal_inside_comes_out_as_it_is(tmp_path):
    with pytest.raises(NotebookError) as error:
        run_notebook(PLAN, tmp_path, {"scenario": ROOT / "scenarios" / "hanoi-communes-2026" / "impossible.yaml"})
    assert error.value.exit_code == 3
    assert str(error.value).startswith("Không có phương án nào giữ được mọi quy định:")
    for language, begin in (("vi", "1 lỗi trong nowhere.yaml:\n- "), ("en", "1 problem in nowhere.yaml:\n- ")):
        with pytest.raises(NotebookError) as error:
            run_notebook(CHECK, tmp_path, {"scenario": tmp_path / "nowhere.yaml", "language": language})
        assert error.value.exit_code == 2
        assert str(error.value).startswith(begin)


@pytest.mark.parametrize("path", [CHECK, PLAN, COMPARE, WHY, FRONTIER], ids=lambda path: path.name)
def test_every_notebook_says_in_which_language_it_refuses(path):
    code = ["".join(cell["source"]) for cell in read(path)["cells"] if cell["cell_type"] == "code"]
    assert "\nrefuse_in(language)\n" in code[1]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_stripped(path):
    notebook = read(path)
    for cell in notebook["cells"]:
        assert set(cell["metadata"]) <= {"tags", "jupyter"}
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
