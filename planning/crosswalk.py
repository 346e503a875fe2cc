"""From one map to the other: a plan for the districts of 2024 carried to the communes of 2026, and back.

A crosswalk says which share of each district lies in which commune, and which share of each commune that is. Amounts
follow these shares, so every total by programme, fund and year is kept. What is no amount (coverage, money per child)
cannot be carried so.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from planning.disk import write_files
from planning.errors import InputError, Problem
from planning.inputs.words import did_you_mean, number
from planning.reports.files import THOUSANDTH
from planning.rounding import round_to_total
from planning.vocabulary import Text

To = Literal["communes", "districts"]
_SIDES = {
    "communes": ("district", "commune", "share_of_district"),
    "districts": ("commune", "district", "share_of_commune"),
}
_CALLED = {"district": "quận, huyện", "commune": "phường, xã"}
_ENOUGH = 1e-6
_AMOUNT = "amount_million_vnd"
_NO_COLUMN = Text(
    "thiếu cột '{name}'; hãy ghi tên cột vào dòng đầu",
    "column '{name}' is missing; write it into the header",
)
_NO_RESULT = Text(
    "thiếu cột '{name}'; hãy nêu thư mục mà `planning solve` đã ghi",
    "column '{name}' is missing; name a folder that `planning solve` wrote",
)
_NO_AMOUNT = Text(
    "có số tiền không phải là số; hãy giải lại phương án",
    "an amount is not a number; solve the scenario again",
)
_ITSELF = Text(
    "--out là chính thư mục kết quả được quy đổi, nên sẽ ghi đè lên nó; hãy nêu một thư mục khác",
    "--out is the very folder that is carried, which would be overwritten; name another folder",
)
_NO_FILE = Text("không có tệp này; hãy kiểm tra đường dẫn", "there is no such file; check the path")


def read_crosswalk(path: Path | str) -> pd.DataFrame:
    """The crosswalk of a file: district, commune, share_of_district, share_of_commune.

    Raises InputError with everything that is wrong with it: columns, figures, pairs named twice, and shares of an area
    that do not add up to 1.
    """
    path = Path(path)
    table = _read(path)
    wanted = ["district", "commune", "share_of_district", "share_of_commune"]
    _ask_columns(path, table, wanted, _NO_COLUMN)
    problems = []
    for name in wanted[2:]:
        share = pd.to_numeric(table[name], errors="coerce")
        wrong = ~(share.between(0, 1))
        for row in np.flatnonzero(wrong):
            problems.append(Problem(path.name, _no_share(name, table[name].iloc[row]), int(row) + 2))
        table[name] = share
    for row in np.flatnonzero(table.duplicated(["district", "commune"])):
        text = _again(table["district"].iloc[row], table["commune"].iloc[row])
        problems.append(Problem(path.name, text, int(row) + 2))
    if not problems:
        problems = [Problem(path.name, text) for text in _sums(table)]
    if problems:
        raise InputError(problems)
    return table[wanted]


def carry(
    lines: pd.DataFrame, crosswalk: pd.DataFrame, to: To = "communes", columns: Sequence[str] = ("amount",)
) -> pd.DataFrame:
    """The lines of the other map, each with the area it comes `from_area` and its `share` of that area's amount.

    `lines` is any table with a column area; `columns` are its amounts. All other columns are kept. Raises InputError
    for areas that the crosswalk does not know and for shares that do not add up to 1.
    """
    here, there, name = _SIDES[to]
    problems = [Problem("crosswalk", text) for text in _sums(crosswalk)]
    known = crosswalk[here].unique()
    problems += [
        Problem("lines", _unknown(here, area, known)) for area in pd.unique(lines["area"]) if area not in known
    ]
    if problems:
        raise InputError(problems)
    shares = crosswalk.loc[crosswalk[name] > 0, [here, there, name]]
    shares = shares.rename(columns={here: "from_area", there: "area", name: "share"})
    carried = lines.rename(columns={"area": "from_area"}).merge(shares, on="from_area", how="left", sort=False)
    for column in columns:
        carried[column] = carried[column] * carried["share"]
    return carried[[*lines.columns, "from_area", "share"]]


def gathered(carried: pd.DataFrame, columns: Sequence[str] = ("amount",)) -> pd.DataFrame:
    """One line for each area and whatever else tells the lines apart, what comes from several areas added up."""
    keys = [name for name in carried.columns if name not in (*columns, "from_area", "share")]
    return carried.groupby(keys, sort=False, as_index=False, dropna=False)[list(columns)].sum()


def carry_result(folder: Path | str, table: Path | str, to: To, out: Path | str) -> tuple[Path, ...]:
    """Carry allocations.csv of a result folder; write allocations.csv of the other map and the shares.csv used.

    In the file the amounts of a programme, fund and year still add up to the last written digit. Raises InputError and
    OutputError. The folder itself is no place for the other map.
    """
    source = Path(folder) / "allocations.csv"
    lines = _read(source)
    if Path(folder).resolve() == Path(out).resolve():
        raise InputError([Problem(str(out), _ITSELF)])
    wanted = ["scenario", "area", "programme", "fund", "year", _AMOUNT]
    _ask_columns(source, lines, wanted, _NO_RESULT)
    lines[_AMOUNT] = pd.to_numeric(lines[_AMOUNT], errors="coerce")
    if lines[_AMOUNT].isna().any():
        raise InputError([Problem(source.name, _NO_AMOUNT)])
    crosswalk = read_crosswalk(table)
    carried = carry(lines, crosswalk, to, [_AMOUNT])
    money = gathered(carried, [_AMOUNT])
    groups = money.groupby(["scenario", "programme", "fund", "year"], sort=False)[_AMOUNT]
    money[_AMOUNT] = groups.transform(lambda amounts: round_to_total(amounts, THOUSANDTH))
    money = money[money[_AMOUNT] > 0]
    shares = carried[["from_area", "area", "share"]].drop_duplicates()
    contents = {
        "allocations.csv": money.to_csv(index=False, lineterminator="\n", float_format="%.3f").encode(),
        "shares.csv": shares.to_csv(index=False, lineterminator="\n").encode(),
    }
    return write_files(out, contents)


def _no_share(column: str, cell: str) -> Text:
    return Text(
        f"{column} '{cell}' không phải là tỷ lệ; hãy ghi một số từ 0 đến 1",
        f"{column} '{cell}' is not a share; write a number between 0 and 1",
    )


def _again(district: str, commune: str) -> Text:
    return Text(
        f"'{district}' và '{commune}' đi với nhau lần thứ hai; hãy giữ một dòng",
        f"'{district}' and '{commune}' stand together a second time; keep one row",
    )


def _unknown(side: str, area: str, known: Sequence[str]) -> Text:
    return Text(
        f"bảng quy đổi không có {_CALLED[side]} '{area}'; {did_you_mean(area, known, 'vi')}",
        f"the crosswalk knows no {side} '{area}'; {did_you_mean(area, known)}",
    )


def _sums(table: pd.DataFrame) -> list[Text]:
    """A sentence for each area whose shares do not add up to 1."""
    said = []
    for area, _, name in _SIDES.values():
        sums = table.groupby(area, sort=False)[name].sum()
        wrong = sums[(sums - 1).abs() > _ENOUGH]
        said += [_sum(area, code, total) for code, total in wrong.items()]
    return said


def _sum(side: str, code: object, total: float) -> Text:
    return Text(
        f"các tỷ lệ của {_CALLED[side]} '{code}' cộng lại bằng {number(total, 'vi')}; tổng phải bằng 1",
        f"the shares of {side} '{code}' add up to {number(total)}; they must add up to 1",
    )


def _read(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False)
    except FileNotFoundError:
        raise InputError([Problem(str(path), _NO_FILE)]) from None
    except (OSError, ValueError) as error:
        text = Text(
            f"tệp này không phải là bảng đọc được ({error})",
            f"this is not a table that can be read ({error})",
        )
        raise InputError([Problem(str(path), text)]) from error


def _ask_columns(path: Path, table: pd.DataFrame, wanted: Sequence[str], missing: Text) -> None:
    """Raises InputError for the columns that are not there."""
    names = [name for name in wanted if name not in table]
    if names:
        texts = (Text(missing.vi.format(name=name), missing.en.format(name=name)) for name in names)
        raise InputError([Problem(path.name, text) for text in texts])
