"""操作1: the account OqsComApp, and signing in as it."""

from oqsgen.clinic.windows import ACCOUNT
from oqsgen.plan.setting import Setting
from oqsgen.subjects.account import kinds
from oqsgen.subjects.common import kinds as common

SETTINGS = (
    Setting(
        id="oqscomapp-account",
        rows=("user-create", "user-password", "user-admin"),
        title="OqsComApp ユーザーの作成と管理者への変更",
        what="ユーザー OqsComApp が無ければ作り、管理者にし、パスワードを無期限にします。"
        "パスワードは作成時にこの PC の画面で 2 回尋ねます。既にあるユーザーのパスワードは変えません。",
        check="設定→アカウント→他のユーザーに OqsComApp が「管理者－ローカルアカウント」と表示される。",
        action=lambda profile: common.administrator(ACCOUNT),
        values=lambda profile: (("ユーザー名", ACCOUNT), ("アカウントの種類", "管理者")),
        secrets=(ACCOUNT,),
    ),
    Setting(
        id="oqscomapp-sign-in",
        rows=("user-relogin",),
        title="OqsComApp での再サインイン",
        what="いったんサインアウトし、OqsComApp でサインインし直して、同じランチャーをもう一度開きます。"
        "続きから自動で進みます。",
        looks="OqsComApp でサインインしているかを見ます。",
        check="スタートメニューのユーザー名が OqsComApp である。",
        action=lambda profile: kinds.signed_in(ACCOUNT),
        values=lambda profile: (("ユーザー名", ACCOUNT),),
    ),
)
