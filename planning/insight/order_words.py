"""What an order of funding says in budget words."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from planning import numbers
from planning.vocabulary import Language, Text

if TYPE_CHECKING:
    from planning.insight.order import Nested

HEADINGS = {
    "place": Text("Thứ tự", "Place"),
    "envelope": Text("Tỷ lệ ngân sách", "Share of the envelope"),
    "state": Text("Kết quả", "Outcome"),
    "reached": Text("Trẻ em-năm có trọng số", "Weighted child-years"),
    "free": Text("Nếu chọn lại từ đầu", "If chosen anew"),
    "loss": Text("Mất đi vì giữ thứ tự", "Loss for a stable order"),
    "missed": Text("Phần chỉ tiêu còn thiếu", "Share of targets missed"),
    "missed_free": Text("Còn thiếu nếu chọn lại", "Missed if chosen anew"),
    "gap": Text("Khoảng cách còn lại", "Gap of the search"),
    "entering": Text("Tiền thêm vào bước này", "Money that enters"),
    "children": Text("Trẻ em-năm", "Child-years"),
    "start": Text("Khởi công", "Start"),
    "building": Text("Xây dựng", "Building"),
    "running": Text("Vận hành", "Running"),
}
KINDS = {
    "place": "count",
    "envelope": "share",
    "reached": "whole",
    "free": "whole",
    "loss": "whole",
    "missed": "share",
    "missed_free": "share",
    "gap": "share",
    "amount": "money",
    "entering": "money",
    "children": "count",
    "building": "money",
    "running": "money",
}
SHOWN = 3
_STATES = {
    "found": Text("Có phương án", "Plan found"),
    "none": Text("Không có phương án", "No plan"),
}
_SAID = {
    "loss": Text(
        "Giữ nguyên thứ tự cấp vốn làm mất nhiều nhất {loss} trẻ em-năm có trọng số ({share} của mức tốt nhất), ở "
        "{envelope} ngân sách; ở 100% không mất gì.",
        "A stable order costs at most {loss} weighted child-years ({share} of the best), at {envelope} of the "
        "envelope; nothing at 100%.",
    ),
    "core": Text(
        "Phần đứng đầu danh sách, được cấp ngay cả khi chỉ có {envelope} ngân sách: {money}.",
        "What stands first, funded even with {envelope} of the envelope: {money}.",
    ),
    "none": Text(
        "Ở {envelope} ngân sách không còn phương án nào vừa giữ thứ tự vừa giữ mọi quy định, vì: {why}.",
        "At {envelope} of the envelope no plan keeps both the order and every rule, because: {why}.",
    ),
    "both": Text(
        "Ở mức đó chọn lại từ đầu cũng không được: phải nới quy định trên, hoặc không cắt ngân sách sâu như vậy.",
        "A plan chosen anew does not exist there either: the rules above must give, or the envelope not be cut so far.",
    ),
    "alone": Text(
        "Chọn lại từ đầu thì được: hãy nới quy định trên, hoặc lập một thứ tự mới cho các mức từ đó trở đi.",
        "A plan chosen anew does exist there: let the rules above give, or make a new order from there on.",
    ),
    "targets": Text(
        "Ở {envelopes} ngân sách, giữ thứ tự làm hụt thêm chỉ tiêu so với chọn lại; số trẻ em-năm ở đó không so "
        "sánh được.",
        "At {envelopes} of the envelope the stable order misses more of the targets than a plan chosen anew; "
        "child-years cannot be compared there.",
    ),
    "searched": Text(
        "Dự án được chọn lại ở mỗi mức, trong cả hai cách; khoảng cách còn lại của phép tìm nhiều nhất là {gap}.",
        "Projects were searched at each envelope in both; the searches stopped within a gap of at most {gap}.",
    ),
}


def summary(table: pd.DataFrame) -> pd.DataFrame:
    """The steps with their outcome in words."""
    words = {f"state_{language}": [_STATES[code][language] for code in table["state"]] for language in ("vi", "en")}
    return pd.concat([table[["envelope"]], pd.DataFrame(words), table.drop(columns=["envelope", "state"])], axis=1)


def misses_more(table: pd.DataFrame) -> pd.Series:
    """Where the stable order misses more of the targets than a plan chosen anew, so that child-years do not compare."""
    return table["missed"] > table["missed_free"] + 1e-6


def printed_summary(table: pd.DataFrame) -> pd.DataFrame:
    """The steps as they are printed: whole child-years that subtract, and no loss where these do not compare."""
    reached, free = table["reached"].round(), table["free"].round()
    return table.assign(reached=reached, free=free, loss=(free - reached).mask(misses_more(table)))


def sentences(table: pd.DataFrame, path: "Sequence[Nested]", language: Language) -> tuple[str, ...]:
    """What a committee reads first: the loss, what stands first, where the order ends and why."""

    def say(key: str, **words: object) -> str:
        return _SAID[key][language].format(**words)

    found = table[table["state"] == "found"]
    alike = found[found["missed"] <= found["missed_free"] + 1e-6]
    said = []
    if len(alike):
        worst = alike.loc[alike["loss"].idxmax()]
        share = numbers.percent(worst["loss"] / worst["free"] if worst["free"] else 0.0, language, 2)
        at = numbers.percent(worst["envelope"], language, 0)
        loss = numbers.number(round(worst["free"]) - round(worst["reached"]), language)
        said.append(say("loss", loss=loss, share=share, envelope=at))
    first = found.iloc[0]
    money = numbers.money(first["amount"], language)
    said.append(say("core", envelope=numbers.percent(first["envelope"], language, 0), money=money))
    if len(worse := found[misses_more(found)]):
        said.append(say("targets", envelopes=", ".join(numbers.percent(e, language, 0) for e in worse["envelope"])))
    for step in path:
        if step.found is None:
            at = numbers.percent(step.envelope, language, 0)
            said.append(say("none", envelope=at, why="; ".join(reason[language] for reason in step.why[:SHOWN])))
            freely = table.loc[table["envelope"] == step.envelope, "free"].iloc[0]
            said.append(say("both" if pd.isna(freely) else "alone"))
    return (*said, say("searched", gap=numbers.percent(found["gap"].max(), language, 3)))
