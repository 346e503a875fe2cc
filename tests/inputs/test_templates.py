"""Empty tables and the page of columns."""

import csv
from pathlib import Path

import pytest

from planning.errors import InputError
from planning.inputs.templates import reference_page, write_templates
from planning.vocabulary import TABLES


def test_templates_have_every_column_and_no_row(tmp_path: Path) -> None:
    write_templates(tmp_path / "new")
    assert {path.name for path in (tmp_path / "new").iterdir()} == {*(t.file for t in TABLES.values()), "columns.md"}
    for table in TABLES.values():
        content = (tmp_path / "new" / table.file).read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
        assert rows == [[column.name for column in table.columns]]


def test_filled_in_with_the_toy_they_are_the_toy(tmp_path: Path, toy_folder: Path) -> None:
    from planning.inputs.tables import read_tables

    write_templates(tmp_path)
    for table in (TABLES[name] for name in read_tables(toy_folder / "data")):
        _, *rows = (toy_folder / "data" / table.file).read_text(encoding="utf-8").splitlines()
        with (tmp_path / table.file).open("a", encoding="utf-8") as file:
            file.write("\n".join(rows))
    filled = read_tables(tmp_path)
    assert all(table.equals(filled[name]) for name, table in read_tables(toy_folder / "data").items())


def test_a_folder_with_tables_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "needs.csv").write_text("mine")
    said = r"holds needs\.csv already, left as they are; choose an empty folder"
    with pytest.raises(InputError, match=said) as refused:
        write_templates(tmp_path)
    viet = "trong thư mục đã có needs.csv, được giữ nguyên; hãy chọn một thư mục trống"
    assert refused.value.told("vi") == f"1 lỗi trong {tmp_path}:\n- {viet}"
    assert [path.name for path in tmp_path.iterdir()] == ["needs.csv"]


def test_the_reference_page_is_up_to_date() -> None:
    page = Path(__file__).parents[2] / "docs" / "tables.md"
    assert page.read_text(encoding="utf-8") == reference_page(), "write reference_page() to docs/tables.md"


def test_the_reference_page_names_every_column() -> None:
    page = reference_page()
    for table in TABLES.values():
        assert f"## {table.file}: {table.title.vi} · {table.title.en}" in page
        assert all(f"| `{column.name}` | **{column.label.vi}**" in page for column in table.columns)


def test_every_column_has_a_meaning_of_its_own() -> None:
    for table in TABLES.values():
        for language in ("vi", "en"):
            meanings = [column.meaning[language] for column in table.columns]
            assert len(set(meanings)) == len(meanings), table.name


def test_no_table_is_named_as_a_scenario() -> None:
    assert TABLES["baseline"].title.vi == "Mức cơ sở"
    assert not [table.name for table in TABLES.values() if "phương án" in table.title.vi.lower()]


def test_the_planners_page_counts_the_tables() -> None:
    page = (Path(__file__).parents[2] / "docs" / "planners.md").read_text(encoding="utf-8")
    assert f"| {len(TABLES)} bảng số liệu; " in page
    assert f"| {len(TABLES)} tables; " in page
