"""A stick: files and folders of any names beside bundles and in them.

Where ``verify`` says that all is well, a double click on nothing that it looked at starts anything. What Windows
starts is written down here once more, from Windows' own rules and lists, and not from what ``verify`` lets pass; and
what Windows and macOS themselves leave on a stick is let pass.
"""

import os
import random
import re
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from oqsgen.manual.versions import installer_names
from oqsgen.seal.verify.check import check_folders
from oqsgen.seal.verify.find_bundles import bundles_in
from oqsgen.seal.verify.report import is_fine
from tests.fuzz.engine import Fuzzer
from tests.sealed import TRUST, claiming, signer, small

FOLDER = tempfile.TemporaryDirectory(prefix="oqsgen-stick-")
BUNDLE = "1319999012_OQS-01"

STARTS = frozenset(
    # PATHEXT, what ShellExecute runs (assoc, ftype of a new Windows 11), and what Outlook keeps out for that reason.
    [
        "com",
        "exe",
        "bat",
        "cmd",
        "vbs",
        "vbe",
        "js",
        "jse",
        "wsf",
        "wsh",
        "msc",
        "ps1",
        "ps1xml",
        "ps2",
        "psc1",
        "psm1",
        "psd1",
        "cpl",
        "scr",
        "pif",
        "lnk",
        "url",
        "hta",
        "msi",
        "msp",
        "mst",
        "msu",
        "reg",
        "inf",
        "ins",
        "isp",
        "scf",
        "job",
        "jar",
        "jnlp",
        "appref-ms",
        "application",
        "appx",
        "appxbundle",
        "msix",
        "msixbundle",
        "appinstaller",
        "gadget",
        "chm",
        "hlp",
        "sct",
        "shb",
        "shs",
        "ws",
        "xll",
        "xla",
        "xlam",
        "xlsm",
        "xlsb",
        "docm",
        "dotm",
        "pptm",
        "potm",
        "ppam",
        "ade",
        "adp",
        "mdb",
        "mde",
        "accdb",
        "bas",
        "crx",
        "iso",
        "img",
        "vhd",
        "vhdx",
        "diagcab",
        "diagcfg",
        "diagpkg",
        "settingcontent-ms",
        "library-ms",
        "search-ms",
        "searchconnector-ms",
        "theme",
        "themepack",
        "desklink",
        "mapimail",
        "rdp",
        "website",
        "webpnp",
        "xbap",
        "py",
        "pyw",
        "pyc",
        "cab",
        "library",
        "deskthemepack",
        "msh",
        "mshxml",
        "vsw",
        "wcx",
        "xnk",
        "one",
        "slk",
        "iqy",
    ]
)
CLSID = "{3050f4d8-98b5-11cf-bb82-00aa00bdce0b}"
SYSTEM = ["System Volume Information", "$RECYCLE.BIN", ".Trashes", ".fseventsd", ".Spotlight-V100"]
INVISIBLE = [
    "\u200b",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\u00ad",
    "\u3164",
    "\U000e0041",
    "\xa0",
    "\u3000",
    "\ue000",
]
STEMS = [
    "1_適用",
    "terminal",
    "setup",
    BUNDLE,
    "readme",
    "",
    "a.b",
    "autorun",
    ".",
    "_",
    "x" * 60,
    "ﾃｽﾄ",
    "é",
]
STEMS += [
    "desktop",
    "Thumbs",
    "OQSFaceApp1",
    "OqsInstall",
    "OQSDistroApp 2",
    ".DS_Store",
    ".apdisk",
    ".metadata_never_index",
    "._.Trashes",
    "._1_適用",
    "._",
]
DOCUMENTS = [
    "pdf",
    "txt",
    "json",
    "xml",
    "cer",
    "zip",
    "csv",
    "jpg",
    "db",
    "dat",
    "ini",
    "",
    "bak",
    "xlsx",
]
MAGIC = {
    "apple": bytes.fromhex("00051607") + bytes(60),
    "compound": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(60),
    "store": b"\x00\x00\x00\x01Bud1" + bytes(60),
    "xml": b'<?xml version="1.0" encoding="UTF-8"?>',
    "empty": b"",
    "icon": b"icns" + bytes(60),
    "program": b"MZ" + bytes(60),
    "text": b"@echo off\r\n",
    "ini": b"[.ShellClassInfo]\r\nInfoTip=a\r\n",
    "renames": b"[.ShellClassInfo]\r\nLocalizedResourceName=@shell32.dll,-1\r\n",
    "wide": "[.ShellClassInfo]\r\nclsid={645FF040-5081-101B-9F08-00AA002F954E}".encode("utf-16"),
    "shown": b"[LocalizedFileNames]\r\nx.txt=@y\r\n",
}


