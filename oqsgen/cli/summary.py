"""What is said at the end of several files: how many problems each has, and of which nothing can be built."""

from collections.abc import Iterable, Iterator

from oqsgen.cli.clinics import Clinics
from oqsgen.cli.problems_as_text import counts
from oqsgen.input.problems import Problem, has_errors

BY_DEFAULTS = "--defaults のファイルのエラーのため、作れません"


def by_file(clinics: Clinics) -> Iterator[str]:
    """A line for each file in which there are problems, or that others keep from being built, and one for the rest."""
    yield from _lines(clinics, clinics.problems)
    named = {problem.file for problem in clinics.problems}
    fine = [each for each in clinics.files if not each.is_wrong and str(each.path) not in named]
    if fine:
        terminals = sum(len(each.profiles) for each in fine)
        yield f"  問題のないファイル {len(fine)}（端末 {terminals} 台）"


def not_made(clinics: Clinics, failures: Iterable[Problem]) -> list[str]:
    """A line for each file of which something was not made, and for what keeps it from that."""
    problems = [*clinics.problems, *failures]
    files = {problem.file for problem in problems if problem.severity == "error"}
    return list(_lines(clinics, [problem for problem in problems if problem.file in files]))


def _lines(clinics: Clinics, problems: Iterable[Problem]) -> Iterator[str]:
    of_file: dict[str, list[Problem]] = {}
    for problem in problems:
        of_file.setdefault(problem.file, []).append(problem)
    for file, in_file in of_file.items():
        yield f"  {file}  {counts(in_file)}"
    for each in clinics.files:
        if each.is_wrong and not has_errors(of_file.get(str(each.path), ())):
            yield f"  {each.path}  {BY_DEFAULTS}"
