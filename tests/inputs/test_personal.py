"""Tables hold counts: what marks one person is refused, and figures, places and documents are not mistaken for it."""

import pytest

from planning.errors import InputError
from planning.inputs import load_case
from planning.inputs.personal import marks_of_a_person

PERSONS = [
    "001204012345",
    "Nguyễn Văn A, CCCD 001204012345",
    "001 204 012345",
    "012 345 678 901",
    "012345678",
    "Nguyễn Văn A, CMND: 012.345.678",
    "hộ chiếu B1234567",
    "định danh cá nhân: 001204 012345",
    "id_012345678",
]
TELEPHONES = ["0912 345 678", "0912-345-678.", "0912345678", "+84 912 345 678", "024 3825 3536", "(024) 3825 3536"]
NO_PERSONS = [
    "Phường Lê Chân",
    "Sở Lao động - Thương binh và Xã hội, 111",
    "500000000 đồng",
    "304.799.654",
    "8,811,473",
    "1.912.345.678",
    "202607011230",
    "3-6-2021 đến 20-11-2026",
    "232-KH/TU; 1248/QĐ-TTg",
    "https://example.org/chi-tiet-196250616193322249.htm",
    "F001, A03: children_city * 0.123456789",
    "0701",
]


@pytest.mark.parametrize("text", PERSONS + TELEPHONES)
def test_a_number_of_a_person_is_refused_and_not_repeated(text):
    refusal = marks_of_a_person([text])[text]
    assert ("telephone" in refusal.en) == ("số điện thoại" in refusal.vi) == (text in TELEPHONES)
    assert not any(character.isdigit() for character in refusal.vi + refusal.en)


@pytest.mark.parametrize("text", NO_PERSONS)
def test_figures_places_and_documents_are_let_through(text):
    assert marks_of_a_person([text]) == {}


def test_the_row_is_named_when_a_table_is_read(folder):
    file = folder / "data" / "needs.csv"
    file.write_text(
        file.read_text().replace("near,lessons,all,400,toy,assumed,", "near,lessons,all,400,toy,assumed,0912345678")
    )
    with pytest.raises(InputError) as refused:
        load_case(folder / "base.yaml")
    (problem,) = refused.value.problems
    assert (problem.where, problem.row) == ("data/needs.csv", 2)
    assert problem.told("vi") == (
        "dòng 2: ô có vẻ chứa số điện thoại (không nhắc lại ở đây); bảng chỉ ghi số lượng, không ghi thông tin của cá "
        "nhân: hãy xóa số đó (nếu là số tiền, hãy tách nhóm hàng nghìn hoặc ghi đơn vị ở sau)"
    )
    assert "telephone" in problem.text.en


def test_a_day_that_a_month_does_not_have_is_refused(folder):
    head = "step,name_vi,name_en,month,day,years_before,agency_vi,agency_en,source,status,note\n"
    (folder / "data" / "calendar.csv").write_text(head + "vote,Bỏ phiếu,Vote,2,29,1,Hội đồng,Council,toy,assumed,\n")
    with pytest.raises(InputError, match="month 2 has no day 29 in every year; write a day from 1 to 28") as refused:
        load_case(folder / "base.yaml")
    vi = (
        "1 lỗi trong data/calendar.csv:\n- dòng 2: tháng 2 không phải năm nào cũng có ngày 29; hãy ghi ngày từ 1 đến 28"
    )
    assert refused.value.told("vi") == vi
