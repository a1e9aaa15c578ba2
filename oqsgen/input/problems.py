"""What is wrong with an input, as data. Every stage returns problems; only the CLI prints them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from oqsgen.limits import CLINIC_PROBLEMS

Severity = Literal["error", "warning", "info"]

SEVERITY_JA: dict[Severity, str] = {"error": "エラー", "warning": "警告", "info": "情報"}


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, where it is, and what to do about it.

    ``line`` and ``column`` count from 1; both are 0 where a whole file is meant. ``path`` is the
    YAML path (``terminals[0].name``). ``requirement`` is a row id of ``specs/requirements``, and
    ``source`` its printed page, where one applies. ``quote`` is the line of the file, to be shown.
    """

    file: str
    line: int
    column: int
    code: str
    severity: Severity
    path: str
    message: str
    requirement: str | None = None
    source: str | None = None
    quote: str = field(default="", compare=False)

    def as_json(self) -> dict[str, Any]:
        """The form that the command line's ``--format json`` promises."""
        return {
            "code": self.code,
            "severity": self.severity,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "path": self.path,
            "message": self.message,
            "requirement": self.requirement,
            "source": self.source,
        }


def first(problems: Iterable[Problem]) -> list[Problem]:
    """The problems of a file in its order: as many as somebody reads, errors before all, and that there are more."""
    by_severity = sorted(problems, key=lambda p: (list(SEVERITY_JA).index(p.severity), *_place(p)))
    told = sorted(by_severity[: CLINIC_PROBLEMS.value], key=_place)
    for next_one in by_severity[CLINIC_PROBLEMS.value : CLINIC_PROBLEMS.value + 1]:
        message = "問題はまだあります。ここまでを直して、もう一度調べてください。"
        more = replace(next_one, code="TOO_MANY_PROBLEMS", message=message)
        told.append(replace(more, requirement=None, source=None))
    return told


def quoting(problems: Iterable[Problem], lines: Sequence[str]) -> list[Problem]:
    """The problems of a file with its lines, as far as these are to be shown."""
    return [
        replace(problem, quote=lines[problem.line - 1] if 0 < problem.line <= len(lines) else "")
        for problem in problems
    ]


def _place(problem: Problem) -> tuple[int, int, str, str]:
    return problem.line, problem.column, problem.code, problem.message


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether anything in ``problems`` forbids a build."""
    return any(problem.severity == "error" for problem in problems)
