"""What an office says once for all its clinics (``--defaults``), laid under each clinic's own keys; every node keeps its place."""

from typing import NamedTuple

from oqsgen.clinic.problem_at import problem
from oqsgen.clinic.read import ClinicReader
from oqsgen.clinic.secrets import secrets_in
from oqsgen.input.nodes import Document, Entry, Mapping, standing_in
from oqsgen.input.problems import Problem

OF_ONE_CLINIC = ("facility.code", "facility.name", "terminals")
"""Keys of which no two clinics have the same; what a clinic's own file lacks of them is missing."""


class Defaults(NamedTuple):
    """The keys that a clinic's file need not say (None where they cannot be read), and what is wrong with them for all."""

    file: str
    root: Mapping | None
    problems: list[Problem]


def defaults_of(document: Document) -> Defaults:
    """A file of defaults without the keys that it cannot have. Values are read for each clinic that takes them."""
    reader = ClinicReader(document.file)
    root = standing_in(document.file, reader.known_keys(document.root))
    assert isinstance(root, Mapping)
    problems = [*reader.problems, *secrets_in(document.file, document.root)]
    for path in OF_ONE_CLINIC:
        root, entry = _without(root, path)
        if entry:
            message = f"「{path}」は施設ごとに違うので、ここに書いても使いません。施設のファイルに書いてください。"
            code = "NOT_A_DEFAULT"
            problems.append(problem(document.file, entry.position, path, code, message, "warning"))
    return Defaults(document.file, root, problems)


def under(own: Mapping, defaults: Mapping) -> Mapping:
    """A clinic's own keys, and of ``defaults`` those that it lacks. A list of its own stands for the whole default."""
    entries = [_laid_under(entry, defaults.get(entry.key)) for entry in own.entries]
    entries += (entry for entry in defaults.entries if not own.get(entry.key))
    return Mapping(own.path, own.position, tuple(entries))


def _laid_under(own: Entry, default: Entry | None) -> Entry:
    if default and isinstance(own.value, Mapping) and isinstance(default.value, Mapping):
        return Entry(own.key, own.position, under(own.value, default.value))
    return own


def _without(root: Mapping, path: str) -> tuple[Mapping, Entry | None]:
    """``root`` without the key at ``path``, and its entry, where there is one."""
    key, _, below = path.partition(".")
    entry = root.get(key)
    if entry is None:
        return root, None
    kept: Entry | None = None
    if below:
        if not isinstance(entry.value, Mapping):
            return root, None
        inner, entry_below = _without(entry.value, below)
        if entry_below is None:
            return root, None
        entry, kept = entry_below, Entry(key, entry.position, inner)
    entries = (kept if each.key == key else each for each in root.entries)
    return Mapping(root.path, root.position, tuple(filter(None, entries))), entry
