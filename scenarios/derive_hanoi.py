"""Make every table of the two shipped Hanoi data folders, and the crosswalk between them, from the facts in `facts/`.

    python scenarios/derive_hanoi.py [OUT]

Facts and assumptions are *figures* with a name and an id (facts/city_totals.csv, facts/assumptions.csv). Needs, prices,
ceilings, targets, staff and projects are *formulas* over these names, kept in facts/programmes.csv, funds.csv,
targets.csv, resources.csv, resource_use.csv and project_kinds.csv. What is made in `derive/` is evaluation, sharing
among areas by a stated rule, placing of projects by a stated rule, and whole numbers that add up. A row whose formula
or rule uses an assumption is `assumed`; a row made of sourced figures only is `derived`.
"""

import sys
from pathlib import Path

import pandas as pd
from derive.crosswalk import crosswalk
from derive.figures import HERE, WORLDS, World, facts, figures
from derive.money import eligibility, fund_shares, funds
from derive.places import areas, classes, places
from derive.programmes import bands, needs, programme_facts, programmes, unit_costs
from derive.projects import capacities, invest
from derive.promises import baseline, targets
from derive.staff import resource_use, resources

CROSSWALK = "crosswalk_districts_2024_communes_2026"


def make(world: World) -> dict[str, pd.DataFrame]:
    """Every table of one data folder."""
    known = figures(world)
    kinds = classes(world, known)
    where = places(world, known).merge(kinds[["class", "coefficient", "outer"]], on="class", how="left")
    where["norm"] = where["children"] * where["coefficient"]
    work = programme_facts(world, known)
    tables = {
        "classes": kinds[["class", "name_vi", "name_en", "remote", "source", "status", "note"]],
        "areas": areas(world, where),
        "programmes": programmes(work, known),
        "needs": needs(world, work, where, known),
        "unit_costs": unit_costs(work, kinds, known),
        "bands": bands(work),
        "funds": funds(world, known),
        "fund_shares": fund_shares(world, where, known),
        "eligibility": eligibility(world),
        "targets": targets(world, work, known),
        "capacities": capacities(work, where, known),
        "resources": resources(world, known),
        "resource_use": resource_use(world, known),
        "calendar": facts("calendar", world),
    }
    tables |= invest(world, tables, where, known)
    return tables | {"baseline": baseline(world, tables, where, known.at["baseline_part", "value"])}


def write(out: Path) -> None:
    """Write both data folders and the crosswalk below `out`."""
    for world in WORLDS:
        for name, table in make(world).items():
            save(table, out / world.folder / "data" / f"{name}.csv")
    save(crosswalk(), out / f"{CROSSWALK}.csv")


def save(table: pd.DataFrame, file: Path) -> None:
    """One table as plain CSV."""
    file.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(file, index=False, lineterminator="\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
