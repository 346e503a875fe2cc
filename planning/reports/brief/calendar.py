"""The budget calendar: each step with its date, whether it has passed, and where the scenario stands."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from planning.inputs.case import Case
from planning.numbers import MILLION
from planning.reports.brief.content import Part, Points, Section
from planning.reports.layout import footer
from planning.reports.sheet import Sheet
from planning.solver.plan import Plan
from planning.vocabulary import STATUSES, Language, Text

_TITLE = Text("Lịch ngân sách và tình trạng phương án", "The budget calendar, and where this scenario stands")
_SHEET = Text("Lịch cho năm ngân sách {year}", "Calendar for budget year {year}")
_MARKS: Mapping[str, Text] = {
    "draft": Text("dự thảo, chưa ai trình", "a draft that nobody has submitted"),
    "submitted": Text("đã trình", "submitted"),
    "approved": Text("đã duyệt", "approved"),
}
_STANDS = Text("Ngày {day}, phương án này là: {mark}{by}.", "On {day} this scenario is {mark}{by}.")
_BY = Text(" bởi {office}, ngày {time}: {reason}", " by {office} on {time}: {reason}")
_NEXT = Text(
    "Mốc tiếp theo là {date}, {days}: {step} ({agency}), cho năm ngân sách {year}.",
    "The next date is {date}, {days}: {step} ({agency}), for budget year {year}.",
)
_DAYS = Text("còn {days} ngày", "in {days} days")
_SOON = (Text("hôm nay", "today"), Text("ngày mai", "tomorrow"))
_PAST = Text(
    "Mọi mốc cho năm ngân sách {year}, năm đầu của phương án, đã qua; thay đổi đi theo thủ tục điều chỉnh dự toán.",
    "Every date for budget year {year}, the first of the plan, has passed; changes go by amendment of the estimate.",
)
_NONE = Text(
    "Chưa biết lịch ngân sách: thư mục số liệu không có bảng calendar.csv.",
    "The budget calendar is not known: the data folder holds no table calendar.csv.",
)
_COLUMNS = {
    "date": Text("Chậm nhất", "By"),
    "step": Text("Việc", "Step"),
    "agency": Text("Cơ quan", "Agency"),
    "left": Text("Còn lại", "Days left"),
    "source": Text("Nguồn", "Source"),
    "status": Text("Tình trạng", "Status"),
}
_PASSED = Text("đã qua", "passed")
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def written(day: date, language: Language) -> str:
    """A date as the language writes it: 15/5/2026, 15 May 2026."""
    return f"{day.day}/{day.month}/{day.year}" if language == "vi" else f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def calendar(plan: Plan, day: date, mark: Mapping[str, str], language: Language) -> Section:
    """Where the scenario stands on `day`, the next date, and the calendar of the plan's first year.

    `mark` is what the catalogue says of the run: mark (submitted, approved), office, reason, time; empty for a draft.
    """
    said = [standing(day, mark, language)]
    if "calendar" not in plan.case.tables:
        return Section(_TITLE[language], (Points((*said, _NONE[language])),))
    table = _dated(plan.case)
    said.append(next_step(plan.case, day, language))
    if (table["date"] < day).all():
        said.append(_PAST[language].format(year=plan.case.years[0]))
    parts: tuple[Part, ...] = (Points(tuple(said)), _sheet(plan.case, table, day, language))
    return Section(_TITLE[language], parts)


def standing(day: date, mark: Mapping[str, str], language: Language) -> str:
    """Draft, submitted or approved, by whom, when and why."""
    name = mark.get("mark", "draft")
    by = ""
    if mark:
        when = written(date.fromisoformat(mark["time"][:10]), language)
        by = _BY[language].format(office=mark["office"], time=when, reason=mark["reason"])
    words = _MARKS.get(name, Text(name, name))[language]
    return _STANDS[language].format(day=written(day, language), mark=words, by=by)


def next_step(case: Case, day: date, language: Language) -> str:
    """The first date of the calendar on or after `day`, whatever budget year it is for."""
    coming = []
    for step in case.tables["calendar"].to_dict("records"):
        here = date(day.year, step["month"], step["day"])
        coming.append((here if here >= day else here.replace(year=day.year + 1), step))
    when, step = min(coming, key=lambda one: one[0])
    left = (when - day).days
    days = _SOON[left][language] if left < len(_SOON) else _DAYS[language].format(days=left)
    return _NEXT[language].format(
        date=written(when, language), days=days, step=step[f"name_{language}"],
        agency=step[f"agency_{language}"], year=when.year + step["years_before"],
    )  # fmt: skip


def _dated(case: Case) -> pd.DataFrame:
    """Table calendar in the order of its dates for the first year of the plan."""
    table = case.tables["calendar"]
    parts = zip(table["years_before"], table["month"], table["day"], strict=True)
    dates = [date(case.years[0] - before, month, day) for before, month, day in parts]
    return table.assign(date=dates).sort_values("date", kind="stable").reset_index(drop=True)


def _sheet(case: Case, table: pd.DataFrame, day: date, language: Language) -> Sheet:
    passed = _PASSED[language]
    frame = pd.DataFrame(
        {
            "date": [written(when, language) for when in table["date"]],
            "step": table[f"name_{language}"],
            "agency": table[f"agency_{language}"],
            "left": [str((when - day).days) if when >= day else passed for when in table["date"]],
            "source": table["source"],
            "status": [STATUSES[status][language] for status in table["status"]],
        }
    ).rename(columns={name: text[language] for name, text in _COLUMNS.items()})
    title = _SHEET[language].format(year=case.years[0])
    return Sheet(title, frame, {}, language, MILLION, footer([case], language))
