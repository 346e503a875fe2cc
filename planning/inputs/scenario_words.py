"""What the settings of a scenario are called, and what they mean, in both languages.

The English meanings are those of the schema (planning/inputs/rules.py, scenario.py); here stand their Vietnamese
counterparts, short labels in both languages, and an example of each level that a rule must state.
"""

from types import MappingProxyType

from planning.vocabulary import Text

GROUPS = (
    (
        Text("Cam kết và dịch vụ", "Promises and services"),
        (
            *("targets", "coverage_floors", "coverage_caps", "minimum_grants", "absorption", "substitutes"),
            *("complements", "resources", "projects"),
        ),
    ),
    (
        Text("Công bằng", "Fairness"),
        (
            *("remote_share", "per_child_floor", "stability", "gaps", "parity", "losers"),
            *("bottom_share", "concentration", "hoover", "gini", "theil"),
        ),
    ),
    (
        Text("Tiền và nguồn vốn", "Money and funds"),
        ("matching", "co_funding", "minimum_use", "expiry", "additionality", "virement"),
    ),
)
PROJECTS = Text("Cách chọn dự án", "How projects are chosen")
OBJECTIVE = Text("Mục tiêu", "Goals")
ENVELOPE = Text("Tổng trần so với phương án đang mở", "All ceilings, against the scenario that is open")

LABELS = MappingProxyType(
    {
        "strength": Text("Tính bắt buộc", "Strength"),
        "price": Text("Mức phạt khi không giữ", "Price of missing it"),
        "programmes": Text("Chương trình", "Programmes"),
        "programme": Text("Chương trình", "Programme"),
        "needs": Text("Phụ thuộc vào", "Depends on"),
        "areas": Text("Địa bàn", "Areas"),
        "each": Text("Từng địa bàn", "Each of them"),
        "fund": Text("Nguồn vốn", "Fund"),
        "partner": Text("Nguồn đối ứng", "Partner"),
        "ratio": Text("Tỷ lệ", "Ratio"),
        "sense": Text("Ít nhất hay nhiều nhất", "At least or at most"),
        "share": Text("Mức", "Share"),
        "year": Text("Năm", "Year"),
        "amount": Text("Triệu đồng", "Million VND"),
        "growth": Text("Tăng mỗi năm", "Growth a year"),
        "decrease": Text("Giảm nhiều nhất", "Largest fall"),
        "increase": Text("Tăng nhiều nhất", "Largest rise"),
        "per_area": Text("Số khởi công mỗi địa bàn", "Starts in an area"),
        "per_year": Text("Số khởi công mỗi năm", "Starts in a year"),
        "divisible": Text("Cho phép làm từng phần", "Allow parts"),
        "at_most": Text("Nhiều nhất", "At most"),
        "floor": Text("Mức sàn bao phủ", "Floor of coverage"),
        "bottom": Text("Nhóm kém nhất", "Worst-covered group"),
        "method": Text("Cách kết hợp", "Method"),
        "goals": Text("Thứ tự mục tiêu", "Order of goals"),
        "tolerances": Text("Phần có thể nhường", "What may be given up"),
        "gap": Text("Độ gần tốt nhất", "Nearness to the best"),
        "seconds": Text("Giây tìm kiếm", "Seconds of search"),
        "discount": Text("Chiết khấu", "Discount"),
        "shortfall_weight": Text("Trọng số chỉ tiêu", "Weight of targets"),
        "class_weights": Text("Trọng số nhóm địa bàn", "Weights of area classes"),
    }
)

CHOICES = MappingProxyType(
    {
        "as_stated": Text("như bảng chỉ tiêu ghi", "as each target says"),
        "at_least": Text("ít nhất", "at least"),
        "at_most": Text("nhiều nhất", "at most"),
        "lexicographic": Text("lần lượt từng mục tiêu", "one after the other"),
        "weighted": Text("một tổng có trọng số", "one weighted sum"),
        "targets": Text("đạt chỉ tiêu", "meet the targets"),
        "reach": Text("nhiều trẻ em nhất", "reach most children"),
        "max_min": Text("nâng nơi thiếu nhất", "raise the worst-covered area"),
        "leximin": Text("nâng lần lượt từ nơi thiếu nhất", "raise the worst, then the next"),
        "least_cost": Text("ít tiền nhất", "least money"),
        "least_change": Text("ít thay đổi nhất so với cơ sở", "least change from the baseline"),
    }
)

