"""安全管理: what the PC can see of the guideline, and what must not be changed after the setup."""

from collections.abc import Callable

from oqsgen.clinic import TerminalProfile
from oqsgen.manual.versions import applications, version
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting
from oqsgen.resources import spec
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.common.shared_folders import folder, is_elsewhere, is_used
from oqsgen.subjects.security import kinds

LSA = r"SYSTEM\CurrentControlSet\Control\Lsa"

OQS = r"C:\OQS"
"""The folder of the shared files (setup P.19)."""

OUTPUT = r"C:\ProgramData\OQS\OQSComApp\work\output"
"""Where the linkage application leaves its results; found open to Everyone in the field."""


LIKE_THE_FIRST = "顔認証ライブラリのフォルダーと同じことを、このフォルダーでも調べます。"


def _everyone_setting(
    id_: str, title: str, path: Callable[[TerminalProfile], str | None]
) -> Setting:
    def action(profile: TerminalProfile) -> Action | None:
        where = path(profile)
        return kinds.not_full_for_everyone(where) if where else None

    return Setting(
        id=f"everyone-{id_}",
        rows=("ext-everyone-acl",),
        title=f"Everyoneのフルコントロールが無いこと（{title}）",
        action=action,
        values=lambda profile: (("フォルダー", path(profile) or ""),),
    )


def _folder_elsewhere(key: str) -> Callable[[TerminalProfile], str | None]:
    """The folder of ``key`` where it is on this PC and not below the usual one."""

    def path(profile: TerminalProfile) -> str | None:
        own_folder = folder(profile, key)
        is_usual = f"{own_folder}\\".casefold().startswith(f"{OQS}\\".casefold())
        return (
            own_folder
            if is_used(profile, key) and not is_usual and not is_elsewhere(profile, key)
            else None
        )

    return path


def _untouched_setting(key: str, name: str, what: str | None = LIKE_THE_FIRST) -> Setting:
    application = version(name)
    return Setting(
        id=f"untouched-{key}",
        rows=("ops-no-tamper",),
        title=f"{application.title}のフォルダーが変更されていないこと",
        what=what,
        check=f"{application.folder} があり、ファイルの削除やアクセス権の変更をしていない。",
        action=lambda profile: (
            kinds.folder_untouched(application.folder)
            if application in applications(profile.facts)
            else None
        ),
        values=lambda profile: ((application.title, application.folder),),
    )


SETTINGS = (
    Setting(
        id="firewall-on",
        rows=("pre-security-guideline", "ext-firewall-on"),
        title="Windowsのファイアウォールが有効であること",
        what="プライベート ネットワークとパブリック ネットワークで、Windows のファイアウォールが有効であることを確かめます。",
        check="Windows セキュリティ→ファイアウォールとネットワーク保護で、プライベート ネットワークとパブリック ネットワークが、"
        "どちらも「有効」である。",
        action=lambda profile: kinds.firewall_on(),
        values=lambda profile: (("ファイアウォール", "プライベートとパブリックの両方で有効"),),
    ),
    Setting(
        id="blank-password",
        rows=("pre-security-guideline", "ext-blank-pw"),
        title="空のパスワードの使用制限",
        what="パスワードが空のアカウントを、コンソールでのサインインだけに制限する設定が有効であることを確かめます。",
        check="ローカル セキュリティ ポリシー→ローカル ポリシー→セキュリティ オプションの「アカウント：ローカル アカウントの空の"
        "パスワードの使用をコンソール ログオンのみに制限する」が「有効」である。",
        action=lambda profile: common.registry_dword("HKLM", LSA, "LimitBlankPasswordUse", 1),
        values=lambda profile: (("LimitBlankPasswordUse", "1"),),
    ),
    Setting(
        id="guest-disabled",
        rows=("pre-security-guideline",),
        title="ゲスト用のアカウントが無効であること",
        what="Windows のゲスト用のアカウント（Guest）が無効であることを確かめます。",
        check="コンピューターの管理→ローカル ユーザーとグループ→ユーザーで、Guest が無効になっている。",
        action=lambda profile: kinds.guest_disabled(),
        values=lambda profile: (("Guest アカウント", "無効"),),
    ),
    _everyone_setting("oqs", OQS, lambda profile: OQS),
    _everyone_setting(
        "output",
        "連携アプリケーションの output",
        lambda profile: OUTPUT if "linkage" in profile.facts else None,
    ),
    *(
        _everyone_setting(key, f"{key} フォルダー", _folder_elsewhere(key))
        for key in spec("windows")["paths"]
    ),
    _untouched_setting("face", "face-library", what=None),
    _untouched_setting("distro", "distribution"),
    _untouched_setting("com", "linkage"),
)