def windows_name(name: str) -> str:
    """As Windows opens it: without blanks and dots at the end, in lower case."""
    return name.rstrip(" .").lower()


def is_started(name: str) -> bool:
    """Whether Windows starts a file of this name, by the ending behind its last dot (PathFindExtension)."""
    _, dot, ending = windows_name(name).rpartition(".")
    return bool(dot) and (ending in STARTS or is_class(ending))


def is_class(ending: str) -> bool:
    """A class's number in the place of an ending."""
    return re.fullmatch(r"\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}", ending) is not None


def is_exempt(name: str) -> bool:
    """The installers of a visit are named, with their SHA-256: what a copy adds is its version and the copy's mark."""
    for pattern in installer_names():
        begins, star, ends = pattern.lower().partition("*")
        added = name.lower().removeprefix(begins).removesuffix(ends)
        if name.lower() == begins + added + ends and not set(added) - set(
            "0123456789 .-_()verコピー"
        ):
            return star == "*" or not added
    return False


def random_name(rng: random.Random) -> str:
    ending = rng.choice(
        [rng.choice(sorted(STARTS)), rng.choice(DOCUMENTS), rng.choice(["lnk", "cmd", "exe"])]
    )
    name = rng.choice(STEMS) + (f".{ending}" if ending else "")
    for _ in range(rng.choice([0, 0, 1, 2])):
        name = rng.choice(NAME_CHANGES)(rng, name)
    name = name.replace("/", "").replace("\x00", "")[:80]
    return name if name not in ("", ".", "..") else "a"


def _into(rng: random.Random, name: str) -> str:
    at = rng.randrange(len(name) + 1)
    return name[:at] + rng.choice(INVISIBLE) + name[at:]


NAME_CHANGES: list[Callable[[random.Random, str], str]] = [
    _into,
    lambda rng, name: name.upper(),
    lambda rng, name: name.title(),
    lambda rng, name: name + rng.choice([" ", ".", ". .", " " * 40, "...."]),
    lambda rng, name: f"._{name}",
    lambda rng, name: f"{name}.{rng.choice(DOCUMENTS) or 'x'}",
    lambda rng, name: f"{name}.{CLSID}",
    lambda rng, name: name.replace(".", " .", 1),
    lambda rng, name: name.replace("s", "ſ").replace("k", "\u212a"),
    lambda rng, name: name.replace(".", "．"),
    lambda rng, name: name.replace("pdf", "pdf" + " " * 30 + ".exe"),
    lambda rng, name: "." + name.rpartition(".")[2],
    lambda rng, name: rng.choice(
        ["Thumbs.db", "desktop.ini", ".DS_Store", "WPSettings.dat", "Desktop.Ini"]
    ),
]


@cache
def stick() -> Path:
    """A stick with one good bundle on it."""
    folder = Path(FOLDER.name) / "E"
    for path, data in claiming(signer(), lambda manifest: None, of=small()).items():
        (folder / BUNDLE / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / BUNDLE / path).write_bytes(data)
    assert verdict(folder)
    return folder


def verdict(folder: Path) -> bool:
    """Whether ``oqsgen verify`` ends with 0."""
    bundles, findings = bundles_in(folder)
    reports = list(check_folders(bundles, TRUST))
    stopped = [one for report in reports for one in report.findings if one.code == "CHECK_STOPPED"]
    assert not stopped, stopped
    return is_fine(findings) and all(report.fine for report in reports)


