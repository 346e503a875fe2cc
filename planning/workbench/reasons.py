"""Why there is no plan, as the form says it: rules by the names of its controls, no command line."""

import re
from collections.abc import Iterable

from planning.solver.diagnosis import MORE
from planning.vocabulary import Language, Text
from planning.workbench.schema import rule_forms

_PATH = re.compile(r"rules\.(\w+)\.(\w+)")


def reasons_on_form(reasons: Iterable[Text]) -> list[Text]:
    """The reasons without the one that names a command, with the label of the control for the path of a value."""
    return [Text(_labelled(reason.vi, "vi"), _labelled(reason.en, "en")) for reason in reasons if reason != MORE]


def _labelled(text: str, language: Language) -> str:
    labels = {
        (rule.name, field.name): f"«{rule.label[language]}: {field.label[language]}»"
        for _, rules in rule_forms()
        for rule in rules
        for field in rule.fields
    }
    return _PATH.sub(lambda path: labels.get(path.groups(), path[0]), text)
