"""Levers in words: what the number says, its values as they are read, and who sets it."""

import math

from planning import numbers
from planning.inputs.case import Case
from planning.solver.levers import Lever
from planning.vocabulary import ALL, Language, Text

_CAP = Text("nhiều nhất, chỉ số bất bình đẳng ({rule}) của {programmes}", "most inequality ({rule}) of {programmes}")
_LEAST = Text("độ bao phủ tối thiểu kèm chỉ số {rule}", "least coverage of every area beside the index {rule}")
_WORDS = {
    "remote_share.share": Text("tỷ lệ tiền tối thiểu cho vùng xa{key}", "least share of money for remote areas{key}"),
    "per_child_floor.amount": Text("mức tối thiểu cho mỗi trẻ em", "floor for each child"),
    "stability.decrease": Text("mức giảm tối đa so với cơ sở", "largest fall against the baseline"),
    "stability.increase": Text("mức tăng tối đa so với cơ sở", "largest rise against the baseline"),
    "coverage_floors.share": Text(
        "độ bao phủ tối thiểu, {programmes}, {areas}", "least coverage, {programmes}, {areas}"
    ),
    "coverage_caps.share": Text("độ bao phủ tối đa, {programmes}, {areas}", "most coverage, {programmes}, {areas}"),
    "minimum_grants.amount": Text("mức chi tối thiểu một lần, {programmes}", "least grant, {programmes}"),
    "absorption.growth": Text("tăng hằng năm tối đa của mỗi địa bàn", "fastest growth of an area's money a year"),
    "substitutes.switch": Text("các chương trình thay thế nhau", "programmes that replace each other"),
    "complements.switch": Text("chương trình phụ thuộc chương trình khác", "a programme that depends on another"),
    "projects.per_area": Text("số dự án khởi công tối đa một địa bàn", "most project starts in one area"),
    "projects.per_year": Text("số dự án khởi công tối đa một năm", "most project starts in one year"),
    "minimum_use.share": Text("phần tối thiểu phải chi của {fund}", "least share of {fund} that is spent"),
    "expiry.year": Text("năm cuối được chi của {fund}", "last year in which {fund} may be spent"),
    "matching.ratio": Text("đối ứng của {partner} cho {fund}", "what {partner} adds to each one of {fund}"),
    "co_funding.share": Text(
        "phần của {fund} trong kinh phí {programmes}", "share of {fund} in the money of {programmes}"
    ),
    "additionality.share": Text("phần tối thiểu ngân sách nhà nước so với cơ sở", "state money against the baseline"),
    "virement.share": Text("mức thay đổi tối đa của {programmes}", "largest move of {programmes} against the baseline"),
    "gaps.ratio": Text("bao phủ vùng xa so với nơi khác, {programmes}", "remote coverage against others, {programmes}"),
    "parity.share": Text("chênh lệch tối đa tiền mỗi trẻ em", "widest band of money per child around the mean"),
    "losers.share": Text("tổng phần giảm tối đa của các địa bàn", "most that areas lose together"),
    "bottom_share.share": Text(
        "phần của nhóm phục vụ kém nhất, {programmes}", "share of the worst covered, {programmes}"
    ),
    "targets.coverage": Text("{target}: {programmes}, {place}, năm {year}", "{target}: {programmes}, {place}, {year}"),
    "resources.ceiling": Text("{resource} năm {year}", "{resource} in {year}"),
    "fund_ceiling.ceiling": Text("trần {fund} năm {year}", "ceiling of {fund} in {year}"),
    **{f"{name}.at_most": _CAP for name in ("concentration", "hoover", "gini", "theil")},
    **{f"{name}.floor": _LEAST for name in ("concentration", "hoover", "gini", "theil", "bottom_share")},
}
_OFF = Text("bỏ quy định", "switched off")
_ON = Text("đang áp dụng", "switched on")
_EXACT = Text("chính xác, ghi trong tệp: {value}", "exactly, in the file: {value}")
_FILE = Text("{file}, dòng {line}", "{file}, line {line}")
_TABLE = Text("bảng {table}, dòng {row}", "table {table}, row {row}")


def lever_words(case: Case, lever: Lever, language: Language) -> str:
    """What the number says, with names instead of codes."""
    labels = case.labels(language)
    about = _about(case, lever)
    named = {key: labels.get(key, {}).get(str(value), str(value)) for key, value in about.items()}
    if lever.rule == "targets":
        places = [named[column] for column in ("area", "class") if about[column] != ALL]
        named["place"] = places[0] if places else labels["areas"][ALL]
    key = lever.path.split(".share.")
    named |= {"rule": lever.rule, "key": f" ({labels['programmes'].get(key[-1], key[-1])})" if len(key) > 1 else ""}
    return _WORDS[f"{lever.rule}.{lever.field}"][language].format(**named)


