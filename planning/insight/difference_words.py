"""What the difference between two scenarios says in words."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from planning import numbers
from planning.inputs.case import Case
from planning.model.rule_names import RULE_NAMES
from planning.numbers import money_unit
from planning.rounding import round_steps
from planning.vocabulary import TABLES, Language, Text

MEASURES = ("children", "reach", "missed", "remote_share", "money")
HEADINGS: Mapping[str, Text] = MappingProxyType(
    {
        "kind": Text("Loại", "Kind"),
        "part": Text("Phần", "Part"),
        "words": Text("Thay đổi", "Change"),
        "children": Text("Trẻ em-năm được phục vụ", "Child-years reached"),
        "reach": Text("Phần nhu cầu được đáp ứng, có trọng số", "Share of need reached, weighted"),
        "missed": Text("Chỉ tiêu không đạt", "Targets missed"),
        "remote_share": Text("Phần tiền cho địa bàn khó khăn", "Share of money for remote areas"),
        "money": Text("Số tiền", "Money"),
    }
)
KINDS = MappingProxyType(
    {"children": "whole", "reach": "share", "missed": "count", "remote_share": "share", "money": "money"}
)
_OBJECTIVE = Text("Mục tiêu: {part}", "Objective: {part}")
_RULE = Text("Quy định: {part}", "Rule: {part}")
_TABLE = Text("Số liệu: {part}{notes}", "Figures: {part}{notes}")
_PLAN = Text("Kết quả của “{part}”", "Result of “{part}”")
_PROJECTS = Text("cách chọn dự án", "how projects are chosen")
_WHOLE = Text(
    "Từ “{first}” đến “{second}”: số trẻ em-năm được phục vụ {children}, số chỉ tiêu không đạt {missed}, phần tiền cho "
    "địa bàn khó khăn {remote}.",
    "From “{first}” to “{second}”: child-years reached {children}, targets missed {missed}, share of money for remote "
    "areas {remote}.",
)
_SAME = Text("giữ nguyên", "unchanged")
_PARTS = MappingProxyType(
    {
        "method": Text("cách gộp các mục tiêu", "how goals are combined"),
        "goals": Text("thứ tự các mục tiêu", "the order of the goals"),
        "tolerances": Text("phần được nhượng cho mục tiêu sau", "what later goals may give up"),
        "gap": Text("mức chứng minh khi tìm dự án", "how near to the best a search must come"),
        "discount": Text("chiết khấu trẻ em được phục vụ muộn hơn", "the discount of children reached later"),
        "shortfall_weight": Text("trọng số của chỉ tiêu bị thiếu", "the weight of missed targets"),
        "class_weights": Text("trọng số của nhóm địa bàn", "the weights of area classes"),
    }
)
_EFFECT = Text("{words}: {children} trẻ em-năm.", "{words}: {children} child-years.")
_SHAPLEY = Text(
    "Mỗi tác động là trung bình trên mọi thứ tự thay đổi (giá trị Shapley); cộng lại đúng bằng chênh lệch.",
    "Each effect is the average over every order in which the changes could be made (Shapley's value); they add up to "
    "the whole difference.",
)
_ORDER = Text(
    "Các thay đổi được thực hiện lần lượt theo thứ tự trong bảng; thứ tự khác sẽ cho tác động khác.",
    "The changes were made one after another in the order of the table or its reverse; another order would give other "
    "effects.",
)


def group_words(first: Case, second: Case, group: Sequence[str], language: Language) -> str:
    """A group of changes as it is read; for a table with the notes of the second scenario's changes of it."""
    kind, part = group
    match kind:
        case "plan":
            titles = {case.scenario.name: case.scenario.title.text[language] for case in (first, second)}
            return _PLAN[language].format(part=titles[part])
        case "objective":
            return _OBJECTIVE[language].format(part=_PARTS[part][language])
        case "rules":
            name = RULE_NAMES[part][language] if part in RULE_NAMES else _PROJECTS[language]
            return _RULE[language].format(part=name)
    before = first.scenario.changes
    notes = [change.note for change in second.scenario.changes if change.table == part and change not in before]
    said = f" ({'; '.join(dict.fromkeys(notes))})" if notes else ""
    return _TABLE[language].format(part=TABLES[part].title[language], notes=said)


def printed(table: pd.DataFrame) -> pd.DataFrame:
    """Table `difference` as it is printed: both plans rounded, and effects that lead from the one to the other.

    Whole child-years, shares to 0.001, targets to 0.1, money to the step of the unit that suits it.
    """
    unit = money_unit(table["money"])
    steps = {"children": 1, "reach": 0.001, "missed": 0.1, "remote_share": 0.001, "money": unit.step}
    return table.assign(**{name: round_steps(table[name], step) for name, step in steps.items()})


def sentences(first: Case, second: Case, table: pd.DataFrame, ordered: bool, language: Language) -> tuple[str, ...]:
    """The whole difference, the effects from the largest down, and how they were told apart."""
    return tuple(_said(first, second, table, ordered, language))


def _said(first: Case, second: Case, table: pd.DataFrame, ordered: bool, language: Language) -> Iterator[str]:
    inner = table[table["kind"] != "plan"]
    order = inner["children"].abs().sort_values(ascending=False, kind="stable").index
    table = printed(table)
    change = table.iloc[-1][list(MEASURES)] - table.iloc[0][list(MEASURES)]
    yield _WHOLE[language].format(
        first=first.scenario.title.text[language],
        second=second.scenario.title.text[language],
        children=_signed(change["children"], language),
        missed=_signed(change["missed"], language),
        remote=_points(change["remote_share"], language),
    )
    for row in table.loc[order].to_dict("records"):
        yield _EFFECT[language].format(
            words=row[f"words_{language}"], children=numbers.signed(row["children"], language)
        )
    if len(inner) > 1:
        yield (_ORDER if ordered else _SHAPLEY)[language]


def _signed(value: float, language: Language) -> str:
    if abs(value) < 0.5:
        return _SAME[language]
    return numbers.signed(value, language)


def _points(share: float, language: Language) -> str:
    if abs(share) < 0.0005:
        return _SAME[language]
    return numbers.signed_points(share, language)
