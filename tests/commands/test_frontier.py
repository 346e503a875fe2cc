"""The commands frontier and order: what they print, what they leave, how they refuse."""

import pandas as pd
import pytest


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_frontier_writes_its_tables_and_pictures(planning, folder, tmp_path, lang):
    out = tmp_path / "out"
    arguments = ("--from", "0.1", "--to", "0.5", "--out", out, "--lang", lang)
    code, printed, _ = planning("frontier", folder / "base.yaml", *arguments)
    assert code == 0
    assert all(word in printed for word in {"vi": "Mức hiện nay", "en": "Today's level"}[lang].split())
    names = {path.name for path in out.iterdir()}
    assert {"frontier.csv", "frontier_areas.csv", "frontier.png", "frontier_areas.png", "frontier.json"} <= names
    assert "frontier.journal" not in names
    assert pd.read_csv(out / "frontier.csv")["reached"].notna().all()


def test_order_writes_its_list(planning, folder, tmp_path):
    out = tmp_path / "out"
    code, printed, _ = planning("order", folder / "base.yaml", "--from", "0.9", "--to", "1.1", "--out", out)
    assert code == 0
    assert "A stable order" in printed
    assert (out / "order_lines.csv").exists()
    assert (out / "order.png").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("frontier", "--rule", "targets"), "targets has no level that is one number"),
        (("frontier", "--from", "0.5", "--to", "0.1"), "not below"),
        (("frontier", "--points", "1"), "--points 1 is not allowed"),
        (("order", "--step", "0"), "--step 0 is not allowed"),
        (("order", "--from", "2"), "no range of envelopes"),
    ],
)
def test_bad_values_are_refused_with_one_sentence(planning, folder, tmp_path, arguments, words):
    command, *options = arguments
    code, _, refused = planning(command, folder / "base.yaml", *options, "--out", tmp_path / "out")
    assert code == 2
    assert words in refused
    assert not (tmp_path / "out").exists()
