"""What was promised and what holds the plan back: targets with who answers for them, and rules in words."""

from types import MappingProxyType

import numpy as np
import pandas as pd

from planning.reports import measures
from planning.reports.layout import dressed
from planning.reports.measures import Plans, cases, every
from planning.reports.sheet import Kind, Sheet
from planning.vocabulary import YES, Language, Text

# A rule's unit → how its marginal value is read: per so much of the level, and the words for that much.
_STEPS = MappingProxyType(
    {
        "share": (0.01, Text("trẻ em-năm, mỗi điểm phần trăm", "child-years for one percentage point")),
        "money": (1000.0, Text("trẻ em-năm, mỗi tỷ đồng", "child-years for one billion VND")),
        "money_per_child": (
            0.001,
            Text("trẻ em-năm, mỗi nghìn đồng/trẻ em", "child-years for one thousand VND per child"),
        ),
        "number": (1.0, Text("trẻ em-năm, mỗi đơn vị", "child-years for one unit")),
    }
)


def targets(plans: Plans, language: Language) -> Sheet:
    """Each target of a document: its priority, what it asks for, what the plan reaches and misses, and the agency."""
    table = measures.targets(plans)
    table["document"], table["agency"] = table[f"document_{language}"], table[f"agency_{language}"]
    table["year"] = table["year"].astype(str)
    kinds: dict[str, Kind] = {
        "priority": "whole", "document": "text", "programme": "text", "class": "text", "area": "text", "year": "text",
        "level": "share", "value": "share", "shortfall": "share", "met": "text", "strength": "text", "agency": "text",
        "status": "text",
    }  # fmt: skip
    return dressed(Text("Chỉ tiêu", "Targets"), cases(plans), table, kinds, language)


def binding_rules(plans: Plans, language: Language, shown: int = 25) -> Sheet:
    """Rules that hold the plan back, in words: of each scenario the `shown` whose level is worth most in children.

    Rows of one rule that are worth the same stand as one, with their number.
    """
    table = pd.concat([plan.rules for plan in every(plans)], ignore_index=True)
    table = table[(table["binding"] == YES) & _is_worth(table)].copy()
    table["marginal_value"] *= table["unit"].map({unit: size for unit, (size, _) in _STEPS.items()})
    table["marginal_value"] = table["marginal_value"].round(1)
    table["per"] = table["unit"].map({unit: words[language] for unit, (_, words) in _STEPS.items()})
    alike = table.groupby(["scenario", "rule", "strength", "per", "marginal_value"], sort=False).ngroup()
    table = table[~alike.duplicated()].assign(alike=np.bincount(alike))
    table = table.sort_values("marginal_value", key=pd.Series.abs, ascending=False, kind="stable")
    table = table.groupby("scenario", sort=False).head(shown).assign(rule=lambda rows: rows[f"words_{language}"])
    kinds: dict[str, Kind] = {
        "rule": "text", "alike": "whole", "strength": "text", "marginal_value": "number", "per": "text",
    }  # fmt: skip
    title = Text("Quy định giữ phương án lại", "Rules that hold the plan back")
    return dressed(title, cases(plans), table, kinds, language)


def rules(plans: Plans, language: Language) -> Sheet:
    """Each rule: one of its rows in words, how many there are, how many stand at their level, how many cost children.

    The row in words is the one that costs most, or else the first at its level, or else the first.
    """
    table = pd.concat([plan.rules for plan in every(plans)], ignore_index=True)
    table["at_level"] = table["binding"] == YES
    table["costly"] = table["at_level"] & _is_worth(table)
    by = ["scenario", "rule", "strength"]
    rule = table.groupby(by, sort=False).ngroup().to_numpy()
    worth = np.where(table["costly"], table["marginal_value"].abs(), 0.0)
    telling = np.lexsort((~table["at_level"], -worth, rule))
    telling = telling[np.searchsorted(rule[telling], np.arange(rule.max(initial=-1) + 1))]
    flags = {name: np.bincount(rule, table[name]).astype(int) for name in ("at_level", "costly")}
    counted = table.iloc[telling].assign(rows=np.bincount(rule), words=lambda rows: rows[f"words_{language}"], **flags)
    kinds: dict[str, Kind] = {
        "rule": "text", "strength": "text", "words": "text", "rows": "whole", "at_level": "whole", "costly": "whole",
    }  # fmt: skip
    return dressed(Text("Các quy định", "Rules"), cases(plans), counted, kinds, language)


def _is_worth(table: pd.DataFrame) -> pd.Series:
    """True where another level would be worth children."""
    return table["marginal_value"].abs() > 1e-9
