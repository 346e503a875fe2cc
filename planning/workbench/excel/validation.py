"""What Excel checks while a planner types: drop-downs for codes and choices, limits for figures."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from planning.inputs.limits import FIRST_YEAR, LAST_YEAR, bounds, choices, wanted
from planning.vocabulary import ALL, TABLES, Column, Language, Text
from planning.workbench.excel.book import FIRST_ROW, LISTS

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SPARE_ROWS = 1000  # below the last one, for rows that a planner adds
_TITLE = Text("Giá trị chưa đúng", "Not a value for this column")
_NEW_CODE = Text(
    "Mã này không có trong bảng {table} khi xuất sổ. Nếu vừa thêm mã đó vào bảng thì bấm Yes/Có.",
    "Table {table} did not hold this code when the book was made. If you have just added it there, answer Yes.",
)
_WANTED = Text("Cột {name} cần: {wanted}", "Column {name} wants {wanted}")


def codes_of(grids: Mapping[str, tuple[Sequence[Column], Sequence[Sequence[Any]]]]) -> dict[str, list[str]]:
    """Table → the codes that other tables may name, each once; under `<table>+all` with the word for all of them."""
    known: dict[str, list[str]] = {}
    for table in dict.fromkeys(column.refers_to for each in TABLES.values() for column in each.columns):
        if table:
            columns, values = grids[table]
            at = [column.name for column in columns].index(TABLES[table].key[0])
            codes = list(dict.fromkeys(str(value) for value in values[at] if value is not None))
            known |= {table: codes, f"{table}+{ALL}": [ALL, *codes]}
    return known


def validate(
    place: "Worksheet", at: int, rows: int, column: Column, known: Mapping[str, Sequence[str]], language: Language
) -> None:
    """The check on one column, if it has any: codes may be unknown to the book, anything else is refused at once."""
    if not (rule := _rule(column, known)):
        return
    said = _NEW_CODE[language].format(table=column.refers_to) if column.refers_to else ""
    said = said or _WANTED[language].format(name=column.name, wanted=wanted(column, language))
    more = {"ignore_blank": True, "error_title": _TITLE[language], "error_message": said[:255]}
    more |= {"error_type": "warning" if column.refers_to else "stop"}
    place.data_validation(FIRST_ROW - 1, at, FIRST_ROW + rows + SPARE_ROWS, at, rule | more)


def _rule(column: Column, known: Mapping[str, Sequence[str]]) -> dict[str, Any] | None:
    if column.refers_to:
        name = f"{column.refers_to}+{ALL}" if column.wildcard else column.refers_to
        letters, count = _letters(list(known).index(name)), len(known[name])
        return {"validate": "list", "source": f"={LISTS}!${letters}$2:${letters}${count + 1}"} if count else None
    match column.kind:
        case "choice" | "flag":
            return {"validate": "list", "source": list(choices(column))}
        case "year" if not column.wildcard:
            return {"validate": "integer", "criteria": "between", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
        case "number" | "share" | "money" | "whole":
            least, most, included = bounds(column)
            kind = "integer" if column.kind == "whole" else "decimal"
            if included:
                return {"validate": kind, "criteria": "between", "minimum": least, "maximum": most}
            return {"validate": kind, "criteria": ">", "value": least}
    return None


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return xl_col_to_name(column)
