"""Checks that nothing is left open: a missing need, cost or ceiling is never taken as zero."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from planning.inputs.codes import places, rows_of
from planning.inputs.words import listing, number
from planning.vocabulary import ALL, CAPITAL, Language, Text

Tables = Mapping[str, pd.DataFrame]
Finding = tuple[str, int | None, Text]
Years = tuple[int, ...]
_AND = Text("và", "and")
_NO_PROGRAMME = Text(
    "không chương trình nào có cả lĩnh vực (field) và loại chi (cost_type) này; hãy sửa một trong hai, hoặc ghi all",
    "no programme has this field and cost type together; correct one, or write all",
)


def needs(tables: Tables, years: Years) -> Iterator[Finding]:
    """Every area has a need for every programme, be it 0."""
    areas, programmes = tables["areas"]["area"], tables["programmes"]["programme"]
    missing = _missing_pairs(tables["needs"], "area", areas, "programme", programmes)
    if missing:
        text = Text(
            f"chưa ghi nhu cầu cho {_pairs(missing, 'vi')}; hãy thêm mỗi cặp một dòng, ghi 0 nếu không có nhu cầu",
            f"no need is stated for {_pairs(missing)}; write a row for each, with 0 where nothing is needed",
        )
        yield "needs", None, text


def baseline(tables: Tables, years: Years) -> Iterator[Finding]:
    """Every area has a baseline for every programme, be it 0."""
    areas, programmes = tables["areas"]["area"], tables["programmes"]["programme"]
    missing = _missing_pairs(tables["baseline"], "area", areas, "programme", programmes)
    if missing:
        text = Text(
            f"chưa ghi số tiền cơ sở cho {_pairs(missing, 'vi')}; hãy thêm mỗi cặp một dòng, ghi 0 nếu không có tiền",
            f"no amount is stated for {_pairs(missing)}; write a row for each, with 0 for no money",
        )
        yield "baseline", None, text


def unit_costs(tables: Tables, years: Years) -> Iterator[Finding]:
    """Every programme has a unit cost in every class that has areas, unless projects alone deliver it."""
    programmes, classes = tables["programmes"]["programme"], tables["areas"]["class"].drop_duplicates()
    if "capacities" in tables:
        capital = tables["programmes"]["cost_type"] == CAPITAL
        programmes = programmes[~(capital & programmes.isin(tables["capacities"]["programme"].unique()))]
    missing = _missing_pairs(tables["unit_costs"], "programme", programmes, "class", classes)
    if missing:
        text = Text(
            f"chưa ghi đơn giá cho {_pairs(missing, 'vi')}; hãy thêm mỗi cặp một dòng",
            f"no unit cost is stated for {_pairs(missing)}; write a row for each",
        )
        yield "unit_costs", None, text


def years_of_needs(tables: Tables, years: Years) -> Iterator[Finding]:
    """A need is stated once for all years or once for each plan year; that of a capital programme once."""
    table = tables["needs"]
    capital = tables["programmes"].loc[tables["programmes"]["cost_type"] == CAPITAL, "programme"]
    dated = table[table["year"] != ALL]
    if dated.empty:
        return
    built = dated["programme"].isin(capital)
    for row, cell in dated[built].iterrows():
        text = Text(
            f"'{cell['programme']}' là chương trình đầu tư nên nhu cầu là số phải xây trong cả giai đoạn; hãy ghi year "
            f"là all, không phải {cell['year']}",
            f"programme '{cell['programme']}' is capital, so its need is what is built over the whole plan; write year "
            f"all, not {cell['year']}",
        )
        yield "needs", row, text
    dated = dated[~built]
    every = table[table["year"] == ALL].reset_index().set_index(["area", "programme"])["row"]
    both = every.reindex(pd.MultiIndex.from_frame(dated[["area", "programme"]]))
    for (row, cell), other in zip(dated.iterrows(), both, strict=True):
        if not np.isnan(other):
            text = Text(
                f"địa bàn '{cell['area']}', chương trình '{cell['programme']}' có nhu cầu năm {cell['year']} ở đây và "
                f"cho mọi năm ở dòng {other:.0f}; hãy giữ lại một trong hai",
                f"area '{cell['area']}', programme '{cell['programme']}' has a need for {cell['year']} here and for "
                f"all years in row {other:.0f}; keep one or the other",
            )
            yield "needs", row, text
    wanted = [str(year) for year in years]
    for (area, programme), group in dated[both.isna().to_numpy()].groupby(["area", "programme"], sort=False):
        if left := [year for year in wanted if year not in set(group["year"])]:
            text = Text(
                f"địa bàn '{area}', chương trình '{programme}' chưa có nhu cầu cho {listing(left, language='vi')}; hãy "
                "thêm mỗi năm của phương án một dòng, hoặc một dòng với year là all",
                f"area '{area}', programme '{programme}' has no need for {listing(left)}; write a row for each plan "
                "year, or one row with all",
            )
            yield "needs", group.index[0], text


def bands(tables: Tables, years: Years) -> Iterator[Finding]:
    """Every programme has bands 1, 2, …; their shares add up to 1 and no band does more good than the one before."""
    table = tables["bands"].sort_values(["programme", "band"])
    bare = tables["programmes"].loc[~tables["programmes"]["programme"].isin(table["programme"]), "programme"]
    if len(bare):
        text = Text(
            f"chưa ghi bậc hiệu quả cho {listing(list(bare), language='vi')}; hãy thêm mỗi chương trình một dòng, "
            "band 1 với share 1 và effect 1",
            f"no band is stated for {listing(list(bare))}; write one row for each, band 1 with share 1 and effect 1",
        )
        yield "bands", None, text
    for programme, entries in rows_of(table, "programme", "band", "share", "effect").items():
        rows, numbers, shares, effects = zip(*entries, strict=True)
        if list(numbers) != list(range(1, len(rows) + 1)):
            text = Text(
                f"các bậc của '{programme}' là {listing(numbers, 10, 'vi')}; hãy đánh số 1, 2, … không bỏ số nào",
                f"the bands of '{programme}' are {listing(numbers, 10)}; number them 1, 2, … without gaps",
            )
            yield "bands", min(rows), text
        if abs(more := sum(shares) - 1) > 1e-9:
            text = Text(
                f"các phần (share) của '{programme}' cộng lại là {number(1 + more, 'vi')}; hãy sửa để tổng bằng 1",
                f"the shares of '{programme}' add up to {number(1 + more)}; they must add up to 1",
            )
            yield "bands", min(rows), text
        for row, band, effect, before in zip(rows[1:], numbers[1:], effects[1:], effects, strict=False):
            if effect > before:
                text = Text(
                    f"bậc {band} của '{programme}' có hiệu quả (effect) {number(effect, 'vi')}, cao hơn bậc trước; hãy "
                    "xếp các bậc theo hiệu quả giảm dần",
                    f"band {band} of '{programme}' has effect {number(effect)}, more than the band before; put the "
                    "bands in order of falling effect",
                )
                yield "bands", row, text


def funds(tables: Tables, years: Years) -> Iterator[Finding]:
    """Every fund has a ceiling for every plan year, and the same names and kind in all its rows."""
    names = ("name_vi", "name_en", "kind")
    for fund, entries in rows_of(tables["funds"], "fund", "year", *names).items():
        rows, stated, *columns = zip(*entries, strict=True)
        if left := [year for year in years if year not in stated]:
            text = Text(
                f"nguồn vốn '{fund}' chưa có trần cho {listing(left, language='vi')}; hãy thêm mỗi năm của phương án "
                "một dòng, ghi 0 nếu không có tiền",
                f"fund '{fund}' has no ceiling for {listing(left)}; write a row for each plan year, with 0 for no "
                "money",
            )
            yield "funds", rows[0], text
        for name, values in zip(names, columns, strict=True):
            for row, value in zip(rows, values, strict=True):
                if value != values[0]:
                    text = Text(
                        f"{name} '{value}' của nguồn vốn '{fund}' khác với '{values[0]}' ở dòng {rows[0]}; hãy ghi như "
                        "nhau ở cả hai dòng",
                        f"{name} '{value}' of fund '{fund}' is '{values[0]}' in row {rows[0]}; write the same in both",
                    )
                    yield "funds", row, text


def fund_shares(tables: Tables, years: Years) -> Iterator[Finding]:
    """The areas' parts of a fund add up to 1 and leave no area out."""
    areas = tables["areas"]["area"]
    for fund, group in tables["fund_shares"].groupby("fund", sort=False):
        first = int(group.index[0])
        left = list(areas[~areas.isin(group["area"])])
        if left:
            text = Text(
                f"nguồn vốn '{fund}' chưa có phần (share) cho {listing(left, language='vi')}; hãy ghi 0 cho địa bàn "
                "không được phần nào",
                f"fund '{fund}' has no share for {listing(left)}; write 0 for an area without",
            )
            yield "fund_shares", first, text
        elif abs(group["share"].sum() - 1) > 1e-9:
            total = group["share"].sum()
            text = Text(
                f"các phần (share) của nguồn vốn '{fund}' cộng lại là {number(total, 'vi')}; hãy sửa để tổng bằng 1",
                f"the shares of fund '{fund}' add up to {total:.10g}; they must add up to 1",
            )
            yield "fund_shares", first, text


