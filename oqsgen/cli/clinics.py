"""The clinics' files that a verb is given, read and resolved."""

import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oqsgen.input.problems import Problem, first, quoting
from oqsgen.limits import CLINIC_PROBLEMS

if TYPE_CHECKING:
    from oqsgen.input.nodes import Document


def resolve_all(files: Iterable[Path]) -> tuple[list[tuple[Path, Any]], list[Problem]]:
    """Every terminal of every file, and every problem of every file.

    That is all that a build would refuse of the files, so that each verb says the same of them. A
    file that is named twice, or by itself and with its folder, is read once.
    """
    from oqsgen.clinic import resolve
    from oqsgen.clinic.secrets import without_secrets
    from oqsgen.input.clinic_text import read_text
    from oqsgen.input.yaml_reader import parse
    from oqsgen.render.printable import unprintable

    profiles: list[tuple[Path, Any]] = []
    problems: list[Problem] = []
    documents: dict[Path, Document] = {}
    lines: dict[Path, Sequence[str]] = {}
    for file in _once(files):
        source, file_problems = read_text(file)
        if source is not None:
            lines[file] = without_secrets(source.text)
            document, file_problems = parse(source)
            if document is not None:
                documents[file] = document
                resolved, more = resolve(document)
                profiles += [(file, profile) for profile in resolved]
                file_problems += more
                file_problems += islice(unprintable(document), CLINIC_PROBLEMS.value + 1)
        problems += quoting(first(file_problems), lines.get(file, ()))
    for file, problem in _same_folder(profiles, documents):
        problems += quoting([problem], lines[file])
    return profiles, list(dict.fromkeys(problems))


def _once(files: Iterable[Path]) -> list[Path]:
    once: dict[str, Path] = {}
    for file in files:
        once.setdefault(os.path.realpath(file), file)
    return list(once.values())


def _same_folder(
    profiles: Iterable[tuple[Path, Any]], documents: dict[Path, Any]
) -> Iterator[tuple[Path, Problem]]:
    """Two files that would write the same bundle: nobody could tell which one won."""
    from oqsgen.clinic.resolve import of_terminals

    earlier: dict[str, Path] = {}
    places = {
        (file, node.text): (*node.position, node.path)
        for file, document in documents.items()
        for node in of_terminals(document.root, "name")
    }
    for file, profile in profiles:
        name = profile.name.lower()
        if name in earlier and earlier[name] != file:
            message = (
                f"{earlier[name]} と同じ医療機関等コードと端末名（{profile.name}）です。"
                "どちらかの端末名を変えてください。"
            )
            line, column, path = places[file, profile.terminal.name]
            code = "DUPLICATE_TERMINAL"
            yield file, Problem(str(file), line, column, code, "error", path, message)
        earlier.setdefault(name, file)
