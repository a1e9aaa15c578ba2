"""What is read of Edge and its extensions."""

from collections.abc import Mapping, Sequence
from typing import Any

from oqsgen.plan.kind import DONE, ON_OFF, Action, Field, Kind, Wording

_SIGNED_IN = (
    Field(
        "signedIn",
        "whether a profile is signed in to a Microsoft account",
        label="Edge のサインイン",
        wording=Wording(words={"true": "サインインしている", "false": "していない"}),
    ),
)

EDGE_ACCOUNT = Kind(
    "edge-account",
    "Whether the person's Edge is signed in to a Microsoft account.",
    target=(Field("browser", "always `edge`"),),
    wanted=_SIGNED_IN,
    found=(
        *_SIGNED_IN,
        Field(
            "profiles",
            "folder names of the profiles that are; never which account it is",
            label="プロファイル",
        ),
    ),
    source="Chromium, account_tracker_service.cc",
    scopes=("user",),
    thing="Edge のサインイン",
    remedy="Edge の設定の「プロファイル」で、サインアウトしてください。",
)


def edge_signed_out() -> Action:
    """No profile of the person's Edge is signed in."""
    return EDGE_ACCOUNT.action({"browser": "edge"}, {"signedIn": False})


_COMPLETE = (
    Field(
        "complete",
        "whether each file is a package whose id is that of its key",
        label="拡張機能のファイル",
        wording=Wording(words={"true": "そろっている", "false": "足りない"}),
    ),
)
_PACKAGES = Field(
    "packages", "of each package: file, id and version; both null where it cannot be read"
)

EXTENSION_FILES = Kind(
    "extension-files",
    "The packages (CRX3) of the browser extensions that the face library brings.",
    target=(
        Field("folder", "where they are"),
        Field("files", "their file names"),
    ),
    wanted=_COMPLETE,
    found=(*_COMPLETE, _PACKAGES),
    source="crx3.proto of Chromium",
    thing="拡張機能のファイル",
    remedy="顔認証ライブラリを入れ直してください。",
)


def extension_files_complete(folder: str, files: Sequence[str]) -> Action:
    """Each of ``files`` in ``folder`` is a package of an extension."""
    return EXTENSION_FILES.action({"folder": folder, "files": list(files)}, {"complete": True})


_DEVELOPER_MODE = Field(
    "developerMode",
    "whether the developer mode is on",
    label="開発者モード",
    wording=Wording(words=ON_OFF),
)

EXTENSIONS = Kind(
    "extensions",
    "The extensions of the face library in the profile of the person's Edge that was used last.",
    target=(
        Field("folder", "where their packages are"),
        Field("extensions", "of each: file of its package, names (today's first)"),
    ),
    wanted=(
        Field(
            "added",
            "files whose extensions are there, on, and not older than the packages",
            label="追加されている拡張機能",
            wording=Wording(at="installed.file"),
        ),
        Field(
            "ready",
            "true: extensions can be added, or none is left to add",
            label="拡張機能を追加する準備",
            wording=Wording(words=DONE),
        ),
        Field(
            "exactly",
            "files whose extensions are there and on, and no others are there",
            label="追加されている拡張機能",
            wording=Wording(at="installed.file"),
        ),
        Field(
            "minimumVersion",
            "version that each of them has at least",
            label="拡張機能の版",
            wording=Wording(at="installed.version", bound=" 以上"),
        ),
        Field(
            "noneBelow",
            "version that none has less than; nor is one without a package there",
            label="拡張機能の版",
            wording=Wording(at="installed.version", bound=" 以上"),
        ),
        Field(
            "current",
            "true: none is older than its package",
            label="拡張機能の版",
            wording=Wording(words={"true": "導入した版", "false": "古い版"}),
        ),
        _DEVELOPER_MODE,
    ),
    found=(
        Field("profile", "folder name of the profile"),
        _DEVELOPER_MODE,
        Field(
            "installed",
            "of each: file of its package (empty where only its name is known), id, name, version "
            "or null, enabled",
        ),
        _PACKAGES,
    ),
    source="Chromium, extension_prefs.cc",
    scopes=("user",),
    thing="拡張機能",
    cause="Edge で拡張機能が消されたか、オフにされた",
    remedy="Edge の「拡張機能の管理」で、足りないものを追加するか、オンにしてください。",
)


def extensions(folder: str, names: Mapping[str, tuple[str, ...]], **wanted: Any) -> Action:
    """The extensions in the person's last used Edge profile are as ``wanted`` says.

    ``wanted`` are fields of ``EXTENSIONS.wanted``; ``folder`` holds the packages; ``names`` gives for
    each package file the names of its extension, today's first.
    """
    target = [{"file": file, "names": list(called)} for file, called in names.items()]
    return EXTENSIONS.action({"folder": folder, "extensions": target}, wanted)
