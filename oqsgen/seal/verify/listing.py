"""A bundle's folder as data, and what is on the way from a disk to that data.

Sizes are looked at before anything is read. Links are never followed.
"""

import os
import stat
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from oqsgen.files import NotRegularError, leads_elsewhere, open_regular
from oqsgen.limits import BUNDLE_BYTES, FILE_BYTES, FOLDER_DEPTH, FOLDER_ENTRIES


class Odd(Enum):
    """Why something was not read as a file."""

    LINK = "LINK"
    SPECIAL = "SPECIAL"
    UNREADABLE = "UNREADABLE"
    TOO_LARGE = "TOO_LARGE"
    TOO_MANY = "TOO_MANY"
    TWICE = "TWICE"
    HIDDEN = "HIDDEN"


@dataclass(frozen=True)
class Listing:
    """Everything below a folder: paths with ``/`` → bytes, or why there are none."""

    name: str
    files: Mapping[str, bytes]
    odd: Mapping[str, Odd] = field(default_factory=dict)
    folders: frozenset[str] = frozenset()


def read_folder(folder: Path, room: int = BUNDLE_BYTES.value) -> Listing:
    """What is below ``folder``, of ``room`` bytes at most. Nothing that is there makes it fail; what cannot be
    read is odd.
    """
    files: dict[str, bytes] = {}
    odd: dict[str, Odd] = {}
    folders: set[str] = set()
    entries = 0
    pending = [("", os.fspath(folder))]
    while pending:
        above, real_folder = pending.pop()
        try:
            with os.scandir(real_folder) as scan:
                names = sorted(
                    entry.name
                    for entry, _ in zip(scan, range(FOLDER_ENTRIES.value + 1), strict=False)
                )
        except OSError:
            odd[above.rstrip("/")] = Odd.UNREADABLE
            continue
        for name in names:
            path, real = above + _composed(name), os.path.join(real_folder, name)
            entries += 1
            if entries > FOLDER_ENTRIES.value:
                odd[path] = Odd.TOO_MANY
                return Listing(_name(folder), files, odd, frozenset(folders))
            if is_folder(real):
                folders.add(path)
                if path.count("/") >= FOLDER_DEPTH.value:
                    odd[path] = Odd.TOO_MANY
                else:
                    pending.append((path + "/", real))
                continue
            data = _read(real, room)
            if path in files or path in odd:
                odd[path] = Odd.TWICE
            elif is_hidden(real):
                odd[path] = Odd.HIDDEN
            elif isinstance(data, Odd):
                odd[path] = data
            else:
                files[path] = data
                room -= len(data)
    return Listing(_name(folder), files, odd, frozenset(folders))


def _name(folder: Path) -> str:
    return folder.name or folder.resolve().name


def _composed(name: str) -> str:
    """macOS gives names decomposed, whatever is written on the stick."""
    return unicodedata.normalize("NFC", name) if sys.platform == "darwin" else name


def is_link(path: str) -> bool:
    """Whether ``path`` is a symbolic link or a junction."""
    try:
        return leads_elsewhere(os.lstat(path))
    except OSError:
        return False


def is_hidden(path: str) -> bool:
    """Whether Explorer does not show a file, by its attributes of Windows: another could stand in its place."""
    try:
        attributes = getattr(os.lstat(path), "st_file_attributes", 0)
    except OSError:
        return False
    return bool(attributes & (stat.FILE_ATTRIBUTE_HIDDEN | stat.FILE_ATTRIBUTE_SYSTEM))


def is_folder(path: str) -> bool:
    """Whether ``path`` is a folder itself. Where that cannot be known it is none, and reading it as a file says why."""
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode) and not is_link(path)
    except OSError:
        return False


def _read(path: str, room: int) -> bytes | Odd:
    """The bytes of a regular file, of at most ``room`` bytes."""
    if is_link(path):
        return Odd.LINK
    try:
        with open_regular(path, follow=False) as file:
            size = os.fstat(file.fileno()).st_size
            limit = min(FILE_BYTES.value, room)
            if size > limit:
                return Odd.TOO_LARGE
            # One byte more than there should be, and never room for what is not there.
            data = file.read(size + 1)
            return data if len(data) <= limit else Odd.TOO_LARGE
    except NotRegularError:
        return Odd.SPECIAL
    except OSError:
        return Odd.UNREADABLE
