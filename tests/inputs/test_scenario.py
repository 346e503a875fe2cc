"""What a scenario file may say of itself."""

import pytest

from planning.errors import InputError
from planning.inputs import load_scenario
from planning.inputs.show import show

BEGIN = "title: {vi: Một, en: One}\n"


def scenario(folder, note):
    (folder / "noted.yaml").write_text(f"{BEGIN}{note}extends: base.yaml\n", encoding="utf-8")
    return load_scenario(folder / "noted.yaml")


@pytest.mark.parametrize(
    ("note", "wanted"),
    [
        ("note: Vì sao không\n", ("Vì sao không", "Vì sao không")),
        ("note: {vi: Vì sao, en: Why}\n", ("Vì sao", "Why")),
        ("note:\n  vi: >-\n    Vì\n    sao\n  en: |\n    Why\n    so\n", ("Vì sao", "Why so")),
    ],
)
def test_a_note_is_in_one_language_or_in_both(folder, note, wanted):
    read = scenario(folder, note)
    assert (read.why("vi"), read.why("en")) == wanted


def test_each_language_of_a_note_has_its_line(folder):
    rows = show(scenario(folder, "note:\n  vi: Vì sao\n  en: Why\n")).set_index("path")
    assert rows.loc["note.vi"].tolist() == ["Vì sao", "noted.yaml", "3"]
    assert rows.loc["note.en"].tolist() == ["Why", "noted.yaml", "4"]


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("note: {vi: Vì sao}\n", "line 2: note.en is missing; add it (The reason in English)"),
        ("note: {vi: '', en: Why}\n", "line 2: note.vi is empty; fill it in (The reason in Vietnamese)"),
        ("note: {vi: a, en: b, fr: c}\n", "line 2: unknown key 'note.fr'; known: vi, en"),
        ("note: 12\n", "line 2: note 12 is not allowed; write a text"),
        ("note: [a]\n", "line 2: note ['a'] is not allowed; write a text"),
    ],
)
def test_a_note_that_cannot_be_read(folder, note, said):
    with pytest.raises(InputError, match=r"noted\.yaml") as refusal:
        scenario(folder, note)
    assert said in str(refusal.value)
