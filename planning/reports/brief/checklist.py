"""What a child-budget analysis must show, line by line: answered from the data, or not known and why.

The lines are those of General Comment 19 on the Convention on the Rights of the Child, UNICEF's public finance for
children, PEFA (PI-1 to PI-16, GRPFM) and the IMF's public investment management assessment.
"""

from collections.abc import Callable, Mapping

import pandas as pd

from planning import numbers
from planning.numbers import MILLION, money_unit
from planning.reports import measures
from planning.reports.brief.content import Section
from planning.reports.brief.effects import spread
from planning.reports.brief.questions import Answers
from planning.reports.brief.shortfalls import met_in_words
from planning.reports.headline import headline
from planning.reports.layout import footer
from planning.reports.sheet import Sheet
from planning.reports.tables import rounded_fields
from planning.solver.plan import Plan
from planning.vocabulary import Language, Text

_TITLE = Text("Bảng kiểm ngân sách cho trẻ em", "Child-budget check list")
_LINE, _ANSWER = Text("Câu hỏi", "Question"), Text("Trả lời", "Answer")
_UNKNOWN = Text("Chưa biết: {why}", "Not known: {why}")


def checklist(plan: Plan, found: Answers, language: Language) -> Section:
    """Each line with its answer."""
    rows = [(line[language], answer(plan, found, language)) for line, answer in LINES.items()]
    frame = pd.DataFrame(rows, columns=[_LINE[language], _ANSWER[language]])
    sheet = Sheet(_TITLE[language], frame, {}, language, MILLION, footer([plan.case], language))
    return Section(_TITLE[language], (sheet,))


def _size(plan: Plan, _: Answers, language: Language) -> str:
    whole = measures.whole(plan).iloc[0]
    table, unit = rounded_fields(plan)
    years = table.groupby("year")["amount"].sum().reindex(plan.case.years, fill_value=0.0)
    first, last = (numbers.money(float(years.iloc[at]), language, unit) for at in (0, -1))
    said = Text(
        "{all} danh nghĩa; {child} nghìn đồng mỗi trẻ em mỗi năm; từ {first} năm đầu đến {last} năm cuối. Chưa biết tỷ "
        "trọng trong toàn ngân sách và giá trị thực: số liệu không có tổng ngân sách và chỉ số giá.",
        "{all} nominal; {child} thousand VND per child and year; from {first} in the first year to {last} in the last. "
        "Share of the whole budget and real value not known: the data hold neither the whole budget nor a price index.",
    )
    return said[language].format(
        all=numbers.money(whole["amount"], language, unit), first=first, last=last,
        child=numbers.amount(whole["per_child"], language, numbers.PER_CHILD),
    )  # fmt: skip


def _counted(plan: Plan, _: Answers, language: Language) -> str:
    said = Text(
        "Chỉ tính trực tiếp: {count} chương trình trong bảng programmes, không quy đổi phần của chi chung. Chưa biết "
        "phần "
        "gián tiếp: số liệu không có hệ số.",
        "Direct lines only: the {count} programmes of table programmes, no share of general lines. Indirect money not "
        "known: the data hold no coefficient.",
    )
    return said[language].format(count=len(plan.case.programmes))


def _equity(plan: Plan, _: Answers, language: Language) -> str:
    table = measures.areas(plan)
    figures = headline(plan)
    said = Text(
        "Vùng khó khăn có {children} trẻ em và nhận {money} số tiền. {spread} {down} địa bàn giảm so với cơ sở.",
        "Remote areas have {children} of the children and receive {money} of the money. {spread} {down} areas lose "
        "against "
        "the baseline.",
    )
    return said[language].format(
        children=numbers.percent(figures["remote_children_share"], language),
        money=numbers.percent(figures["remote_money_share"], language),
        spread=spread(table, language), down=int((table["change"] < -0.05).sum()),
    )  # fmt: skip


def _efficiency(plan: Plan, found: Answers, language: Language) -> str:
    if isinstance(found.prices, Text):
        return _UNKNOWN[language].format(why=found.prices[language])
    return next(iter(found.prices.sentences[language]), _UNKNOWN[language].format(why=_NO_SPENDING[language]))


def _effectiveness(plan: Plan, _: Answers, language: Language) -> str:
    return met_in_words(plan, language)


def _term(plan: Plan, _: Answers, language: Language) -> str:
    said = Text(
        "{count} năm ({first}–{last}), mỗi năm trong trần của từng nguồn vốn. Chưa biết thay đổi so với kế hoạch trung "
        "hạn lần trước: số liệu chỉ có dự toán một năm làm cơ sở.",
        "{count} years ({first}–{last}), each within the ceilings of every fund. Change from the last forward "
        "estimate not "
        "known: the data hold a baseline of one year only.",
    )
    return said[language].format(count=len(plan.case.years), first=plan.case.years[0], last=plan.case.years[-1])


