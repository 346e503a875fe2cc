"""What-ifs: the same case with other rules, other figures in its tables, or other values outright."""

from collections.abc import Sequence
from dataclasses import replace

from planning.errors import InputError
from planning.inputs.case import Array, Case
from planning.inputs.changes import apply_changes
from planning.inputs.rules import Rules
from planning.inputs.scenario import Change

VALUES = ("need", "unit_cost", "ceiling", "baseline", "worth")


def with_rules(case: Case, **rules: object) -> Case:
    """The case with some rules said otherwise, as a scenario file would say them.

    Raises pydantic's ValidationError where a scenario could not say so.
    """
    stated = case.scenario.rules.model_dump() | rules
    return replace(case, scenario=case.scenario.model_copy(update={"rules": Rules.model_validate(stated)}))


def with_changes(case: Case, changes: Sequence[Change]) -> Case:
    """The case after more changes of its tables. Raises InputError where a change cannot be made."""
    origin = {f"changes.{at}": (case.scenario.name, 0) for at in range(len(changes))}
    more = case.scenario.model_copy(update={"changes": tuple(changes), "origin": origin})
    tables, problems = apply_changes(more, case.tables)
    if problems:
        raise InputError(problems)
    return replace(case, tables=tables)


def with_values(case: Case, **values: Array) -> Case:
    """The case in which need, unit_cost, ceiling, baseline or worth are these arrays instead of what its tables say.

    Good for asking what would be reached; a plan that is told is checked against the tables, which stay as they are.
    """
    if unknown := set(values) - set(VALUES):
        raise ValueError(f"cannot replace {', '.join(sorted(unknown))}; what can be replaced: {', '.join(VALUES)}")
    other = replace(case)
    for name, value in values.items():
        stated = getattr(case, name)
        if value.shape != stated.shape:
            raise ValueError(f"{name} has shape {value.shape}; {stated.shape} is needed")
    other.__dict__.update(values)
    return other


def with_money(case: Case, factor: float) -> Case:
    """The case with every ceiling times `factor`."""
    return with_values(case, ceiling=case.ceiling * factor)
