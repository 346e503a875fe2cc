"""Why projects that stand in every plan, ongoing or to be built, cannot all be paid and run."""

from dataclasses import replace

import numpy as np
import pandas as pd

from planning import numbers
from planning.inputs.case import Array, Case
from planning.inputs.rules import Rules
from planning.model.build import Model, build
from planning.solver.live import Infeasible, Live
from planning.vocabulary import ALL, Language, Text

_MORE = "more_money"  # code of a fund without limit; the least that it would have to pay is what the others lack
_LACKING = Text(
    "năm {year}: các dự án phải có trong phương án ({projects}) cần {cost}; các nguồn vốn được chi còn thiếu {missing}",
    "{year}: the projects that stand in every plan ({projects}) cost {cost}; the funds that may pay lack {missing}",
)
_ORDER = Text(
    "dự án {projects} phải có trong phương án, nhưng trái với các dự án mà chúng cần có trước hoặc loại trừ, hoặc với "
    "thời gian khởi công",
    "the projects that stand in every plan ({projects}) contradict what they require or exclude, or the years in which "
    "they may start",
)


def why_unpaid(case: Case) -> list[Text]:
    """Sentences for a case in which not even the missing of every rule leaves room for the projects.

    All rules are dropped and a fund without limit may pay for everything: the least that it pays, year by year, is what
    is missing. Where no money helps the projects contradict each other.
    """
    bound = case.projects["stage"].isin(["ongoing", "must"]).to_numpy()
    model = build(_with_more_money(case))
    gain = np.zeros(model.columns)
    _, h, t = model.layout.payment
    more = model.case.purses["fund"].to_numpy()[h] == model.case.funds.get_loc(_MORE)
    columns = model.layout.begin["paid"] + np.flatnonzero(more)
    gain[columns] = -model.layout.payment_size[more] * (
        2 - t[more] / len(case.years)
    )  # early years with own money first
    try:
        x = Live(model, model.reach).maximise(gain / max(model.case.full_cost.sum(), 1.0)).x
    except Infeasible:
        tied = bound & (case.projects[["requires", "excludes"]] != "").any(axis=1).to_numpy()
        return [_ordered(case, tied if tied.any() else bound)]
    paid = pd.DataFrame({"t": t[more], "paid": x[columns] * model.layout.payment_size[more]})
    return [
        _lacking(case, int(year), _cost(model, x, int(year)), some["paid"].sum())
        for year, some in paid[paid["paid"] > 1e-6].groupby("t")
    ]


def _named(case: Case, some: Array, language: Language) -> str:
    """The projects of a mask (projects,)."""
    return ", ".join(case.projects[f"name_{language}"].to_numpy()[some])


def _ordered(case: Case, tied: Array) -> Text:
    return Text(*(_ORDER[language].format(projects=_named(case, tied, language)) for language in ("vi", "en")))


def _lacking(case: Case, year: int, cost: Array, missing: float) -> Text:
    """What the projects of a plan year cost, (projects,) million VND, and how much of it is missing."""
    unit = numbers.money_unit([missing])
    return Text(
        *(
            _LACKING[language].format(
                year=case.years[year],
                projects=_named(case, cost > 0, language),
                cost=numbers.money(cost.sum(), language, unit),
                missing=numbers.money(missing, language, unit),
            )
            for language in ("vi", "en")
        )
    )


def _with_more_money(case: Case) -> Case:
    funds, eligibility = case.tables["funds"], case.tables["eligibility"]
    first = funds.drop_duplicates("year").assign(fund=_MORE, ceiling=float(case.full_cost.sum()) + 1.0, carry_over=0.0)
    every = eligibility.iloc[:1].assign(fund=_MORE, programme=ALL, field=ALL, cost_type=ALL, **{"class": ALL})
    tables = {"funds": pd.concat([funds, first]), "eligibility": pd.concat([eligibility, every])}
    return replace(
        case,
        scenario=case.scenario.model_copy(update={"rules": Rules()}),
        tables={**case.tables, **{name: table.reset_index(drop=True) for name, table in tables.items()}},
    )


def _cost(model: Model, x: Array, year: int) -> Array:
    """(projects,) million VND that building and running each costs in a plan year."""
    case, starts = model.case, model.case.starts
    begin = model.layout.begin["start"]
    money = x[begin : begin + starts.project.size] * (starts.building + starts.running)[:, year]
    return np.bincount(starts.project, money, minlength=len(case.projects))
