"""Money per area laid out like the tables that a council publishes: forms 42 and 43/CK-NSNN, Circular 343/2016/TT-BTC.

Form 43 holds what the city gives to the areas for a purpose: budget funds that the city holds. Form 42 holds what the
areas pay from their own balance: funds that they hold themselves. Contributions from society stand in neither. What the
tables of a scenario do not know is an empty column with a sentence that says why; no figure is guessed.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planning.numbers import MoneyUnit, money
from planning.reports.excel.cells import Page
from planning.reports.layout import footer
from planning.reports.sheet import Kind, Sheet
from planning.reports.words import heading
from planning.solver.plan import Plan
from planning.vocabulary import CAPITAL, COST_TYPES, FIELDS, RECURRENT, Language, Text

NUMBER, UNIT_NAME = Text("STT", "No."), Text("Tên đơn vị", "Area")
_TARGETED = (
    Text("Tổng số\n1=2+3+4", "Total\n1=2+3+4"),
    Text("Bổ sung vốn đầu tư\n2", "For investment\n2"),
    Text("Bổ sung vốn sự nghiệp\n3", "For recurrent tasks\n3"),
    Text("Bổ sung các chương trình mục tiêu quốc gia\n4", "For national target programmes\n4"),
)
_BALANCE = (
    Text("Tổng thu NSNN trên địa bàn\n1", "State revenue collected in the area\n1"),
    Text("Thu được hưởng theo phân cấp\n2", "Revenue left to the area\n2"),
    Text("Bổ sung cân đối từ ngân sách cấp trên\n3", "Balancing transfer\n3"),
    Text("Bổ sung cải cách tiền lương\n4", "Transfer for wage reform\n4"),
    Text("Thu chuyển nguồn\n5", "Carried in\n5"),
    Text("Chi cho trẻ em từ cân đối của địa bàn\n6", "Paid for children from the area's own balance\n6"),
)
_UNKNOWN_43 = Text(
    "Cột 4 để trống: các bảng số liệu không ghi nguồn vốn nào thuộc chương trình mục tiêu quốc gia; "
    "tiền đó nằm trong cột 2 và 3.",
    "Column 4 is empty: the tables do not say which fund is a national target programme; its money stands in 2 and 3.",
)
_UNKNOWN_42 = Text(
    "Cột 1 đến 5 để trống: bàn làm việc chỉ biết các chương trình cho trẻ em, "
    "không biết số thu và số bổ sung của địa bàn.",
    "Columns 1 to 5 are empty: the workbench knows child programmes only, not the revenue and transfers of an area.",
)
_LAYOUT = Text(
    "Bố cục theo biểu {form}/CK-NSNN; cột theo lĩnh vực là phần thêm. "
    "Đối chiếu với mẫu của thông tư hiện hành trước khi ban hành.",
    "Laid out like form {form}/CK-NSNN, with the fields added. Compare with the form in force before it is issued.",
)


def form_pages(plan: Plan, lines: pd.DataFrame, language: Language, unit: MoneyUnit) -> list[Page]:
    """Form 43 and, where areas hold funds themselves, form 42, for each year; `lines` are in the step of `unit`."""
    held = set(plan.case.tables["fund_shares"]["fund"]) if "fund_shares" in plan.case.tables else set()
    kinds = plan.case.tables["funds"].drop_duplicates("fund").set_index("fund")["kind"]
    state = lines["fund"].map(kinds) == "state"
    own = lines["fund"].isin(held)
    pages = []
    for year in plan.case.years:
        now = lines["year"] == year
        outside = money(lines.loc[now & ~state, "amount"].sum(), language, unit)
        note = {
            "vi": f"Ngoài các biểu 42 và 43 còn {outside} do xã hội đóng góp trong năm {year}.",
            "en": f"Outside forms 42 and 43 stand {outside} of social contributions in {year}.",
        }[language]
        pages.append(_targeted(plan, lines[now & state & ~own], year, language, unit, note))
        if held:
            pages.append(_balance(plan, lines[now & state & own], year, language, unit, note))
    return pages


def _targeted(plan: Plan, lines: pd.DataFrame, year: int, language: Language, unit: MoneyUnit, note: str) -> Page:
    total, capital, recurrent, national = (text[language] for text in _TARGETED)
    table = _by_area(plan, lines, language)
    table.insert(2, total, table[CAPITAL] + table[RECURRENT])
    table.insert(5, national, np.nan)
    table = table.rename(columns={CAPITAL: capital, RECURRENT: recurrent})
    title = Text(
        f"Dự toán chi bổ sung có mục tiêu cho từng địa bàn năm {year} (phần cho trẻ em)",
        f"Targeted transfers to each area in {year} (child programmes)",
    )
    notes = [_UNKNOWN_43[language], note, _LAYOUT[language].format(form=43)]
    across = {total: [capital, recurrent]}
    return _page("form_43", 43, year, title, table, plan, language, unit, notes, across)


def _balance(plan: Plan, lines: pd.DataFrame, year: int, language: Language, unit: MoneyUnit, note: str) -> Page:
    *unknown, total = (text[language] for text in _BALANCE)
    table = _by_area(plan, lines, language)
    for at, column in enumerate(unknown, 2):
        table.insert(at, column, np.nan)
    table.insert(2 + len(unknown), total, table[CAPITAL] + table[RECURRENT])
    kinds = {kind: COST_TYPES[kind][language] for kind in (CAPITAL, RECURRENT)}
    table = table.rename(columns=kinds)
    title = Text(
        f"Dự toán chi cân đối ngân sách từng địa bàn năm {year} (phần cho trẻ em)",
        f"Spending of each area from its own balance in {year} (child programmes)",
    )
    notes = [_UNKNOWN_42[language], note, _LAYOUT[language].format(form=42)]
    return _page("form_42", 42, year, title, table, plan, language, unit, notes, {total: list(kinds.values())})


def _by_area(plan: Plan, lines: pd.DataFrame, language: Language) -> pd.DataFrame:
    """One row per area and a total: number, name, money by cost type and by field."""
    case = plan.case
    given = case.tables["programmes"].set_index("programme")
    columns = {}
    for column, codes in (("cost_type", (CAPITAL, RECURRENT)), ("field", tuple(FIELDS))):
        wide = lines.assign(by=lines["programme"].map(given[column])).pivot_table(
            index="area", columns="by", values="amount", aggfunc="sum"
        )
        wide = wide.reindex(index=case.areas, columns=list(codes)).fillna(0.0)
        columns |= {code if column == "cost_type" else FIELDS[code][language]: wide[code].to_numpy() for code in codes}
    names = case.tables["areas"][f"name_{language}"]
    numbers = [str(number) for number in range(1, len(names) + 1)]
    table = pd.DataFrame({NUMBER[language]: numbers, UNIT_NAME[language]: names, **columns})
    whole = {column: [values.sum()] for column, values in columns.items()}
    last = {NUMBER[language]: [""], UNIT_NAME[language]: [heading("total", language)], **whole}
    return pd.concat([table, pd.DataFrame(last)], ignore_index=True)


def _page(
    key: str,
    form: int,
    year: int,
    title: Text,
    table: pd.DataFrame,
    plan: Plan,
    language: Language,
    unit: MoneyUnit,
    notes: Sequence[str],
    across: dict[str, list[str]],
) -> Page:
    kinds: dict[str, Kind] = dict.fromkeys(table.columns[2:], "money")
    sheet = Sheet(title[language], table, kinds, language, unit, footer([plan.case], language), totals=1)
    name = {"vi": f"Biểu {form} năm {year}", "en": f"Form {form} {year}"}[language]
    return Page(f"{key}_{year}", name, sheet, notes, across)
