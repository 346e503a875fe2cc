"""Files out: a plan as CSV, Parquet and a certificate, in amounts that add up to the last written digit."""

import codecs
import json
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pulp

from planning.disk import keep_off_inputs, write_files
from planning.inputs.codes import records
from planning.reports import measures
from planning.reports.investments import named
from planning.rounding import round_to_total
from planning.solver.plan import Plan, model_of

if TYPE_CHECKING:
    import pyarrow as pa

LARGEST = 1e9  # up to here six decimals of a float are its own
QUOTED = '[",\\r\\n]'  # what puts a cell of a CSV file in quotes
_WRITERS = 2
_BATCH = 8_192  # rows that Arrow writes at once; by its own 1024 it takes a quarter longer
THOUSANDTH = 0.001  # million VND: one thousand đồng


def write_plan(plan: Plan, folder: Path | str) -> tuple[Path, ...]:
    """Write allocations, coverage, targets, rules, funds, projects (CSV and Parquet) and certificate.json to `folder`.

    Returns the paths written; projects is a header alone where nothing is built. Money in million VND with three
    decimals; the amounts of a fund and year add up to what funds.csv says is spent and stay within its ceiling. Raises
    OutputError when the files cannot be written, or would stand among input tables.
    """
    keep_off_inputs(folder)
    lines, funds = in_thousandths(plan)
    (a, p), t = plan.case.pairs(lines), lines["year"] - plan.case.years[0]
    cell = np.ravel_multi_index((a, p, t), plan.case.shape)
    coverage = plan.coverage.assign(amount=np.bincount(cell, lines["amount"], minlength=len(plan.coverage)))
    contents: dict[str, Future[bytes]] = {}
    with ThreadPoolExecutor(_WRITERS) as pool:  # most of the work is Arrow's, which two can do at once

        def submit(name: str, frame: pd.DataFrame, decimals: int) -> None:
            tidy = _without_noise(frame, decimals)
            contents[f"{name}.csv"] = pool.submit(as_csv, tidy, decimals)
            contents[f"{name}.parquet"] = pool.submit(as_parquet, tidy)

        submit("allocations", lines.rename(columns={"amount": "amount_million_vnd"}), 3)
        submit("coverage", coverage.rename(columns={"amount": "amount_million_vnd"}), 6)
        submit("targets", measures.targets(plan), 6)
        submit("rules", plan.rules, 6)
        submit("funds", funds, 3)
        submit("projects", named(plan), 3)
        return write_files(folder, {**contents, "certificate.json": as_json(plan.certificate)})


def write_model(plan: Plan, folder: Path | str) -> Path:
    """Write model.lp, the last goal over the rules and the goals before it as solvers read them. Raises OutputError."""
    model = model_of(plan)
    *before, last = model.goals
    problem = model.problem(last)
    column = problem.variablesDict()
    value = {goal["name"]: goal["value"] for goal in plan.certificate["goals"]}
    for goal in before:
        terms = ((column[model.column_names[j]], goal.gain[j]) for j in np.flatnonzero(goal.gain).tolist())
        problem.addConstraint(pulp.lpSum_vars_coefs(terms) >= value[goal.name] - 1e-9, f"hold__{goal.name}")
    with TemporaryDirectory() as place:
        path = Path(place) / "model.lp"
        problem.writeLP(str(path))
        return write_files(folder, {path.name: path.read_bytes()})[0]


