"""A data set of any number of areas, made up from the 126 communes of Hanoi, for measuring how the work grows.

    python benchmarks/country.py --areas 3321 --out /tmp/country
    planning solve /tmp/country/base.yaml --out /tmp/plan

Each area is one of the 126, drawn with replacement within its class (the classes keep their proportions), with its
people, children and needs moved at random; money follows the children. 20 programmes of 3 bands, 5 years, 5 funds, all
of it linear (no projects). Four scenarios: base (targets, share of remote areas, coverage floors), floors (and a floor
per child in each area and year), strict (and floors of coverage and stability in each area and year) and one-goal (base
with targets and reach in one sum, so that tools without an order of goals can be measured with it).

`--real` takes names, codes and places of the country's 3,321 wards and communes of 2025 from the package
vietnamadminunits (MIT licence), where that is installed. Every figure is assumed and says so.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from planning.disk import move_in, on_disk, staged, write_down
from planning.errors import InputError, PlanningError, Problem
from planning.vocabulary import Text

COMMUNES = Path(__file__).parents[1] / "scenarios" / "hanoi-communes-2026" / "data"
LEAST, MOST = 10, 100_000
PROVINCE = 98  # areas of one province: 3,321 in 34
BANDS = ((0.5, 1.0), (0.3, 0.8), (0.2, 0.6))
DROPPED = ("facility_running",)  # it pays for what projects build
ADDED = {  # a programme more: like another one, of whose need this is a part, at this part of its price
    "parent_guidance": ("early_nutrition", 0.8, 0.3, "Tư vấn cha mẹ có con nhỏ", "Guidance for young parents"),
    "child_forums": ("school_check_ups", 0.2, 0.8, "Diễn đàn trẻ em", "Children's forums"),
}
RENAMED = {"city_recurrent": "state_recurrent", "city_capital": "state_capital"}
FUNDS = {
    "state_recurrent": ("Ngân sách nhà nước chi thường xuyên", "State recurrent budget"),
    "state_capital": ("Ngân sách nhà nước chi đầu tư", "State investment budget"),
}
MARK = "# Made up for measuring"
_NO_PACKAGE = Text(
    "cần gói vietnamadminunits: pip install vietnamadminunits, hoặc bỏ --real",
    "needs the package vietnamadminunits: pip install vietnamadminunits, or leave --real out",
)
_OTHER_FOLDER = Text(
    "thư mục chứa thứ khác; hãy nêu một thư mục mới hoặc trống",
    "the folder holds something else; name a new one, or an empty one",
)
README = """{mark}

{areas} areas made by `benchmarks/country.py` (seed {seed}) from the 126 communes of scenarios/hanoi-communes-2026.
**Every figure is assumed**; nothing here says anything about any place. {real}
"""
REAL = (
    "Names, codes, surface and places are those of the package vietnamadminunits {version} (MIT licence), which states "
    "no reference date; classes are assumed: wards urban, other units of 100 km² or more mountain, others 30 km or "
    "more from the middle of their province far, the rest plain."
)
BASE = """title: {{vi: Bộ số liệu giả định {areas} địa bàn, en: Made-up data of {areas} areas}}
note: Made up for measuring speed; every figure is assumed.
data: data
years: [2026, 2027, 2028, 2029, 2030]
objective:
  goals: [targets, reach]
rules:
  targets: {{}}
  remote_share: {{share: {remote:.2f}}}
  coverage_floors:
    - {{programmes: protection, areas: remote, share: 0.5}}
    - {{programmes: health, share: 0.1}}
    - {{programmes: collaborators, share: 0.4}}
"""
CHILD = """title: {{vi: "{vi}", en: "{en}"}}
note: Made up for measuring speed; every figure is assumed.
extends: base.yaml
{body}"""
ONE_GOAL = "objective: {method: weighted}\n"
FLOOR = "rules:\n  per_child_floor: {amount: 0.5}\n"
STRICT = """  stability: {decrease: 0.3}
  coverage_floors:
    - {programmes: protection, areas: remote, share: 0.5}
    - {programmes: health, share: 0.1}
    - {programmes: collaborators, share: 0.4}
    - {programmes: monthly_assistance, share: 0.9, each: true}
    - {programmes: early_nutrition, share: 0.3, each: true}
