"""The page and the picture of the comparison with peers: docs/benchmarks-peers.md, docs/images/peers.png."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE, PICTURE = ROOT / "docs" / "benchmarks-peers.md", ROOT / "docs" / "images" / "peers.png"
BEGIN, END = "<!-- made by make peers -->", "<!-- until here -->"
OURS, SHORT = "planning", "planning, goal only"
LINES = {  # name in the page: module of benchmarks/peer and way
    "PuLP, HiGHS": ("pulp", "usual"),
    "PuLP, CBC": ("pulp", "cbc"),
    "linopy": ("linopy", "usual"),
    "Pyomo": ("pyomo", "usual"),
    "CVXPY": ("cvxpy", "usual"),
    "PuLP, tuned": ("pulp", "best"),
    "linopy, tuned": ("linopy", "best"),
    "Pyomo, tuned": ("pyomo", "best"),
    "CVXPY, tuned": ("cvxpy", "best"),
    "NumPy and HiGHS by hand": ("highs", "best"),
}
USUAL = tuple(LINES)[:5]
TUNED = tuple(LINES)[5:9]
BY_HAND = tuple(LINES)[9:]
KINDS = {USUAL: "as usual", TUNED: "tuned", USUAL + TUNED: "any tool", BY_HAND: "by hand, without a tool"}
SAME = 1e-6
SLOPE, CHANGES_LIMIT = 1.2, 15.0


@dataclass(frozen=True, slots=True)
class Run:
    """One line at one size: seconds of building and solving, of the whole process, most memory in MB, objective,
    processor seconds of the whole process, seconds of building and solving without what makes our plan unique.

    All are None where the process was ended at `limit` seconds, or not begun because it would have been.
    """

    areas: int
    inside: float | None = None
    whole: float | None = None
    memory: float | None = None
    objective: float | None = None
    cpu: float | None = None
    goal: float | None = None
    limit: float = 0.0
    begun: bool = True


def agreed(runs: Mapping[str, Run]) -> float:
    """The largest difference between the objectives of any two. Ends the benchmark where it is above a millionth."""
    found = [(name, run.objective) for name, run in runs.items() if run.objective is not None]
    pairs = [(abs(a - b) / max(1.0, abs(a)), one, other) for (one, a), (other, b) in combinations(found, 2)]
    worst, one, other = max(pairs, default=(0.0, "", ""))
    if worst > SAME:
        raise SystemExit(f"{one} and {other} differ by {worst:.1e}: {dict(found)}")
    return worst


# ---- tables ---------------------------------------------------------------------------------------------------------
def cell(run: Run, what: str) -> str:
    value = getattr(run, what)
    if value is None:
        return f"> {run.limit:.0f}{'' if run.begun else '*'}" if what != "memory" else ""
    return f"{value:.0f}" if what == "memory" else f"{value:.2f}"


def table(lines: Mapping[str, list[Run]], what: str, title: str) -> Iterator[str]:
    sizes = [run.areas for run in lines[OURS]] if OURS in lines else [run.areas for run in next(iter(lines.values()))]
    yield f"| {title} | {' | '.join(f'{areas:,} areas' for areas in sizes)} |"
    yield f"|---|{'---|' * len(sizes)}"
    for name, runs in lines.items():
        shown = f"**{name}**" if name == OURS else name
        yield f"| {shown} | {' | '.join(cell(run, what) for run in runs)} |"


def fastest(lines: Mapping[str, list[Run]], names: tuple[str, ...], areas: int, what: str) -> tuple[float, bool]:
    """Seconds of the fastest of these lines at a size, and whether that is only what it takes at least."""
    runs = [run for name in names for run in lines[name] if run.areas == areas]
    done = [getattr(run, what) for run in runs if getattr(run, what) is not None]
    return (min(done), False) if done else (max(run.limit for run in runs), True)


def same_goal(lines: Mapping[str, list[Run]]) -> dict[str, list[Run]]:
    """The lines with our own up to the goal that all of them seek, first as it is, then so."""
    short = [replace(run, inside=run.goal) for run in lines[OURS]]
    return {OURS: lines[OURS], SHORT: short} | {name: runs for name, runs in lines.items() if name != OURS}


def beside(lines: Mapping[str, list[Run]], names: tuple[str, ...], areas: int, what: str, wanted: float) -> str:
    """One target: this product at most 1/wanted of the fastest of the names."""
    own = next(getattr(run, what) for run in lines[OURS] if run.areas == areas)
    best, least = fastest(lines, names, areas, what)
    words = {"inside": "build and solve", "whole": "whole process"}[what]
    kind = next(words for group, words in KINDS.items() if set(names) <= set(group))
    asked = f"at most 1/{wanted:g}" if wanted > 1 else "not slower"
    if own is None:
        return f"| {areas:,} areas, {kind}, {words} | {asked} | over the limit | NO |"
    ratio = f"1/{best / own:.1f}" if best > own else f"{own / best:.1f} times"
    met = "yes" if own * wanted <= best else "not known" if least else "NO"
    return f"| {areas:,} areas, {kind}, {words} | {asked} | {ratio}{' or less' * least} | {met} |"


def targets(lines: Mapping[str, list[Run]], more: Mapping[str, list[Run]], again: Mapping) -> Iterator[str]:
    sizes = [run.areas for run in lines[OURS]]
    yield "| against the fastest peer | asked | measured | met |"
    yield "|---|---|---|---|"
    for areas in sizes:
        asked = [(USUAL + TUNED, 1, 1)] if areas <= 126 else [(USUAL, 50, 10)] * (areas == 700) + [(TUNED, 10, 4)]
        for names, inside, whole in (*asked, (BY_HAND, *asked[-1][1:])):
            yield beside(lines, names, areas, "inside", inside)
            yield beside(lines, names, areas, "whole", whole)
    for name, runs in more.items():
        yield slope(name, runs)
    done = f"{again['seconds']:.1f} s with {again['jobs']} processes"
    met = "yes" if again["seconds"] < CHANGES_LIMIT else "NO"
    yield f"| {again['changes']:,} changes of numbers, 126 communes | under {CHANGES_LIMIT:.0f} s | {done} | {met} |"


def slope(name: str, runs: list[Run]) -> str:
    """How the whole process grows from 126 areas on: the exponent e of time ~ areas^e."""
    known = [run for run in runs if run.areas >= 126]
    asked = f"areas^{SLOPE} or slower"
    if len(known) < 2 or known[0].whole is None or known[-1].whole is None:
        return f"| growth from 126 areas on, `{name}` | {asked} | not known | NO |"
    first, last = known[0], known[-1]
    exponent = math.log(last.whole / first.whole) / math.log(last.areas / first.areas)
    met = "yes" if exponent <= SLOPE else "NO"
    return f"| growth from 126 to {last.areas:,} areas, `{name}` | {asked} | areas^{exponent:.2f} | {met} |"


# ---- page and picture -----------------------------------------------------------------------------------------------
def put_into_page(
    lines: Mapping[str, list[Run]],
    more: Mapping[str, list[Run]],
    again: Mapping[str, float],
    measured_on: tuple[str, Mapping[str, str]],
    *,
    write: bool,
) -> None:
    """Print the tables; write them and the picture into the page. `measured_on`: the machine, the peers' versions."""
    where, versions = measured_on
    per_size = [{name: runs[i] for name, runs in lines.items()} for i in range(len(lines[OURS]))]
    worst = max(agreed(runs) for runs in per_size)
    peers = ", ".join(f"{name} {number}" for name, number in versions.items())
    one = f"{1000 * again['alone'] / again['of']:.0f} ms"
    parts = [
        f"{where} Peers: {peers}.",
        "![Seconds from files to files against the number of areas](images/peers.png)",
        "\n".join(table(same_goal(lines), "inside", "build and solve, s")),
        "\n".join(table(lines, "whole", "from files to files, s")),
        "\n".join(table(lines, "cpu", "from files to files, processor s")),
        "\n".join(table(lines, "memory", "most memory, MB")),
        "`> N` was ended after N seconds; `> N*` was not begun, because it would have passed N seconds even if it only "
        "grew with the number of areas. What takes under 4 s was run three times; the middle one stands here.",
        f"The objectives of every two lines that ended differ by at most {worst:.1e} (asserted: below {SAME:g}).",
        "\n".join(targets(lines, more, again)),
        "\n".join(table(more, "whole", "`planning solve`, files to files, s")),
        "\n".join(table(more, "memory", "`planning solve`, most memory, MB")),
        f"One process alone takes {one} for each of the changes of numbers, its own start included.",
    ]
    text = "\n\n".join(parts)
    print(text)
    if write:
        before, after = PAGE.read_text(encoding="utf-8").split(BEGIN)[0], PAGE.read_text(encoding="utf-8").split(END)[1]
        PAGE.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
        picture(lines).savefig(PICTURE, dpi=150)


