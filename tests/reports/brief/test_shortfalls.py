"""What missing targets would cost, by hand on the toy, and answers that are kept."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from planning.inputs.whatif import with_changes
from planning.insight.sensitivity import sensitivity, variants
from planning.reports.brief.public import counts_of
from planning.reports.brief.shortfalls import costs, met_in_words, shortfalls
from planning.reports.kept import kept
from planning.solver.plan import solve
from tests.cases import with_cell, with_table


def test_a_shortfall_costs_its_units_at_the_price_of_what_is_not_reached(plan):
    case = with_cell(plan.case, "targets", "coverage", 0.9, target="swim")

    targets = plan.targets.assign(level=0.9, shortfall=0.1, met="no")
    reached = plan.coverage["reached"].to_numpy().reshape(case.shape)
    assert case.need[1, 0, 1] - reached[1, 0, 1] > 0
    found = costs(replace(plan, case=case, targets=targets))
    assert found["missing"] == pytest.approx([0.1 * 100])
    assert found["price"] == pytest.approx([0.1 * 100 * case.unit_cost[1, 0, 1]])


@pytest.mark.parametrize(("room", "enough"), [(9.0, False), (10.0, True), (500.0, True)])
def test_money_alone_does_not_meet_a_target_beyond_the_capacity(plan, room, enough):
    targets = plan.targets.assign(level=0.9, shortfall=0.1, met="no")
    reached = plan.coverage["reached"].to_numpy().reshape(plan.case.shape)[1, 0, 1]
    rooms = {"area": ["near", "hill"], "programme": "lessons", "existing": [1000.0, reached + room]}
    limited = replace(plan, case=with_table(plan.case, "capacities", pd.DataFrame(rooms)), targets=targets)
    price = 0.1 * 100 * plan.case.unit_cost[1, 0, 1]
    assert costs(limited)["price"] == pytest.approx([price if enough else np.nan], nan_ok=True)
    said = met_in_words(limited, "en")
    assert said.startswith("0 of 1 targets met. ")
    assert ("Meeting 1 of the others takes" in said) == enough
    assert ("1 cannot be met by money alone" in said) != enough
    dash = any(
        "A dash for the cost" in one
        for one in shortfalls(limited, counts_of(limited, False, 5), "en").parts[0].sentences
    )
    assert dash != enough


def test_other_figures_are_solved_anew(plan):
    table = sensitivity(plan).table.set_index("what")
    less = solve(with_changes(plan.case, variants(plan.case, 0.1)["less_money"]))
    assert table.at["less_money", "services"] == pytest.approx(less.coverage["children_reached"].sum())
    assert table.at["less_money", "money"] <= 0.9 * plan.funds["ceiling"].sum() + 1e-6
    assert table.at["as_proposed", "change_share"] == 0
    assert (
        table.at["more_money", "services"]
        >= table.at["as_proposed", "services"]
        >= table.at["higher_prices", "services"]
    )


def test_an_answer_is_kept_until_the_inputs_change(plan, tmp_path):
    made = []

    def make():
        made.append(1)
        return sensitivity(plan)

    first = kept(tmp_path, "sensitivity", plan.case, make)
    again = kept(tmp_path, "sensitivity", plan.case, make)
    assert len(made) == 1
    assert again.sentences == first.sentences
    assert dict(again.kinds) == dict(first.kinds)
    np.testing.assert_array_equal(again.table["services"], first.table["services"])
    (tmp_path / "sensitivity" / "sensitivity.parquet").write_bytes(b"cut off")
    kept(tmp_path, "sensitivity", plan.case, make)
    assert len(made) == 2

    kept(tmp_path, "sensitivity", replace(plan.case, hashes={"base.yaml": "0"}), make)
    assert len(made) == 3
