"""The JSON Schema says of a file what the models say of it."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from planning.inputs.document import read_document
from planning.inputs.schema import NAME, scenario_schema, schema_text
from planning.inputs.show import new_scenario

ROOT = Path(__file__).parents[2]
SHIPPED = sorted((ROOT / "scenarios").glob("*/*.yaml")) + sorted((ROOT / "tests").glob("toy*/*.yaml"))


@pytest.fixture(scope="module")
def valid():
    Draft202012Validator.check_schema(scenario_schema())
    return Draft202012Validator(scenario_schema())


def test_the_committed_schema_is_that_of_the_code():
    file = ROOT / "scenarios" / NAME
    assert file.read_text(encoding="utf-8") == schema_text(), "run: planning schema"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_shipped_scenario_fits(path, valid):
    values = json.loads(json.dumps(read_document(path, path.name).values))
    assert [error.message for error in valid.iter_errors(values)] == []


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ({}, True),
        ({"rules": {"remote_share": {"strength": "soft"}}}, True),
        ({"rules": {"matching": "off", "remote_share": "off"}}, True),
        ({"rules": {"remote_share": {"share": 17}}}, False),
        ({"rules": {"remote_shares": {"share": 0.17}}}, False),
        ({"rules": {"matching": [{"fund": "city"}]}}, False),
        ({"changes": [{"table": "fund", "multiply": 0.9, "note": "why"}]}, False),
        ({"changes": [{"table": "funds", "multiply": 0.9, "note": "why"}]}, True),
        ({"years": [20260]}, False),
    ],
)
def test_what_a_child_may_say(said, fits, valid):
    assert valid.is_valid({"title": {"vi": "a", "en": "b"}, "note": "c", "extends": "base.yaml", **said}) is fits


def test_every_rule_explains_itself():
    for name, rule in scenario_schema()["$defs"]["Rules"]["properties"].items():
        assert rule["description"], name


def test_a_new_scenario_names_the_schema_that_is_near(folder):
    first = new_scenario("one", folder / "base.yaml", "why").read_text(encoding="utf-8")
    assert "yaml-language-server" not in first
    (folder.parent / NAME).write_text(schema_text(), encoding="utf-8")
    second = new_scenario("two", folder / "base.yaml", "why").read_text(encoding="utf-8")
    assert second.startswith("# yaml-language-server: $schema=../scenario.schema.json\ntitle:")


def test_the_command_writes_it(planning, tmp_path):
    out = tmp_path / "deep" / NAME
    assert planning("schema", "--out", out) == (0, f"{out}\n", "")
    assert out.read_text(encoding="utf-8") == schema_text()
