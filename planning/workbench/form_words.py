"""What the scenario form and the start page say, in both languages."""

from types import MappingProxyType

from planning.vocabulary import Language, Text

_WORDS = MappingProxyType(
    {
        # ---- controls
        "unlimited": Text("không giới hạn", "no limit"),
        "every_year": Text("mọi năm", "every year"),
        "each_year": Text("mỗi năm một mức", "one for each year"),
        "own_level": Text("+ mức riêng cho …", "+ a level of its own for …"),
        "one_level": Text("về một mức chung", "back to one level"),
        "add": Text("+ thêm", "+ add"),
        "remove": Text("bỏ", "remove"),
        "none": Text("–", "–"),
        "money": Text("Tiền", "Money"),
        "all_funds": Text("Mọi nguồn vốn", "All funds"),
        "money_meaning": Text(
            "100 % là trần như trong phương án đang mở", "100 % is the ceilings as the open scenario has them"
        ),
        "not_a_number": Text("'{text}' không phải là số; giá trị cũ được giữ.",
                             "'{text}' is not a number; the old value stays."),
        "two_readings": Text("'{text}' đọc được hai cách; hãy ghi {whole} hoặc {decimal}. Giá trị cũ được giữ.",
                             "'{text}' can be read in two ways; write {whole} or {decimal}. The old value stays."),
        "not_whole": Text("'{text}' không phải là số nguyên; giá trị cũ được giữ.",
                          "'{text}' is not a whole number; the old value stays."),
        "outside": Text("'{text}' không dùng được; hãy ghi số {allowed}. Giá trị cũ được giữ.",
                        "'{text}' cannot be used; write a number {allowed}. The old value stays."),
        "from": Text("từ {least} trở lên", "of {least} or more"),
        "from_to": Text("từ {least} đến {most}", "from {least} to {most}"),
        "above": Text("lớn hơn {least}", "above {least}"),
        "above_to": Text("lớn hơn {least} và không quá {most}", "above {least} and at most {most}"),
        # ---- form
        "form": Text("Biểu mẫu phương án", "Scenario form"),
        "undo": Text("↶ Hoàn tác", "↶ Undo"),
        "redo": Text("↷ Làm lại", "↷ Redo"),
        "back": Text("← Danh sách", "← All scenarios"),
        "unchanged": Text("Chưa đổi gì so với phương án đang mở.", "Nothing differs from the scenario that is open."),
        "differs": Text("Khác với phương án đang mở", "What differs from the scenario that is open"),
        "first": Text(
            "Đang tìm phương án của tệp này … {seconds} giây", "Looking for the plan of this file … {seconds} s"
        ),
        "looking": Text("Đang tính …", "Working …"),
        "searching": Text(
            "Xem nhanh, dự án giữ như phương án trước. Đang chứng minh phương án tốt nhất … {seconds} giây",
            "A quick look with the projects of the last plan. Proving the best plan … {seconds} s",
        ),
        "searching_blind": Text(
            "Với các dự án như trước thì không có phương án; đang tìm dự án khác … {seconds} giây",
            "With the projects as they were there is no plan; looking for others … {seconds} s",
        ),
        "searching_grey": Text(
            "Đang tìm phương án tốt nhất … {seconds} giây", "Looking for the best plan … {seconds} s"
        ),
        "last_tables": Text(
            "Các bảng dưới đây còn là của phương án đã chứng minh trước đó; chứng minh xong thì bảng đổi theo.",
            "The tables below are still those of the last proven plan; they follow when the proof is done.",
        ),
        "proven": Text("✓ Phương án tốt nhất, đã chứng minh.", "✓ The best plan, proven."),
        "rebuilt": Text("Mô hình được dựng lại: {why}.", "The model was built anew: {why}."),
        "refused": Text("Giá trị này không dùng được.", "This value cannot be used."),
        "no_plan": Text("Không có phương án cho lựa chọn này.", "There is no plan for this choice."),
        "unproven": Text("Chưa chứng minh được phương án nào cho lựa chọn này.", "No plan for this choice is proven."),
        "last_stays": Text(
            "Kết quả mờ bên dưới là của lần trước.", "The greyed result below is that of the last choice."
        ),
        "unexpected": Text(
            "Có lỗi ngoài dự kiến; xin báo lại: {text}", "Something unexpected; please report it: {text}"
        ),
        "name": Text("Tên tệp mới", "Name of the new file"),
        "name_hint": Text("chữ thường, số, gạch nối: vung-xa-35", "lower-case letters, digits, hyphens: remote-35"),
        "note": Text("Vì sao", "Why"),
        "note_hint": Text("một câu: vì sao có phương án này", "a sentence: why this scenario exists"),
        "save": Text("Lưu thành phương án mới", "Save as a new scenario"),
        "saved": Text("Đã lưu {file}. Mở lại tệp này cho đúng kết quả trên màn hình.",
                      "Saved {file}. Opened again, it gives exactly what is on the screen."),
        "nothing_to_save": Text("Chưa đổi gì nên chưa có gì để lưu.", "Nothing differs, so there is nothing to save."),
        "reference": Text("phương án đang mở", "the scenario that is open"),
        "first_plan": Text("phương án đầu tiên tìm được", "the first plan found"),
        "taken_up": Text(
            "Lựa chọn chưa lưu của {file} vẫn còn đây; bấm Hoàn tác để bỏ từng bước.",
            "Your unsaved choices in {file} are still here; press Undo to take them back step by step.",
        ),
        "files_changed": Text(
            "Tệp hoặc bảng của {file} đã đổi trên đĩa, nên biểu mẫu mở lại theo tệp. Lựa chọn chưa lưu trước đó:",
            "{file} or its tables have changed on the disk, so the form shows the files. Your unsaved choices were:",
        ),
        # ---- start page
        "title": Text("Bàn làm việc ngân sách cho trẻ em", "Budget workbench for children"),
        "intro": Text(
            "Mỗi dòng là một <b>phương án</b>: một bộ lựa chọn đầy đủ. Chọn một phương án, rồi làm từng bước từ trái "
            "sang phải. Không cần biết lập trình; không bước nào làm mất tệp của bạn.",
            "Each line is a <b>scenario</b>: one complete set of choices. Choose one, then take the steps from left to "
            "right. No programming; no step loses a file of yours.",
        ),
        "language": Text("English", "Tiếng Việt"),
        "folder": Text("Thư mục", "Folder"),
        "refresh": Text("Kiểm tra lại", "Check again"),
        "scenario": Text("Phương án", "Scenario"),
        "file": Text("Tệp", "File"),
        "checked": Text("Số liệu", "Inputs"),
        "solved": Text("Kết quả", "Results"),
        "waiting": Text("đang kiểm tra …", "checking …"),
        "fine": Text("✓ khớp", "✓ agree"),
        "conflict": Text("✗ không thể có phương án", "✗ no plan is possible"),
        "wrong": Text("✗ {count} chỗ sai", "✗ {count} wrong"),
        "unreadable": Text("✗ không đọc được", "✗ cannot be read"),
        "never": Text("chưa chạy", "not run yet"),
        "current": Text("✓ {when}", "✓ {when}"),
        "older": Text("⚠ {when}, số liệu đã đổi từ đó", "⚠ {when}, inputs changed since"),
        "chosen": Text("Đã chọn", "Chosen"),
        "step_tables": Text("1 Sửa bảng số liệu", "1 Edit tables"),
        "step_form": Text("2 Biểu mẫu", "2 Form"),
        "step_check": Text("3 Kiểm tra", "3 Check"),
        "step_run": Text("4 Chạy", "4 Run"),
        "step_compare": Text("5 So sánh", "5 Compare"),
        "step_batch": Text("6 Chạy tất cả", "6 Run all"),
        "step_pack": Text("7 Hồ sơ họp", "7 Committee pack"),
        "table": Text("Bảng", "Table"),
        "jobs": Text("Đang chạy và đã chạy", "Running and done"),
        "running": Text("đang chạy, {seconds} giây", "running, {seconds} s"),
        "done": Text("✓ xong sau {seconds} giây", "✓ done after {seconds} s"),
        "failed": Text("✗ không thành", "✗ failed"),
        "stopped": Text("đã dừng; kết quả trước đó còn nguyên", "stopped; earlier results are as they were"),
        "stop": Text("Dừng", "Stop"),
        "open_page": Text("Mở trang kết quả", "Open the page of results"),
        "open_pack": Text("Mở hồ sơ", "Open the pack"),
        "open_folder": Text("Thư mục kết quả: {folder}", "Folder of results: {folder}"),
        "run_one": Text("Chạy {name}", "Run {name}"),
        "run_all": Text("Chạy mọi phương án của {name}", "Run every scenario of {name}"),
        "run_compare": Text("So sánh {name} với base", "Compare {name} with base"),
        "compare_base": Text("Hãy chọn một phương án khác base ở danh sách trên: bước này so sánh nó với base.",
                             "Choose a scenario other than base in the list above: this step compares it with base."),
        "run_pack": Text("Hồ sơ họp của {name}", "Committee pack of {name}"),
        "busy": Text("Bước này của phương án này đang chạy; chờ xong hoặc bấm Dừng.",
                     "This step of this scenario is running; wait for its end or press Stop."),
        "all_fine": Text("Dữ liệu đầy đủ và khớp nhau.", "The inputs are complete and agree with each other."),
        "no_folder": Text("Không có thư mục {folder}; hãy mở sổ tay này từ thư mục dự án.",
                          "There is no folder {folder}; open this notebook from the project's folder."),
        "system": Text("Hệ điều hành báo lỗi: {text}. Xin kiểm tra tệp đó rồi thử lại.", "{text}"),
        "no_scenarios": Text("Thư mục {folder} không có phương án nào (tệp .yaml).",
                             "The folder {folder} holds no scenario (.yaml file)."),
    }
)  # fmt: skip


def say(word: str, language: Language, **parts: object) -> str:
    """The words for one thing of the page, with its parts filled in."""
    return _WORDS[word][language].format(**parts)


def both(word: str, **parts: object) -> Text:
    """The same in both languages."""
    return Text(say(word, "vi", **parts), say(word, "en", **parts))
