"""The pictures of a comparison, by name: for each scenario by itself where they are few, for all of them together."""

from planning.reports import areamap, charts
from planning.reports.areamap import Outlines
from planning.reports.comparison.compare import FEW, Comparison
from planning.reports.comparison.printed import shown_change
from planning.reports.layout import footer, titles
from planning.reports.measures import cases
from planning.reports.pictures.across import changes, projects_that_differ, scenarios_at_a_glance
from planning.reports.pictures.difference import steps_between
from planning.reports.pictures.gains import gains_of
from planning.reports.pictures.matrices import change_matrix
from planning.reports.style import Picture
from planning.solver.plan import Plan
from planning.vocabulary import Language, Text

MAPS = 6  # maps of changes in one picture: those that move most money
_GAINS = Text("Ai được, ai mất: “{other}” so với “{base}”", "Who gains, who loses: “{other}” against “{base}”")


def comparison_pictures(
    comparison: Comparison, language: Language, outlines: Outlines | None = None
) -> dict[str, Picture]:
    """Every picture of a comparison. Of each of up to four others: gains, cells, and why the result differs.

    Areas of maps are tiles, or have the `outlines` given.
    """
    plans, tables = comparison.plans, comparison.tables
    base, others = comparison.base, comparison.others
    pictures = {"scenarios": scenarios_at_a_glance(plans, tables["scenarios"], language)}
    if len(others) <= FEW:
        named = {other.case.scenario.name: other for other in others}
        pictures |= {f"gains-{name}": gains_and_losses(comparison, other, language) for name, other in named.items()}
        pictures |= {f"cells-{name}": change_matrix(base, other, language) for name, other in named.items()}
        pictures |= {f"difference-{name}": steps_between(why, language) for name, why in comparison.explained.items()}
        pictures["coverage-by-programme"] = charts.coverage_by_programme(plans, language)
        pictures["remote-share"] = charts.remote_share(plans, language)
        pictures["money-by-fund"] = charts.money_by_fund(plans, language)
    if len(others) == 1:
        pictures["map"] = areamap.area_map(plans, language, outlines=outlines)
    else:
        pictures["areas"] = changes(plans, shown_change(plans, "areas", tables["areas"]), "area", language)
    programmes = shown_change(plans, "programmes", tables["programmes"])
    pictures["programmes"] = changes(plans, programmes, "programme", language)
    pictures["projects"] = projects_that_differ(plans, tables["projects"], language)
    said = comparison.sentences[language]
    pictures["map-of-changes"] = areamap.change_map(base, _movers(comparison), language, outlines=outlines)
    for name in ("scenarios", "map-of-changes"):
        pictures[name].says = said[0]
    return pictures


def gains_and_losses(comparison: Comparison, other: Plan, language: Language) -> Picture:
    """Money and child-years that areas gain or lose in one plan against the base."""
    base, name = comparison.base.case, other.case.scenario.name
    rows = shown_change(comparison.plans, "areas", comparison.tables["areas"])
    rows = rows[rows["scenario"] == name].rename(columns={"reached_change": "children_change"})
    named = titles(cases(comparison.plans), language)
    title = _GAINS[language].format(other=named[name], base=named[base.scenario.name])
    return gains_of(rows, base, title, footer([base, other.case], language), language)


def _movers(comparison: Comparison) -> list[Plan]:
    """The other plans, at most six: those that move most money, in their order."""
    table = comparison.tables["scenarios"].iloc[1:]
    kept = set(table.sort_values("moved", ascending=False, kind="stable")["scenario"].head(MAPS))
    return [plan for plan in comparison.others if plan.case.scenario.name in kept]
