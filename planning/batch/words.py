"""What a batch says, in both languages."""

from types import MappingProxyType

from planning.vocabulary import Text

PLAN, NO_PLAN, REFUSED, STOPPED, CRASHED = "optimal", "no plan", "bad inputs", "out of time", "broken off"
STATUS = MappingProxyType(
    {
        PLAN: Text("có phương án", "plan"),
        NO_PLAN: Text("không lập được", "no plan"),
        REFUSED: Text("số liệu sai", "bad inputs"),
        STOPPED: Text("quá thời hạn", "out of time"),
        CRASHED: Text("bị ngắt", "broken off"),
        "damaged": Text("hỏng", "damaged"),
    }
)
MARKS = MappingProxyType(
    {
        "submitted": Text("đã trình", "submitted"),
        "approved": Text("đã duyệt", "approved"),
        "": Text("", ""),
    }
)
OUT_OF_TIME = Text(
    "{name}: chưa tìm xong phương án sau {limit:g} giây, nên đã dừng. Hãy cho thêm thời gian (--limit).",
    "{name}: no plan was proven best within {limit:g} seconds, so the search was stopped. Allow more time (--limit).",
)
BROKEN_OFF = Text(
    "{name}: tiến trình đang giải bị ngắt từ bên ngoài, có thể vì thiếu bộ nhớ. Hãy chạy lại với --jobs 1.",
    "{name}: the process that solved it was ended from outside, perhaps for want of memory. Run again with --jobs 1.",
)
FAULT = Text(
    "{name}: chương trình gặp lỗi ({error}). Xin gửi tệp log.txt trong thư mục này cho người bảo trì.",
    "{name}: the program met a fault ({error}). Please send log.txt of this folder to who maintains it.",
)
HEADINGS = MappingProxyType(
    {
        "run": Text("Lần chạy", "Run"),
        "scenario": Text("Phương án", "Scenario"),
        "dataset": Text("Bộ số liệu", "Data set"),
        "status": Text("Kết quả", "Outcome"),
        "services": Text("Lượt trẻ em", "Children reached"),
        "coverage": Text("Bao phủ", "Coverage"),
        "targets_met": Text("Chỉ tiêu", "Targets"),
        "seconds": Text("Giây", "Seconds"),
        "time": Text("Lúc", "When"),
        "mark": Text("Đánh dấu", "Mark"),
        "todo": Text("Việc sẽ làm", "To do"),
        "folder": Text("Thư mục", "Folder"),
        "change": Text("Thay đổi từ đó", "Changed since"),
    }
)
TO_SOLVE = Text("giải và viết báo cáo", "solve, then write the report")
TO_RENDER = Text("viết báo cáo", "write the report")
TO_LEAVE = Text("đã có, để nguyên", "there already, left as it is")
NO_REPORT = Text("thiếu báo cáo", "no report")
