"""What is read of installers and of the versions that they brought."""

from collections.abc import Sequence

from oqsgen.manual.versions import Version
from oqsgen.plan.kind import Action, Field, Kind, Wording

_UNMODIFIED = Field(
    "unmodified",
    "of `signature`: whether none was changed or barred",
    label="インストーラーの署名",
    wording=Wording(words={"true": "正しい", "false": "確かめられない"}),
)
_ABSENT = Field(
    "absent",
    "of `rest`: true, none is left on the PC",
    label="残っているインストーラー",
    wording=Wording(words={"true": "なし", "false": "あり"}),
)

SEARCH_FOLDERS = "この一式のフォルダーの隣、ダウンロード、デスクトップ、C:\\Work"
"""Where ``templates/ps1/installer/installer.ps1`` looks, which says it in the same words."""

INSTALLER = Kind(
    "installer",
    "Installers that the vendor brought to the PC: at hand, as they were made, left over.",
    target=(
        Field("part", "`ready`, `signature` or `rest`"),
        Field("names", "their file names, `*` allowed"),
        Field("installed", "file in which the application states its version; or empty"),
    ),
    wanted=(
        Field(
            "minimumVersion",
            "of `ready`: what is installed suffices from this version on",
            label="導入されている版",
            wording=Wording(at="installed", bound=" 以上"),
        ),
        _UNMODIFIED,
        _ABSENT,
    ),
    found=(
        Field("files", "of `ready`: paths; of `signature`: path, sha256 and signature of each"),
        Field("installed", "of `ready`: version that is installed, or null"),
        _UNMODIFIED,
        _ABSENT,
    ),
    source="setup P.1 and P.36; SignatureStatus",
    scopes=("user",),
    thing="インストーラー",
    remedy=f"ポータルから最新のインストーラーを取り直して、{SEARCH_FOLDERS} のどれかに置いてください。",
)


def installer_at_hand(names: Sequence[str], installed: str, minimum: str) -> Action:
    """One of the files ``names`` (``*`` allowed) is there, or ``installed`` states ``minimum`` or later."""
    target = {"part": "ready", "names": list(names), "installed": installed}
    return INSTALLER.action(target, {"minimumVersion": minimum})


def installers_unmodified(names: Sequence[str]) -> Action:
    """Each file that is there has the signature that it was made with."""
    target = {"part": "signature", "names": list(names), "installed": ""}
    return INSTALLER.action(target, {"unmodified": True})


def installers_removed(names: Sequence[str]) -> Action:
    """No copy is left on the PC; what is on the stick does not count."""
    target = {"part": "rest", "names": list(names), "installed": ""}
    return INSTALLER.action(target, {"absent": True})


VERSIONS = Kind(
    "versions",
    "The versions of the installed applications, as their version files state them.",
    target=(Field("applications", "of each: name, file that states its version"),),
    wanted=(
        Field(
            "minimum",
            "version that each has at least, by its name",
            label="アプリの版",
            wording=Wording(at="versions", bound=" 以上"),
        ),
    ),
    found=(Field("versions", "version of each, or null, by its name"),),
    source="setup P.36-37, distro-check P.3 and P.10",
    thing="アプリ",
    remedy="ポータルから取った最新のインストーラーで、新しい版を入れてください。",
)


def versions_at_least(applications: Sequence[Version]) -> Action:
    """Each of ``applications`` is installed in its least version or later."""
    return VERSIONS.action(
        {"applications": [{"name": a.title, "file": a.file} for a in applications]},
        {"minimum": {a.title: a.minimum for a in applications}},
    )