def in_thousandths(plan: Plan) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The lines and the funds of a plan in whole thousandths of a million VND, without the lines that come to nothing.

    The lines of a fund and year add up to what is spent, and spent + carried_out + lapsed = ceiling + carried_in.
    """
    lines, balances = plan.lines.copy(), []
    rows_of = lines.groupby(["fund", "year"]).indices
    amounts = lines["amount"].to_numpy().copy()
    years_of: dict[str, list[dict]] = {}
    for year in records(plan.funds.sort_values("year", kind="stable")):
        years_of.setdefault(year["fund"], []).append(year)
    for fund, years in years_of.items():
        carried = 0.0
        for year in years:
            rows = rows_of.get((fund, year["year"]), [])
            ceiling = round_to_total([year["ceiling"]], THOUSANDTH, at_most=year["ceiling"])[0]
            have = round(ceiling + carried, 3)
            amounts[rows] = round_to_total(amounts[rows], THOUSANDTH, at_most=have)
            spent = round(float(amounts[rows].sum()), 3)
            out = min(round(year["carried_out"], 3), round(have - spent, 3))
            balance = {"ceiling": ceiling, "carried_in": carried, "spent": spent, "carried_out": out}
            balances.append(year | balance | {"lapsed": round(have - spent - out, 3)})
            carried = out
    lines["amount"] = amounts
    return lines[lines["amount"] > 0].reset_index(drop=True), pd.DataFrame(balances)[list(plan.funds.columns)]


def as_json(value: Mapping) -> bytes:
    """Readable JSON, Vietnamese letters as they are."""
    return (json.dumps(dict(value), ensure_ascii=False, indent=2) + "\n").encode()


def _without_noise(frame: pd.DataFrame, decimals: int) -> pd.DataFrame:
    """Floats to so many decimals, and no negative zero."""
    floats = [name for name, kind in frame.dtypes.items() if pd.api.types.is_float_dtype(kind)]
    return frame.assign(**{name: np.round(frame[name].to_numpy(), decimals) + 0.0 for name in floats})


def as_csv(frame: pd.DataFrame, decimals: int) -> bytes:
    """A table as CSV, floats to so many decimals; with the mark that Excel needs where letters are not plain."""
    content = _plain_csv(frame, decimals)
    if content is None:
        text = frame.to_csv(index=False, lineterminator="\n", float_format=f"%.{decimals}f")
        content = text.encode()
    return content if content.isascii() else codecs.BOM_UTF8 + content


def _plain_csv(frame: pd.DataFrame, decimals: int) -> bytes | None:
    """The same, many times faster, for rounded figures, whole numbers and texts; None for any other table."""
    import pyarrow as pa
    from pyarrow import csv

    columns = {}
    for name, series in frame.items():
        if pd.api.types.is_float_dtype(series):
            values = series.to_numpy(float)
            figures = values[~np.isnan(values)]
            if not _rounded(figures, decimals):
                return None
            columns[name] = pa.array(values, from_pandas=True).cast(pa.decimal64(18, decimals), safe=False)
            continue
        try:
            columns[name] = pa.array(series, from_pandas=True)
        except pa.ArrowException:
            return None
        if not (_is_text(columns[name]) or pa.types.is_integer(columns[name].type)):
            return None
    header = pa.array(list(columns))
    if len(columns) < 2 or not _is_text(header) or _needs_quotes(header):
        return None
    if special := {name for name, cells in columns.items() if _is_text(cells) and _needs_quotes(cells)}:
        return _quoted_csv(columns, special)
    written = BytesIO()
    options = csv.WriteOptions(quoting_style="none", quoting_header="none", batch_size=_BATCH)
    csv.write_csv(pa.table(columns), written, options)
    return written.getvalue()


def _rounded(figures: np.ndarray, decimals: int) -> bool:
    """Whether figures are written with so many decimals as they stand, and none is a negative zero."""
    least = bool(np.all(np.abs(figures) < LARGEST) and not np.any(np.signbit(figures) & (figures == 0)))
    return least and np.array_equal(np.round(figures, decimals), figures)


def _quoted_csv(columns: Mapping[str, "pa.Array"], special: set[str]) -> bytes:
    """Columns as CSV, with quotes around the cells of some columns that need them."""
    import pyarrow as pa
    from pyarrow import compute

    comma, quote, nothing = (pa.scalar(text, pa.large_string()) for text in (",", '"', ""))
    cells = []
    for name, column in columns.items():
        text = column.cast(pa.large_string())
        if name in special:
            inside = compute.replace_substring(text, '"', '""')
            quoted = compute.binary_join_element_wise(quote, inside, quote, nothing)
            text = compute.if_else(compute.match_substring_regex(text, QUOTED), quoted, text)
        cells.append(text)
    rows = compute.binary_join_element_wise(*cells, comma, null_handling="replace")
    return "\n".join([",".join(columns), *rows.to_pylist(), ""]).encode()


def _is_text(cells: "pa.Array") -> bool:
    import pyarrow as pa

    return pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type)


def _needs_quotes(cells: "pa.Array") -> bool:
    """Whether some text has a comma, a quote or a line break."""
    from pyarrow import compute

    return bool(compute.any(compute.match_substring_regex(compute.unique(cells), QUOTED)).as_py())


def as_parquet(frame: pd.DataFrame) -> bytes:
    """A table as Parquet."""
    import pyarrow as pa
    from pyarrow import parquet

    written = BytesIO()
    parquet.write_table(pa.Table.from_pandas(frame, preserve_index=False, nthreads=1), written, compression="zstd")
    return written.getvalue()


def read_parquet(path: Path) -> pd.DataFrame:
    """A table of a Parquet file; for small ones a thread of Arrow's costs more than it saves."""
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        return file.read(use_threads=False).to_pandas(use_threads=False)
