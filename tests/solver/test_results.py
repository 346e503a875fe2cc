"""The table of rules says nothing of what is not there."""

import numpy as np

from planning.model.build import build
from planning.solver.results import rule_table
from tests.cases import with_cell, with_rules


def test_a_rule_about_nothing_has_no_value_and_holds_nothing_back(toy):
    """A solver may leave a billionth of a column; a cap at a baseline of nothing is reached by spending nothing."""
    case = with_rules(
        with_cell(toy, "baseline", "amount", 0.0, programme="pools"),
        hoover=[{"at_most": 0.2, "floor": 0.0}],
        remote_share={"share": 0.2},
        virement=[{"programmes": "pools", "share": 0.5}],
    )
    model = build(case)
    x = np.zeros(model.columns)
    x[0] = 1e-9
    table = rule_table(model, x, np.zeros(model.scale.size)).set_index(["rule", "sense"])
    shared = table.loc[["hoover", "remote_share"]]
    assert shared["value"].isna().all()
    assert set(shared["binding"]) == {"no"}
    assert set(table.loc[("virement", ">="), "binding"]) == {"no"}
    assert set(table.loc[("virement", "<="), "binding"]) == {"yes"}
