"""Putting a bundle into its place so that the old one or the new one is there, never half of one."""

import ctypes
import errno
import glob
import os
import secrets
import shutil
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from oqsgen.seal.manifest import CATALOG, MANIFEST
from oqsgen.seal.verify.files import left_behind
from oqsgen.seal.verify.finding import SealError
from oqsgen.seal.verify.listing import read_folder
from oqsgen.seal.verify.manifest_reader import read_manifest

AT_FDCWD = -100
RENAME_EXCHANGE = 2  # linux/fs.h
RENAME_SWAP = 2  # sys/stdio.h of macOS

ABANDONED = 60 * 60
"""Seconds after which what another build was writing is taken for left behind by a killed one."""


class HoldsOthersError(Exception):
    """A folder holds somebody's file, which a build would remove; the text is its path below the folder."""


def put_in_place(target: Path, files: Mapping[str, bytes]) -> None:
    """Write ``files`` (path below ``target`` → bytes) and make them the folder ``target``.

    Everything is written beside the target first. Where the system can exchange two folders at
    once that is the last step; elsewhere the old folder is moved aside, and ``recover`` brings it
    back should the build be killed between the two moves. Raises OSError, and HoldsOthersError where ``target``
    holds a file that no build wrote; then the old bundle stays.
    """
    recover(target)
    if others_file := other_file(target):
        raise HoldsOthersError(others_file)
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    new_folder = beside(target)
    try:
        _write_all(new_folder, files)
        if target.exists():
            replace(target, new_folder)
        else:
            new_folder.rename(target)
        sync(target.parent)
    finally:
        shutil.rmtree(new_folder, ignore_errors=True)


def recover(target: Path) -> None:
    """Bring back a bundle that a killed build had moved aside, and clear what it left behind."""
    aside = _aside(target)
    if aside.is_dir():
        if target.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(target)
    for abandoned in target.parent.glob(f"{glob.escape(_new(target))}*"):
        with suppress(OSError):
            if abandoned.stat().st_mtime < time.time() - ABANDONED:
                shutil.rmtree(abandoned)


def other_file(target: Path) -> str | None:
    """A file in ``target`` that its own manifest does not list, nor a system leaves there. None where all is ours."""
    if not target.is_dir() or target.is_symlink():
        return None
    listing = read_folder(target)
    try:
        listed = set(read_manifest(listing.files.get(MANIFEST, b""))["files"])
    except SealError:
        listed = set()
    if listed:
        listed |= {MANIFEST, CATALOG}
    of_a_system = {finding.path for finding in left_behind(listing, listed)}
    return min({*listing.files, *listing.odd} - listed - of_a_system, default=None)


def beside(target: Path) -> Path:
    """A name beside ``target`` for what is to become it; ``recover`` clears it where it was left."""
    return target.with_name(_new(target) + secrets.token_hex(4))


def _new(target: Path) -> str:
    return f".{target.name}.new-"


def _aside(target: Path) -> Path:
    return target.with_name(f".{target.name}.old")


def _write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, data in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())


def replace(target: Path, new_folder: Path) -> None:
    """Make ``new_folder`` the folder ``target``; where both can be exchanged, what was there becomes ``new_folder``."""
    if not _exchange(target, new_folder):
        aside = _aside(target)
        target.rename(aside)
        try:
            new_folder.rename(target)
        except OSError:
            aside.rename(target)
            raise
        shutil.rmtree(aside, ignore_errors=True)


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders at once. False where the system or its file system cannot."""
    names = os.fsencode(first), os.fsencode(second)
    try:
        library = ctypes.CDLL(None, use_errno=True) if sys.platform != "win32" else None
        if sys.platform == "linux" and library:
            result = library.renameat2(AT_FDCWD, names[0], AT_FDCWD, names[1], RENAME_EXCHANGE)
        elif sys.platform == "darwin" and library:
            result = library.renamex_np(names[0], names[1], RENAME_SWAP)
        else:
            return False
    except AttributeError:
        return False
    if result and ctypes.get_errno() not in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(first))
    return bool(result == 0)


def sync(folder: Path) -> None:
    """Flush a folder's entries to the disk, where folders can be opened."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
