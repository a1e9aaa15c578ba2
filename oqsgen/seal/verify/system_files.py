"""What lies about on a stick: what Windows and macOS leave there by themselves, and what Windows could start.

A name proves nothing, so what a system left is told by place, name and first bytes together.
"""

import re
from collections.abc import Set

from oqsgen.text import is_visible

APPLE_DOUBLE = bytes.fromhex("00051607")
"""RFC 1740, appendix A: what macOS cannot say of ``x`` on a FAT stick, it keeps in ``._x``."""
APPLE_DOUBLE_BYTES = 64 * 1024
COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
"""[MS-CFB] 2.2."""
BEGINNINGS = {
    "thumbs.db": COMPOUND_FILE,
    "ehthumbs.db": COMPOUND_FILE,
    ".ds_store": b"\x00\x00\x00\x01Bud1",
}
"""Files that a system leaves in any folder, by their first bytes."""
ROOT_BEGINNINGS = {".apdisk": b"<?xml ", ".volumeicon.icns": b"icns"}
"""Files of macOS directly below the root of a stick."""
EMPTY_ROOT_FILES = frozenset({".metadata_never_index", ".com.apple.timemachine.donotpresent"})
"""Marks of macOS there, with nothing in them."""

ROOT_FOLDERS = frozenset(
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
"""Folders that a system keeps directly below the root of a stick, and in no bundle."""
KEPT_IN_ROOT_FOLDERS = frozenset({"wpsettings.dat", "volumeconfiguration.plist"})
"""What the systems themselves keep directly in such a folder, of all that has an unknown ending."""

DESKTOP_INI = "desktop.ini"
RENAMES = ("localizedresourcename", "localizedfilenames", "clsid")
"""Of a desktop.ini: what shows a folder, or what is in it, under another name or as something else (shell32)."""
ELSEWHERE = ("\\\\", "//")
"""How a path to another computer begins: Explorer fetches a folder's icon from there, and says who asks."""

_ENDINGS = (
    "csv docx htm html json log md pdf pptx rtf txt xlsx xml yaml yml zip "
    "bmp gif heic jpeg jpg mov mp4 png tif tiff webp "
    "cat cer crl crt der p12 p7b pem pfx"
)
DOCUMENTS = frozenset(_ENDINGS.split())
"""Endings that Windows opens in a program of its own. Any other is taken for something that it starts."""

SHELL_FOLDER = re.compile(r"\.\{[0-9a-f-]{36}\}$")
"""A folder's ending that makes Explorer show something else in its place (Shell namespace, junction points)."""


def is_root_folder(name: str) -> bool:
    """Whether a folder of this name, directly below the root of a stick, is one of the system's."""
    return name.isascii() and name.casefold() in ROOT_FOLDERS


def may_start_in_root_folder(folder: str, name: str) -> bool:
    """The same as ``may_start`` for a file directly in one of ROOT_FOLDERS."""
    kept = name.casefold() in KEPT_IN_ROOT_FOLDERS
    kept |= folder.casefold() == "$recycle.bin" and name.casefold() == DESKTOP_INI
    return may_start(name) and not kept


def is_left_file(
    name: str, data: bytes, size: int, others: Set[str], *, root: bool = False
) -> bool:
    """Whether a file of this name is one of the system's. ``data`` are its first bytes, ``size`` all of them.

    ``others`` are the names that may have a companion of macOS beside them; ``root``: it stands directly below the
    root of a stick.
    """
    if is_companion(name, data):
        owner = name[2:]
        has_owner = owner in others and not may_start(name)
        return size <= APPLE_DOUBLE_BYTES and (has_owner or _is_left_name(owner, root=root))
    if not _is_left_name(name, root=root):
        return False
    if name.casefold() in EMPTY_ROOT_FILES:
        return size == 0
    beginning = {**BEGINNINGS, **ROOT_BEGINNINGS}.get(name.casefold())
    return beginning is not None and data.startswith(beginning)


def _is_left_name(name: str, *, root: bool) -> bool:
    names = BEGINNINGS.keys() | (
        ROOT_FOLDERS | ROOT_BEGINNINGS.keys() | EMPTY_ROOT_FILES if root else set()
    )
    return name.isascii() and name.casefold() in names


def is_companion(name: str, data: bytes) -> bool:
    """Whether macOS has left a file of this name beside the one that it belongs to. ``data``: its first bytes."""
    return name.startswith("._") and data.startswith(APPLE_DOUBLE)


def companion_text(name: str) -> str:
    """What is said of a companion that could be started."""
    return (
        f"macOS が「{name[2:]}」に付ける付属ファイルの形ですが、Windows では動くかもしれません。開かずに、"
        "macOS の「ターミナル」で「dot_clean -mn フォルダー」を実行するか、Windows の PC でコピーし直してください。"
    )


def misleads(desktop_ini: bytes) -> bool:
    """Whether a desktop.ini makes Explorer show its folder as something else than it is, or ask another computer."""
    text = desktop_ini.replace(b"\x00", b"").lower()
    return any(key.encode() in text for key in (*RENAMES, *ELSEWHERE))


def may_start(name: str) -> bool:
    """Whether a double click on a file of this name could start something, in any way that Windows has.

    Windows takes blanks and dots at the end away; what does not show could hide an ending. A name can be an
    ending and nothing else (``.cmd``); macOS's ``._x`` ends as ``x`` does.
    """
    _, dot, ending = _plain(name).removeprefix("._").rpartition(".")
    return dot != "" and ending not in DOCUMENTS


def shows_something_else(name: str) -> bool:
    """Whether Explorer shows a folder of this name as something else."""
    return SHELL_FOLDER.search(_plain(name)) is not None


def _plain(name: str) -> str:
    return "".join(c for c in name if is_visible(c)).rstrip(" .").casefold()
