"""Reading a file that somebody named: a regular one, not waited for, and no more of it than a limit."""

import errno
import os
import stat
from io import BufferedReader
from pathlib import Path

from oqsgen.limits import Limit


class NotRegularError(OSError):
    """A pipe, a device, a folder: nothing that is read as a file."""


class TooLargeError(OSError):
    """More than a limit."""


def open_regular(path: str | Path, *, follow: bool = True) -> BufferedReader:
    """A regular file opened to be read. Raises OSError, as NotRegularError for pipes, devices and folders.

    Nothing waits for whoever would write into a pipe; with ``follow`` False no link is followed.
    """
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= 0 if follow else getattr(os, "O_NOFOLLOW", 0)
    status = os.stat(path) if follow else os.lstat(path)
    # Before it is opened, too: opening a device can already do something.
    _require_regular(status, path)
    file = os.fdopen(os.open(path, flags), "rb")
    try:
        _require_regular(os.fstat(file.fileno()), path)
    except OSError:
        file.close()
        raise
    return file


def read_regular(path: Path, limit: Limit) -> bytes:
    """The bytes of a regular file. Raises OSError, as TooLargeError for more than ``limit``."""
    with open_regular(path) as file:
        data = file.read(limit.value + 1)
    if len(data) > limit.value:
        raise TooLargeError(errno.EFBIG, "大きすぎます", str(path))
    return data


def _require_regular(status: os.stat_result, path: str | Path) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise NotRegularError(errno.EINVAL, "ふつうのファイルではありません", str(path))
