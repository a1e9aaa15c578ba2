"""Where bundles are: what a folder has to be to be meant as one, for everybody who looks for some."""

import os
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from oqsgen.limits import FOLDER_ENTRIES
from oqsgen.seal.manifest import CATALOG, MANIFEST, SCRIPT
from oqsgen.seal.verify.listing import is_folder

FOLDER_NAME = re.compile(r"[0-9]{10}_[A-Za-z0-9-]{1,15}")
SIGNS = frozenset({SCRIPT, MANIFEST, CATALOG, "launcher.txt"})
"""A folder with one of these is meant to be a bundle, whatever else of it is gone."""


def names_in(folder: Path) -> list[str]:
    """What is in a folder, by name: no more than FOLDER_ENTRIES and one. Raises OSError."""
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry in islice(entries, FOLDER_ENTRIES.value + 1))


def has_sign(names: Iterable[str]) -> bool:
    """Whether one of a folder's files is there that only a bundle has."""
    return any(name.casefold() in SIGNS for name in names)


def is_bundle(folder: Path, names: Iterable[str]) -> bool:
    """Whether a folder is meant as a bundle, by its name or by what is in it."""
    return has_sign(names) or FOLDER_NAME.fullmatch(folder.name) is not None


def bundles_at(folder: Path) -> list[Path]:
    """The bundle at ``folder``, or those that lie in it; no link is followed. Raises OSError."""
    names = names_in(folder)
    if is_bundle(folder, names):
        return [folder]
    return [path for path, inside in _folders(folder, names) if is_bundle(path, inside)]


def made_before(target: Path) -> list[Path]:
    """The bundles that builds into ``target`` have left there, under their own names. Raises OSError."""
    named = (name for name in names_in(target) if FOLDER_NAME.fullmatch(name))
    return [path for path, inside in _folders(target, named) if has_sign(inside)]


def _folders(folder: Path, names: Iterable[str]) -> Iterator[tuple[Path, list[str]]]:
    """Those of the names that are folders themselves, each with what is in it; nothing is in one that cannot be read."""
    for name in names:
        path = folder / name
        if is_folder(os.fspath(path)):
            try:
                inside = names_in(path)
            except OSError:
                inside = []
            yield path, inside
