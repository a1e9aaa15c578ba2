"""Files that their user alone can read: modes on POSIX, an access list of one entry on Windows."""

import csv
import os
import stat
import subprocess
from pathlib import Path


def make_private_folder(path: Path) -> None:
    """Make the folder ``path``, which nobody else may enter. Raises OSError."""
    path.mkdir(mode=stat.S_IRWXU)
    if os.name == "nt":
        restrict(path, inherit=True)


def write_private(path: Path, data: bytes) -> None:
    """Write the new file ``path``, which nobody else may read. Raises OSError, also where it exists."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, stat.S_IRUSR | stat.S_IWUSR), "wb") as file:
        try:
            if os.name == "nt":
                restrict(path)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            file.close()
            path.unlink()
            raise


def restrict(path: Path, *, inherit: bool = False) -> None:
    """Replace the Windows access list of ``path`` by this user alone. Raises OSError.

    ``inherit`` passes the entry on to what is made in the folder ``path``.
    """
    csv_line = _run([_system("whoami.exe"), "/user", "/fo", "csv", "/nh"])
    user = next(csv.reader([csv_line]))[-1].strip()
    if not user.startswith("S-1-"):
        raise OSError(0, "whoami")
    rights = "(OI)(CI)F" if inherit else "F"
    _run([_system("icacls.exe"), str(path), "/inheritance:r", "/grant:r", f"*{user}:{rights}"])


def _system(name: str) -> str:
    return os.path.join(os.environ.get("SYSTEMROOT", "C:\\Windows"), "System32", name)


def _run(command: list[str]) -> str:
    """The output of one of Windows' own programs, asked by its full path and without a shell."""
    try:
        process = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=True
        )
    except subprocess.SubprocessError as error:
        raise OSError(0, os.path.basename(command[0])) from error
    # The name before the SID may hold any character; the SID itself is ASCII.
    return process.stdout.decode("ascii", "replace").strip()
