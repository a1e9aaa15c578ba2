"""操作2: the three extensions of Microsoft Edge. Data: ``specs/extensions.yaml``."""

from typing import Any

from oqsgen.clinic import TerminalProfile
from oqsgen.manual.versions import version
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, by_person
from oqsgen.resources import spec
from oqsgen.subjects.browser import kinds
from oqsgen.subjects.common import kinds as common

EDGE_POLICY = r"SOFTWARE\Policies\Microsoft\Edge"
"""Policies of Edge (learn.microsoft.com, Microsoft Edge policies: BrowserSignin, SyncDisabled)."""

FOLDER: str = spec("extensions")["folder"]
EXTENSIONS: dict[str, dict[str, str]] = spec("extensions")["extensions"]
FILES = [extension["file"] for extension in EXTENSIONS.values()]
MINIMUM_VERSION = version("extension").minimum
NAMES = tuple(("拡張機能", extension["name"]) for extension in EXTENSIONS.values())
PAGE = "edge://extensions"


def _in_edge(**wanted: Any) -> Action:
    names = {
        extension["file"]: tuple(dict.fromkeys((extension["name"], extension["old"])))
        for extension in EXTENSIONS.values()
    }
    return kinds.extensions(FOLDER, names, **wanted)


def _no_sign_in(profile: TerminalProfile) -> Action | None:
    if "no-sync-signin" not in profile.options:
        return None
    return common.policy_dwords(EDGE_POLICY, {"BrowserSignin": 0, "SyncDisabled": 1})


def _added(key: str, row: str) -> Setting:
    extension = EXTENSIONS[key]
    return Setting(
        id=f"extension-{key}",
        rows=(row,),
        action=lambda profile: _in_edge(added=[extension["file"]]),
        values=lambda profile: (
            ("ファイル", rf"{FOLDER}\{extension['file']}"),
            ("拡張機能の名前", extension["name"]),
        ),
        open=FOLDER,
    )


SETTINGS = (
    Setting(
        id="extension-files",
        rows=("ext-files-exist",),
        action=lambda profile: kinds.extension_files_complete(FOLDER, FILES),
        values=lambda profile: (
            ("フォルダー", FOLDER),
            *((extension["name"], extension["file"]) for extension in EXTENSIONS.values()),
        ),
    ),
    Setting(
        id="edge-developer-mode-on",
        rows=("ext-dev-mode-on",),
        action=lambda profile: _in_edge(ready=True),
        values=lambda profile: (("アドレス", PAGE), ("開発者モード", "オン")),
        open=PAGE,
    ),
    Setting(
        id="extensions-old",
        rows=("ext-old-remove",),
        action=lambda profile: _in_edge(noneBelow=MINIMUM_VERSION),
        values=lambda profile: tuple(
            ("削除する拡張機能", extension["old"]) for extension in EXTENSIONS.values()
        ),
        open=PAGE,
    ),
    _added("delegate", "ext-add-delegate"),
    _added("nopinauth", "ext-add-nopin"),
    _added("pinauth", "ext-add-pin"),
    Setting(
        id="edge-no-sign-in",
        rows=("ext-no-sync-signin",),
        title="Edgeでの同期・サインインの禁止",
        what="Edge のポリシーで、ブラウザーへのサインインと同期を禁止します。",
        check="Edge の edge://policy に、BrowserSignin が 0、SyncDisabled が true と表示される。",
        action=_no_sign_in,
        values=lambda profile: (
            ("レジストリのキー", rf"HKLM\{EDGE_POLICY}"),
            ("BrowserSignin", "0"),
            ("SyncDisabled", "1"),
        ),
        who="administrator",
        how="apply",
        unlike_row="Where the clinic chooses it, two policies of the whole PC do what the row only looks at.",
    ),
    Setting(
        id="edge-signed-out",
        rows=("ext-no-sync-signin",),
        action=lambda profile: kinds.edge_signed_out(),
    ),
    Setting(
        id="extensions-version",
        rows=("ext-version-min", "ext-update-deadline"),
        action=lambda profile: _in_edge(minimumVersion=MINIMUM_VERSION),
        values=lambda profile: (("バージョン", f"{MINIMUM_VERSION}以降"),),
    ),
    Setting(
        id="extensions-three",
        rows=("ext-count-three",),
        action=lambda profile: _in_edge(exactly=FILES),
        values=lambda profile: NAMES,
    ),
    Setting(
        id="extensions-current",
        rows=("ext-not-by-wu",),
        action=lambda profile: _in_edge(current=True),
    ),
    Setting(
        id="edge-developer-mode-off",
        rows=("ext-dev-mode-off",),
        action=lambda profile: _in_edge(developerMode=False),
        values=lambda profile: (("アドレス", PAGE), ("開発者モード", "オフ")),
        open=PAGE,
    ),
    Setting(
        id="edge-closed",
        rows=("ext-close-all",),
        action=by_person,
    ),
)