"""


def made(areas: int, seed: int, *, held: bool = False, real: bool = False) -> dict[str, bytes]:
    """The files of the data set by name. With `held`, each area holds its own part of the local budget.

    Raises InputError where so many areas cannot be made, or the package that `real` needs is not installed.
    """
    if not LEAST <= areas <= MOST:
        text = Text(
            f"{areas} địa bàn; hãy ghi một số từ {LEAST} đến {MOST}",
            f"{areas:,} areas; write a number from {LEAST} to {MOST:,}",
        )
        raise InputError([Problem("--areas", text)])
    chance = np.random.default_rng(seed)
    known = {path.stem: pd.read_csv(path, dtype={"category": str}) for path in COMMUNES.glob("*.csv")}
    places, version = _real_places() if real else (_drawn_places(known, areas, chance), "")
    source = f"benchmarks/country.py, seed {seed}: drawn from the 126 communes of Hanoi"
    tables = _tables(known, places, chance, held)
    contents = {
        f"data/{name}.csv": _signed(table, source).to_csv(index=False).encode() for name, table in tables.items()
    }
    words = REAL.format(version=version) if real else "Names and codes are made up as well."
    count = f"{len(places):,}"
    contents["data/README.md"] = README.format(mark=MARK, areas=count, seed=seed, real=words).encode()
    share = tables["areas"].groupby(_remote(known, tables["areas"]))["children"].sum()
    contents["base.yaml"] = BASE.format(areas=len(places), remote=share[True] / share.sum() + 0.05).encode()
    named = {
        "floors": ("Mức sàn cho mỗi trẻ em", "A floor per child in each area and year", FLOOR),
        "one-goal": ("Một tổng các mục tiêu", "All goals in one sum", ONE_GOAL),
        "strict": ("Thêm mức sàn ở từng địa bàn", "Floors and stability in each area and year", FLOOR + STRICT),
    }
    for name, (vi, en, body) in named.items():
        contents[f"{name}.yaml"] = CHILD.format(vi=vi, en=en, body=body).encode()
    return contents


def _remote(known: dict[str, pd.DataFrame], areas: pd.DataFrame) -> np.ndarray:
    """(A,) True where an area is of a remote class."""
    remote = known["classes"].set_index("class")["remote"] == "yes"
    return remote.reindex(areas["class"]).to_numpy()


# ---- places ---------------------------------------------------------------------------------------------------------
def _drawn_places(known: dict[str, pd.DataFrame], areas: int, chance: np.random.Generator) -> pd.DataFrame:
    """Made-up areas: area, names, type, parent, class, surface, place, distance_km and like (which of the 126)."""
    communes = known["areas"]
    like = _like(communes, _proportions(communes["class"], areas), chance)
    drawn = communes.iloc[like].reset_index(drop=True)
    number = np.arange(areas)
    province = number // PROVINCE
    middle = chance.uniform((9.0, 104.0), (22.5, 108.5), (province[-1] + 1, 2))[province]
    name = [f"{i + 1:0{len(str(areas))}d}" for i in number]
    return pd.DataFrame(
        {
            "area": [f"a{i}" for i in name],
            "name_vi": [f"{kind} mẫu {i}" for kind, i in zip(drawn["type"], name, strict=True)],
            "name_en": [f"Made-up area {i}" for i in name],
            "type": drawn["type"],
            "parent": [f"Tỉnh mẫu {i + 1}" for i in province],
            "class": drawn["class"],
            "area_km2": (drawn["area_km2"] * chance.lognormal(0, 0.3, areas)).round(2),
            "latitude": (middle[:, 0] + drawn["latitude"] - communes["latitude"].mean()).round(5),
            "longitude": (middle[:, 1] + drawn["longitude"] - communes["longitude"].mean()).round(5),
            "distance_km": (drawn["distance_km"] * chance.uniform(0.8, 1.2, areas)).round(1),
            "like": like,
        }
    )


def _proportions(classes: pd.Series, areas: int) -> pd.Series:
    """(areas,) classes in the proportions of the 126, by largest remainder, at least one area of each."""
    wanted = classes.value_counts(normalize=True) * (areas - classes.nunique())
    count = np.floor(wanted).astype(int) + 1
    rest = (wanted % 1).sort_values(ascending=False, kind="stable").index[: areas - count.sum()]
    count[rest] += 1
    return pd.Series(np.repeat(count.index, count))


def _like(communes: pd.DataFrame, classes: pd.Series, chance: np.random.Generator) -> np.ndarray:
    """(A,) for each area one of the 126 of its class, drawn with replacement."""
    like = np.zeros(len(classes), int)
    for name, group in communes.groupby("class", sort=False):
        inside = np.flatnonzero(classes == name)
        like[inside] = chance.choice(group.index.to_numpy(), inside.size)
    return like


def _real_places() -> tuple[pd.DataFrame, str]:
    """The country's wards and communes of 2025 by vietnamadminunits, and that package's version."""
    from importlib.metadata import version

    try:
        from vietnamadminunits.database import get_data
    except ImportError:
        raise InputError([Problem("--real", _NO_PACKAGE)]) from None
    units = pd.DataFrame(get_data()).sort_values("wardCode", kind="stable").reset_index(drop=True)
    middle = units.groupby("province")[["wardLat", "wardLon"]].transform("mean")
    north = (units["wardLat"] - middle["wardLat"]) * 111.2
    east = (units["wardLon"] - middle["wardLon"]) * 111.2 * np.cos(np.radians(middle["wardLat"]))
    places = pd.DataFrame(
        {
            "area": "w" + units["wardCode"],
            "name_vi": units["ward"] + ", " + units["provinceShort"],
            "name_en": units["wardShort"] + " (" + units["wardCode"] + "), " + units["provinceShort"],
            "type": units["wardType"],
            "parent": units["province"],
            "area_km2": units["wardAreaKm2"].fillna(units["wardAreaKm2"].median()).clip(lower=0.01),
            "latitude": units["wardLat"],
            "longitude": units["wardLon"],
            "distance_km": np.hypot(north, east).round(1),
        }
    )
    twice = places["name_vi"].duplicated(keep=False)
    places.loc[twice, "name_vi"] += " (" + units["wardCode"] + ")"
    urban = places["type"] == "Phường"
    rural = np.where(places["area_km2"] >= 100, "mountain", np.where(places["distance_km"] >= 30, "far", "plain"))
    places["class"] = np.where(urban, "urban", rural)
    communes = pd.read_csv(COMMUNES / "areas.csv")
    places["like"] = _like(communes, places["class"], np.random.default_rng(0))
    return places, version("vietnamadminunits")


# ---- tables ---------------------------------------------------------------------------------------------------------
def _tables(
    known: dict[str, pd.DataFrame], places: pd.DataFrame, chance: np.random.Generator, held: bool
) -> dict[str, pd.DataFrame]:
    programmes = _programmes(known["programmes"])
    areas = _areas(known["areas"], places, chance)
    needs = _needs(known, areas, programmes, places["like"].to_numpy(), chance)
    costs = _unit_costs(known)
    funds = _funds(known, areas)
    bands = pd.DataFrame(
        [(code, i, *band) for code in programmes["programme"] for i, band in enumerate(BANDS, start=1)],
        columns=["programme", "band", "share", "effect"],
    )
    tables = {
        "areas": areas,
        "classes": known["classes"],
        "programmes": programmes,
        "needs": needs,
        "unit_costs": costs,
        "bands": bands,
        "funds": funds,
        "eligibility": known["eligibility"].replace({"fund": RENAMED}),
        "targets": known["targets"],
        "baseline": _baseline(areas, needs, costs, funds),
    }
    if held:
        share = _share_of_children(areas)
        tables["fund_shares"] = pd.DataFrame({"fund": "local_budget", "area": areas["area"], "share": share})
    return tables


def _signed(table: pd.DataFrame, source: str) -> pd.DataFrame:
    """The table with source, status and note of every row."""
    return table.assign(source=source, status="assumed", note="")


def _programmes(known: pd.DataFrame) -> pd.DataFrame:
    kept = known[~known["programme"].isin(DROPPED)]
    more = []
    for code, (like, _, _, vi, en) in ADDED.items():
        more.append(kept[kept["programme"] == like].assign(programme=code, name_vi=vi, name_en=en, item=""))
    return pd.concat([kept, *more], ignore_index=True)


def _areas(known: pd.DataFrame, places: pd.DataFrame, chance: np.random.Generator) -> pd.DataFrame:
    drawn = known.iloc[places["like"]].reset_index(drop=True)
    population = (drawn["population"] * np.clip(chance.lognormal(0, 0.3, len(places)), 0.4, 2.5)).round()
    young = drawn["children"] / drawn["population"] * chance.uniform(0.9, 1.1, len(places))
    areas = places.assign(population=population.astype(int), children=(population * young).round().astype(int))
    return areas[known.columns.drop(["source", "status", "note"])]


def _needs(
    known: dict[str, pd.DataFrame],
    areas: pd.DataFrame,
    programmes: pd.DataFrame,
    like: np.ndarray,
    chance: np.random.Generator,
) -> pd.DataFrame:
    """What the area needs that each was drawn from, moved with its children and, for each programme, at random."""
    need = known["needs"].pivot(index="area", columns="programme", values="need").loc[known["areas"]["area"]]
    for code, (other, part, _, _, _) in ADDED.items():
        need[code] = need[other] * part
    codes = programmes["programme"]
    grown = areas["children"].to_numpy() / known["areas"]["children"].to_numpy()[like]
    moved = need[codes].to_numpy()[like] * grown[:, None] * chance.lognormal(0, 0.2, (len(areas), len(codes)))
    single = (programmes["children_per_unit"] == 1).to_numpy()
    most = np.where(single, areas["children"].to_numpy()[:, None], np.inf)
    whole = np.clip(moved.round(), 1, most).astype(int)
    pairs = pd.MultiIndex.from_product([areas["area"], codes], names=["area", "programme"])
    return pairs.to_frame(index=False).assign(year="all", need=whole.ravel())


def _unit_costs(known: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The prices of the 126; of what only projects build there, the cost of a project for each unit it opens."""
    built = known["project_effects"].merge(known["projects"].drop(columns="programme"), on="project")
    built = built.merge(known["areas"][["area", "class"]], on="area").assign(unit=lambda t: t["cost"] / t["capacity"])
    unpriced = built[~built["programme"].isin(known["unit_costs"]["programme"])]
    price = unpriced.groupby(["programme", "class"], sort=False, as_index=False)["unit"].median()
    new = price.rename(columns={"unit": "unit_cost"}).assign(price_year=2025, growth=0.04)
    costs = pd.concat([known["unit_costs"], new.round({"unit_cost": 4})], ignore_index=True)
    more = [
        costs[costs["programme"] == like].assign(programme=code, unit_cost=lambda t, part=part: t["unit_cost"] * part)
        for code, (like, _, part, _, _) in ADDED.items()
    ]
    return pd.concat([costs[~costs["programme"].isin(DROPPED)], *more], ignore_index=True).drop(
        columns=["source", "status", "note"]
    )