# Rule → what it says; the English words are the schema's own.
RULE_MEANINGS = MappingProxyType(
    {
        "targets": "Các chỉ tiêu trong bảng chỉ tiêu là một phần của phương án.",
        "remote_share": "Ít nhất phần này của tiền mỗi năm dành cho địa bàn khó khăn, vùng xa.",
        "per_child_floor": "Mỗi năm mỗi địa bàn nhận ít nhất số tiền này cho mỗi trẻ em.",
        "stability": "Tổng tiền mỗi năm của một địa bàn không lệch khỏi cơ sở quá mức này.",
        "coverage_floors": "Mỗi chương trình được chọn đáp ứng ít nhất phần này của nhu cầu.",
        "coverage_caps": "Mỗi chương trình được chọn đáp ứng nhiều nhất phần này của nhu cầu.",
        "minimum_grants": "Một năm, một địa bàn không nhận gì cho chương trình, hoặc nhận ít nhất số này.",
        "absorption": "Tiền của một địa bàn không tăng nhanh hơn mức này: khả năng chi thật.",
        "substitutes": "Các chương trình phục vụ cùng những trẻ em đó; trẻ em được tính một lần.",
        "complements": "Chương trình không phủ rộng hơn chương trình mà nó phụ thuộc.",
        "resources": "Không dùng quá nhân lực và nguồn lực trong bảng nguồn lực.",
        "projects": "Số dự án được khởi công; tính bắt buộc và mức phạt áp dụng cho hai giới hạn dưới đây.",
        "minimum_use": "Mỗi năm chi ít nhất phần này của trần nguồn vốn.",
        "expiry": "Sau năm này không chi tiền của nguồn vốn nữa.",
        "matching": "Tiền nguồn vốn chi mỗi năm được nguồn đối ứng chi theo tỷ lệ.",
        "co_funding": "Nguồn vốn gánh ít nhất hoặc nhiều nhất phần này của tiền cho chương trình.",
        "additionality": "Tiền đóng góp không thay tiền ngân sách: ngân sách chi ít nhất phần này của cơ sở.",
        "virement": "Tổng tiền mỗi năm của một chương trình không lệch khỏi cơ sở quá mức này.",
        "gaps": "Độ bao phủ của vùng xa ít nhất bằng phần này của độ bao phủ nơi khác.",
        "parity": "Tiền cho mỗi trẻ em của từng địa bàn nằm quanh mức trung bình.",
        "losers": "Tổng số tiền các địa bàn bị mất so với cơ sở không quá phần này.",
        "concentration": "Giữ chỉ số tập trung của độ bao phủ thấp, kèm một mức sàn.",
        "hoover": "Giữ chỉ số Hoover của độ bao phủ thấp, kèm một mức sàn.",
        "gini": "Giữ hệ số Gini của độ bao phủ thấp, kèm một mức sàn.",
        "theil": "Giữ chỉ số Theil của độ bao phủ thấp, kèm một mức sàn.",
        "bottom_share": "Nhóm được phục vụ kém nhất giữ ít nhất phần này của độ bao phủ, kèm một mức sàn.",
    }
)

