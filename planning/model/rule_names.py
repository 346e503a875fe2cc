"""Names of the rules, for people."""

from types import MappingProxyType

from planning.vocabulary import Text

RULE_NAMES = MappingProxyType(
    {
        "targets": Text("Chỉ tiêu", "Targets"),
        "coverage_floors": Text("Độ bao phủ tối thiểu", "Coverage floors"),
        "coverage_caps": Text("Độ bao phủ tối đa", "Coverage caps"),
        "remote_share": Text("Phần cho địa bàn khó khăn", "Share of remote areas"),
        "per_child_floor": Text("Mức sàn cho mỗi trẻ em", "Floor per child"),
        "gaps": Text("Khoảng cách giữa vùng xa và nơi khác", "Gap between remote areas and others"),
        "parity": Text("Ngang bằng tiền trên mỗi trẻ em", "Parity of money per child"),
        "concentration": Text("Tập trung ở gần trung tâm", "Concentration near the centre"),
        "hoover": Text("Chỉ số Hoover", "Hoover index"),
        "gini": Text("Hệ số Gini", "Gini coefficient"),
        "theil": Text("Chỉ số Theil", "Theil index"),
        "bottom_share": Text("Phần của nhóm được phục vụ kém nhất", "Share of the worst-covered"),
        "index_floors": Text("Mức sàn đi kèm giới hạn bất bình đẳng", "Floors beside limits on inequality"),
        "stability": Text("Ổn định so với cơ sở", "Stability against the baseline"),
        "losers": Text("Giới hạn phần bị mất", "Limit on losses"),
        "absorption": Text("Khả năng hấp thụ", "Absorptive capacity"),
        "minimum_grants": Text("Mức cấp tối thiểu", "Minimum grants"),
        "substitutes": Text("Chương trình thay thế nhau", "Substitutes"),
        "complements": Text("Chương trình đi cùng nhau", "Complements"),
        "resources": Text("Nhân lực và nguồn lực khác", "Staff and other resources"),
        "projects_per_area": Text("Số dự án mỗi địa bàn", "Projects per area"),
        "projects_per_year": Text("Số dự án khởi công mỗi năm", "Projects per year"),
        "minimum_use": Text("Mức chi tối thiểu của nguồn vốn", "Minimum use of funds"),
        "expiry": Text("Hạn dùng nguồn vốn", "Expiry of funds"),
        "matching": Text("Vốn đối ứng", "Matching"),
        "co_funding": Text("Tỷ lệ đóng góp", "Co-funding"),
        "additionality": Text("Không thay thế ngân sách", "Additionality"),
        "virement": Text("Giới hạn điều chuyển", "Limit on transfers"),
        "fund_ceiling": Text("Trần nguồn vốn", "Fund ceilings"),
    }
)
