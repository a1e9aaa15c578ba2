"""Files that somebody named: read as a regular one, not waited for and no more than a limit; written whole or not. And why not."""

import errno
import os
import secrets
import stat
import sys
from collections.abc import Iterable
from io import BufferedReader
from pathlib import Path

from oqsgen.limits import Limit


class NotRegularError(OSError):
    """A pipe, a device, a folder: nothing that is read as a file."""


class TooLargeError(OSError):
    """More than a limit."""


_REASONS = {
    "EACCES": "許可がありません",
    "EPERM": "許可がありません",
    "EROFS": "書き込めない場所です",
    "ENOENT": "ありません",
    "EEXIST": "もうあります",
    "ENOTDIR": "フォルダーではないものがあります",
    "EISDIR": "フォルダーです",
    "ENOTEMPTY": "フォルダーが空ではありません",
    "ENAMETOOLONG": "名前が長すぎます",
    "EINVAL": "使えない名前です",
    "EILSEQ": "使えない名前です",
    "ELOOP": "リンクが輪になっています",
    "EXDEV": "別のドライブです",
    "ENOSPC": "空き容量がありません",
    "EDQUOT": "割り当てられた容量を使い切っています",
    "EFBIG": "大きすぎます",
    "EBUSY": "使用中です",
    "ETXTBSY": "使用中です",
    "EAGAIN": "使用中です",
    "EMFILE": "開いているファイルが多すぎます",
    "ENFILE": "開いているファイルが多すぎます",
    "ENOMEM": "メモリーが足りません",
    "EIO": "装置から読み書きできません",
    "ENXIO": "装置がありません",
    "ENODEV": "装置がありません",
    "ESTALE": "ネットワークの場所につながりません",
    "ETIMEDOUT": "時間切れです",
}
_WINDOWS_REASONS = {
    32: "ほかのプログラムが使っています",  # ERROR_SHARING_VIOLATION
    33: "ほかのプログラムが使っています",  # ERROR_LOCK_VIOLATION
    21: "装置の準備ができていません",  # ERROR_NOT_READY
}
"""Where Windows' own number says more than that of C, which is EACCES for all of these."""


def reason(error: OSError) -> str:
    """Why a file could not be read or written, in Japanese; the system's own words where it is nothing usual."""
    if isinstance(error, NotRegularError | TooLargeError):
        return str(error.strerror)
    of_windows = _WINDOWS_REASONS.get(getattr(error, "winerror", None) or 0)
    return (
        of_windows
        or _REASONS.get(errno.errorcode.get(error.errno or 0, ""))
        or error.strerror
        or type(error).__name__
    )


_REPARSE_LINKS = (0xA000000C, 0xA0000003)
"""Symbolic link; junction, as a mount point is one (winnt.h). A folder of OneDrive's has another tag, and is a folder."""


def leads_elsewhere(status: os.stat_result) -> bool:
    """Whether what ``os.lstat`` tells is of something that leads elsewhere."""
    tag = getattr(status, "st_reparse_tag", 0)
    return stat.S_ISLNK(status.st_mode) or tag in _REPARSE_LINKS


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


def write_whole(path: Path, data: bytes | Iterable[bytes], *, replace: bool = False) -> None:
    """Write a file, piece by piece where it is many, so that it is there as a whole or not at all.

    Raises FileExistsError unless it may ``replace`` one.
    """
    new_file = path.with_name(f".{path.name}.new-{secrets.token_hex(4)}")
    try:
        with new_file.open("xb") as stream:
            stream.writelines((data,) if isinstance(data, bytes) else data)
            stream.flush()
            os.fsync(stream.fileno())
        if replace:
            os.replace(new_file, path)
        else:
            _move_to_free(new_file, path)
    finally:
        new_file.unlink(missing_ok=True)


def _move_to_free(new_file: Path, path: Path) -> None:
    """Windows renames onto nothing that is there; elsewhere a link does that, where the file system has links."""
    if sys.platform != "win32":
        try:
            os.link(new_file, path)
            return
        except FileExistsError:
            raise
        except OSError:
            if os.path.lexists(path):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
    os.rename(new_file, path)


def _require_regular(status: os.stat_result, path: str | Path) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise NotRegularError(errno.EINVAL, "ふつうのファイルではありません", str(path))