def _about(case: Case, lever: Lever) -> dict[str, object]:
    """The entry of the rule, or the row of the table, that holds the number."""
    if lever.rule in ("targets", "resources", "fund_ceiling"):
        row = case.tables[lever.path.split(".")[0]].loc[int(lever.entry)].to_dict()
        return row | {"programmes": row.get("programme", "")}
    stated = getattr(case.scenario.rules, lever.rule)
    entry = stated[int(lever.entry) - 1] if lever.entry else stated
    return entry.model_dump()


def value_words(lever: Lever, value: float, language: Language, unit: numbers.MoneyUnit | None = None) -> str:
    """A value as it is read, in the unit of the rule; where the rule must go, that it is switched off.

    Money is written in `unit`, where one is given.
    """
    off = math.isinf(value) or (value == 0 and lever.unit in ("money_per_child", "switch"))
    if off or (lever.unit == "switch"):
        return (_OFF if off else _ON)[language]
    match lever.unit:
        case "share":
            return numbers.percent(value, language, 1 if round(1000 * value, 6) % 1 == 0 else 3)
        case "money":
            return numbers.money(value, language, unit)
        case "money_per_child":
            unit = numbers.MoneyUnit(0.001, 0 if round(1000 * value, 3) % 1 == 0 else 3, numbers.PER_CHILD.words)
            return numbers.money(value, language, unit)
        case "year":
            return str(int(value))
        case _:
            return numbers.number(value, language, 0 if value == round(value) else 3)


def both_words(lever: Lever, value: float, language: Language) -> tuple[str, str]:
    """What the number is now and another value of it, money in the unit of the change between them."""
    unit = None if math.isinf(value) else numbers.money_unit([value - lever.now])
    now, then = (value_words(lever, some, language, unit) for some in (lever.now, value))
    return now, then


def change_words(lever: Lever, value: float, language: Language) -> str:
    """By how much the number moves, with a sign; nothing where the rule is switched off."""
    if math.isinf(value) or lever.unit == "switch":
        return value_words(lever, value, language)
    sign = "+" if value > lever.now else "−"
    if lever.unit == "share":
        points = numbers.number(100 * abs(value - lever.now), language, 1 if abs(value - lever.now) >= 0.01 else 3)
        return f"{sign}{points} {numbers.POINTS[language]}"
    return sign + value_words(lever, abs(value - lever.now), language)


def who_sets(case: Case, lever: Lever, language: Language) -> str:
    """Where the number is written and, where the tables know, which document and agency stand behind it."""
    name = lever.path.split(".")[0]
    if name == "rules":
        place = case.scenario.origin.get(lever.path) or case.scenario.origin.get(lever.path.rsplit(".", 1)[0])
        return _FILE[language].format(file=place[0], line=place[1]) if place else case.scenario.name
    row = case.tables[name].loc[int(lever.entry)]
    known = {"targets": (f"document_{language}", f"agency_{language}")}.get(name, ("source",))
    said = "; ".join(str(value) for value in row.reindex(known).dropna() if value)
    return f"{_TABLE[language].format(table=name, row=int(lever.entry) + 2)}; {said}"


def exact_words(value: float, language: Language) -> str:
    """A value to nine digits as it is typed into the file, in its unit and with a point; a dash where it has none."""
    return _EXACT[language].format(value=numbers.NOTHING if math.isinf(value) else f"{value:.9g}")


def advised_value(lever: Lever, value: float) -> float:
    """A readable value no tighter than the exact one: about three digits of its change, within what may be stated.

    Infinite where no number says so and the rule must be switched off.
    """
    if value > lever.most:
        return math.inf
    if lever.whole or math.isinf(value) or value == lever.limit:
        return value
    digits = max(0, 2 - math.floor(math.log10(abs(value - lever.now))))
    if abs(round(value, digits) - value) <= 2e-6 * abs(value - lever.now):
        return round(value, digits)
    step = 10.0 ** (math.floor(math.log10(abs(value - lever.now))) - 2)
    rounded = (math.ceil if lever.sign > 0 else math.floor)(round(value / step, 6)) * step
    rounded = round(rounded, max(0, -math.floor(math.log10(step))))
    return min(rounded, lever.limit) if lever.sign > 0 else max(rounded, lever.limit)