# Field, or rule.field where one rule means something of its own.
FIELD_MEANINGS = MappingProxyType(
    {
        "strength": "bắt buộc: phải giữ; mềm: không giữ thì bị phạt; chỉ báo cáo: không cản trở gì",
        "targets.strength": "như bảng chỉ tiêu ghi: mỗi chỉ tiêu theo dòng của nó; nếu không thì tất cả như nhau",
        "price": "Không giữ chút nào một quy định mềm thì tính bằng chừng này trong mục tiêu đạt chỉ tiêu",
        "programmes": "Mọi chương trình, một lĩnh vực, chi thường xuyên, chi đầu tư, hoặc một chương trình",
        "substitutes.programmes": "Từ hai chương trình trở lên (giữ Ctrl để chọn nhiều)",
        "programme": "Chương trình phụ thuộc",
        "needs": "Chương trình mà nó phụ thuộc",
        "areas": "Mọi địa bàn, vùng xa, các nơi khác, một nhóm hoặc một địa bàn",
        "each": "Có: tính cho từng địa bàn; không: tính chung tất cả",
        "fund": "Nguồn vốn chịu quy định",
        "partner": "Nguồn vốn đối ứng, ví dụ của thành phố",
        "ratio": "Số tiền đối ứng cho mỗi đồng của nguồn vốn",
        "gaps.ratio": "Phần của độ bao phủ nơi khác, 1 là bằng nhau",
        "sense": "Ít nhất hay nhiều nhất",
        "share": "Phần trăm",
        "remote_share.share": "Một mức chung, hoặc mỗi năm, mỗi lĩnh vực, loại chi hay chương trình một mức",
        "additionality.share": "Phần của tổng mỗi năm trong cơ sở",
        "parity.share": "Độ rộng mỗi phía, so với mức trung bình",
        "year": "Trong năm này; để trống là mọi năm",
        "expiry.year": "Năm cuối còn được chi",
        "amount": "Triệu đồng",
        "per_child_floor.amount": "Triệu đồng mỗi trẻ em mỗi năm",
        "growth": "Mức tăng mỗi năm; năm đầu của phương án là một năm sau cơ sở",
        "decrease": "Mức giảm lớn nhất so với cơ sở",
        "increase": "Mức tăng lớn nhất so với cơ sở; để trống là không giới hạn",
        "per_area": "Nhiều nhất trong một địa bàn cả giai đoạn; để trống là không giới hạn",
        "per_year": "Nhiều nhất trong một năm; để trống là không giới hạn",
        "divisible": "Cho phép một phần dự án, để đọc giá trị cận biên",
        "at_most": "Chỉ số, từ 0 (đều nhau) đến 1",
        "floor": "Mỗi địa bàn đạt ít nhất mức này; chỉ ghi 0 khi thật sự muốn",
        "bottom": "Phần trẻ em được coi là kém nhất, ví dụ 20 %",
        "bottom_share.share": "Phần của độ bao phủ mà nhóm này giữ ít nhất",
        "method": "Lần lượt từng mục tiêu, hoặc cộng chỉ tiêu và số trẻ em thành một tổng",
        "goals": "Mục tiêu quan trọng nhất trước",
        "tolerances": "Phần của mức tốt nhất mà mục tiêu sau được lấy bớt; 0 nếu không ghi",
        "gap": "Khi có dự án: phương án phải được chứng minh gần mức tốt nhất tới đâu",
        "seconds": "Khi có dự án: thời gian tìm lâu nhất cho một mục tiêu",
        "discount": "Trẻ em được phục vụ muộn hơn tính ít hơn mỗi năm chừng này; tiền không bị chiết khấu",
        "shortfall_weight": "Chỉ dùng với một tổng: không đạt mọi chỉ tiêu tính bằng mấy lần phục vụ mọi trẻ em",
        "class_weights": "Một trẻ em ở nhóm địa bàn này tính bằng mấy; 1 nếu không ghi",
    }
)

