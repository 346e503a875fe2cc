"""Empty tables to fill in, and the page that explains every column; both are made from the vocabulary."""

from pathlib import Path

from planning.disk import write_files
from planning.errors import InputError, Problem
from planning.inputs.limits import OR_ALL, wanted
from planning.vocabulary import TABLES, UNITS, Column, Language, Table, Text

PAGE = "columns.md"
_LANGUAGES: tuple[Language, ...] = ("vi", "en")
_INTRODUCTION = """\
# Bảng dữ liệu · Tables

Mỗi bảng là một tệp CSV (UTF-8) trong thư mục `data` của một phương án; dòng đầu là tên cột. Tiền tính bằng triệu đồng.
Mỗi con số có nguồn và tình trạng: có nguồn, suy ra hay giả định.

Each table is a CSV file (UTF-8) in the folder `data` of a scenario; its first row holds the names of the columns. Money
is in million VND. Every figure has its source and its status: sourced, derived or assumed.
"""


def write_templates(folder: str | Path) -> None:
    """Write every table with its header row only, and the page of columns, into `folder`, which is made if absent.

    The files begin with a byte order mark, so that Excel keeps Vietnamese letters.
    Raises InputError when the folder holds a table already, OutputError when the disk refuses.
    """
    folder = Path(folder)
    there = [table.file for table in TABLES.values() if (folder / table.file).exists()]
    if there:
        text = Text(
            f"trong thư mục đã có {', '.join(there)}, được giữ nguyên; hãy chọn một thư mục trống",
            f"the folder holds {', '.join(there)} already, left as they are; choose an empty folder",
        )
        raise InputError([Problem(str(folder), text)])
    headers = {table.file: ",".join(column.name for column in table.columns) + "\r\n" for table in TABLES.values()}
    contents = {file: header.encode("utf-8-sig") for file, header in headers.items()}
    write_files(folder, {**contents, PAGE: reference_page().encode()})


def reference_page() -> str:
    """The page that explains every table and column, in Vietnamese and English (Markdown)."""
    return "\n".join([_INTRODUCTION, *(_section(table) for table in TABLES.values())])


def _section(table: Table) -> str:
    optional = (
        " Tệp có thể không có hoặc chỉ có dòng đầu. · This file may be absent, or hold its header only."
        if table.optional
        else ""
    )
    key = ", ".join(f"`{name}`" for name in table.key)
    lines = [
        f"## {table.file}: {table.title.vi} · {table.title.en}",
        "",
        f"{table.meaning.vi}. · {table.meaning.en}.{optional}",
        "",
        f"Không có hai dòng trùng · No two rows share: {key}",
        "",
        "| cột · column | ý nghĩa | meaning | giá trị | allowed |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *(_row(column) for column in table.columns), ""])


def _row(column: Column) -> str:
    meaning = [f"**{column.label[language]}**: {column.meaning[language]}" for language in _LANGUAGES]
    allowed = [_allowed(column, language) for language in _LANGUAGES]
    return f"| `{column.name}` | {' | '.join([*meaning, *allowed])} |"


def _allowed(column: Column, language: Language) -> str:
    """What may stand in a column, with its unit."""
    allowed = wanted(column, language)
    if column.refers_to:
        code = Text(f"mã của {column.refers_to}.csv", f"a code of {column.refers_to}.csv")
        allowed = (code + (OR_ALL if column.wildcard else Text("", "")))[language]
    if column.unit and (unit := UNITS[column.unit][language]) not in allowed:
        allowed += f" ({unit})"
    return allowed + (Text("; có thể để trống", "; may be empty")[language] if column.optional else "")
