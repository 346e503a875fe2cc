"""What the buttons and lines of a grid say."""

from types import MappingProxyType

from planning.vocabulary import Language, Text

GRID = MappingProxyType(
    {
        "save": Text("Lưu", "Save"),
        "save_hint": Text("Lưu bảng vào tệp (Ctrl+S)", "Save the table to its file (Ctrl+S)"),
        "undo": Text("Hoàn tác", "Undo"),
        "redo": Text("Làm lại", "Redo"),
        "add": Text("Thêm dòng", "Add row"),
        "delete": Text("Xóa dòng", "Delete rows"),
        "find": Text("Tìm: mã, tên, nguồn…", "Find: code, name, source…"),
        "faulty": Text("Chỉ dòng sai", "Faulty rows only"),
        "rows": Text("{shown} / {all} dòng", "{shown} of {all} rows"),
        "unsaved": Text("{count} ô chưa lưu", "{count} cells not saved"),
        "clean": Text("Không có gì chưa lưu", "Nothing unsaved"),
        "checking": Text("Đang kiểm tra…", "Checking…"),
        "waiting": Text("Máy đang bận, xin chờ…", "The computer is busy, please wait…"),
        "sound": Text("Không thấy lỗi", "No fault found"),
        "faults": Text("{count} chỗ cần sửa", "{count} to mend"),
        "elsewhere": Text("Các bảng chưa khớp nhau (vẫn lưu được)", "The files do not agree yet (you can still save)"),
        "row": Text("dòng", "row"),
        "more": Text("và {count} chỗ khác", "and {count} more"),
        "reload": Text("Bỏ sửa đổi của tôi, nạp lại tệp", "Drop my edits, load the file again"),
        "carry": Text("Nạp lại, giữ sửa đổi của tôi", "Load the file again, keep my edits"),
        "compare": Text("So sánh", "Compare"),
        "take": Text("Lấy lại", "Take them up"),
        "drop": Text("Bỏ đi", "Drop them"),
        "opened": Text("lúc mở", "as opened"),
        "disk": Text("trên đĩa", "on the disk"),
        "mine": Text("của bạn", "yours"),
        "absent": Text("(không có)", "(none)"),
        "keys": Text(
            "Enter, Tab, mũi tên: đi · F2: sửa · Delete: xóa · Ctrl+C, Ctrl+V: chép, dán từ Excel · Ctrl+Z, Ctrl+Y: "
            "hoàn tác, làm lại · Alt+↓: danh sách",
            "Enter, Tab, arrows: move · F2: edit · Delete: clear · Ctrl+C, Ctrl+V: copy, paste from Excel · Ctrl+Z, "
            "Ctrl+Y: undo, redo · Alt+↓: list",
        ),
    }
)

SHARE = Text("phần của 1", "share, 0 to 1")
SAVED = Text("Đã lưu {file}", "Saved {file}")
NOTHING = Text("Không có gì để lưu", "There is nothing to save")
FAULTY = Text(
    "Chưa lưu: còn {count} chỗ sai (màu đỏ); sửa xong rồi lưu lại",
    "Not saved: {count} to mend first (in red); then save again",
)
CHANGED = Text(
    "Chưa lưu: tệp {file} đã đổi trên đĩa từ khi bạn mở (một thẻ hoặc chương trình khác đã lưu). Hãy so sánh rồi chọn.",
    "Not saved: {file} has changed on the disk since you opened it (another tab or program saved it). Compare, then "
    "choose.",
)
CARRIED = Text(
    "Đã nạp lại {file} và đặt sửa đổi của bạn lên trên; {count} ô mà cả hai cùng sửa giữ như trên đĩa",
    "Loaded {file} again with your edits on top; {count} cells that both sides changed stay as on the disk",
)
LOADED = Text("Đã nạp lại {file}", "Loaded {file} again")
DRAFT = Text(
    "Có sửa đổi chưa lưu của {file} từ {when}, thẻ trước đóng khi chưa lưu hoặc còn đang mở ở nơi khác.",
    "There are unsaved edits of {file} from {when}: a tab was closed before saving, or is still open elsewhere.",
)
STALE = Text(
    "Có sửa đổi chưa lưu của {file} từ {when}, nhưng tệp đã đổi từ đó nên không lấy lại được vào đây; chúng nằm trong "
    "{draft}.",
    "There are unsaved edits of {file} from {when}, but the file has changed since, so they cannot be taken up here; "
    "they stay in {draft}.",
)
SHARED = Text(
    "Bảng này cũng đang được sửa ở một thẻ khác: ai lưu sau sẽ được hỏi. Sửa đổi ở đây không có bản nháp.",
    "This table is being edited in another tab as well: whoever saves later is asked. Edits here have no draft.",
)


def grid_words(language: Language) -> dict[str, str]:
    """Every word of the grid in one language."""
    return {name: text[language] for name, text in GRID.items()}
