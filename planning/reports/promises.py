"""What was promised and what holds the plan back: targets with who answers for them, and rules in words."""

from types import MappingProxyType

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
    alike = table.groupby(["scenario", "rule", "strength", "per", "marginal_value"], sort=False)
    table = alike.agg(words=(f"words_{language}", "first"), alike=("index", "size")).reset_index()
    table = table.sort_values("marginal_value", key=pd.Series.abs, ascending=False, kind="stable")
    table = table.groupby("scenario", sort=False).head(shown).assign(rule=lambda rows: rows["words"])
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
    counted = table.groupby(by, sort=False).agg(
        rows=("index", "size"), at_level=("at_level", "sum"), costly=("costly", "sum")
    )
    worth = table["marginal_value"].abs().where(table["costly"], 0.0)
    telling = table.assign(worth=worth).sort_values(["worth", "at_level"], ascending=False, kind="stable")
    words = telling.drop_duplicates(by).set_index(by)[f"words_{language}"].rename("words")
    kinds: dict[str, Kind] = {
        "rule": "text", "strength": "text", "words": "text", "rows": "whole", "at_level": "whole", "costly": "whole",
    }  # fmt: skip
    return dressed(Text("Các quy định", "Rules"), cases(plans), counted.join(words).reset_index(), kinds, language)


def _is_worth(table: pd.DataFrame) -> pd.Series:
    """True where another level would be worth children."""
    return table["marginal_value"].abs() > 1e-9
