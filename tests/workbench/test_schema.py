"""The form follows the schema: every setting has its field, its words in both languages and its limits."""

from planning.inputs.rules import Rules
from planning.inputs.scenario import Objective, ScenarioFile
from planning.inputs.scenario_words import CHOICES, EXAMPLES, FIELD_MEANINGS, OPEN_SHARES, RULE_MEANINGS
from planning.vocabulary import STRENGTHS
from planning.workbench.schema import NOTHING, objective_fields, rule_forms

RULES = {rule.name: rule for _, rules in rule_forms() for rule in rules}
NUMBERS = ("share", "open_share", "number")
FIELDS = {f"{rule.name}.{field.name}": field for rule in RULES.values() for field in rule.fields}


def test_every_rule_of_a_scenario_has_a_form():
    assert RULES.keys() == Rules.model_fields.keys() == RULE_MEANINGS.keys()
    assert {field.name for field in objective_fields()} == Objective.model_fields.keys()


def test_limits_and_english_words_are_those_of_the_schema():
    definitions = ScenarioFile.model_json_schema()["$defs"]
    decrease = FIELDS["stability.decrease"]
    assert (decrease.kind, decrease.least, decrease.most, decrease.default) == ("share", 0, 1, NOTHING)
    assert decrease.meaning.en == definitions["Stability"]["properties"]["decrease"]["description"]
    amount = FIELDS["per_child_floor.amount"]
    assert (amount.kind, amount.least, amount.above, amount.most) == ("number", 0, True, None)
    increase = FIELDS["stability.increase"]
    assert (increase.kind, increase.least, increase.most, increase.optional) == ("open_share", 0, None, True)
    assert FIELDS["remote_share.share"].split
    assert FIELDS["projects.per_year"].optional
    assert RULES["matching"].many
    assert RULES["remote_share"].switch
    assert not RULES["projects"].switch


def test_every_share_that_may_be_above_1_is_one_of_a_number():
    assert {name for name, field in FIELDS.items() if field.kind == "open_share"} == OPEN_SHARES
    assert all(FIELDS[name].least == 0 and FIELDS[name].most in (None, 100) for name in OPEN_SHARES)


def test_no_word_is_left_over_and_none_is_missing():
    told = {*FIELDS, *(field.name for field in FIELDS.values()), *(field.name for field in objective_fields())}
    assert set(FIELD_MEANINGS) <= told
    must = {name for name, field in FIELDS.items() if field.default is NOTHING and field.kind in NUMBERS}
    assert must == set(EXAMPLES)
    choices = {code for field in (*FIELDS.values(), *objective_fields()) for code in field.choices}
    assert choices == set(CHOICES) | set(STRENGTHS)
