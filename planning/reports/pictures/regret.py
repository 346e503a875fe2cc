"""A matrix of regret: whose projects, which scenario comes true, and what is then lost."""

import matplotlib as mpl

from planning.insight.finding import Finding
from planning.reports import style
from planning.reports.layout import footer
from planning.reports.pictures.uncertainty import matrix
from planning.reports.style import LOOK, Picture
from planning.vocabulary import Language, Text

_WORDS = {
    "title": Text(
        "Phần của toàn bộ nhu cầu bị mất nếu chọn dự án theo dòng mà cột xảy ra",
        "Share of the whole need lost if the projects of the row are chosen and the column comes true",
    ),
    "dash": Text("– : không có phương án nào giữ được mọi quy định", "– : no plan keeps every rule"),
}


@mpl.rc_context(LOOK)
def regret_matrix(finding: Finding, language: Language) -> Picture:
    """Regret in the last goal for each pair; scenarios by their titles and the names of their files."""
    table = finding.table
    goals = [goal for goal in table["goal"] if goal]
    last = table[table["goal"] == goals[-1]] if goals else table
    names = list(dict.fromkeys(table["kept"]))
    wide = last.pivot(index="kept", columns="under", values="regret").reindex(index=names, columns=names)
    size = len(names)
    figure = style.picture(
        _WORDS["title"][language], f"{_WORDS['dash'][language]}   {footer([finding.case], language)}",
        3.0 + 1.1 * max(size, 4), 1.8 + 0.5 * max(size, 3),
    )  # fmt: skip
    top = max(float(wide.max(axis=None)) if wide.notna().any(axis=None) else 0.0, 1e-6)
    title = finding.tables["choices"].set_index("kept")[f"kept_title_{language}"]
    labels = [f"{title[name]} ({name})" for name in names]
    matrix(figure.subplots(), wide, labels, labels, language, top, decimals=3)
    return figure
