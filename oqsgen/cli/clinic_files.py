"""Which files a call names: each clinic's once, of folders too, and what keeps one from being read at all."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oqsgen.files import reason
from oqsgen.input.problems import Problem, has_errors

if TYPE_CHECKING:
    from oqsgen.clinic.across import Terminal


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


def named(inputs: Iterable[Path], left_out: Path | None) -> list[ClinicFile]:
    """The files of the inputs and of their folders, each once, without the one that is ``left_out``."""
    return once(_files(inputs), left_out)


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


def beside(files: Iterable[ClinicFile], left_out: Path | None) -> list[Path]:
    """The clinics' files in the same folders that the call does not name."""
    paths = [each.path for each in files if not os.path.isdir(each.path)]
    real_paths = {os.path.realpath(path) for path in paths}
    return [
        each.path
        for each in named({path.parent for path in paths}, left_out)
        if os.path.realpath(each.path) not in real_paths
        and all(problem.code != "FOLDER_EMPTY" for problem in each.problems)
    ]


def _of_file(path: Path, code: str, message: str) -> Problem:
    return Problem(str(path), 0, 0, code, "error", "", message)


def once(files: Iterable[ClinicFile], left_out: Path | None) -> list[ClinicFile]:
    """Each file once, whatever it is called, without the one that is ``left_out``."""
    by_path: dict[str, ClinicFile] = {}
    for each in files:
        by_path.setdefault(os.path.realpath(each.path), each)
    if left_out:
        by_path.pop(os.path.realpath(left_out), None)
    if left_out and not by_path:
        message = "施設のファイルがありません。--defaults のファイルのほかに指定してください。"
        return [ClinicFile(left_out, problems=[_of_file(left_out, "FOLDER_EMPTY", message)])]
    return list(by_path.values())
