"""The clinics' files that a verb is given, read and resolved: each with all that a build would refuse of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oqsgen.cli.clinic_files import ClinicFile, named, once
from oqsgen.input.problems import Problem, first, quoting
from oqsgen.limits import CLINIC_PROBLEMS
from oqsgen.text import listed

if TYPE_CHECKING:
    from oqsgen.clinic.defaults import Defaults
    from oqsgen.input.nodes import Document

NAMES_TOLD = 3
"""Clinics that are named of those to which a default does not fit."""

defaults_option = click.option(
    "--defaults",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="どの施設にも共通の項目を書いた YAML。施設のファイルにある項目は、そちらを使います。",
)


@dataclass(frozen=True)
class Clinics:
    """All files of a call, and all their problems, each once."""

    files: Sequence[ClinicFile]
    problems: list[Problem]

    @property
    def to_build(self) -> list[tuple[Path, Any]]:
        """Each terminal of the files without errors, with its file."""
        return [
            (each.path, profile)
            for each in self.files
            if not each.is_wrong
            for profile in each.profiles
        ]


def read_clinics(inputs: Iterable[Path], defaults_file: Path | None = None) -> Clinics:
    """Every terminal of every file and of every folder's files, and every problem of each.

    A file that is named twice, or by itself and with its folder, is read once; one that has the defaults of all is no clinic's.
    """
    return _read_all(named(inputs, defaults_file), defaults_file)


def resolve_all(
    files: Iterable[Path], defaults: Path | None = None
) -> tuple[list[tuple[Path, Any]], list[Problem]]:
    """Every terminal without errors, with its file, and every problem, for verbs to which all files are one."""
    clinics = _read_all(once(map(ClinicFile, files), defaults), defaults)
    profiles = [(each.path, profile) for each in clinics.files for profile in each.profiles]
    return profiles, clinics.problems


def _read_all(named: Sequence[ClinicFile], defaults_file: Path | None) -> Clinics:
    lines: dict[str, Sequence[str]] = {}
    defaults = _read_defaults(defaults_file, lines) if defaults_file else None
    files = [each if each.problems else _read(each.path, defaults, lines) for each in named]
    _across(files)
    problems = [*_of_defaults(files, defaults)]
    for each in files:
        own = (p for p in each.problems if not defaults or p.file != defaults.file)
        problems += first(own)
    return Clinics(
        files,
        [q for p in dict.fromkeys(problems) for q in quoting([p], lines.get(p.file, ()))],
    )


def _document(
    path: Path, lines: dict[str, Sequence[str]]
) -> tuple["Document | None", list[Problem]]:
    from oqsgen.clinic.secrets import without_secrets
    from oqsgen.input.clinic_text import read_text
    from oqsgen.input.yaml_reader import parse

    source, problems = read_text(path)
    if source is None:
        return None, problems
    lines[str(path)] = without_secrets(source.text)
    return parse(source)


def _read(path: Path, defaults: "Defaults | None", lines: dict[str, Sequence[str]]) -> ClinicFile:
    from oqsgen.clinic.across import facility_codes
    from oqsgen.clinic.resolve import resolve_terminals

    document, problems = _document(path, lines)
    of_all = list(defaults.problems) if defaults else []
    # Of defaults that cannot be read nobody knows what a clinic lacks.
    if document is None or (defaults and defaults.root is None):
        return ClinicFile(path, [], [*problems, *of_all])
    terminals, more = resolve_terminals(document, defaults.root if defaults else None)
    problems += [*more, *_glyphs(document), *of_all]
    return ClinicFile(path, terminals, problems, facility_codes(document.root, terminals))


def _read_defaults(path: Path, lines: dict[str, Sequence[str]]) -> "Defaults":
    from oqsgen.clinic.defaults import Defaults, defaults_of

    document, problems = _document(path, lines)
    if document is None:
        return Defaults(str(path), None, problems)
    defaults = defaults_of(document)
    return defaults._replace(problems=[*problems, *defaults.problems, *_glyphs(document)])


def _glyphs(document: "Document") -> Iterator[Problem]:
    """What no font has; no more than are shown."""
    from oqsgen.render.printable import unprintable

    return islice(unprintable(document), CLINIC_PROBLEMS.value + 1)


def _across(files: Sequence[ClinicFile]) -> None:
    """Add to each file what only several of them show."""
    from oqsgen.clinic.across import across_files

    by_name = {str(each.path): each for each in files}
    for file, problem in across_files(t for each in files for t in each.terminals):
        by_name[file].problems.append(problem)


def _of_defaults(files: Sequence[ClinicFile], defaults: "Defaults | None") -> list[Problem]:
    """The problems of the defaults, each once, with the clinics that it is one of where it is not one of all."""
    if defaults is None:
        return []
    of: dict[Problem, list[str]] = {}
    for each in files:
        for problem in dict.fromkeys(each.problems):
            if problem.file == defaults.file:
                of.setdefault(problem, []).append(str(each.path))
    return first(
        problem if len(names) == len(files) else _for_some(problem, names)
        for problem, names in of.items()
    )


def _for_some(problem: Problem, names: Sequence[str]) -> Problem:
    told = listed(names, NAMES_TOLD)
    return replace(problem, message=f"{problem.message}（{told} のとき）")