def _funds(known: dict[str, pd.DataFrame], areas: pd.DataFrame) -> pd.DataFrame:
    """Ceilings for each child as in Hanoi; for each child of the mountains where a fund is for the mountains only."""
    communes, funds = known["areas"], known["funds"].replace({"fund": RENAMED})
    grown = areas["children"].sum() / communes["children"].sum()
    mountain = areas.loc[areas["class"] == "mountain", "children"].sum()
    mountain /= communes.loc[communes["class"] == "mountain", "children"].sum()
    factor = np.where(funds["fund"] == "minority_programme", mountain, grown)
    funds["ceiling"] = (funds["ceiling"] * factor).round().astype(int)
    for code, (vi, en) in FUNDS.items():
        funds.loc[funds["fund"] == code, ["name_vi", "name_en"]] = vi, en
    return funds


def _baseline(areas: pd.DataFrame, needs: pd.DataFrame, costs: pd.DataFrame, funds: pd.DataFrame) -> pd.DataFrame:
    """A norm: the first year's ceilings shared by children, within an area by what all its needs cost."""
    table = needs[["area", "programme", "need"]].merge(areas[["area", "class"]], on="area", how="left")
    table = table.merge(costs[["programme", "class", "unit_cost"]], on=["programme", "class"], how="left")
    cost = table["need"] * table["unit_cost"]
    within = cost / cost.groupby(table["area"]).transform("sum")
    total = funds.loc[funds["year"] == funds["year"].min(), "ceiling"].sum()
    own = pd.Series(_share_of_children(areas), areas["area"]).reindex(table["area"]).to_numpy()
    return table[["area", "programme"]].assign(amount=(total * own * within).round(1))


