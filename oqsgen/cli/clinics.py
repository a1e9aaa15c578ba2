"""The clinics' files that a verb is given, read and resolved."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from oqsgen.input.problems import Problem


def resolve_all(files: Iterable[Path]) -> tuple[list[tuple[Path, Any]], list[Problem]]:
    """Every terminal of every file, and every problem of every file.

    That is all that a build would refuse of the files, so that each verb says the same of them. A
    file that is named twice, or by itself and with its folder, is read once.
    """
    from oqsgen.clinic import resolve
    from oqsgen.input.yaml_reader import Document, load
    from oqsgen.render.printable import unprintable

    profiles: list[tuple[Path, Any]] = []
    problems: list[Problem] = []
    documents: dict[Path, Document] = {}
    for file in _once(files):
        document, file_problems = load(file)
        problems += file_problems
        if document is not None:
            documents[file] = document
            resolved, file_problems = resolve(document)
            problems += file_problems
            problems += unprintable(document)
            profiles += [(file, profile) for profile in resolved]
    problems += _same_folder(profiles, documents)
    return profiles, list(dict.fromkeys(problems))


def _once(files: Iterable[Path]) -> list[Path]:
    once: dict[str, Path] = {}
    for file in files:
        once.setdefault(os.path.realpath(file), file)
    return list(once.values())


def _same_folder(
    profiles: Iterable[tuple[Path, Any]], documents: dict[Path, Any]
) -> Iterator[Problem]:
    """Two files that would write the same bundle: nobody could tell which one won."""
    first: dict[str, Path] = {}
    for file, profile in profiles:
        name = profile.name.lower()
        if name in first and first[name] != file:
            message = (
                f"{first[name]} と同じ医療機関等コードと端末名（{profile.name}）です。"
                "どちらかの端末名を変えてください。"
            )
            line, column, path = _place_of(documents[file], profile.terminal.name)
            yield Problem(str(file), line, column, "DUPLICATE_TERMINAL", "error", path, message)
        first.setdefault(name, file)


def _place_of(document: Any, terminal: str) -> tuple[int, int, str]:
    """Where a file gives a terminal its name."""
    from oqsgen.input.yaml_reader import Scalar, walk

    for entry, node in walk(document.root):
        is_name = entry is not None and entry.key == "name" and node.path.startswith("terminals[")
        if is_name and isinstance(node, Scalar) and node.text == terminal:
            return node.position.line, node.position.column, node.path
    return 0, 0, "terminals"
