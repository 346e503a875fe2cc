"""Codes that several answers share, in words."""

from collections.abc import Mapping

from planning.vocabulary import NO, YES, Text

AREA, PROGRAMME = Text("địa bàn", "area"), Text("chương trình", "programme")
PROJECT, AREA_OR_PROJECT = Text("dự án", "project"), Text("địa bàn hoặc dự án", "area or project")
SHARED: Mapping[str, Text] = {
    "areas": Text("địa bàn", "areas"),
    "programmes": Text("chương trình", "programmes"),
    "years": Text("các năm", "years"),
    "goals": Text("mục tiêu", "goals"),
}
FLAGS: Mapping[str, Text] = {YES: Text("có", "yes"), NO: Text("không", "no")}
DECISIONS: Mapping[str, Text] = {
    YES: Text("có trong phương án", "in the plan"),
    NO: Text("không có trong phương án", "not in the plan"),
    "none": Text("không có phương án", "no plan"),
    "up": Text("tăng", "up"),
    "down": Text("giảm", "down"),
    "best": Text("phương án tốt nhất", "the best plan"),
    "search": Text("chọn lại", "searched again"),
    "kept": Text("giữ như cũ", "kept as chosen"),
    "built": Text("buộc làm", "built"),
    "left_out": Text("bỏ", "left out"),
    "added": Text("thêm", "added"),
    "dropped": Text("bỏ", "dropped"),
    "other_year": Text("khởi công năm khác", "begun in another year"),
}
REASONS: Mapping[str, Text] = {
    "begun": Text("dự án đã khởi công, không bỏ được", "it has begun already and cannot be left out"),
    "must": Text("bảng dự án ghi là bắt buộc", "table projects says that it must be built"),
    "never": Text("bảng dự án ghi là không làm", "table projects says that it is never built"),
    "window": Text(
        "không có năm khởi công nào nằm trong giai đoạn", "none of the years in which it may start is in the plan"
    ),
    "rules": Text("các quy định không cùng giữ được", "the rules cannot all be kept then"),
    "stopped": Text("tìm kiếm dừng trước khi chứng minh xong", "the search stopped before the best was proven"),
}
