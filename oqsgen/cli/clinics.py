"""The clinics' files that a verb is given, read and resolved."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from oqsgen.input.problems import Problem


def resolve_all(files: Iterable[Path]) -> tuple[list[tuple[Path, Any]], list[Problem]]:
    """Every terminal of every file, and every problem of every file."""
    from oqsgen.clinic import resolve
    from oqsgen.input.yaml_reader import load

    profiles: list[tuple[Path, Any]] = []
    problems: list[Problem] = []
    for file in files:
        document, file_problems = load(file)
        problems += file_problems
        if document is not None:
            resolved, file_problems = resolve(document)
            problems += file_problems
            profiles += [(file, profile) for profile in resolved]
    return profiles, list(dict.fromkeys(problems))
