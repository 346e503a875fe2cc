"""Questions in SQL over all runs of a folder, read by DuckDB in memory; nothing can be written."""

import json
import re
from pathlib import Path
from typing import Any

import pandas as pd

from planning.batch.catalogue import COLUMNS, runs_of
from planning.batch.words import PLAN
from planning.errors import PlanningError
from planning.vocabulary import Text

TABLES = ("allocations", "coverage", "targets", "rules", "funds", "projects")
HIDDEN = ("content", "source", "figures")
_NO_QUESTION = Text(
    "hãy viết một câu hỏi bắt đầu bằng SELECT; ở đây không sửa được gì. ",
    "write one question that begins with SELECT; nothing here can be changed. ",
)


class QueryError(PlanningError):
    """A question in SQL cannot be answered; the sentence says why, and what can be asked for."""

    exit_code = 2


def query(folder: Path | str, sql: str) -> pd.DataFrame:
    """The answer to one SELECT over the views allocations, coverage, targets, rules, funds, projects and runs.

    Each view holds all runs with a plan, told apart by `run` (their id) and `dataset`; `runs` holds every run, with its
    headline figures as columns. Money in million VND. Raises QueryError and CatalogueError.
    """
    import duckdb

    folder = Path(folder)
    runs = runs_of(folder)
    planned = runs[runs["status"] == PLAN]
    if planned.empty:
        text = Text(
            f"{folder} chưa có lần chạy nào có phương án; hãy chạy `planning batch` trước",
            f"{folder} holds no run with a plan yet; make some with `planning batch`",
        )
        raise QueryError(text)
    with duckdb.connect(":memory:", config={"python_enable_replacements": "false"}) as base:
        _views(base, folder.absolute(), runs, planned)
        try:
            statements = base.extract_statements(sql)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                raise QueryError(_NO_QUESTION + _there(base))
            return base.execute(statements[0]).df()
        except duckdb.Error as error:
            raise QueryError(_first(error) + _there(base)) from None


def _views(base: Any, folder: Path, runs: pd.DataFrame, planned: pd.DataFrame) -> None:
    """The views, and then no way to any file outside the run folders."""
    figures = pd.json_normalize(runs["figures"].map(_loads).tolist()).set_index(runs.index)
    known = (
        runs[[name for name in COLUMNS if name not in HIDDEN]]
        .rename(columns={"id": "run"})
        .join(figures.drop(columns="gap", errors="ignore"))
    )
    base.register("_runs", known)
    base.execute("CREATE TABLE runs AS SELECT * FROM _runs")
    base.unregister("_runs")
    for name in TABLES:
        files = [str(folder / run / f"{name}.parquet") for run in planned["folder"]]
        base.execute(
            f"CREATE VIEW {name} AS SELECT runs.run, runs.dataset, there.* EXCLUDE (filename) FROM "
            f"read_parquet({_texts(files)}, filename = true, union_by_name = true, hive_partitioning = false) there "
            r"JOIN runs ON runs.folder = regexp_extract(filename, '([^/\\]+)[/\\][^/\\]+$', 1)"
        )
    base.execute(f"SET allowed_directories = {_texts([str(folder)])}")
    for setting in ("enable_external_access = false", "lock_configuration = true"):
        base.execute(f"SET {setting}")


def _loads(text: str | None) -> dict[str, Any]:
    return json.loads(text) if text else {}


def _texts(values: list[str]) -> str:
    """A list of texts as SQL writes it."""
    return "[" + ", ".join("'" + value.replace("'", "''") + "'" for value in values) + "]"


def _first(error: Exception) -> Text:
    """The first sentence of what DuckDB says, without its drawing of the place."""
    text = str(error).split("\n\n")[0].split("\nLINE ")[0]
    said = re.sub(r"\s+", " ", text).strip().rstrip(".")
    return Text(f"Không trả lời được câu hỏi: {said}. ", f"The question cannot be answered: {said}. ")


def _there(base: Any) -> Text:
    columns = base.execute(
        "SELECT table_name, string_agg(column_name, ', ' ORDER BY column_index) FROM duckdb_columns() "
        "WHERE schema_name = 'main' AND NOT internal GROUP BY table_name ORDER BY table_name"
    ).fetchall()
    said = "; ".join(f"{name} ({names})" for name, names in columns)
    return Text(f"Có: {said}", f"There are: {said}")
