"""端末の入れ替え: what is recorded of the old terminal, and what is done with it once the new one works."""

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.setting import Setting, Values, by_person


def _before(profile: TerminalProfile) -> Values:
    facts = profile.facts
    recorded = [
        ("古い端末", "コンピューター名、IP アドレス、DNS、置いてある場所"),
        ("電子証明書", "発行先、シリアル番号、有効期限と、控えの *.p12 の場所"),
        ("アカウント", "アカウント管理の一覧（ユーザーIDと権限区分。パスワードは控えない）"),
    ]
    if "face" in facts:
        recorded.append(("顔認証機器", "台数と置き場所、機器ごとの顔認証用アカウントの ID"))
    if "linkage" in facts:
        recorded.append(("資格情報", "OQS_LOGIN_KEY のユーザー名（この端末の連携用アカウント）"))
    if "shares" in facts:
        recorded.append(
            ("共有フォルダー", "名前、場所、使うアカウント、レセコンに登録してある接続先")
        )
    if "staff" in facts:
        recorded.append(("職員のアカウント", "サインインに使う名前"))
    return tuple(recorded)


SETTINGS = (
    Setting(
        id="before-replacement",
        rows=("replace-before",),
        action=by_person,
        values=_before,
    ),
)
