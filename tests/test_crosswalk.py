"""A plan carried from districts to communes and back keeps its totals, and says by which shares."""

from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planning.crosswalk import carry, carry_result, gathered, read_crosswalk
from planning.errors import InputError
from tests.languages import vietnamese

SHIPPED = Path(__file__).parents[1] / "scenarios" / "crosswalk_districts_2024_communes_2026.csv"
# District west is communes a and half of b by surface; the other half of b and all of c are district east.
HAND = """district,commune,share_of_district,share_of_commune
west,a,0.75,1
west,b,0.25,0.5
east,b,0.2,0.5
east,c,0.8,1
"""


def written(folder, text, name="crosswalk.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def lines(**amounts):
    return pd.DataFrame({"area": list(amounts), "programme": "lessons", "amount": list(amounts.values())})


@pytest.fixture
def hand():
    return pd.read_csv(StringIO(HAND))


def test_by_hand(hand):
    carried = carry(lines(west=100.0, east=50.0), hand)
    assert carried.to_dict("list") == {
        "area": ["a", "b", "b", "c"],
        "programme": ["lessons"] * 4,
        "amount": [75.0, 25.0, 10.0, 40.0],
        "from_area": ["west", "west", "east", "east"],
        "share": [0.75, 0.25, 0.2, 0.8],
    }
    assert gathered(carried).set_index("area")["amount"].to_dict() == {"a": 75.0, "b": 35.0, "c": 40.0}
    back = gathered(carry(gathered(carried), hand, "districts")).set_index("area")["amount"]
    assert back.to_dict() == {"west": 75 + 17.5, "east": 17.5 + 40}


def test_there_and_back_of_what_lies_evenly_on_the_ground(hand):
    """Surfaces: west 4, east 5, so a 3, b 2, c 4; the same amount on each unit of surface comes back as it was."""
    even = lines(west=4.0, east=5.0)
    there = gathered(carry(even, hand))
    assert there["amount"].tolist() == pytest.approx([3.0, 2.0, 4.0])
    assert gathered(carry(there, hand, "districts"))["amount"].tolist() == pytest.approx([4.0, 5.0])


def test_there_and_back_where_every_commune_lies_in_one_district():
    inside = pd.DataFrame(
        {"district": ["west", "west", "east"], "commune": ["a", "b", "c"], "share_of_district": [0.3, 0.7, 1.0],
         "share_of_commune": [1.0, 1.0, 1.0]}
    )  # fmt: skip
    before = lines(west=12.3, east=4.5)
    after = gathered(carry(gathered(carry(before, inside)), inside, "districts"))
    pd.testing.assert_frame_equal(after, before)


def test_totals_of_a_plan_are_kept():
    crosswalk = read_crosswalk(SHIPPED)
    random = np.random.default_rng(0)
    for to, side in (("communes", "district"), ("districts", "commune")):
        areas = crosswalk[side].unique()
        keys = pd.MultiIndex.from_product([areas, ["lessons", "rooms"], ["city", "donors"], [2026, 2027]])
        table = keys.to_frame(index=False, name=["area", "programme", "fund", "year"])
        table["amount"] = random.uniform(0, 1e5, len(table))
        carried = gathered(carry(table, crosswalk, to))
        assert carried["area"].nunique() == {"communes": 126, "districts": 30}[to]
        for by in (["programme"], ["fund"], ["year"], ["programme", "fund", "year"]):
            assert carried.groupby(by)["amount"].sum().to_numpy() == pytest.approx(
                table.groupby(by)["amount"].sum().to_numpy(), rel=1e-12
            )


def test_a_result_folder(tmp_path):
    written(
        tmp_path,
        "scenario,area,programme,fund,year,amount_million_vnd\n"
        "base,west,lessons,city,2026,0.002\nbase,east,lessons,city,2026,10.001\nbase,east,rooms,city,2026,0.001\n",
        "allocations.csv",
    )
    files = carry_result(tmp_path, written(tmp_path, HAND), "communes", tmp_path / "out")
    assert [path.name for path in files] == ["allocations.csv", "shares.csv"]
    money = pd.read_csv(files[0])
    assert money.groupby("programme")["amount_million_vnd"].sum().round(9).to_dict() == {
        "lessons": 10.003,
        "rooms": 0.001,
    }
    assert (money["amount_million_vnd"] * 1000 % 1).round(6).isin([0, 1]).all()
    assert files[1].read_text(encoding="utf-8") == (
        "from_area,area,share\nwest,a,0.75\nwest,b,0.25\neast,b,0.2\neast,c,0.8\n"
    )


def test_a_result_folder_does_not_overwrite_itself(tmp_path):
    source = written(tmp_path, "scenario,area,programme,fund,year,amount_million_vnd\n", "allocations.csv")
    before = source.read_bytes()
    with pytest.raises(InputError, match="--out is the very folder that is carried") as error:
        carry_result(tmp_path, written(tmp_path, HAND), "communes", tmp_path / "x" / "..")
    assert vietnamese(error.value).endswith(
        "--out là chính thư mục kết quả được quy đổi, nên sẽ ghi đè lên nó; hãy nêu một thư mục khác"
    )
    assert source.read_bytes() == before


def test_unknown_areas_are_refused(hand):
    with pytest.raises(InputError, match=r"knows no district 'wset'; did you mean 'west'\?") as district:
        carry(lines(wset=1.0), hand)
    assert vietnamese(district.value) == (
        "1 lỗi trong các dòng:\n- bảng quy đổi không có quận, huyện 'wset'; có phải ý là 'west'?"
    )
    with pytest.raises(InputError, match="knows no commune 'west'") as commune:
        carry(lines(west=1.0), hand, "districts")
    assert vietnamese(commune.value) == (
        "1 lỗi trong các dòng:\n- bảng quy đổi không có phường, xã 'west'; tên đã biết: a, b, c"
    )


@pytest.mark.parametrize(
    ("edit", "vi", "sentence"),
    [
        (
            ("west,b,0.25", "west,b,0.3"),
            "các tỷ lệ của quận, huyện 'west' cộng lại bằng 1,05; tổng phải bằng 1",
            "the shares of district 'west' add up to 1.05; they must add up to 1",
        ),
        (
            ("east,c,0.8,1", "east,c,0.8,0.9"),
            "các tỷ lệ của phường, xã 'c' cộng lại bằng 0,9; tổng phải bằng 1",
            "the shares of commune 'c' add up to 0.9; they must add up to 1",
        ),
        (
            ("west,b,0.25", "west,b,25"),
            "dòng 3: share_of_district '25' không phải là tỷ lệ; hãy ghi một số từ 0 đến 1",
            "row 3: share_of_district '25' is not a share; write a number between 0 and 1",
        ),
        (
            ("west,b,0.25", "west,b,"),
            "dòng 3: share_of_district '' không phải là tỷ lệ",
            "row 3: share_of_district '' is not a share",
        ),
        (
            ("west,b,0.25,0.5", "west,a,0.25,0.5"),
            "dòng 3: 'west' và 'a' đi với nhau lần thứ hai; hãy giữ một dòng",
            "row 3: 'west' and 'a' stand together a second time; keep one row",
        ),
        (
            ("share_of_commune", "part"),
            "thiếu cột 'share_of_commune'; hãy ghi tên cột vào dòng đầu",
            "column 'share_of_commune' is missing",
        ),
    ],
)
def test_a_wrong_crosswalk_is_refused(edit, vi, sentence, tmp_path):
    with pytest.raises(InputError) as error:
        read_crosswalk(written(tmp_path, HAND.replace(*edit)))
    assert sentence in str(error.value)
    assert vi in vietnamese(error.value)


def test_files_that_are_not_there(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        read_crosswalk(tmp_path / "nowhere.csv")
    with pytest.raises(InputError, match="no such file"):
        carry_result(tmp_path, SHIPPED, "communes", tmp_path / "out")
    written(tmp_path, "area,amount\n", "allocations.csv")
    with pytest.raises(
        InputError, match="column 'scenario' is missing; name a folder that `planning solve` wrote"
    ) as error:
        carry_result(tmp_path, SHIPPED, "communes", tmp_path / "out")
    assert "- thiếu cột 'scenario'; hãy nêu thư mục mà `planning solve` đã ghi" in vietnamese(error.value)
    written(tmp_path, "scenario,area,programme,fund,year,amount_million_vnd\ns,a,p,f,2026,much\n", "allocations.csv")
    with pytest.raises(InputError, match="an amount is not a number; solve the scenario again") as error:
        carry_result(tmp_path, SHIPPED, "communes", tmp_path / "out")
    assert vietnamese(error.value) == (
        "1 lỗi trong allocations.csv:\n- có số tiền không phải là số; hãy giải lại phương án"
    )
