"""The JSON Schema of a clinic's file, for editors."""

from typing import Any

from oqsgen.clinic.model import Clinic


def json_schema() -> dict[str, Any]:
    """Keys, words, defaults and hints. The cross checks are not in it: ``oqsgen check`` has them."""
    schema = Clinic.model_json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