# What a file is asked for where the form asks otherwise, and what stands in files only; by field as above.
FILE_MEANINGS = MappingProxyType(
    {
        "title.vi": "Tên bằng tiếng Việt",
        "title.en": "Tên bằng tiếng Anh",
        "note": "Vì sao có phương án này: bằng một thứ tiếng, hoặc bằng cả hai dưới vi và en",
        "note.vi": "Lý do bằng tiếng Việt",
        "note.en": "Lý do bằng tiếng Anh",
        "extends": "Tệp phương án gốc, trong cùng thư mục hoặc theo đường dẫn tương đối",
        "data": "Thư mục của các bảng, tính từ tệp này",
        "years": "Các năm ngân sách của phương án, nối tiếp nhau, ví dụ [2026, 2027]",
        "changes.table": "Tên bảng, ví dụ funds",
        "changes.where": "Cột và giá trị của những dòng được đổi; không ghi là mọi dòng",
        "changes.column": "Cột được đổi; không ghi là cột số chính của bảng",
        "changes.set": "Giá trị mới",
        "changes.multiply": "Hệ số",
        "changes.add": "Số cộng thêm, số âm là bớt đi",
        "changes.note": "Vì sao",
        "strength": "hard: phải giữ; soft: không giữ thì bị phạt theo price; report: chỉ báo cáo, không cản trở gì",
        "targets.strength": "as_stated: mỗi chỉ tiêu theo dòng của nó; nếu không thì tất cả như nhau",
        "programmes": "all, một lĩnh vực, recurrent, capital, hoặc một chương trình",
        "substitutes.programmes": "Mã của các chương trình, từ hai trở lên",
        "programme": "Mã của chương trình phụ thuộc",
        "needs": "Mã của chương trình mà nó phụ thuộc",
        "areas": "all, remote, rest, một nhóm hoặc một địa bàn",
        "each": "true: tính cho từng địa bàn; false: tính chung tất cả",
        "fund": "Mã của nguồn vốn",
        "matching.fund": "Nguồn vốn được đối ứng, ví dụ của nhà tài trợ",
        "matching.sense": "at_least: đối ứng ít nhất theo tỷ lệ này; at_most: nhiều nhất",
        "sense": "at_least hoặc at_most",
        "remote_share.share": "Phần của tiền, từ 0 đến 1; hoặc mỗi năm, lĩnh vực, loại chi hay chương trình một mức",
        "minimum_use.share": "Phần của trần, từ 0 đến 1",
        "co_funding.share": "Phần của tiền cho các chương trình này, từ 0 đến 1",
        "virement.share": "Mức lệch lớn nhất, tính theo phần của cơ sở, từ 0 đến 1",
        "coverage_floors.share": "Độ bao phủ, từ 0 đến 1",
        "coverage_caps.share": "Độ bao phủ, từ 0 đến 1",
        "losers.share": "Phần của tổng mỗi năm trong cơ sở, từ 0 đến 1",
        "decrease": "Mức giảm lớn nhất, tính theo phần của cơ sở, từ 0 đến 1",
        "increase": "Mức tăng lớn nhất, tính theo phần của cơ sở; để trống là không giới hạn",
        "divisible": "true: cho phép một phần dự án, để đọc giá trị cận biên",
        "bottom": "Phần trẻ em được coi là kém nhất, ví dụ 0.2",
        "method": "lexicographic: lần lượt từng mục tiêu; weighted: một tổng có trọng số, xem shortfall_weight",
        "goals": "Thứ tự mục tiêu, quan trọng nhất trước: targets, reach, max_min, leximin, least_cost, least_change",
    }
)

# Shares without an upper end: files say 0.3, people read 30 %.
OPEN_SHARES = frozenset({"absorption.growth", "additionality.share", "parity.share", "stability.increase"})

# A number to begin with where a rule is switched on and must state one.
EXAMPLES = MappingProxyType(
    {
        "remote_share.share": 0.2,
        "per_child_floor.amount": 0.3,
        "stability.decrease": 0.3,
        "coverage_floors.share": 0.3,
        "coverage_caps.share": 1.0,
        "minimum_grants.amount": 50.0,
        "absorption.growth": 0.25,
        "minimum_use.share": 0.8,
        "matching.ratio": 1.0,
        "co_funding.share": 0.5,
        "additionality.share": 1.0,
        "virement.share": 0.5,
        "gaps.ratio": 0.9,
        "parity.share": 0.5,
        "losers.share": 0.02,
        "concentration.at_most": 0.1,
        "concentration.floor": 0.3,
        "hoover.at_most": 0.1,
        "hoover.floor": 0.3,
        "gini.at_most": 0.1,
        "gini.floor": 0.3,
        "theil.at_most": 0.05,
        "theil.floor": 0.3,
        "bottom_share.bottom": 0.2,
        "bottom_share.share": 0.18,
        "bottom_share.floor": 0.3,
    }
)
