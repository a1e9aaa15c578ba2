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
        rows=("ext-firewall-on",),
        action=lambda profile: kinds.firewall_on(),
    ),
    Setting(
        id="blank-password",
        rows=("ext-blank-pw",),
        action=lambda profile: common.registry_dword("HKLM", LSA, "LimitBlankPasswordUse", 1),
    ),
    Setting(
        id="guest-disabled",
        rows=("ext-guest-disabled",),
        action=lambda profile: kinds.guest_disabled(),
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
