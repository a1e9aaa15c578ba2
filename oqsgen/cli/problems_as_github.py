"""Problems as commands of GitHub Actions, which shows them beside the lines of a change.

docs.github.com, Workflow commands for GitHub Actions; the escapes are those of actions/toolkit, packages/core/src/command.ts.
"""

from oqsgen.input.problems import Problem, Severity

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}


def as_github(problem: Problem) -> str:
    """``::error file=…,line=…,col=…::message``; without a line where a whole file is meant."""
    place = {"file": problem.file}
    if problem.line:
        place |= {"line": str(problem.line), "col": str(problem.column)}
    properties = ",".join(f"{name}={_property(value)}" for name, value in place.items())
    source = f"（{problem.source}）" if problem.source else ""
    message = f"{problem.code}: {problem.message}{source}"
    return f"::{_COMMANDS[problem.severity]} {properties}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
