"""What Windows and macOS put on a stick by themselves, told by its name."""

from collections.abc import Set

FILES = frozenset({"thumbs.db", "ehthumbs.db", ".ds_store", ".apdisk"})
FOLDERS = frozenset(
    {
        "system volume information",
        "$recycle.bin",
        ".spotlight-v100",
        ".fseventsd",
        ".trashes",
        ".temporaryitems",
        ".documentrevisions-v100",
    }
)
BESIDE = frozenset({"desktop.ini"})
"""Known beside bundles alone: inside of one it could show one launcher under another's name."""

RUNS = (".cmd", ".bat", ".ps1", ".exe", ".com", ".vbs", ".js", ".lnk", ".msi", ".scr", ".hta")
"""Files that do something when they are double-clicked."""


def is_left_folder(name: str) -> bool:
    """Whether a folder of this name is one of the system's."""
    return name.casefold() in FOLDERS


def is_left_file(name: str, others: Set[str]) -> bool:
    """Whether a file of this name, beside files named ``others``, is one of the system's.

    macOS keeps what FAT cannot say of ``x`` in ``._x``: without an ``x``, something that can be
    double-clicked is not macOS's.
    """
    if name.startswith("._"):
        return name[2:] in others or not name.casefold().endswith(RUNS)
    return name.casefold() in FILES
