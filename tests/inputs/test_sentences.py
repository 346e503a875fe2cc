"""Every setting of a scenario file has its sentences in both languages, whatever stands there."""

from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from planning.errors import InputError
from planning.inputs import sentences
from planning.inputs.rules import Rules
from planning.inputs.scenario import BothNotes, Change, Objective, ScenarioFile, Title
from planning.inputs.scenario_words import FIELD_MEANINGS, FILE_MEANINGS
from tests.languages import assert_told_in_both_languages

LEAST = {"title": {"vi": "a", "en": "b"}, "note": "n"}
CHANGE = {"table": "funds", "note": "n", "set": 1}
WRONG = (None, "x", "", 5, -5, 0.5, 50, 1e200, True, ["x"], [5], [{}], {}, {"a": 1}, {"a": None}, {2026: 5})
RULES = {name: sentences._model(("rules", name)) for name in Rules.model_fields}


def places() -> Iterator[tuple[str, type[BaseModel]]]:
    """Every part of a scenario file by the name that its settings are looked up under."""
    yield from (("title", Title), ("note", BothNotes), ("objective", Objective), ("changes", Change))
    yield from RULES.items()


def files(value: Any) -> Iterator[dict[str, Any]]:
    """Scenario files in which the value stands once, in every place."""
    for name in ScenarioFile.model_fields:
        yield {**LEAST, name: value}
    for name in Rules.model_fields:
        yield {**LEAST, "rules": {name: value}}
    for part, model in places():
        for name in model.model_fields:
            entry = {name: value}
            if part in RULES:
                yield from ({**LEAST, "rules": {part: form}} for form in (entry, [entry]))
            else:
                yield {**LEAST, part: [CHANGE | entry] if part == "changes" else entry}


@pytest.mark.parametrize("value", WRONG, ids=repr)
def test_whatever_stands_in_a_place_is_refused_in_both_languages(value: Any) -> None:
    refused = 0
    for file in files(value):
        try:
            ScenarioFile.model_validate(file)
        except ValidationError as error:
            origin = {(): ("a.yaml", 1), ("changes", 0): ("a.yaml", 2)}
            problems = sentences.translate(error, file, origin)
            refused += len(problems)
            assert_told_in_both_languages(InputError(problems))
            assert not [problem for problem in problems if "Input should" in problem.text.en]
    assert refused > 20


def test_every_meaning_of_the_schema_has_its_vietnamese_words() -> None:
    used = set()
    described = [
        *(("", name, field) for name, field in ScenarioFile.model_fields.items()),
        *((part, name, field) for part, model in places() for name, field in model.model_fields.items()),
    ]
    for part, name, field in described:
        if field.description:
            names = (f"{part}.{name}", name)
            found = next((key for key in names if key in FILE_MEANINGS or key in FIELD_MEANINGS), None)
            assert found, names
            used.add(found)
    assert set(FILE_MEANINGS) <= used


def test_what_a_file_is_asked_for_is_not_what_the_form_asks() -> None:
    """A file wants a share of 1 where the form wants a percentage."""
    file = {**LEAST, "rules": {"coverage_floors": [{"programmes": "all"}]}}
    with pytest.raises(ValidationError) as refused:
        ScenarioFile.model_validate(file)
    [problem] = sentences.translate(refused.value, file, {(): ("a.yaml", 1)})
    assert problem.told("en") == "line 1: rules.coverage_floors.share is missing; add it (Coverage between 0 and 1)"
    assert problem.told("vi") == "dòng 1: rules.coverage_floors.share còn thiếu; hãy thêm vào (Độ bao phủ, từ 0 đến 1)"


def test_a_flag_is_true_or_false() -> None:
    file = {**LEAST, "rules": {"projects": {"divisible": "maybe"}}}
    with pytest.raises(ValidationError) as refused:
        ScenarioFile.model_validate(file)
    [problem] = sentences.translate(refused.value, file, {(): ("a.yaml", 1)})
    assert problem.text.en == "rules.projects.divisible 'maybe' is not allowed; write true or false"
    assert problem.text.vi == "rules.projects.divisible 'maybe' không hợp lệ; hãy ghi true hoặc false"
