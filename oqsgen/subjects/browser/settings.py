"""操作2: the three extensions of Microsoft Edge. Data: ``specs/extensions.yaml``."""

from dataclasses import dataclass
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


def _adds(profile: TerminalProfile) -> bool:
    """Whether a person puts the extensions into Edge on this visit."""
    return not profile.facts.isdisjoint({"new", "update"})


@dataclass(frozen=True)
class _Words:
    """The developer mode's two states as the paper of the visit calls them."""

    on: str
    off: str


MANUAL = _Words("有効", "無効")
EAST = _Words("オン", "オフ")
"""NTT East's paper, which an update on its line goes by (b-40)."""


def _words(profile: TerminalProfile) -> _Words:
    return EAST if profile.facts >= {"update", "ntt", "east"} else MANUAL


_AS_ASKED = {"exactly": FILES, "minimumVersion": MINIMUM_VERSION, "developerMode": False}
_PACKAGES = (
    ("フォルダー", FOLDER),
    *((extension["name"], extension["file"]) for extension in EXTENSIONS.values()),
)

SETTINGS = (
    Setting(
        id="extension-files",
        rows=("ext-files-exist",),
        action=lambda profile: kinds.extension_files_complete(FOLDER, FILES),
        values=lambda profile: _PACKAGES,
    ),
    Setting(
        id="edge-developer-mode-on",
        rows=("ext-dev-mode-on",),
        what=lambda profile: "Microsoft Edge の「設定など」（…）→「拡張機能」→「拡張機能の管理」を開き、"
        f"「開発者モード」を{_words(profile).on}にします（つまみを右に動かす）。"
        "拡張機能が3つとも入っていれば、行いません。",
        check=lambda profile: (
            f"「開発者モード」が{_words(profile).on}で、「展開して読み込み」などのボタンが現れた。"
        ),
        action=lambda profile: _in_edge(ready=True),
        values=lambda profile: (("アドレス", PAGE), ("開発者モード", _words(profile).on)),
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
    Setting(
        id="extensions-added",
        rows=(
            "ext-add-delegate",
            "ext-add-nopin",
            "ext-add-pin",
            "ext-version-min",
            "ext-update-deadline",
            "ext-count-three",
            "ext-not-by-wu",
            "ext-dev-mode-off",
        ),
        title="拡張機能3つの追加",
        what=lambda profile: "フォルダーの delegate.crx を拡張機能の管理の画面にドラッグ＆ドロップし、「拡張機能の追加」を押します。"
        "追加を知らせる表示は×で閉じます（「同期を有効にする」は押しません）。nopinauth.crx と pinauth.crx も同じように追加します。"
        f"3つとも表示されたら、「開発者モード」を{_words(profile).off}にします（つまみを左に動かす）。",
        check=lambda profile: (
            "「目視確認操作用アプリケーション」「顔認証用アプリケーション」「暗証番号認証用アプリケーション」の3つの機能が"
            f"それぞれ1つだけ表示され、すべてオンで、「開発者モード」が{_words(profile).off}である。"
        ),
        action=lambda profile: _in_edge(added=FILES, **_AS_ASKED) if _adds(profile) else None,
        values=lambda profile: _PACKAGES,
        open=FOLDER,
    ),
    Setting(
        id="edge-no-sign-in",
        rows=("ext-no-sync-signin", "ext-signed-out"),
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
        rows=("ext-no-sync-signin", "ext-signed-out"),
        action=lambda profile: kinds.edge_signed_out(),
    ),
    Setting(
        id="extensions-three",
        rows=("ext-count-three", "ext-version-min", "ext-update-deadline", "ext-dev-mode-off"),
        title="拡張機能が3つ組み込まれていること",
        what="Edge に、オンライン資格確認の拡張機能が3つともあり、オンで、古いものが残っておらず、「開発者モード」が無効であることを"
        "確かめます。",
        check="拡張機能の管理の画面に、上の3つの機能がそれぞれ1つだけ表示され、すべてオンで、「開発者モード」が無効である。",
        action=lambda profile: None if _adds(profile) else _in_edge(**_AS_ASKED),
        values=lambda profile: NAMES,
    ),
    Setting(
        id="edge-closed",
        rows=("ext-close-all",),
        action=by_person,
    ),
)
