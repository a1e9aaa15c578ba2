"""The clinics' files that a verb is given, read and resolved: each with all that a build would refuse of it."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oqsgen.files import reason
from oqsgen.input.problems import Problem, first, has_errors, quoting
from oqsgen.limits import CLINIC_PROBLEMS
from oqsgen.text import listed

if TYPE_CHECKING:
    from oqsgen.clinic.across import Terminal
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


@dataclass
class ClinicFile:
    """A clinic's file: what would be built of it, if nothing in ``problems`` is an error.

    ``problems`` are those of its own place and of the defaults that it takes. ``codes`` are the facility's, none where
    nobody can read it.
    """

    path: Path
    terminals: list["Terminal"] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    codes: frozenset[str] = frozenset()

    @property
    def is_wrong(self) -> bool:
        """Whether nothing may be built of it."""
        return has_errors(self.problems)

    @property
    def profiles(self) -> list[Any]:
        """Each terminal without errors of its own."""
        return [terminal.profile for terminal in self.terminals]


@dataclass(frozen=True)
class Clinics:
    """All files of a call, and all their problems, each once."""

    files: Sequence[ClinicFile]
    problems: list[Problem]


def read_clinics(inputs: Iterable[Path], defaults_file: Path | None = None) -> Clinics:
    """Every terminal of every file and of every folder's files, and every problem of each.

    A file that is named twice, or by itself and with its folder, is read once; one that has the defaults of all is no clinic's.
    """
    return _read_all(_once(_files(inputs), defaults_file), defaults_file)


def resolve_all(
    files: Iterable[Path], defaults: Path | None = None
) -> tuple[list[tuple[Path, Any]], list[Problem]]:
    """Every terminal without errors, with its file, and every problem, for verbs to which all files are one."""
    clinics = _read_all(_once(map(ClinicFile, files), defaults), defaults)
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
        [quoted for p in problems for quoted in quoting([p], lines.get(p.file, ()))],
    )


def _files(inputs: Iterable[Path]) -> Iterator[ClinicFile]:
    for source in inputs:
        if os.path.isdir(source):
            yield from _files_in(source)
        else:
            yield ClinicFile(source)


def _files_in(folder: Path) -> list[ClinicFile]:
    """The clinics of a folder; none is a problem of the folder, and stops no other input."""
    try:
        paths = sorted(path for path in folder.iterdir() if _is_clinic(path))
    except OSError as error:
        message = f"フォルダーを読めません（{reason(error)}）。読み取りの許可を確かめてください。"
        return [ClinicFile(folder, problems=[_of_file(folder, "FILE_UNREADABLE", message)])]
    if not paths:
        message = "フォルダーに .yaml ファイルがありません。名前と場所を確かめてください。"
        return [ClinicFile(folder, problems=[_of_file(folder, "FOLDER_EMPTY", message)])]
    return [ClinicFile(path) for path in paths]


def _is_clinic(path: Path) -> bool:
    # What begins with a dot is a system's or a program's, such as ``._a.yaml`` on a stick that was in a Mac.
    return path.suffix.lower() in (".yaml", ".yml") and not path.name.startswith(".")


def _of_file(path: Path, code: str, message: str) -> Problem:
    return Problem(str(path), 0, 0, code, "error", "", message)


def _once(files: Iterable[ClinicFile], left_out: Path | None) -> list[ClinicFile]:
    once: dict[str, ClinicFile] = {}
    for each in files:
        once.setdefault(os.path.realpath(each.path), each)
    if left_out:
        once.pop(os.path.realpath(left_out), None)
    if left_out and not once:
        message = "施設のファイルがありません。--defaults のファイルのほかに指定してください。"
        return [ClinicFile(left_out, problems=[_of_file(left_out, "FOLDER_EMPTY", message)])]
    return list(once.values())


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
    from oqsgen.render.printable import unprintable

    document, problems = _document(path, lines)
    of_all = list(defaults.problems) if defaults else []
    # Of defaults that cannot be read nobody knows what a clinic lacks.
    if document is None or (defaults and defaults.root is None):
        return ClinicFile(path, [], [*problems, *of_all])
    terminals, more = resolve_terminals(document, defaults.root if defaults else None)
    glyphs = islice(unprintable(document), CLINIC_PROBLEMS.value + 1)
    problems += [*more, *glyphs, *of_all]
    return ClinicFile(path, terminals, problems, facility_codes(document.root, terminals))


def _read_defaults(path: Path, lines: dict[str, Sequence[str]]) -> "Defaults":
    from oqsgen.clinic.defaults import Defaults, defaults_of
    from oqsgen.render.printable import unprintable

    document, problems = _document(path, lines)
    if document is None:
        return Defaults(str(path), None, problems)
    defaults = defaults_of(document)
    glyphs = islice(unprintable(document), CLINIC_PROBLEMS.value + 1)
    return defaults._replace(problems=[*problems, *defaults.problems, *glyphs])


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
