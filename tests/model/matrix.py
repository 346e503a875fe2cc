"""Reading rows of a model in natural units, for tests that compare them with hand computation."""

import math

from planning.inputs.case import Case
from planning.model.build import Model, build
from tests.cases import with_rules

INF = math.inf
Row = tuple[dict[str, float], float, float]


def row(model: Model, name: str) -> Row:
    """A row of the model in its natural unit: coefficients by column name, lower and upper level."""
    i = model.row_names.index(name)
    entries = model.matrix.row == i
    columns = [model.column_names[j] for j in model.matrix.column[entries]]
    values = (model.matrix.value[entries] * model.scale[i]).round(9).tolist()
    coefficients = {column: value for column, value in zip(columns, values, strict=True) if value}
    lower, upper = (float((bound[i] * model.scale[i]).round(9)) for bound in (model.lower, model.upper))
    return coefficients, lower, upper


def under(case: Case, objective: dict | None = None, **rules: object) -> Model:
    """The model of the case under these rules and no others."""
    return build(with_rules(case, objective, **rules))


def rows_of(model: Model, rule: str) -> list[str]:
    """The names of the rows of a rule, or of its links."""
    return [name for name in model.row_names if name.startswith(f"{rule}__")]