def _share_of_children(areas: pd.DataFrame) -> np.ndarray:
    """(A,) each area's share of the children, in billionths that add up to one."""
    share = (areas["children"] / areas["children"].sum() * 1e9).round()
    share[share.idxmax()] += 1e9 - share.sum()
    return (share / 1e9).round(9).to_numpy()


# ---- the command ----------------------------------------------------------------------------------------------------
def write(out: Path, contents: dict[str, bytes]) -> None:
    """Write the data set into a new folder, or over one made before. Raises InputError, OutputError."""
    readme = out / "data" / "README.md"
    own = readme.is_file() and readme.read_text(encoding="utf-8", errors="replace").startswith(MARK)
    if out.is_dir() and any(out.iterdir()) and not own:
        raise InputError([Problem(str(out), _OTHER_FOLDER)])
    if own and "data/fund_shares.csv" not in contents:
        (out / "data" / "fund_shares.csv").unlink(missing_ok=True)
    with staged(out) as fresh:
        with on_disk(out):
            (fresh / "data").mkdir()
            for file, data in contents.items():
                write_down(fresh / file, data)
        move_in(fresh, out, list(contents))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--areas", type=int, default=3321, help=f"how many, {LEAST} to {MOST:,}")
    parser.add_argument("--out", type=Path, required=True, help="a new folder")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same data")
    parser.add_argument("--held", action="store_true", help="each area holds its own part of the local budget")
    parser.add_argument("--real", action="store_true", help="names and places of the 3,321 units of 2025")
    asked = parser.parse_args()
    try:
        write(asked.out, made(asked.areas, asked.seed, held=asked.held, real=asked.real))
    except PlanningError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(asked.out / "base.yaml")
    return 0


if __name__ == "__main__":
    sys.exit(main())
