"""A base and other plans side by side: one value with every table, and what they say in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from planning.disk import keep_off_inputs, write_files
from planning.errors import InputError, NoPlanError
from planning.insight.difference import difference
from planning.insight.finding import Finding
from planning.insight.work import Watch, unwatched
from planning.reports.comparison import given, policy, results
from planning.reports.comparison.sentences import sentences
from planning.reports.comparison.together import together
from planning.reports.files import as_csv, as_json, as_parquet
from planning.reports.style import Picture
from planning.solver.certificate import input_hash
from planning.solver.plan import Plan
from planning.vocabulary import Language, Text

FEW = 4  # other scenarios that are told one by one and explained; more are told together
DECIMALS = 6
RESULTS = {
    "scenarios": results.summary,
    "areas": results.areas,
    "programmes": results.programmes,
    "fields": results.fields,
    "cost_types": results.cost_types,
    "remote": results.remote,
    "funds": results.funds,
    "targets": results.targets,
    "projects": results.projects,
    "moved": results.moved,
}
_TOO_MANY = Text(
    "Không giải thích chênh lệch vì có hơn {few} phương án; hỏi riêng: planning difference {base} {other}",
    "The difference is not explained, because there are more than {few} scenarios; ask: planning difference {base} "
    "{other}",
)
_QUICK = Text("Không giải thích chênh lệch, như đã yêu cầu.", "The difference is not explained, as asked.")
_REFUSED = Text("Chênh lệch không giải thích được: {why}", "The difference cannot be explained: {why}")


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """What was compared and what was found; money in million VND, shares between 0 and 1.

    plans      the base first; each under a name of its own
    tables     scenarios, inputs, input_cells, rules, areas, programmes, fields, cost_types, remote, funds, targets,
               projects, moved; difference where it was explained. All but the first hold what differs from the base
    explained  scenario → why its result differs from the base
    left_out   scenario → why it was not explained
    sentences  what a committee reads first, in each language
    """

    plans: tuple[Plan, ...]
    tables: Mapping[str, pd.DataFrame]
    explained: Mapping[str, Finding]
    left_out: Mapping[str, Text]
    sentences: Mapping[Language, tuple[str, ...]]

    @property
    def base(self) -> Plan:
        """The plan that the others are compared with."""
        return self.plans[0]

    @property
    def others(self) -> tuple[Plan, ...]:
        """The plans that are compared with the base."""
        return self.plans[1:]


def compare(
    plans: Sequence[Plan],
    *,
    explain: bool = True,
    watch: Watch = unwatched,
    jobs: int = 1,
    journals: Path | None = None,
) -> Comparison:
    """Compare plans with the first of them, and explain the differences of up to four others unless told not to.

    `journals` is a folder for what a long explanation leaves behind when it is stopped. Raises InputError where the
    plans cannot be compared.
    """
    plans = together(plans)
    tables = {name: measure(plans) for name, measure in RESULTS.items()} | _changes(plans)
    explained: dict[str, Finding] = {}
    left_out: dict[str, Text] = {}
    for done, other in enumerate(plans[1:]):
        watch(done, len(plans) - 1)
        name = other.case.scenario.name
        try:
            if reason := _not_asked(plans, other, explain):
                left_out[name] = reason
            else:
                journal = journals / f"difference-{name}.journal" if journals else None
                explained[name] = difference(plans[0].case, other.case, jobs=jobs, journal=journal)
        except (InputError, NoPlanError) as refusal:
            left_out[name] = _because(refusal)
    watch(len(plans) - 1, len(plans) - 1)
    if explained:
        parts = [finding.table.assign(scenario=name) for name, finding in explained.items()]
        joined = pd.concat(parts, ignore_index=True)
        tables["difference"] = joined[["scenario", *joined.columns.drop("scenario")]]
    words = {lang: sentences(plans, tables, explained, left_out, lang, FEW) for lang in ("vi", "en")}
    return Comparison(plans, tables, explained, left_out, words)


def write_comparison(comparison: Comparison, pictures: Mapping[str, Picture], folder: Path | str) -> tuple[Path, ...]:
    """Write every table as CSV and Parquet, the sentences as JSON, the pictures as PNG; all of them or none.

    Returns the paths. Raises OutputError, also for a folder that holds input tables.
    """
    keep_off_inputs(folder)
    contents: dict[str, bytes] = {}
    for name, frame in comparison.tables.items():
        floats = frame.select_dtypes("float").columns
        tidy = frame.assign(**{column: frame[column].round(DECIMALS) + 0.0 for column in floats})
        contents[f"{name}.csv"], contents[f"{name}.parquet"] = as_csv(tidy, DECIMALS), as_parquet(tidy)
    told = {
        "base": comparison.base.case.scenario.name,
        "input_hash": {plan.case.scenario.name: input_hash(plan.case) for plan in comparison.plans},
        "sentences": dict(comparison.sentences),
        "pictures": {name: picture.alt for name, picture in pictures.items()},
    }
    contents["comparison.json"] = as_json(told)
    return write_files(folder, contents | {f"{name}.png": picture.png() for name, picture in pictures.items()})


def _changes(plans: Sequence[Plan]) -> dict[str, pd.DataFrame]:
    """Tables input_cells, inputs and rules: what was changed in each scenario."""
    base, *others = plans
    parts: dict[str, list[pd.DataFrame]] = {"inputs": [], "input_cells": [], "rules": []}
    for other in others:
        cells = given.changed_cells(base.case, other.case)
        found = {"input_cells": cells, "inputs": given.changed_groups(base.case, other.case, cells)}
        for name, table in (found | {"rules": policy.changed_policy(base, other)}).items():
            table.insert(0, "scenario", other.case.scenario.name)
            parts[name].append(table)
    return {name: pd.concat(tables, ignore_index=True) for name, tables in parts.items()}


def _not_asked(plans: Sequence[Plan], other: Plan, explain: bool) -> Text | None:
    if not explain:
        return _QUICK
    if len(plans) <= FEW + 1:
        return None
    words = {"few": FEW, "base": plans[0].case.scenario.name, "other": other.case.scenario.name}
    return Text(*(_TOO_MANY[language].format(**words) for language in ("vi", "en")))


def _because(refusal: InputError | NoPlanError) -> Text:
    return Text(*(_REFUSED[language].format(why=_why(refusal, language)) for language in ("vi", "en")))


def _why(refusal: InputError | NoPlanError, language: Language) -> str:
    if isinstance(refusal, InputError):
        return "; ".join(problem.told(language) for problem in refusal.problems)
    return "; ".join(reason[language] for reason in refusal.reasons)
