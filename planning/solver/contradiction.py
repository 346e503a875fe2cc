"""A set of rules that contradict each other, as the solver finds it (an irreducible infeasible subsystem)."""

from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planning.inputs.case import Case
from planning.model.build import build
from planning.solver.live import Infeasible, Live
from planning.solver.results import rule_words
from planning.vocabulary import Language, Text

LIMIT = 20.0
_STRATEGY = 6  # HiGHS: from the linear part (2), made irreducible (4)
_IRREDUCIBLE = 3
_PROVEN = Text(
    "Các quy định mâu thuẫn nhau; bỏ bất kỳ dòng nào thì hết mâu thuẫn (đã chứng minh):",
    "Rules that contradict each other; without any one of these rows they would not (proven):",
)
_OPEN = Text(
    "Các quy định mâu thuẫn nhau; có thể ít dòng hơn cũng đủ (chưa chứng minh):",
    "Rules that contradict each other; fewer of these rows may be enough (not proven):",
)
_NONE = Text(
    "Trong thời gian cho phép không tìm được nhóm quy định mâu thuẫn.",
    "No set of contradicting rules was found within the time.",
)


@dataclass(frozen=True, slots=True, eq=False)
class Contradiction:
    """The rows in words, and a heading that says whether the set is proven irreducible."""

    heading: str
    table: pd.DataFrame
    proven: bool


def contradiction(case: Case, language: Language, limit: float = LIMIT) -> Contradiction:
    """The policy rows of one contradiction among the rules, parts of projects allowed; links are left out.

    Source: Gleeson and Ryan (1990), as HiGHS does it; proven only where the solver says so.
    """
    model = build(case)
    live = Live(model, model.goals[0])
    live.relax()
    with suppress(Infeasible):
        live.maximise(np.zeros(live.columns))
    live.highs.setOptionValue("iis_strategy", _STRATEGY)
    live.highs.setOptionValue("iis_time_limit", limit)
    _, found = live.highs.getIis()
    rows = np.array(list(found.row_index_), int)
    proven = bool(found.valid_) and int(found.status_) == _IRREDUCIBLE
    words = []
    for block in model.blocks:
        if block.start is not None and not block.rows.link:
            here = rows[(rows >= block.start) & (rows < block.start + len(block.rows))] - block.start
            if here.size:
                said = rule_words(case, block)[language]
                words += [(block.rows.rule, said[i]) for i in here.tolist()]
    heading = (_PROVEN if proven else _OPEN if words else _NONE)[language]
    return Contradiction(heading, pd.DataFrame(words, columns=["rule", "words"]), proven)
