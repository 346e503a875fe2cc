"""The answer to a question on paper: its sentences, its tables as sheets, and everything as files."""

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from planning import numbers
from planning.disk import write_files
from planning.insight.difference_words import KINDS, MEASURES, printed
from planning.insight.finding import Finding
from planning.insight.order_words import printed_summary
from planning.insight.whynot import printed_lines
from planning.insight.words import DECISIONS, REASONS
from planning.numbers import MoneyUnit
from planning.reports.files import as_csv, as_json, as_parquet
from planning.reports.layout import footer, labels_of
from planning.reports.sheet import Sheet
from planning.reports.style import Picture
from planning.reports.words import HEADINGS
from planning.vocabulary import Language, Text

DECIMALS = 6


def finding_sheet(
    finding: Finding,
    title: str,
    language: Language,
    table: str = "",
    columns: Sequence[str] = (),
    rows: int | None = None,
) -> Sheet:
    """A table of a finding for people, the first where none is named: names for codes, headings for columns.

    Columns that stand in both languages (words_vi, words_en) are shown in the one that is read. `columns` and `rows`
    show only these and the first so many.
    """
    frame = finding.tables[table] if table else finding.table
    frame = _in_one_language(frame if rows is None else frame.head(rows), language)
    frame = frame[list(columns)] if columns else frame
    labels = labels_of([finding.case], language)
    for column in labels.keys() & set(frame.columns):
        frame[column] = frame[column].map(lambda code, known=labels[column]: known.get(code, code))
    words = dict(HEADINGS) | dict(finding.headings)
    titles = {column: words[column][language] for column in frame.columns}
    kinds = {titles[column]: kind for column, kind in finding.kinds.items() if column in titles}
    money = frame[[column for column, kind in finding.kinds.items() if kind == "money" and column in frame]]
    unit = numbers.money_unit(money.fillna(0.0).to_numpy().ravel())
    return Sheet(title, frame.rename(columns=titles), kinds, language, unit, footer([finding.case], language))


def difference_sheet(finding: Finding, title: str, language: Language) -> Sheet:
    """The steps from one plan to another as they add up: effects with their sign, those of shares in points."""
    table = printed(finding.table)
    sheet = finding_sheet(replace(finding, tables={"difference": table}), title, language, columns=("words", *MEASURES))
    effect = table["kind"] != "plan"
    written = [
        [_step(value, KINDS[name], step, sheet.unit, language) for value, step in zip(table[name], effect, strict=True)]
        for name in MEASURES
    ]
    words, *columns = sheet.frame.columns
    frame = sheet.frame[[words]].assign(**dict(zip(columns, written, strict=True)))
    return replace(sheet, frame=frame)


def order_sheet(finding: Finding, title: str, language: Language) -> Sheet:
    """The steps of a stable order."""
    summary = printed_summary(finding.tables["summary"])
    return finding_sheet(replace(finding, tables={"summary": summary}), title, language)


def whynot_sheet(finding: Finding, title: str, language: Language, rows: int = 20) -> Sheet:
    """The first lines of money that move when a wish is forced; where it cannot be, the answer."""
    if "lines" not in finding.tables:
        answer = in_words(finding, "answer", {"reason": REASONS, "decision": DECISIONS}, language)
        return finding_sheet(answer, title, language, "answer")
    lines, unit = printed_lines(finding.tables["lines"])
    return replace(finding_sheet(replace(finding, tables={"lines": lines}), title, language, rows=rows), unit=unit)


def _step(value: float, kind: str, effect: bool, unit: MoneyUnit, language: Language) -> str:
    """A figure of a plan, or an effect on it."""
    if kind == "share":
        return numbers.signed_points(value, language) if effect else numbers.percent(value, language)
    value, decimals = (value / unit.million, unit.decimals) if kind == "money" else (value, int(value % 1 != 0))
    return (numbers.signed if effect else numbers.number)(value, language, decimals)


def _in_one_language(frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    other = "en" if language == "vi" else "vi"
    kept = frame[[column for column in frame.columns if not column.endswith(f"_{other}")]]
    return kept.rename(columns=lambda column: column.removesuffix(f"_{language}")).copy()


def in_words(
    finding: Finding, table: str, words: Mapping[str, Mapping[str, Text]], language: Language, columns: tuple = ()
) -> Finding:
    """The finding with one table for people: codes of these columns as words, and only these columns if any."""
    frame = finding.tables[table]
    frame = frame[list(columns)] if columns else frame
    for column, known in words.items():
        written = [known[code][language] if code in known else code for code in frame[column]]
        frame = frame.assign(**{column: written})
    return replace(finding, tables={**finding.tables, table: frame})


@dataclass(frozen=True, slots=True)
class Said:
    """What a finding says in words, as a list that a notebook shows."""

    sentences: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(f"• {sentence}" for sentence in self.sentences)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        return f"<ul>{''.join(f'<li>{html.escape(sentence)}</li>' for sentence in self.sentences)}</ul>"


def said(finding: Finding, language: Language) -> Said:
    """The sentences of a finding in one language."""
    return Said(tuple(finding.sentences[language]))


def write_finding(finding: Finding, pictures: dict[str, Picture], folder: Path | str) -> tuple[Path, ...]:
    """Write a finding to `folder`: each table as CSV and Parquet, the sentences as JSON, the pictures as PNG.

    The first table is <name>.csv, the others <name>_<table>.csv. Returns the paths. Raises OutputError.
    """
    contents: dict[str, bytes] = {}
    for place, (table, frame) in enumerate(finding.tables.items()):
        stem = f"{finding.name}_{table}" if place else finding.name
        contents[f"{stem}.csv"] = as_csv(frame, DECIMALS)
        contents[f"{stem}.parquet"] = as_parquet(frame)
    contents[f"{finding.name}.json"] = as_json(
        {"question": finding.name, "scenario": finding.case.scenario.name, "sentences": dict(finding.sentences)}
    )
    contents |= {f"{name}.png": picture.png() for name, picture in pictures.items()}
    return write_files(folder, contents)
