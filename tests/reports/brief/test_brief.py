"""The brief as PDF and as a page: the same totals as the files, names that are never markup, the same bytes again."""

import html
import re
import shutil
import subprocess
from dataclasses import replace

import pandas as pd
import pytest

from planning import numbers
from planning.errors import InputError, NoPlanError
from planning.inputs import load_case
from planning.reports.brief import questions
from planning.reports.brief.build import Edition, brief
from planning.reports.brief.checklist import checklist
from planning.reports.brief.content import printed
from planning.reports.brief.page import as_page
from planning.reports.brief.pdf import as_pdf
from planning.reports.brief.questions import Answers
from planning.reports.files import write_plan
from planning.reports.saved import FRAMES
from planning.reports.sheet import Sheet
from planning.solver.plan import solve
from planning.vocabulary import Text

NOTHING_ASKED = Answers(*[Text("chưa hỏi", "not asked")] * 3)
MARKUP = {
    "Gần": "#let x = 1 #panic()",
    "Đồi": "<script>alert(1)</script> & <b>",
    "Dạy bơi": "*bold* _it_ $x^2$ @ref `raw`",
    "Bể bơi": '=1+1 \\"{[(',
}


def words_of(pdf: bytes) -> str:
    if not (tool := shutil.which("pdftotext")):
        pytest.skip("pdftotext is not installed")
    text = subprocess.run([tool, "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return " ".join(text.split())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_totals_are_those_of_the_files(plan, briefs, language, tmp_path):
    write_plan(plan, tmp_path)
    total = pd.read_parquet(tmp_path / "allocations.parquet")["amount_million_vnd"].sum()
    content = printed(briefs[language])
    page, pdf = html.unescape(as_page(content).decode()), words_of(as_pdf(content))
    written = numbers.money(total, language)
    assert written in page
    assert written in pdf
    tables = [part for section in content["sections"] for part in section["parts"] if part["kind"] == "table"]
    figure = numbers.amount(total, language, numbers.MILLION)
    by_area, by_fund = (next(table for table in tables if word in table["heading"]) for word in {
        "vi": ("Phân bổ theo địa bàn", "Tiền theo nguồn vốn"), "en": ("Allocation by area", "Money by fund"),
    }[language])  # fmt: skip
    assert figure in by_area["rows"][-1]
    assert figure in by_fund["rows"][-1]


def test_the_baseline_adds_up_to_the_table_of_areas(briefs):
    sheets = [part for section in briefs["en"].sections for part in section.parts]
    by_programme = next(part for part in sheets if isinstance(part, Sheet) and "by programme" in part.title)
    by_area = next(part for part in sheets if isinstance(part, Sheet) and "by area" in part.title)
    for column in ("Baseline", "A year on average", "Change"):
        assert by_programme.frame[column].iloc[-1] == by_area.frame[column].iloc[-1]
        assert by_programme.frame[column].iloc[:-1].sum() == pytest.approx(by_programme.frame[column].iloc[-1])


def test_names_are_never_markup(folder, day):
    for file in ("areas", "programmes"):
        path = folder / "data" / f"{file}.csv"
        table = pd.read_csv(path, dtype=str, keep_default_na=False).replace({"name_vi": MARKUP})
        table.to_csv(path, index=False)
    path = folder / "data" / "programmes.csv"
    path.write_text(path.read_text().replace("=1+1", "'=1+1"))  # a cell that begins with = is refused before
    plan = solve(load_case(folder / "base.yaml"))
    content = printed(brief([plan], NOTHING_ASKED, Edition("vi", day)))
    page, pdf = as_page(content).decode(), words_of(as_pdf(content))
    assert "<script" not in page
    assert html.escape(MARKUP["Đồi"]).replace("&#x27;", "&#39;") in page
    for name in ("#let x = 1 #panic()", "alert(1)</script>", "*bold* _it_"):
        assert name in pdf


def test_the_same_day_gives_the_same_bytes(plan, found, briefs, day):
    first, again = printed(briefs["en"]), printed(brief([plan], found, Edition("en", day)))
    assert as_pdf(first) == as_pdf(again)
    assert as_page(first) == as_page(again)
    assert as_pdf(first | {"day": [2026, 11, 24]}) != as_pdf(first)


def test_the_page_needs_nothing_else(briefs):
    page = as_page(printed(briefs["vi"])).decode()
    assert not re.search(r"<script|<link|src=\"(?!data:)|https?://", page)
    pictures = re.findall(r"<img [^>]*>", page)
    assert pictures
    assert all(re.search(r'alt="[^"]{10,}"', picture) for picture in pictures)
    assert '<html lang="vi">' in page


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_line_of_the_check_list_is_answered(plan, found, language):
    (sheet,) = checklist(plan, found, language).parts
    assert len(sheet.frame) == 14
    assert (sheet.frame.iloc[:, 1].str.len() > 20).all()


def test_projects_and_options_stand_in_a_brief(toy_projects, day):
    plan = solve(toy_projects)
    frames = {name: getattr(plan, name).assign(scenario="other") for name in FRAMES}
    scenario = toy_projects.scenario.model_copy(update={"name": "other"})
    other = replace(plan, case=replace(toy_projects, scenario=scenario), **frames)
    content = brief([plan, other], NOTHING_ASKED, Edition("en", day), base=other)
    titles = [section.title for section in content.sections]
    assert "The options side by side" in titles
    capital = content.sections[titles.index("Capital with its running cost")]
    assert len(capital.parts) == 4
    assert "(0.0%) is put into another area" in " ".join(
        sentence for part in content.sections[2].parts if hasattr(part, "sentences") for sentence in part.sentences
    )


def test_why_a_question_has_no_answer_is_told_in_the_language_of_the_brief(plan, tmp_path, monkeypatch):
    def refused(_):
        raise NoPlanError([Text("không giữ được", "none is kept")])

    for name in questions.ASKED:
        monkeypatch.setitem(questions.ASKED, name, refused)
    found = questions.answers(plan, tmp_path)
    assert questions.questions(found, "vi").parts[1] == (
        "Không trả lời được câu hỏi “Giá trị của một tỷ đồng”: Không có phương án nào giữ được mọi quy định: "
        "- không giữ được"
    )
    assert questions.questions(found, "en").parts[1] == (
        "Not answered, “What one billion is worth”: There is no plan that keeps every rule: - none is kept"
    )
    (sheet,) = checklist(plan, found, "vi").parts
    unknown = [cell for cell in sheet.frame.iloc[:, 1] if "- không giữ được" in cell]
    assert len(unknown) == 2
    assert not [cell for cell in unknown if "There is no plan" in cell]


def test_plans_of_another_map_are_refused(plan, toy_projects, day):
    with pytest.raises(InputError, match="are not"):
        brief([plan, solve(toy_projects)], NOTHING_ASKED, Edition("en", day))
