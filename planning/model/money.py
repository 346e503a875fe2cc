"""Rules on funds: what each purse may spend, carry and let lapse."""

from collections.abc import Iterable

import numpy as np

from planning.inputs.case import Case
from planning.model.rows import Rows, Sum, rule


@rule(
    "money",
    vi="{fund}{area}, năm {year}: chi và chuyển sang năm sau không quá {level} cộng phần năm trước chuyển sang",
    en="{fund}{area}, {year}: spending and carry-over stay within {level} plus what the year before carried over",
)
def fund_ceiling(case: Case) -> Iterable[Rows]:
    """A purse spends and carries over no more than its ceiling and what it carried in; the rest lapses.

    paid[h,t] + carried[h,t] − carried[h,t−1]  ≤  B[h,t]        ∀ h, t
    """
    purses, years = case.ceiling.shape
    each = np.arange(purses * years)
    later = each[each % years > 0]
    index = case.purses.loc[np.repeat(np.arange(purses), years)].reset_index(drop=True)
    held = index["area"] >= 0
    index["fund"] = case.funds[index["fund"]]
    index["area"] = np.where(held, case.areas[index["area"]], "")
    index["year"] = np.tile(case.years, purses)
    measure = (
        Sum("paid", each, each, np.ones(each.size)),
        Sum("carried", each, each, np.ones(each.size)),
        Sum("carried", later, later - 1, -np.ones(later.size)),
    )
    yield Rows("fund_ceiling", index, measure, "<=", case.ceiling.ravel(), np.ones(each.size))
