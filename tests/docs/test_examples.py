"""Answers that the pages show are those that the commands give."""

from pathlib import Path

from planning.inputs import load_case
from planning.insight.whynot import why_not_area
from planning.solver.plan import solve

ROOT = Path(__file__).parents[2]


def test_a_billion_more_for_ba_dinh():
    plan = solve(load_case(ROOT / "scenarios" / "hanoi-communes-2026" / "base.yaml"))
    said = why_not_area(plan, "ba_dinh", 1000.0).sentences
    for page, language, mark in (("planners.md", "vi", "•"), ("questions/why-not-us.md", "en", ">")):
        shown = "\n".join(f"{mark} {sentence}" for sentence in said[language])
        assert shown in (ROOT / "docs" / page).read_text(encoding="utf-8")
