"""What a frontier says in budget words."""

import itertools
from collections.abc import Sequence

import numpy as np
import pandas as pd

from planning import numbers
from planning.inputs.levels import ENVELOPE, FIELDS, Level
from planning.insight.sweep import Piece
from planning.model.build import RULES
from planning.model.rule_names import RULE_NAMES
from planning.solver.results import level_words
from planning.vocabulary import Language, Text

_ENVELOPE = Text("Tổng ngân sách", "The envelope")
HEADINGS = {
    "level": Text("Mức quy định", "Level of the rule"),
    "kind": Text("Cách tính", "How found"),
    "state": Text("Kết quả", "Outcome"),
    "reached": Text("Trẻ em-năm có trọng số", "Weighted child-years"),
    "children": Text("Trẻ em-năm", "Child-years"),
    "missed": Text("Phần chỉ tiêu còn thiếu", "Share of targets missed"),
    "gap": Text("Khoảng cách còn lại", "Gap of the search"),
    "slope_left": Text("Mỗi đơn vị, phía dưới", "For one unit, below"),
    "slope_right": Text("Mỗi đơn vị, phía trên", "For one unit, above"),
    "straight": Text("Đoạn thẳng", "Straight up to the next"),
    "mark": Text("Ghi chú", "Mark"),
    "at": Text("Tại", "At"),
    "amount_change": Text("Thay đổi tiền", "Change of money"),
    "children_change": Text("Thay đổi trẻ em-năm", "Change of child-years"),
}
KINDS = {
    "reached": "count",
    "children": "count",
    "missed": "share",
    "gap": "share",
    "slope_left": "count",
    "slope_right": "count",
    "amount": "money",
    "amount_change": "money",
    "children_change": "count",
}
_CODES = {
    "exact": Text("Giữ dự án", "Projects kept"),
    "searched": Text("Chọn lại dự án", "Projects chosen anew"),
    "found": Text("Có phương án", "Plan found"),
    "none": Text("Không có phương án", "No plan"),
    "unproven": Text("Chưa chứng minh được", "Not proven"),
    "own": Text("Mức hiện nay", "Today's level"),
    "knee": Text("Điểm gãy", "Knee"),
    "end": Text("Mức cuối", "End"),
    "": Text("", ""),
}
_STEP = {"share": 0.01, "money_per_child": 0.01, "money": 1.0, "number": 1.0}
_STEP_WORDS = {
    "share": Text("mỗi điểm phần trăm tăng thêm", "each further percentage point"),
    "money_per_child": Text("mỗi 10 nghìn đồng/trẻ em tăng thêm", "each further 10 thousand VND per child"),
    "money": Text("mỗi triệu đồng tăng thêm", "each further million VND"),
    "number": Text("mỗi đơn vị tăng thêm", "each further unit"),
}
_SAID = {
    "own": Text(
        "Ở mức hiện nay {own}, phương án đạt {reached} trẻ em-năm có trọng số.",
        "At today's level, {own}, the plan reaches {reached} weighted child-years.",
    ),
    "free": Text(
        "Từ {low} đến {free} không mất gì: ở mức thấp như vậy quy định không giữ phương án lại.",
        "From {low} to {free} the rule costs nothing: at so low a level it does not hold the plan back.",
    ),
    "rate": Text(
        "Từ {low} đến {high}, {step} {verb} bình quân {count} trẻ em-năm có trọng số.",
        "From {low} to {high}, {step} {verb} {count} weighted child-years on average.",
    ),
    "knee": Text(
        "Điểm gãy ở {knee}: nơi đường cong xa nhất so với đường thẳng nối hai đầu.",
        "The knee is at {knee}: where the curve is farthest from the straight line between its ends.",
    ),
    "kept": Text(
        "Giữ nguyên các dự án đã chọn thì chỉ giữ được quy định trong khoảng {low} đến {high}.",
        "With the projects as they were chosen the rules can be kept from {low} to {high} only.",
    ),
    "limit": Text(
        "Chọn dự án thế nào cũng không giữ được quá {limit}.",
        "No choice of projects can keep more than {limit}.",
    ),
    "searched": Text(
        "Chọn lại dự án ở {count} mức: so với giữ nguyên dự án, được thêm nhiều nhất {more} trẻ em-năm, ở {level}.",
        "Projects chosen anew at {count} levels: at most {more} weighted child-years more than with the projects kept, "
        "at {level}.",
    ),
    "missing": Text(
        "Không có phương án nào giữ được quy định ở {count} mức đã thử (từ {level}).",
        "No plan keeps the rules at {count} of the levels that were tried (from {level}).",
    ),
    "unproven": Text(
        "Ở {count} mức, thời gian tìm không đủ để chứng minh phương án tốt nhất; các mức đó để trống.",
        "At {count} levels the search ended before a best plan was proven; those levels are left empty.",
    ),
    "curved": Text(
        "{count} đoạn là đường cong chứ không phải đường thẳng, vì ở đó mức nhân với số tiền mà chính nó làm thay đổi "
        "(hoặc hẹp hơn một phần triệu của khoảng đã hỏi): các đầu đoạn là chính xác, bên trong, theo độ dốc ở hai đầu, "
        "số liệu lệch khỏi đường thẳng nhiều nhất khoảng {off} trẻ em-năm có trọng số.",
        "{count} pieces are curves rather than lines, because the level there multiplies money that it changes itself "
        "(or are narrower than one millionth of the range): their ends are exact; within them, by the slopes at the "
        "ends, reach lies at most about {off} weighted child-years off the line.",
    ),
}


