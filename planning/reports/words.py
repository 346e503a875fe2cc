"""Headings and words that only reports use, in both languages; the inputs' own are in the vocabulary."""

from types import MappingProxyType

from planning.vocabulary import Language, Text

HEADINGS = MappingProxyType(
    {
        "scenario": Text("Phương án", "Scenario"),
        "area": Text("Địa bàn", "Area"),
        "class": Text("Nhóm địa bàn", "Area class"),
        "programme": Text("Chương trình", "Programme"),
        "field": Text("Lĩnh vực", "Field"),
        "fund": Text("Nguồn vốn", "Fund"),
        "year": Text("Năm", "Year"),
        "group": Text("Nhóm", "Group"),
        "figure": Text("Chỉ số", "Figure"),
        "item_value": Text("Giá trị", "Value"),
        "item": Text("Chương trình, nguồn vốn", "Programme or fund"),
        "amount": Text("Số tiền", "Money"),
        "money_share": Text("Tỷ trọng tiền", "Share of money"),
        "children": Text("Trẻ em", "Children"),
        "children_share": Text("Tỷ trọng trẻ em", "Share of children"),
        "per_child": Text("Nghìn đồng/trẻ em/năm", "Thousand VND per child and year"),
        "coverage": Text("Độ bao phủ", "Coverage"),
        "coverage_remote": Text("Bao phủ vùng khó khăn", "Coverage, remote"),
        "coverage_rest": Text("Bao phủ nơi khác", "Coverage, elsewhere"),
        "need": Text("Nhu cầu", "Need"),
        "reached": Text("Được đáp ứng", "Reached"),
        "unit": Text("Đơn vị tính", "Unit"),
        "yearly": Text("Bình quân năm", "A year on average"),
        "baseline": Text("Cơ sở", "Baseline"),
        "change": Text("Thay đổi", "Change"),
        "change_share": Text("Thay đổi %", "Change, %"),
        "ceiling": Text("Trần", "Ceiling"),
        "carried_in": Text("Chuyển từ năm trước", "Carried in"),
        "spent": Text("Chi", "Spent"),
        "carried_out": Text("Chuyển năm sau", "Carried out"),
        "lapsed": Text("Hủy dự toán", "Lapsed"),
        "target": Text("Chỉ tiêu", "Target"),
        "document": Text("Văn bản", "Document"),
        "level": Text("Yêu cầu", "Asked for"),
        "value": Text("Đạt được", "Reached"),
        "shortfall": Text("Còn thiếu", "Shortfall"),
        "met": Text("Đạt", "Met"),
        "strength": Text("Tính bắt buộc", "Strength"),
        "agency": Text("Cơ quan chịu trách nhiệm", "Responsible agency"),
        "status": Text("Tình trạng số liệu", "Status of figures"),
        "rule": Text("Quy định", "Rule"),
        "where": Text("Nơi, năm", "Where, when"),
        "rows": Text("Số dòng", "Rows"),
        "at_level": Text("Số dòng đúng ở mức quy định", "Rows at their level"),
        "costly": Text("Số dòng giữ phương án lại", "Rows that hold the plan back"),
        "marginal_value": Text("Giá trị cận biên", "Marginal value"),
        "per": Text("Tính cho", "Counted in"),
        "alike": Text("Số dòng như vậy", "Rows like it"),
        "range": Text("Từ – đến", "Least – most"),
        "sourced": Text("Có nguồn", "Sourced"),
        "derived": Text("Suy ra", "Derived"),
        "assumed": Text("Giả định", "Assumed"),
        "table": Text("Bảng", "Table"),
        "conflict": Text("Mâu thuẫn", "Conflict"),
        "areas": Text("Số địa bàn", "Areas"),
        "population": Text("Dân số", "Residents"),
        "prices": Text("Đơn giá", "Unit cost"),
        "cost": Text("Chi phí đáp ứng mọi nhu cầu", "Cost of the whole need"),
        "need_recurrent": Text("Chi phí nhu cầu thường xuyên", "Cost of the need, recurrent"),
        "need_capital": Text("Chi phí nhu cầu đầu tư (chia đều)", "Cost of the need, capital (spread evenly)"),
        "ceilings": Text("Tổng trần", "All ceilings"),
        "affordable": Text("Trần so với nhu cầu", "Ceilings against need"),
        "source": Text("Nguồn", "Source"),
        "note": Text("Ghi chú", "Note"),
        "total": Text("Tổng cộng", "Total"),
        "remote": Text("Địa bàn khó khăn, vùng xa", "Remote areas"),
        "rest": Text("Địa bàn khác", "Other areas"),
        "yes": Text("có", "yes"),
        "no": Text("không", "no"),
        "all": Text("tất cả", "all"),
    }
)


RULE_NAMES = MappingProxyType(
    {
        "fund_ceiling": Text("Trần nguồn vốn", "Fund ceilings"),
        "targets": Text("Chỉ tiêu", "Targets"),
        "remote_share": Text("Phần cho địa bàn khó khăn", "Share of remote areas"),
        "per_child_floor": Text("Mức sàn cho mỗi trẻ em", "Floor per child"),
        "stability": Text("Ổn định so với cơ sở", "Stability against the baseline"),
    }
)


def heading(name: str, language: Language) -> str:
    """The words for a column of a report."""
    return HEADINGS[name][language]
