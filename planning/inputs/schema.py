"""The JSON Schema of a scenario file, for editors that complete, explain and underline as one types.

Made from the models that check the files, with what those say otherwise: a file states only what differs from its
parent, so a rule may be stated in part; a list of rules may be `off`; the tables have known names.
"""

import copy
import json
from typing import Any

from planning.inputs.scenario import ScenarioFile
from planning.vocabulary import TABLES

NAME = "scenario.schema.json"
_OFF = {"const": "off", "type": "string"}


def scenario_schema() -> dict[str, Any]:
    """The schema (draft 2020-12) as plain values."""
    schema = copy.deepcopy(ScenarioFile.model_json_schema())
    models = schema["$defs"]
    for name, rule in models["Rules"]["properties"].items():
        model = models[_referred(rule)]
        if model.get("type") == "array":
            entry = models[_referred(model["items"])]
            models["Rules"]["properties"][name] = {"anyOf": [model, _OFF], "description": entry["description"]}
        else:
            model.pop("required", None)
            rule["description"] = model["description"]
    models["Change"]["properties"]["table"]["enum"] = list(TABLES)
    schema["$defs"] = {name: model for name, model in models.items() if model.get("type") != "array"}
    for model in (schema, *schema["$defs"].values()):
        for field in model.get("properties", {}).values():
            field.pop("title", None)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def schema_text() -> str:
    """The schema as the file `scenarios/scenario.schema.json` holds it."""
    return json.dumps(scenario_schema(), ensure_ascii=False, indent=1) + "\n"


def _referred(value: dict[str, Any]) -> str:
    """The name of the model that a value, or its first form, refers to."""
    place = value if "$ref" in value else value["anyOf"][0]
    return place["$ref"].removeprefix("#/$defs/")