def eligibility(tables: Tables, years: Years) -> Iterator[Finding]:
    """Every fund may pay for something, and every row allows something."""
    table = tables["eligibility"]
    nothing = ~_programmes_allowed(table, tables["programmes"]).any(axis=1)
    for row in table.index[nothing]:
        yield "eligibility", row, _NO_PROGRAMME
    idle = sorted(set(tables["funds"]["fund"]) - set(table["fund"]))
    if idle:
        text = Text(
            f"chưa có dòng nào cho biết {listing(idle, language='vi')} được chi cho việc gì; hãy thêm mỗi nguồn vốn "
            "một dòng, ghi all nếu không giới hạn",
            f"no row says what {listing(idle)} may pay for; write a row for each, with all for no limit",
        )
        yield "eligibility", None, text


def payable(tables: Tables, years: Years) -> Iterator[Finding]:
    """Every need may be paid by some fund."""
    table, programmes = tables["eligibility"], pd.Index(tables["programmes"]["programme"])
    classes = pd.Index(tables["areas"]["class"].unique())
    limit = table["class"].to_numpy()[:, None]
    allowed = _programmes_allowed(table, tables["programmes"])[:, :, None]
    paid = (allowed & ((limit == ALL) | (limit == classes.to_numpy()))[:, None, :]).any(axis=0)
    needed = tables["needs"][tables["needs"]["need"] > 0]
    kind = places(classes, tables["areas"]["class"])[places(tables["areas"]["area"], needed["area"])]
    asked = np.zeros_like(paid)
    asked[places(programmes, needed["programme"]), kind] = True
    bare = [(programmes[p], classes[k]) for p, k in np.argwhere(asked & ~paid)]
    if bare:
        text = Text(
            f"không nguồn vốn nào được chi cho {_pairs(bare, 'vi')}; hãy thêm một dòng cho nguồn vốn được chi",
            f"no fund may pay for {_pairs(bare)}; write a row for a fund that may",
        )
        yield "eligibility", None, text


def _programmes_allowed(table: pd.DataFrame, programmes: pd.DataFrame) -> np.ndarray:
    """(rows, P) True where a row of table eligibility is about the programme, by its code, field and cost type."""
    allowed = np.ones((len(table), len(programmes)), dtype=bool)
    for name in ("programme", "field", "cost_type"):
        limit = table[name].to_numpy()[:, None]
        allowed &= (limit == ALL) | (limit == programmes[name].to_numpy())
    return allowed


def _missing_pairs(
    table: pd.DataFrame, first: str, firsts: pd.Series, second: str, seconds: pd.Series
) -> list[tuple[str, str]]:
    """The pairs of known codes for which the table has no row."""
    rows, columns = pd.Index(firsts), pd.Index(seconds)
    there = np.zeros((len(rows), len(columns)), dtype=bool)
    at, under = places(rows, table[first]), places(columns, table[second])
    known = (at >= 0) & (under >= 0)
    there[at[known], under[known]] = True
    return [(rows[i], columns[j]) for i, j in np.argwhere(~there)]


def _pairs(pairs: list[tuple[str, str]], language: Language = "en") -> str:
    return listing([f"'{first}' {_AND[language]} '{second}'" for first, second in pairs], language=language)
