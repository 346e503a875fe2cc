"""The one dictionary: every table with its columns, units, limits and labels in Vietnamese and English.

Validation, the reference page, the empty templates and the headings of every report are made from it; nothing about a
column is written anywhere else.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Language = Literal["vi", "en"]
Kind = Literal["code", "text", "number", "whole", "share", "money", "year", "flag", "choice"]

ALL, REMOTE, REST = "all", "remote", "rest"
YES, NO = "yes", "no"
RECURRENT, CAPITAL = "recurrent", "capital"


@dataclass(frozen=True, slots=True)
class Text:
    """Words in both languages."""

    vi: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return getattr(self, language)

    def __add__(self, more: "Text") -> "Text":
        return Text(self.vi + more.vi, self.en + more.en)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: what it holds, in which unit, within which limits.

    `kind` decides how a cell is read: *code* is a short lower-case name kept as text; *share* lies between 0 and 1;
    *money* is in million VND; *flag* is yes or no; *choice* is one of `choices`. `refers_to` names the table whose
    codes may stand here; `wildcard` lets `all` stand for every one of them. An `optional` cell may be empty; a `spare`
    column may be missing from the file as well.
    """

    name: str
    kind: Kind
    label: Text
    meaning: Text
    unit: str = ""
    refers_to: str = ""
    choices: tuple[str, ...] = ()
    wildcard: bool = False
    optional: bool = False
    spare: bool = False
    at_least: float | None = None
    above: float | None = None
    at_most: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file of a data folder. `key` is what makes a row unique; `value` is what a change edits by default."""

    name: str
    title: Text
    meaning: Text
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    value: str = ""
    optional: bool = False

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


FIELDS = MappingProxyType(
    {
        "nurture": Text("Chăm sóc, nuôi dưỡng", "Nurture"),
        "health": Text("Y tế", "Health"),
        "education": Text("Giáo dục", "Education"),
        "protection": Text("Bảo vệ trẻ em", "Protection"),
        "drowning_prevention": Text("Phòng, chống đuối nước", "Drowning prevention"),
        "play_culture_sport": Text("Vui chơi, văn hóa, thể thao", "Play, culture and sport"),
        "data_monitoring": Text("Dữ liệu và giám sát", "Data and monitoring"),
    }
)
COST_TYPES = MappingProxyType(
    {RECURRENT: Text("Chi thường xuyên", "Recurrent"), CAPITAL: Text("Chi đầu tư", "Capital")}
)
FUND_KINDS = MappingProxyType(
    {"state": Text("Ngân sách nhà nước", "State budget"), "social": Text("Xã hội hóa", "Social contributions")}
)
STATUSES = MappingProxyType(
    {
        "sourced": Text("có nguồn", "sourced"),
        "derived": Text("suy ra từ số có nguồn", "derived"),
        "assumed": Text("giả định", "assumed"),
    }
)
UNIFORM, TRIANGULAR = "uniform", "triangular"
SHAPES = MappingProxyType(
    {
        UNIFORM: Text("mọi mức như nhau", "every value alike"),
        TRIANGULAR: Text("gần giá trị ghi dễ xảy ra hơn", "values near the stated one are likelier"),
    }
)
STRENGTHS = MappingProxyType(
    {
        "hard": Text("bắt buộc", "hard"),
        "soft": Text("mềm", "soft"),
        "report": Text("chỉ báo cáo", "report only"),
    }
)
AREA_GROUPS = MappingProxyType(
    {
        ALL: Text("mọi địa bàn", "all areas"),
        REMOTE: Text("địa bàn khó khăn, vùng xa", "remote areas"),
        REST: Text("các địa bàn khác", "the other areas"),
    }
)
EVERY_PROGRAMME = Text("mọi chương trình", "all programmes")
MONEY_UNIT = Text("triệu đồng", "million VND")
UNITS = MappingProxyType(
    {
        "million VND": MONEY_UNIT,
        "people": Text("người", "people"),
        "children": Text("trẻ em", "children"),
        "units": Text("đơn vị", "units"),
        "years": Text("năm", "years"),
        "degrees": Text("độ", "degrees"),
        "km": Text("km", "km"),
        "km²": Text("km²", "km²"),
    }
)


def _code(name: str, vi: str, en: str, meaning: Text, **more: object) -> Column:
    return Column(name, "code", Text(vi, en), meaning, **more)  # type: ignore[arg-type]


_SOURCE = (
    Column(
        "source",
        "text",
        Text("Nguồn", "Source"),
        Text(
            "Văn bản, bài báo hoặc cách tính cho ra con số này",
            "The document, page or computation the figure comes from",
        ),
    ),
    Column(
        "status",
        "choice",
        Text("Tình trạng số liệu", "Status"),
        Text(
            "Có nguồn, suy ra hay giả định", "Sourced, derived or assumed; assumed figures are listed in every report"
        ),
        choices=tuple(STATUSES),
    ),
    Column(
        "note",
        "text",
        Text("Ghi chú", "Note"),
        Text("Điều người đọc cần biết", "What a reader should know"),
        optional=True,
    ),
)


def _range(unit: str) -> tuple[Column, ...]:
    """How far from its stated value a figure may come out; cells are empty where it is certain."""
    ends = (
        ("low", "Thấp nhất", "Lowest", "Giá trị thấp nhất có thể; để trống nếu chắc chắn", "at the lowest"),
        ("high", "Cao nhất", "Highest", "Giá trị cao nhất có thể; để trống nếu chắc chắn", "at the highest"),
    )
    bounds = (
        Column(
            name, "number", Text(label_vi, label_en),
            Text(vi, f"What the figure may turn out to be {en}; empty where it is certain"),
            unit=unit, optional=True, spare=True, at_least=0,
        )
        for name, label_vi, label_en, vi, en in ends
    )  # fmt: skip
    shape = Column(
        "shape",
        "choice",
        Text("Dạng khoảng", "Shape of the range"),
        Text(
            "uniform: mọi mức trong khoảng như nhau; triangular: gần giá trị ghi dễ xảy ra hơn",
            "uniform: every value of the range is alike; triangular: values near the stated one are likelier",
        ),
        choices=tuple(SHAPES),
        optional=True,
        spare=True,
    )
    return (*bounds, shape)


_AREA = _code(
    "area", "Mã địa bàn", "Area", Text("Địa bàn trong bảng areas", "An area of table areas"), refers_to="areas"
)
_PROGRAMME = _code(
    "programme",
    "Mã chương trình",
    "Programme",
    Text("Chương trình trong bảng programmes", "A programme of table programmes"),
    refers_to="programmes",
)
_CLASS = _code(
    "class",
    "Nhóm địa bàn",
    "Area class",
    Text("Nhóm trong bảng classes", "A class of table classes"),
    refers_to="classes",
)
_FUND = _code(
    "fund", "Mã nguồn vốn", "Fund", Text("Nguồn vốn trong bảng funds", "A fund of table funds"), refers_to="funds"
)


def _own(name: str, vi: str, en: str) -> Column:
    return _code(name, vi, en, Text("Mã riêng, chữ thường, không dấu", "Its own code: lower-case letters, digits, _"))


def _names(vi: str = "Tên", en: str = "name") -> tuple[Column, Column]:
    return (
        Column("name_vi", "text", Text(vi, f"Vietnamese {en}"), Text("Tên tiếng Việt", "Name in Vietnamese")),
        Column("name_en", "text", Text(f"{vi} (tiếng Anh)", f"English {en}"), Text("Tên tiếng Anh", "Name in English")),
    )


def _any(column: Column) -> Column:
    return Column(
        column.name, column.kind, column.label, column.meaning, refers_to=column.refers_to, choices=column.choices,
        wildcard=True,
    )  # fmt: skip


_FIELD = Column(
    "field",
    "choice",
    Text("Lĩnh vực", "Field"),
    Text("Lĩnh vực công tác trẻ em", "Field of work for children"),
    choices=tuple(FIELDS),
)
_COST_TYPE = Column(
    "cost_type",
    "choice",
    Text("Loại chi", "Cost type"),
    Text("Chi thường xuyên hay chi đầu tư", "Recurrent or capital spending"),
    choices=tuple(COST_TYPES),
)
_AGENCY = (
    Column(
        "agency_vi",
        "text",
        Text("Cơ quan chịu trách nhiệm", "Responsible agency (Vietnamese)"),
        Text("Cơ quan trả lời về kết quả", "Who answers for it, in Vietnamese"),
    ),
    Column(
        "agency_en",
        "text",
        Text("Cơ quan chịu trách nhiệm (tiếng Anh)", "Responsible agency"),
        Text("Cơ quan trả lời về kết quả, tiếng Anh", "Who answers for it, in English"),
    ),
)

AREAS = Table(
    "areas",
    Text("Địa bàn", "Areas"),
    Text("Mỗi dòng một đơn vị nhận và sử dụng ngân sách", "One row for each unit that receives and spends"),
    key=("area",),
    columns=(
        _own("area", "Mã địa bàn", "Area"),
        *_names(),
        Column(
            "type", "text", Text("Loại đơn vị", "Type"), Text("Phường, xã, quận, huyện…", "Ward, commune, district…")
        ),
        Column("parent", "text", Text("Thuộc", "Parent"), Text("Đơn vị cấp trên", "The unit above it"), optional=True),
        _CLASS,
        Column(
            "population", "whole", Text("Dân số", "Population"), Text("Số dân", "Residents"), unit="people", above=0
        ),
        Column(
            "children",
            "whole",
            Text("Số trẻ em", "Children"),
            Text("Trẻ em dưới 16 tuổi", "Children under 16"),
            unit="children",
            above=0,
        ),
        Column("area_km2", "number", Text("Diện tích", "Area size"), Text("Diện tích", "Surface"), unit="km²", above=0),
        Column(
            "latitude",
            "number",
            Text("Vĩ độ", "Latitude"),
            Text("Vĩ độ tâm địa bàn", "Latitude of the centroid"),
            unit="degrees",
            at_least=-90,
            at_most=90,
        ),
        Column(
            "longitude",
            "number",
            Text("Kinh độ", "Longitude"),
            Text("Kinh độ tâm địa bàn", "Longitude of the centroid"),
            unit="degrees",
            at_least=-180,
            at_most=180,
        ),
        Column(
            "distance_km",
            "number",
            Text("Khoảng cách", "Distance"),
            Text("Đường chim bay đến trung tâm", "Straight line to the centre"),
            unit="km",
            at_least=0,
        ),
        *_SOURCE,
    ),
)

CLASSES = Table(
    "classes",
    Text("Nhóm địa bàn", "Area classes"),
    Text("Nhóm theo mức độ khó khăn", "Classes of areas by remoteness"),
    key=("class",),
    columns=(
        _own("class", "Nhóm địa bàn", "Area class"),
        *_names(),
        Column(
            "remote",
            "flag",
            Text("Địa bàn khó khăn, vùng xa", "Remote"),
            Text("yes: tính là địa bàn khó khăn", "yes: counts as remote in every rule on remote areas"),
        ),
        *_SOURCE,
    ),
)

PROGRAMMES = Table(
    "programmes",
    Text("Chương trình", "Programmes"),
    Text("Mỗi dòng một chương trình ngân sách cho trẻ em", "One row for each budget programme for children"),
    key=("programme",),
    value="weight",
    columns=(
        _own("programme", "Mã chương trình", "Programme"),
        *_names(),
        _FIELD,
        _COST_TYPE,
        Column(
            "unit_vi",
            "text",
            Text("Đơn vị tính", "Unit (Vietnamese)"),
            Text("trẻ em, chỗ, điểm…", "Unit in Vietnamese"),
        ),
        Column(
            "unit_en",
            "text",
            Text("Đơn vị tính (tiếng Anh)", "Unit"),
            Text("Đơn vị bằng tiếng Anh", "child, place, facility…"),
        ),
        Column(
            "children_per_unit",
            "number",
            Text("Trẻ em mỗi đơn vị", "Children per unit"),
            Text("Số trẻ em một đơn vị phục vụ trong một năm", "Children whom one unit reaches in a year"),
            unit="children",
            above=0,
        ),
        Column(
            "weight",
            "number",
            Text("Trọng số ưu tiên", "Priority weight"),
            Text("Một trẻ em được phục vụ đáng giá bao nhiêu", "What one child reached counts for in the objective"),
            at_least=0,
        ),
        *_AGENCY,
        Column(
            "chapter",
            "text",
            Text("Chương", "Chapter"),
            Text("Mã chương", "Budget chapter, kept as text"),
            optional=True,
        ),
        Column(
            "category",
            "text",
            Text("Loại, khoản", "Category"),
            Text("Mã loại, khoản", "Budget category and sub-category, kept as text"),
            optional=True,
        ),
        Column("item", "text", Text("Mục", "Item"), Text("Mã mục", "Budget item, kept as text"), optional=True),
        *_SOURCE,
        Column(
            "sensitive",
            "flag",
            Text("Nhạy cảm", "Sensitive"),
            Text(
                "yes: đếm trẻ em có hoàn cảnh đặc biệt, bị xâm hại hoặc có nguy cơ; số nhỏ được che trong bản công "
                "khai; "
                "để trống: theo lĩnh vực, bảo vệ trẻ em là yes",
                "yes: it counts children in special circumstances, abused or at risk, and small counts are masked in "
                "the "
                "public edition; empty: by field, protection is yes",
            ),
            optional=True,
            spare=True,
        ),
    ),
)

NEEDS = Table(
    "needs",
    Text("Nhu cầu", "Needs"),
    Text(
        "Số đơn vị cần phục vụ; chương trình đầu tư ghi một lần cho cả giai đoạn (year = all)",
        "Units to be reached in a year; a capital programme states once what is to be built over the plan (year = all)",
    ),
    key=("area", "programme", "year"),
    value="need",
    columns=(
        _AREA,
        _PROGRAMME,
        Column(
            "year",
            "year",
            Text("Năm", "Year"),
            Text("Năm ngân sách, hoặc all cho mọi năm", "Fiscal year, or all for every year of the plan"),
            wildcard=True,
        ),
        Column(
            "need",
            "number",
            Text("Nhu cầu", "Need"),
            Text("Số đơn vị cần có", "Units needed, in the unit of the programme"),
            unit="units",
            at_least=0,
        ),
        *_SOURCE,
        *_range("units"),
    ),
)

UNIT_COSTS = Table(
    "unit_costs",
    Text("Đơn giá", "Unit costs"),
    Text("Đơn giá theo chương trình và nhóm địa bàn", "Cost of one unit, by programme and area class"),
    key=("programme", "class"),
    value="unit_cost",
    columns=(
        _PROGRAMME,
        _CLASS,
        Column(
            "unit_cost",
            "money",
            Text("Đơn giá", "Unit cost"),
            Text(
                "Chi thường xuyên: một đơn vị trong một năm; chi đầu tư: xây một đơn vị",
                "Recurrent: one unit for one year; capital: building one unit",
            ),
            unit="million VND",
            above=0,
        ),
        Column(
            "price_year",
            "year",
            Text("Năm giá", "Price year"),
            Text("Năm của mặt bằng giá", "The year whose prices these are"),
        ),
        Column(
            "growth",
            "share",
            Text("Tăng giá mỗi năm", "Price growth a year"),
            Text("Mức tăng giá mỗi năm sau năm giá", "Growth of the price in each year after the price year"),
            at_most=0.5,
        ),
        *_SOURCE,
        *_range("million VND"),
    ),
)

BANDS = Table(
    "bands",
    Text("Bậc hiệu quả", "Bands"),
    Text(
        "Nhu cầu chia thành bậc, bậc sau hiệu quả không hơn bậc trước",
        "Slices of a programme's need, each with an effect not above that of the slice before (diminishing returns)",
    ),
    key=("programme", "band"),
    value="effect",
    columns=(
        _PROGRAMME,
        Column("band", "whole", Text("Bậc", "Band"), Text("Thứ tự từ 1", "Order, from 1"), at_least=1),
        Column(
            "share",
            "share",
            Text("Phần nhu cầu", "Share of need"),
            Text("Các bậc của một chương trình cộng lại bằng 1", "The bands of a programme add up to 1"),
            above=0,
        ),
        Column(
            "effect",
            "share",
            Text("Hiệu quả", "Effect"),
            Text("Hiệu quả một đơn vị so với bậc cao nhất", "Effect of one unit, against 1 for a full one"),
        ),
        *_SOURCE,
    ),
)

FUNDS = Table(
    "funds",
    Text("Nguồn vốn", "Funds"),
    Text("Trần của mỗi nguồn vốn theo năm", "The ceiling of each fund in each year"),
    key=("fund", "year"),
    value="ceiling",
    columns=(
        _own("fund", "Mã nguồn vốn", "Fund"),
        Column("year", "year", Text("Năm", "Year"), Text("Năm ngân sách", "Fiscal year")),
        *_names(),
        Column(
            "kind",
            "choice",
            Text("Tính chất", "Kind"),
            Text("Ngân sách nhà nước hay xã hội hóa", "State budget or social contributions"),
            choices=tuple(FUND_KINDS),
        ),
        Column(
            "ceiling",
            "money",
            Text("Trần", "Ceiling"),
            Text("Nhiều nhất được chi trong năm", "The most that may be spent in the year"),
            unit="million VND",
            at_least=0,
        ),
        Column(
            "carry_over",
            "share",
            Text("Tỷ lệ chuyển nguồn", "Carry-over share"),
            Text(
                "Phần trần chưa chi được chuyển sang năm sau; phần còn lại hủy dự toán",
                "Share of the ceiling that may be carried to the next year if unspent; the rest lapses",
            ),
        ),
        *_SOURCE,
        *_range("million VND"),
    ),
)

FUND_SHARES = Table(
    "fund_shares",
    Text("Phần vốn của địa bàn", "Fund shares"),
    Text(
        "Chỉ cho nguồn vốn do địa bàn giữ: mỗi địa bàn một phần, cộng lại bằng 1",
        "Only for funds held by the areas themselves: each area's part of the ceiling; the parts of a fund add up to 1",
    ),
    key=("fund", "area"),
    value="share",
    optional=True,
    columns=(
        _FUND,
        _AREA,
        Column("share", "share", Text("Phần", "Share"), Text("Phần của trần", "Share of the fund's ceiling")),
        *_SOURCE,
    ),
)

ELIGIBILITY = Table(
    "eligibility",
    Text("Được chi cho", "Eligibility"),
    Text(
        "Mỗi dòng cho phép một nguồn vốn chi; all nghĩa là không giới hạn; không có dòng nào thì không được chi",
        "Each row allows a fund to pay; all means no limit; what no row allows is not allowed",
    ),
    key=("fund", "programme", "field", "class", "cost_type"),
    columns=(_FUND, _any(_PROGRAMME), _any(_FIELD), _any(_CLASS), _any(_COST_TYPE), *_SOURCE),
)

TARGETS = Table(
    "targets",
    Text("Chỉ tiêu", "Targets"),
    Text(
        "Độ bao phủ mà một văn bản yêu cầu đến một năm",
        "Coverage that a named document asks for by a year",
    ),
    key=("target",),
    value="coverage",
    columns=(
        _own("target", "Mã chỉ tiêu", "Target"),
        Column(
            "document_vi", "text", Text("Văn bản", "Document (Vietnamese)"), Text("Tên văn bản", "Name of the document")
        ),
        Column(
            "document_en",
            "text",
            Text("Văn bản (tiếng Anh)", "Document"),
            Text("Tên văn bản bằng tiếng Anh", "Name of the document in English"),
        ),
        _PROGRAMME,
        _any(_CLASS),
        _any(_AREA),
        Column("year", "year", Text("Năm", "Year"), Text("Năm phải đạt", "The year by which it is to be met")),
        Column(
            "coverage",
            "share",
            Text("Độ bao phủ", "Coverage"),
            Text("Phần nhu cầu phải được phục vụ", "Share of the need to be reached"),
            above=0,
        ),
        Column(
            "weight",
            "number",
            Text("Trọng số", "Weight"),
            Text("Thiếu hụt chỉ tiêu này nặng bao nhiêu", "What missing this target counts for against the others"),
            above=0,
        ),
        Column(
            "priority",
            "whole",
            Text("Mức ưu tiên", "Priority"),
            Text("1 được xét trước 2, 2 trước 3…", "1 is served before 2, 2 before 3 and so on"),
            at_least=1,
        ),
        Column(
            "strength",
            "choice",
            Text("Tính bắt buộc", "Strength"),
            Text("hard: phải đạt; soft: cố gắng; report: chỉ báo cáo", "hard: must be met; soft: as near as possible"),
            choices=tuple(STRENGTHS),
        ),
        *_AGENCY,
        *_SOURCE,
    ),
)

CAPACITIES = Table(
    "capacities",
    Text("Năng lực hiện có", "Capacities"),
    Text(
        "Chương trình có mặt ở đây chỉ phục vụ được trong năng lực hiện có cộng phần dự án xây thêm; "
        "chương trình đầu tư ở đây chỉ thực hiện qua dự án",
        "A programme that stands here serves at most what exists and what projects add; a capital programme that stands"
        " here is delivered by projects only",
    ),
    key=("area", "programme"),
    value="existing",
    optional=True,
    columns=(
        _AREA,
        _PROGRAMME,
        Column(
            "existing",
            "number",
            Text("Hiện có", "Existing"),
            Text("Số đơn vị phục vụ được khi chưa có dự án mới", "Units that can be served without new projects"),
            unit="units",
            at_least=0,
        ),
        *_SOURCE,
    ),
)

STAGES = MappingProxyType(
    {
        "candidate": Text("đề xuất", "candidate"),
        "ongoing": Text("chuyển tiếp", "ongoing"),
        "must": Text("bắt buộc", "must be built"),
        "never": Text("không làm", "not to be built"),
    }
)


def _years_of(name: str, vi: str, en: str, meaning: Text, at_least: float) -> Column:
    return Column(name, "whole", Text(vi, en), meaning, unit="years", at_least=at_least)


def _part(name: str, vi: str, en: str, which: Text) -> Column:
    meaning = which + Text("; ba phần cộng lại bằng 1", "; the three parts add up to 1")
    return Column(name, "share", Text(vi, en), meaning)


def _project(name: str, vi: str, en: str, meaning: Text) -> Column:
    return Column(name, "code", Text(vi, en), meaning, refers_to="projects", optional=True)


PROJECTS = Table(
    "projects",
    Text("Dự án đầu tư", "Projects"),
    Text(
        "Mỗi dòng một công trình không chia nhỏ được, ở một địa bàn",
        "One row for each indivisible investment in one area",
    ),
    key=("project",),
    value="cost",
    optional=True,
    columns=(
        _own("project", "Mã dự án", "Project"),
        *_names(),
        _AREA,
        Column(
            "programme",
            "code",
            Text("Chương trình trả vốn", "Programme that pays"),
            Text("Chương trình đầu tư chi xây dựng", "The capital programme under which it is built"),
            refers_to="programmes",
        ),
        Column(
            "cost",
            "money",
            Text("Tổng mức đầu tư", "Cost"),
            Text("Giá của năm giá", "All of building it, at the prices of the price year"),
            unit="million VND",
            above=0,
        ),
        Column("price_year", "year", Text("Năm giá", "Price year"), Text("Năm của mặt bằng giá", "Year of the prices")),
        Column(
            "growth",
            "share",
            Text("Tăng giá mỗi năm", "Price growth a year"),
            Text("Cho vốn và chi vận hành", "Of building and running, after the price year"),
            at_most=0.5,
        ),
        _part(
            "first_year",
            "Phần năm 1",
            "First year",
            Text("Phần vốn chi trong năm khởi công", "Share of the cost paid in the year of the start"),
        ),
        _part(
            "second_year",
            "Phần năm 2",
            "Second year",
            Text("Phần vốn chi một năm sau khi khởi công", "Share of the cost paid one year after the start"),
        ),
        _part(
            "third_year",
            "Phần năm 3",
            "Third year",
            Text("Phần vốn chi hai năm sau khi khởi công", "Share of the cost paid two years after the start"),
        ),
        Column(
            "earliest",
            "year",
            Text("Sớm nhất", "Earliest start"),
            Text("Năm đầu tiên được khởi công", "First year in which it may start"),
        ),
        Column(
            "latest",
            "year",
            Text("Muộn nhất", "Latest start"),
            Text("Năm cuối cùng được khởi công", "Last year in which it may start"),
        ),
        _years_of(
            "delay", "Thời gian xây", "Delay", Text("Từ khởi công đến mở cửa", "From the start to the opening"), 0
        ),
        _years_of("life", "Tuổi thọ", "Life", Text("Số năm phục vụ", "Years of service from the opening"), 1),
        Column(
            "running_cost",
            "money",
            Text("Chi vận hành", "Running cost"),
            Text(
                "Mỗi năm từ khi mở cửa", "Each year from the opening to the end of its life, prices of the price year"
            ),
            unit="million VND",
            at_least=0,
        ),
        Column(
            "running_programme",
            "code",
            Text("Chương trình vận hành", "Programme that runs it"),
            Text("Chương trình thường xuyên trả chi vận hành", "The recurrent programme that pays the running cost"),
            refers_to="programmes",
        ),
        _project(
            "requires", "Cần có trước", "Requires", Text("Dự án phải khởi công trước", "Project that must have started")
        ),
        _project(
            "excludes", "Loại trừ", "Excludes", Text("Không làm cùng dự án này", "Project that cannot be built as well")
        ),
        Column(
            "stage",
            "choice",
            Text("Tình trạng dự án", "Stage"),
            Text("ongoing và must: phải có trong phương án", "ongoing and must stand in every plan; never in none"),
            choices=tuple(STAGES),
        ),
        *_SOURCE,
    ),
)

PROJECT_EFFECTS = Table(
    "project_effects",
    Text("Năng lực dự án tạo ra", "Project effects"),
    Text(
        "Mỗi dòng cho biết một dự án khi mở cửa thêm bao nhiêu năng lực cho một chương trình",
        "Each row says how much capacity a project adds to a programme in its area once open",
    ),
    key=("project", "programme"),
    value="capacity",
    optional=True,
    columns=(
        _code("project", "Mã dự án", "Project", Text("Dự án trong bảng projects", "A project"), refers_to="projects"),
        _PROGRAMME,
        Column(
            "capacity",
            "number",
            Text("Năng lực thêm", "Capacity"),
            Text("Đơn vị của chương trình", "Units of the programme"),
            unit="units",
            above=0,
        ),
        *_SOURCE,
    ),
)

RESOURCES = Table(
    "resources",
    Text("Nguồn lực khác", "Resources"),
    Text("Nhân lực và nguồn lực không phải tiền", "Staff and other things that money alone does not buy"),
    key=("resource", "year"),
    value="ceiling",
    optional=True,
    columns=(
        _own("resource", "Mã nguồn lực", "Resource"),
        Column("year", "year", Text("Năm", "Year"), Text("Năm ngân sách", "Fiscal year")),
        *_names(),
        Column(
            "ceiling",
            "number",
            Text("Nhiều nhất", "Ceiling"),
            Text("Số đơn vị có trong năm", "How much there is in the year"),
            unit="units",
            at_least=0,
        ),
        *_SOURCE,
    ),
)

RESOURCE_USE = Table(
    "resource_use",
    Text("Sử dụng nguồn lực", "Resource use"),
    Text("Một đơn vị chương trình cần bao nhiêu nguồn lực", "What one unit of a programme takes of a resource"),
    key=("resource", "programme"),
    value="per_unit",
    optional=True,
    columns=(
        _code(
            "resource", "Mã nguồn lực", "Resource", Text("Trong bảng resources", "A resource"), refers_to="resources"
        ),
        _PROGRAMME,
        Column(
            "per_unit",
            "number",
            Text("Mỗi đơn vị", "Per unit"),
            Text("Nguồn lực cho một đơn vị", "Of the resource for one unit reached in a year"),
            above=0,
        ),
        *_SOURCE,
    ),
)

BASELINE = Table(
    "baseline",
    Text("Mức cơ sở", "Baseline"),
    Text("Dự toán một năm để so sánh", "The last approved allocation of one year, with which plans are compared"),
    key=("area", "programme"),
    value="amount",
    columns=(
        _AREA,
        _PROGRAMME,
        Column(
            "amount",
            "money",
            Text("Số tiền", "Amount"),
            Text("Số tiền một năm", "Money of one year"),
            unit="million VND",
            at_least=0,
        ),
        *_SOURCE,
    ),
)

CALENDAR = Table(
    "calendar",
    Text("Lịch ngân sách", "Budget calendar"),
    Text(
        "Các mốc phải xong trong năm trước năm ngân sách (hoặc sớm hơn)",
        "The dates of the budget cycle, each in a year before the budget year",
    ),
    key=("step",),
    optional=True,
    columns=(
        _own("step", "Mã bước", "Step"),
        *_names("Việc phải xong", "step"),
        Column("month", "whole", Text("Tháng", "Month"), Text("Tháng", "Month"), at_least=1, at_most=12),
        Column("day", "whole", Text("Ngày", "Day"), Text("Chậm nhất ngày", "Last day"), at_least=1, at_most=31),
        Column(
            "years_before",
            "whole",
            Text("Trước mấy năm", "Years before"),
            Text("1: năm liền trước năm ngân sách", "1: in the year just before the budget year"),
            unit="years",
            at_least=0,
            at_most=5,
        ),
        *_AGENCY,
        *_SOURCE,
    ),
)

TABLES = MappingProxyType(
    {
        table.name: table
        for table in (
            CLASSES, AREAS, PROGRAMMES, NEEDS, UNIT_COSTS, BANDS, FUNDS, FUND_SHARES, ELIGIBILITY, TARGETS, BASELINE,
            CAPACITIES, PROJECTS, PROJECT_EFFECTS, RESOURCES, RESOURCE_USE, CALENDAR,
        )
    }
)  # fmt: skip
