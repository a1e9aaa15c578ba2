"""補足: signing in by itself, and no password in plain text."""

from oqsgen.clinic import TerminalProfile
from oqsgen.clinic.windows import ACCOUNT
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values
from oqsgen.subjects.account import kinds
from oqsgen.subjects.common import kinds as common

WINLOGON = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Winlogon"


def _autologon(profile: TerminalProfile) -> Action | None:
    wanted = {"autologon", "auto-power"} <= profile.facts
    return kinds.signs_in_by_itself(ACCOUNT) if wanted else None


def _values(profile: TerminalProfile) -> Values:
    return (
        ("サインインするアカウント", ACCOUNT),
        ("DevicePasswordLessBuildVersion", "0"),
        ("AutoAdminLogon", "1"),
        ("パスワード", "LSA の秘密として保存（平文の DefaultPassword は無し）"),
    )


SETTINGS = (
    Setting(
        id="autologon",
        rows=("ext-autologon",),
        title="自動サインイン",
        what=f"電源を入れると {ACCOUNT} で自動的にサインインするように設定します。パスワードは端末で入力し、"
        "Windows の LSA の秘密として保存します。PCの電源を入れた人は誰でも管理者として使えるようになるため、"
        "鍵のかかる場所に置き、患者さんの手が届かないようにします。"
        "ほかの人がこの PC でサインインすると、Windows が次の相手をその人に変えるため、自動サインインは止まります。"
        "続けるときは、1_適用 をもう一度開きます。",
        check=f"再起動すると、{ACCOUNT} でサインインした状態になる。",
        action=_autologon,
        values=_values,
    ),
    Setting(
        id="no-plain-password",
        rows=("ext-autologon",),
        action=lambda profile: common.registry_absent("HKLM", WINLOGON, "DefaultPassword"),
        how="verify",
        values=lambda profile: (("キー", f"HKLM\\{WINLOGON}"), ("無いこと", "DefaultPassword")),
        unlike_row="The row sets the sign-in up; this looks whether its password lies open, on every PC.",
    ),
)