def level_name(level: Level, language: Language) -> str:
    """The level as it is read: Share of remote areas; Matching 2."""
    if level.rule == ENVELOPE:
        return _ENVELOPE[language]
    entry = level.entry + 1 if isinstance(level.entry, int) else level.entry
    field = "" if level.field == FIELDS[level.rule][0] else f"({level.field})"
    return " ".join(str(part) for part in (RULE_NAMES[level.rule][language], entry, field) if part not in (None, ""))


def level_text(level: Level, value: float, language: Language) -> str:
    """A value of the level as it is read: 17.0 %, 350 thousand VND per child and year."""
    unit = "share" if level.rule == ENVELOPE else RULES[level.rule].unit
    return level_words(value, unit, language)


def step_of(level: Level) -> tuple[float, Text]:
    """The step in which exchange rates are told, and its words."""
    unit = "share" if level.rule == ENVELOPE else RULES[level.rule].unit
    return _STEP[unit], _STEP_WORDS[unit]


def summary(level: Level, table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a frontier that are read first, in words: its marked levels and every searched one."""
    rows = table[(table["kind"] == "searched") | (table["mark"].fillna("") != "")].sort_values("level", kind="stable")
    columns: dict[str, object] = {}
    for language in ("vi", "en"):
        columns[f"level_{language}"] = [level_text(level, value, language) for value in rows["level"]]
        for name in ("kind", "state", "mark"):
            columns[f"{name}_{language}"] = [_CODES[code][language] for code in rows[name].fillna("")]
    figures = rows[["reached", "children", "missed", "gap"]].reset_index(drop=True)
    return pd.concat([pd.DataFrame(columns), figures], axis=1)


def sentences(
    level: Level,
    table: pd.DataFrame,
    found: Sequence[Piece],
    ends: tuple[float, float],
    asked: tuple[float, float],
    limit: float,
    language: Language,
) -> tuple[str, ...]:
    """What a committee reads first: today's level, what is free, the knee, exchange rates, and where the rules end."""

    def say(key: str, **words: object) -> str:
        return _SAID[key][language].format(**words)

    def read(value: float) -> str:
        return level_text(level, value, language)

    exact = table[table["kind"] == "exact"]
    said = []
    for _, row in exact[exact["mark"] == "own"].iterrows():
        said.append(say("own", own=read(row["level"]), reached=numbers.number(row["reached"], language)))
    cuts = [ends[0], *exact.loc[exact["mark"] == "knee", "level"], ends[1]]
    steep = max((abs(piece.slope) for piece in found), default=0.0)
    free = next((piece.left.level for piece in found if abs(piece.slope) > 1e-6 * steep), ends[1])
    if free > ends[0]:
        said.append(say("free", low=read(ends[0]), free=read(free)))
        cuts = [free, *(cut for cut in cuts if cut > free)]
    cuts = sorted({*cuts, *exact.loc[(exact["mark"] == "own") & (exact["level"] > free), "level"]})
    said += [_rate(level, exact, low, high, language) for low, high in itertools.pairwise(cuts)]
    said += [say("knee", knee=read(value)) for value in exact.loc[exact["mark"] == "knee", "level"]]
    if ends != asked:
        said.append(say("kept", low=read(ends[0]), high=read(ends[1])))
    if limit < asked[1]:
        said.append(say("limit", limit=read(limit)))
    said += _searched(level, table, found, language)
    if curved := sum(not piece.straight for piece in found):
        off = max(piece.off for piece in found if not piece.straight)
        said.append(say("curved", count=curved, off=numbers.number(np.ceil(off), language)))
    return tuple(said)


def _rate(level: Level, exact: pd.DataFrame, low: float, high: float, language: Language) -> str:
    step, words = step_of(level)
    ends = [exact.loc[(exact["level"] - value).abs().idxmin(), "reached"] for value in (low, high)]
    change = (ends[1] - ends[0]) / (high - low) * step
    verb = Text("làm mất" if change < 0 else "đem lại", "costs" if change < 0 else "brings")[language]
    return _SAID["rate"][language].format(
        low=level_text(level, low, language),
        high=level_text(level, high, language),
        step=words[language],
        verb=verb,
        count=numbers.number(abs(change), language),
    )


def _searched(level: Level, table: pd.DataFrame, found: Sequence[Piece], language: Language) -> list[str]:
    """What choosing the projects anew adds, and where no plan was found."""
    rows = table[table["kind"] == "searched"]
    more = {}
    for _, row in rows[rows["state"] == "found"].iterrows():
        piece = next((piece for piece in found if piece.left.level <= row["level"] <= piece.right.level), None)
        if piece:
            more[row["level"]] = row["reached"] - (piece.left.value + piece.slope * (row["level"] - piece.left.level))
    said = []
    if more:
        best = max(more, key=lambda value: more[value])
        count, at = numbers.number(max(more[best], 0.0), language), level_text(level, best, language)
        said.append(_SAID["searched"][language].format(count=len(more), more=count, level=at))
    for kind, key in (("none", "missing"), ("unproven", "unproven")):
        if len(some := rows[rows["state"] == kind]):
            at = level_text(level, some["level"].min(), language)
            said.append(_SAID[key][language].format(count=len(some), level=at))
    return said
