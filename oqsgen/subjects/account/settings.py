"""操作1: the account OqsComApp, and signing in as it."""

from oqsgen.clinic import TerminalProfile
from oqsgen.clinic.windows import ACCOUNT
from oqsgen.plan.setting import Setting, Values, by_person
from oqsgen.subjects.account import kinds
from oqsgen.subjects.common import kinds as common


def _staff(profile: TerminalProfile) -> Values:
    names = enumerate(profile.staff_accounts, 1)
    return tuple((f"職員のアカウント {number}", name) for number, name in names)


SETTINGS = (
    Setting(
        id="oqscomapp-account",
        rows=("user-create", "user-password", "user-admin"),
        title="OqsComApp ユーザーの作成と管理者への変更",
        what="ユーザー OqsComApp が無ければ作り（大文字と小文字も識別されるため、必ずこのとおり）、アカウントの種類を管理者に変更します。"
        "パスワードは任意で、作るときにこの PC の画面で2か所に入力します。",
        check="設定→アカウント→その他のユーザーに OqsComApp があり、「管理者－ローカルアカウント」と表示される。",
        action=lambda profile: common.administrator(ACCOUNT),
        values=lambda profile: (("ユーザー名", ACCOUNT), ("アカウントの種類", "管理者")),
        secrets=(ACCOUNT,),
    ),
    Setting(
        id="oqscomapp-sign-in",
        rows=("user-relogin",),
        title="OqsComApp での再サインイン",
        what="いったんサインアウトし、OqsComApp でサインインし直します。",
        mends="サインインし直したら、1_適用 をもう一度開きます。続きから自動で進みます。",
        looks="OqsComApp でサインインしているかを見ます。",
        check="スタートメニューのユーザー名が OqsComApp である。",
        action=lambda profile: kinds.signed_in(ACCOUNT),
        values=lambda profile: (("ユーザー名", ACCOUNT),),
    ),
    Setting(
        id="staff-accounts",
        rows=("user-multi-staff",),
        action=by_person,
        open="ms-settings:otherusers",
        values=_staff,
    ),
    Setting(
        id="staff-accounts-again",
        rows=("user-staff-again",),
        action=by_person,
        values=_staff,
    ),
)