def _capital(plan: Plan, _: Answers, language: Language) -> str:
    figures = headline(plan)
    unit = money_unit([figures["building"], figures["tail"]])
    said = Text(
        "{count} dự án chọn cùng chi vận hành của chúng, vốn {building}, còn {tail} sau giai đoạn; chuyển tiếp làm "
        "trước. "
        "Chưa biết thẩm định từng dự án: không có trong số liệu.",
        "{count} projects chosen together with their running cost: building {building}, {tail} after the plan; "
        "ongoing ones "
        "first. Appraisals not known: they are not in the data.",
    )
    return said[language].format(
        count=figures["projects"], building=numbers.money(figures["building"], language, unit),
        tail=numbers.money(figures["tail"], language, unit),
    )  # fmt: skip


def _sources(plan: Plan, _: Answers, language: Language) -> str:
    said = Text(
        "{funds} nguồn vốn, {rows} dòng quy định được chi cho việc gì; xã hội hóa {social} tiền chi. Chưa biết nguồn "
        "nào "
        "ngoài ngân sách chắc chắn đến đâu.",
        "{funds} funds, {rows} rows say what each may pay for; social contributions pay {social} of the money. How "
        "predictable each fund is, is not known.",
    )
    return said[language].format(
        funds=len(plan.case.funds), rows=len(plan.case.tables["eligibility"]),
        social=numbers.percent(_social(plan).sum() / max(plan.lines["amount"].sum(), 1e-9), language),
    )  # fmt: skip


def _sustained(plan: Plan, _: Answers, language: Language) -> str:
    last = plan.case.years[-1]
    said = Text(
        "Năm {year} có {donors} từ xã hội hóa phải thay thế nếu nguồn này dừng; sau đó còn {tail} cho dự án đã làm.",
        "In {year} {donors} come from social contributions and would have to be replaced if these end; {tail} is "
        "still to "
        "be paid for projects afterwards.",
    )
    donors, tail = float(_social(plan).reindex([last], fill_value=0.0).sum()), headline(plan)["tail"]
    unit = money_unit([donors, tail])
    return said[language].format(
        year=last, donors=numbers.money(donors, language, unit), tail=numbers.money(tail, language, unit)
    )


def _sensitive(plan: Plan, found: Answers, language: Language) -> str:
    if isinstance(found.sensitivity, Text):
        return _UNKNOWN[language].format(why=found.sensitivity[language])
    return " ".join(found.sensitivity.sentences[language])


def _open(plan: Plan, _: Answers, language: Language) -> str:
    said = Text(
        "Hồ sơ này, bản công khai (--public) và bảng số liệu máy đọc được; {share} số tiền dựa vào đơn giá giả định, "
        "đã "
        "liệt kê.",
        "This brief, its public edition (--public) and machine-readable tables; {share} of the money rests on "
        "assumed unit "
        "costs, which are listed.",
    )
    return said[language].format(share=numbers.percent(headline(plan)["assumed_money_share"], language))


def _social(plan: Plan) -> pd.Series:
    """Money of social contributions by year."""
    funds = plan.case.tables["funds"]
    social = funds.loc[funds["kind"] == "social", "fund"]
    return plan.lines[plan.lines["fund"].isin(social)].groupby("year")["amount"].sum()


def _unknown(why: Text) -> Callable[[Plan, Answers, Language], str]:
    return lambda _, __, language: _UNKNOWN[language].format(why=why[language])


_NO_SPENDING = Text(
    "số liệu không có số thực chi, nợ đọng hay số điều chỉnh của các năm trước.",
    "the data hold no outturns, arrears or revisions of earlier years.",
)
_NO_SEX = Text(
    "nhu cầu không tách theo giới; thêm chương trình riêng cho trẻ em gái, trai thì có câu trả lời.",
    "needs are not split by sex; programmes of their own for girls and boys would answer it.",
)
_NO_VOICE = Text(
    "số liệu không ghi ý kiến của trẻ em, người dân; hãy ghi vào note của phương án.",
    "no comments of children or residents are recorded; write them into the scenario's note.",
)
LINES: Mapping[Text, Callable[[Plan, Answers, Language], str]] = {
    Text("Quy mô: bao nhiêu, mỗi trẻ em bao nhiêu?", "Size: how much, and how much per child?"): _size,
    Text("Khoản nào tính là cho trẻ em?", "What counts as money for children?"): _counted,
    Text("Công bằng: nơi nào nhiều, nơi nào ít?", "Equity: where is more, where is less?"): _equity,
    Text("Hiệu suất: thêm một tỷ được gì?", "Efficiency: what does one more billion bring?"): _efficiency,
    Text("Hiệu quả: chỉ tiêu và kết quả?", "Effectiveness: targets and results?"): _effectiveness,
    Text("Thực hiện dự toán những năm trước?", "Execution in earlier years?"): _unknown(_NO_SPENDING),
    Text("Trung hạn?", "Medium term?"): _term,
    Text("Đầu tư: chi phí cả đời dự án?", "Capital: cost over the whole life?"): _capital,
    Text("Nguồn vốn?", "Funding sources?"): _sources,
    Text("Bền vững?", "Sustainability?"): _sustained,
    Text("Giới?", "Gender?"): _unknown(_NO_SEX),
    Text("Minh bạch?", "Transparency?"): _open,
    Text("Sự tham gia?", "Participation?"): _unknown(_NO_VOICE),
    Text("Độ nhạy?", "Sensitivity?"): _sensitive,
}