def picture(lines: Mapping[str, list[Run]]):
    """Seconds from files to files against the number of areas, both logarithmic; a cross where a line was cut off."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 5.2), layout="constrained")
    axes = figure.subplots()
    for name, runs in lines.items():
        shown = [run for run in runs if run.begun]
        seconds = [run.limit if run.whole is None else run.whole for run in shown]
        marks = ["x" if run.whole is None else "o" for run in shown]
        style = _style(name)
        axes.plot([run.areas for run in shown], seconds, **style)
        for run, wall, mark in zip(shown, seconds, marks, strict=True):
            axes.plot(run.areas, wall, mark, color=style["color"], markersize=4 if mark == "o" else 8)
    axes.set(xscale="log", yscale="log", xlabel="areas", ylabel="seconds, from files to files")
    axes.set_xticks([run.areas for run in lines[OURS]], [f"{run.areas:,}" for run in lines[OURS]], minor=False)
    axes.set_xticks([], minor=True)
    axes.set_yticks([0.5, 1, 2, 5, 10, 20, 50, 100], ["0.5", "1", "2", "5", "10", "20", "50", "100"])
    axes.grid(alpha=0.3)
    title = "One model, the same files, the same best value\nsolid: as usual; dashed: tuned; ×: takes longer"
    axes.set_title(title, loc="left", fontsize=10)
    figure.legend(loc="outside right upper", fontsize=8, frameon=False)
    return figure


_COLOURS = {"pulp": "#1b6ca8", "linopy": "#d1495b", "pyomo": "#edae49", "cvxpy": "#66a182", "highs": "#7a5195"}


def _style(name: str) -> dict[str, object]:
    if name == OURS:
        return {"label": name, "color": "black", "linewidth": 2.5, "zorder": 5}
    tool, way = LINES[name]
    dash = {"usual": "-", "cbc": ":", "best": "--"}[way]
    return {"label": name, "color": _COLOURS[tool], "linestyle": dash, "linewidth": 1.3}
