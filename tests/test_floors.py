"""A module imports only from floors strictly below its own, or from its own folder."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "planning"
FLOORS = [
    {"later", "vocabulary"},
    {"errors"},
    {"numbers", "disk", "rounding"},
    {"inputs"},
    {"model"},
    {"solver"},
    {"insight"},
    {"reports"},
    {"batch", "crosswalk", "workbench"},
    {"commands"},
    {"__main__", "__init__"},
]
HEIGHT = {room: height for height, rooms in enumerate(FLOORS) for room in rooms}


def room(parts: tuple[str, ...]) -> str:
    return parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level:
            names.add("planning.relative_imports_hide_the_floor")
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name for name in names if name.startswith("planning.")}


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down(path):
    own = room(path.relative_to(ROOT).parts)
    for name in imported(path):
        other = name.split(".")[1]
        assert other in HEIGHT, f"{path.name} imports {name}, which stands on no floor"
        assert other == own or HEIGHT[other] < HEIGHT[own], f"{path.name} imports {name}, which is not below it"


def test_the_formulation_knows_no_solver():
    for path in (ROOT / "model").glob("*.py"):
        assert "highspy" not in path.read_text(encoding="utf-8")
