"""The certificate of a plan as a sheet: what was proven, with what, and that it was checked a second time."""

import pandas as pd

from planning import numbers
from planning.reports.layout import footer
from planning.reports.sheet import Sheet
from planning.reports.words import heading
from planning.solver.plan import Plan
from planning.vocabulary import NO, YES, Language, Text

_WORDS = {
    "proven": Text("Đã chứng minh không có phương án nào tốt hơn", "Proven: no plan is better"),
    "gap": Text("Khoảng cách còn lại đến cận đã chứng minh", "Remaining distance from the proven bound"),
    "unique": Text(
        "Duy nhất, khi các phương án ngang nhau được chọn theo đổi ít nhất rồi thứ tự ghi",
        "The only one, once least change and then the stated order choose among equals",
    ),
    "checks": Text("Quy định được tính lại độc lập", "Rules worked out again independently"),
    "excess": Text("Vượt mức lớn nhất khi tính lại", "Largest excess found by that second look"),
    "solver": Text("Bộ giải", "Solver"),
    "seconds": Text("Số giây", "Seconds"),
    "files": Text("Số tệp đầu vào", "Input files"),
    "hash": Text("Mã băm của đầu vào", "Hash of the inputs"),
}


def certificate_sheet(plan: Plan, language: Language) -> Sheet:
    """One row for each statement of the certificate."""
    proof = plan.certificate
    excess = max((check["largest_excess"] for check in proof["checks"]), default=0.0)
    written = {
        "proven": heading(YES if proof["status"] == "optimal" else NO, language),
        "gap": numbers.percent(proof["gap"], language, 4),
        "unique": heading(YES if proof["unique"] else NO, language),
        "checks": numbers.number(len(proof["checks"]), language),
        "excess": numbers.percent(excess, language, 4),
        "solver": f"{proof['solver']} {proof['versions']['highspy']}",
        "seconds": numbers.number(sum(proof["seconds"].values()), language, 1),
        "files": numbers.number(len(proof["inputs"]), language),
        "hash": proof["input_hash"],
    }
    columns = {heading("figure", language): [_WORDS[name][language] for name in written]}
    table = pd.DataFrame(columns | {heading("item_value", language): list(written.values())})
    title = Text("Chứng nhận", "Certificate")
    return Sheet(title[language], table, {}, language, numbers.MILLION, footer([plan.case], language))