class Put:
    """What a case puts on the stick, and whether Windows could start some of it."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._made: list[Path] = []
        self.could_start: list[str] = []

    def something(self) -> None:
        rng, root = self._rng, stick()
        place = rng.choice([root, root, root / BUNDLE, root / BUNDLE / "tasks"])
        for name in rng.choice(
            [[], [], ["results"], [random_name(rng)], [rng.choice(SYSTEM)], ["results", BUNDLE]]
        ):
            folder = place / name
            if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
                break
            self._folder(folder)
            place = folder
        self._file(place / random_name(rng), place)

    def _folder(self, path: Path) -> None:
        if not path.exists():
            self._keep(path)
            path.mkdir()
            _, dot, ending = windows_name(path.name).rpartition(".")
            if dot and is_class(ending):
                self.could_start.append(os.fspath(path))

    def _file(self, path: Path, place: Path) -> None:
        if path.is_symlink() or path.exists():
            return
        self._keep(path)
        kind = self._rng.choice(["link", *MAGIC, *MAGIC])
        beside = path.relative_to(stick()).parts[0] not in (BUNDLE, "results")
        if kind == "link":
            path.symlink_to(self._rng.choice(["terminal.ps1", "/dev/zero", "nowhere", ".", ".."]))
            self.could_start.append(f"link {path}")
            return
        path.write_bytes(MAGIC[kind])
        if is_started(path.name) and not (beside and is_exempt(path.name)):
            self.could_start.append(os.fspath(path))
        renames = windows_name(path.name) == "desktop.ini" and kind in ("renames", "wide", "shown")
        # In the system's own bin it stands there by right.
        if renames and place != stick() / "$RECYCLE.BIN":
            self.could_start.append(f"renames {path}")

    def _keep(self, path: Path) -> None:
        self._made.append(path)

    def away(self) -> None:
        for path in reversed(self._made):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def left_by_systems(rng: random.Random, root: Path) -> list[Path]:
    """What Windows and macOS really leave on a stick and in a bundle's folder."""
    choices = {
        "Thumbs.db": "compound",
        f"{BUNDLE}/Thumbs.db": "compound",
        ".DS_Store": "store",
        f"{BUNDLE}/.DS_Store": "store",
        f"{BUNDLE}/tasks/.DS_Store": "store",
        f"{BUNDLE}/._launcher.txt": "apple",
        f"{BUNDLE}/._tasks": "apple",
        f"{BUNDLE}/._チェックリスト.pdf": "apple",
        f"._{BUNDLE}": "apple",
        "System Volume Information/WPSettings.dat": "text",
        "System Volume Information/IndexerVolumeGuid": "text",
        "$RECYCLE.BIN/desktop.ini": "renames",
        ".Spotlight-V100/VolumeConfiguration.plist": "text",
        ".fseventsd/fseventsd-uuid": "text",
        ".fseventsd/0000000000a1b2c3": "text",
        ".Trashes/501/deleted.txt": "text",
        "desktop.ini": "ini",
        "OQSFaceApp2.3.0.zip": "text",
        "資料.pdf": "text",
        f"results/{BUNDLE}/20261128-010030_Apply_setup/result.html": "text",
        f"{BUNDLE}/._.DS_Store": "apple",
        "._.Trashes": "apple",
        "._.fseventsd": "apple",
        ".apdisk": "xml",
        ".metadata_never_index": "empty",
        ".com.apple.timemachine.donotpresent": "empty",
        ".VolumeIcon.icns": "icon",
    }
    made = []
    for path in rng.sample(sorted(choices), rng.randint(1, 6)):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(MAGIC[choices[path]])
        made.append(root / path)
    return made


def case(rng: random.Random) -> str:
    root = stick()
    if rng.random() < 0.15:
        made = left_by_systems(rng, root)
        try:
            assert verdict(root), f"what systems leave is refused: {made}"
        finally:
            for path in made:
                path.unlink()
            for folder in [one for one in root.iterdir() if one.is_dir() and one.name != BUNDLE]:
                shutil.rmtree(folder)
        return "left by systems"
    put = Put(rng)
    try:
        for _ in range(rng.choice([1, 1, 2, 4])):
            put.something()
        fine = verdict(root)
        assert not (fine and put.could_start), f"fine beside {put.could_start}"
    finally:
        put.away()
    return "fine" if fine else "could start" if put.could_start else "refused"


STICKS = Fuzzer(
    "sticks", 1200, case, frozenset({"fine", "could start", "refused", "left by systems"})
)
