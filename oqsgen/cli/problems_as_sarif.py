"""Problems as SARIF 2.1.0, the format in which tools hand findings to editors and servers (OASIS, sarif-v2.1.0-os)."""

from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from oqsgen import __version__, resources
from oqsgen.input.problems import Problem, Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}


def as_sarif(problems: Sequence[Problem]) -> dict[str, Any]:
    """One run with a rule for each code that is in it."""
    codes = list(dict.fromkeys(problem.code for problem in problems))
    driver = {
        "name": "oqsgen",
        "version": __version__,
        "language": "ja",
        "rules": [_rule(code) for code in codes],
    }
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "language": "ja",
                "columnKind": "unicodeCodePoints",
                "results": [_result(problem, codes.index(problem.code)) for problem in problems],
            }
        ],
    }


def _rule(code: str) -> dict[str, Any]:
    details = resources.spec("problems").get(code)
    if not details:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": details["title"]},
        "help": {"text": details["fix"]},
    }


def _result(problem: Problem, rule: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(problem.file)}}
    if problem.line:
        place["region"] = {"startLine": problem.line, "startColumn": problem.column}
    location: dict[str, Any] = {"physicalLocation": place}
    if problem.path:
        location["logicalLocations"] = [{"fullyQualifiedName": problem.path}]
    properties = {"requirement": problem.requirement, "source": problem.source}
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": _LEVELS[problem.severity],
        "message": {"text": problem.message},
        "locations": [location],
        "properties": {key: value for key, value in properties.items() if value},
    }


def _uri(file: str) -> str:
    """A reference as RFC 3986 has it: relative as the file was named, else with its scheme."""
    path = PurePath(file)
    name = path.as_posix().encode("utf-8", "surrogateescape")
    return Path(file).as_uri() if path.is_absolute() else quote(name)
