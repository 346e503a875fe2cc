"""What a comparison says in words: each scenario by itself where they are few, the ends of the field where many."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from planning import numbers
from planning.insight.finding import Finding
from planning.numbers import MoneyUnit, money_unit
from planning.reports.comparison.printed import printed_money
from planning.reports.layout import titles
from planning.reports.measures import cases
from planning.solver.plan import Plan
from planning.vocabulary import Language, Text

_LEAST = 0.05  # million VND: nothing below this shows in a sentence
_NAMED = 3
_WORDS = {
    "result": Text(
        "“{other}” so với “{base}”: trẻ em-năm được phục vụ {reached}; số tiền {money}; chỉ tiêu đạt {met}; "
        "phần tiền cho địa bàn khó khăn {remote}.",
        "“{other}” against “{base}”: child-years reached {reached}; money {money}; targets met {met}; "
        "share of money for remote areas {remote}.",
    ),
    "areas": Text(
        "{gaining} địa bàn được thêm {gain}{most}; {losing} địa bàn bị giảm {loss}{least}.",
        "{gaining} areas gain {gain}{most}; {losing} areas lose {loss}{least}.",
    ),
    "most": Text(" (nhiều nhất: {area}, {money})", " (most: {area}, {money})"),
    "moved": Text(
        "Phải chuyển {money} ({share} số tiền của phương án gốc) giữa các địa bàn, chương trình và năm.",
        "{money} would have to move between areas, programmes and years ({share} of the money of the base).",
    ),
    "won": Text("Chỉ tiêu đạt thêm: {what}.", "Targets met in addition: {what}."),
    "lost": Text("Chỉ tiêu không còn đạt: {what}.", "Targets no longer met: {what}."),
    "built": Text("Dự án được chọn thêm: {what}.", "Projects chosen in addition: {what}."),
    "dropped": Text("Dự án không còn được chọn: {what}.", "Projects no longer chosen: {what}."),
    "shifted": Text("Dự án khởi công năm khác: {what}.", "Projects begun in another year: {what}."),
    "nothing": Text("Mọi con số như nhau.", "Every figure is the same."),
    "same": Text("giữ nguyên", "unchanged"),
    "more": Text(" và {count} mục khác", " and {count} more"),
    "many": Text(
        "{count} phương án so với “{base}”. Phục vụ nhiều trẻ em-năm nhất: “{best}” ({most}); ít nhất: “{worst}” "
        "({least}). Phải chuyển nhiều tiền nhất: “{mover}” ({moved}).",
        "{count} scenarios against “{base}”. Most child-years reached: “{best}” ({most}); fewest: “{worst}” ({least}). "
        "Most money moved: “{mover}” ({moved}).",
    ),
    "left_out": Text(
        "Với hơn {few} phương án, chênh lệch không được giải thích từng thay đổi; hỏi planning difference từng cặp.",
        "With more than {few} scenarios the differences are not explained change by change; ask planning difference "
        "for two of them.",
    ),
}


def sentences(
    plans: Sequence[Plan],
    tables: Mapping[str, pd.DataFrame],
    explained: Mapping[str, Finding],
    left_out: Mapping[str, Text],
    language: Language,
    few: int,
) -> tuple[str, ...]:
    """The sentences of a comparison in one language."""
    if len(plans) - 1 > few:
        return tuple(_of_many(plans, tables["scenarios"], language, few))
    said: list[str] = []
    for other in plans[1:]:
        name = other.case.scenario.name
        mine = {key: table[table["scenario"] == name] for key, table in tables.items() if key != "scenarios"}
        said += _of_one(plans, other, tables["scenarios"].set_index("scenario"), mine, language)
        said += explained[name].sentences[language][1:] if name in explained else [left_out[name][language]]
    return tuple(said)


def _of_one(
    plans: Sequence[Plan], other: Plan, rows: pd.DataFrame, mine: Mapping[str, pd.DataFrame], language: Language
) -> Iterator[str]:
    """What one scenario changes: result, areas, money moved, targets, projects."""
    named, name, first = titles(cases(plans), language), other.case.scenario.name, plans[0].case.scenario.name
    yield _result(named[first], named[name], rows, rows.loc[first], rows.loc[name], language)
    labels = other.case.labels(language)
    moved = mine["moved"].set_index("between").loc["cells"]
    if moved["moved"] < _LEAST:
        yield _WORDS["nothing"][language]
    else:
        wide, unit = printed_money(plans, "areas")
        yield _gains(wide[name] - wide[first], unit, labels["area"], language)
        money, share = numbers.money(moved["moved"], language), numbers.percent(moved["share"], language)
        yield _WORDS["moved"][language].format(money=money, share=share)
    targets = mine["targets"]
    told = targets[f"document_{language}"] + " (" + targets["programme"].map(labels["programme"]) + ", "
    told = told + targets["year"].astype(str) + ")"
    projects = mine["projects"]["project"].map(labels["project"])
    for key, words, turn, among in (
        ("won", told, "won", targets),
        ("lost", told, "lost", targets),
        ("built", projects, "won", mine["projects"]),
        ("dropped", projects, "lost", mine["projects"]),
        ("shifted", projects, "moved", mine["projects"]),
    ):
        if (among["turn"] == turn).any():
            yield _WORDS[key][language].format(what=_listed(words[among["turn"] == turn].tolist(), language))


def _result(base: str, other: str, rows: pd.DataFrame, one: pd.Series, two: pd.Series, language: Language) -> str:
    reached = round(two["services"]) - round(one["services"])
    share = f" ({numbers.signed(100 * reached / one['services'], language, 1)}%)" if one["services"] else ""
    same = _WORDS["same"][language]
    turned = int(two["targets_met"] - one["targets_met"])
    shares = [numbers.percent(row["remote_money_share"], language) for row in (one, two)]
    return _WORDS["result"][language].format(
        base=base, other=other,
        reached=numbers.signed(reached, language) + share if reached else same, money=_money(rows, one, two, language),
        met=f"{int(two['targets_met'])}/{int(two['targets'])} ({numbers.signed(turned, language) if turned else same})",
        remote=" → ".join(dict.fromkeys(shares)),
    )  # fmt: skip


def _money(rows: pd.DataFrame, one: pd.Series, two: pd.Series, language: Language) -> str:
    """The change of money as the table of scenarios shows it, in a finer unit where that shows none."""
    unit = money_unit(rows["money"])
    before, after = (round(side["money"] / unit.step) * unit.step for side in (one, two))
    if abs(after - before) > unit.step / 2:
        return signed_money(after - before, language, unit)
    money = two["money"] - one["money"]
    return _WORDS["same"][language] if abs(money) < _LEAST else signed_money(money, language)


def _gains(change: pd.Series, unit: MoneyUnit, names: Mapping[str, str], language: Language) -> str:
    """How many areas gain and lose, how much, and which most, as the table of areas prints it."""
    words: dict[str, str | int] = {}
    for count, total, most, part in (
        ("gaining", "gain", "most", change[change > unit.step / 2]),
        ("losing", "loss", "least", -change[change < -unit.step / 2]),
    ):
        words |= {count: len(part), total: numbers.money(part.sum(), language, unit), most: ""}
        if len(part):
            money = numbers.money(part.max(), language, unit)
            words[most] = _WORDS["most"][language].format(area=names[part.idxmax()], money=money)
    return _WORDS["areas"][language].format(**words)


def _of_many(plans: Sequence[Plan], rows: pd.DataFrame, language: Language, few: int) -> Iterator[str]:
    named = titles(cases(plans), language)
    others = rows.iloc[1:].set_index("scenario")
    best, worst, mover = others["services"].idxmax(), others["services"].idxmin(), others["moved"].idxmax()
    change = others["services"].round() - round(rows["services"].iloc[0])
    yield _WORDS["many"][language].format(
        count=len(others), base=named[rows["scenario"].iloc[0]], best=named[best], worst=named[worst],
        mover=named[mover], most=numbers.signed(change[best], language), least=numbers.signed(change[worst], language),
        moved=numbers.money(others.loc[mover, "moved"], language),
    )  # fmt: skip
    yield _WORDS["left_out"][language].format(few=few)


def signed_money(value: float, language: Language, unit: MoneyUnit | None = None) -> str:
    """Money (million VND) with its sign and unit."""
    return ("+" if value > 0 else "") + numbers.money(value, language, unit)


def _listed(words: list[str], language: Language) -> str:
    more = len(words) - _NAMED
    tail = _WORDS["more"][language].format(count=more) if more > 0 else ""
    return "; ".join(words[:_NAMED]) + tail
