"""What an office may ask later (``specs/hearing.yaml``) and a clinic's file does not answer: nothing of it is decided."""

from collections.abc import Iterator, Mapping
from typing import Any

from oqsgen.clinic.facts import facts_of
from oqsgen.clinic.model import Clinic
from oqsgen.resources import spec

LATER = "later"


def unanswered(clinic: Clinic) -> dict[str, Mapping[str, Any]]:
    """Key of the clinic's file → its question, in the order of the hearing sheet."""
    return {question["key"]: question for question in _open(clinic)}


def _open(clinic: Clinic) -> Iterator[Mapping[str, Any]]:
    for question in spec("hearing")["site"]:
        if question.get("empty") != LATER or "key" not in question:
            continue
        when = question.get("ask", {}).get("when", {})
        if _written(clinic, question["key"]) is None and all(
            _fact(clinic, name) in values for name, values in when.items()
        ):
            yield question


def _fact(clinic: Clinic, name: str) -> str:
    """What the condition of a question asks for: a value of the file as it is written there, or a fact of the terminal."""
    value = _value(clinic, name) if "." in name else name in facts_of(clinic)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _value(clinic: Clinic, key: str) -> Any:
    part: Any = clinic
    for name in key.split("."):
        part = getattr(part, name, None)
    return part


def _written(clinic: Clinic, key: str) -> Any:
    """The value of a key; None where the file has none, whatever is meant then."""
    *groups, name = key.split(".")
    part = _value(clinic, ".".join(groups)) if groups else clinic
    name = f"{name}_" if name == "from" else name
    return getattr(part, name) if part is not None and name in part.model_fields_set else None
