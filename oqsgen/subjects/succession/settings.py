"""承継: what is recorded before anything changes, and the restart at the end."""

from datetime import timedelta

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values, by_person
from oqsgen.resources import spec
from oqsgen.subjects.common import kinds as common

OLD_CERTIFICATE_DAYS: int = spec("schedule")["old_certificate_days"]


def _before(profile: TerminalProfile) -> Values:
    succession = profile.job.succession
    assert succession
    recorded = [
        ("前の医療機関等コード", succession.previous_code),
        ("新しい医療機関等コード", profile.facility.code),
    ]
    if succession.date:
        last = succession.date + timedelta(days=OLD_CERTIFICATE_DAYS)
        recorded += [
            ("承継日", succession.date.isoformat()),
            (
                "旧コードの電子証明書を使える期限",
                f"{last.isoformat()}（承継日から{OLD_CERTIFICATE_DAYS}日）",
            ),
        ]
    recorded += [
        ("電子証明書", "発行先、シリアル番号、有効期限と、控えの *.p12 の場所"),
        ("アカウント", "アカウント管理の一覧（ユーザーIDと権限区分。パスワードは控えない）"),
    ]
    if profile.readers:
        recorded.append(
            ("カードリーダー", r"台数とID。C:\ProgramData\OQS-Auth\ReaderInfo.ini の更新日時")
        )
    if "linkage" in profile.facts:
        recorded.append(
            ("資格情報", "OQS_LOGIN_KEY と OQS_MEDICAL_INSTITUTION_CODE のユーザー名と更新日")
        )
    return tuple(recorded)


def _restarted_alone(profile: TerminalProfile) -> Action | None:
    return None if "linkage" in profile.facts else common.restarted()


SETTINGS = (
    Setting(
        id="before-succession",
        rows=("succ-before",),
        action=by_person,
        values=_before,
    ),
    Setting(
        id="succession-sign-in",
        rows=("succ-win-login",),
        action=by_person,
    ),
    Setting(
        id="succession-restart",
        rows=("succ-restart",),
        title="承継の設定を変えた後の再起動",
        what="この一式が Windows の設定を変えたときは、Windows を再起動し、OqsComApp でサインインして、"
        "1_適用 をもう一度開きます。続きから自動で進みます。",
        check="もう一度開いた 1_適用 が、再起動を求めない。",
        action=_restarted_alone,
    ),
    Setting(
        id="reader-power",
        rows=("succ-restart", "succ-power-almex"),
        title="カードリーダーの電源の入れ直し",
        what="PC を再起動した後、カードリーダーの電源を、手動で切って入れ直します。",
        check="カードリーダーのアプリケーションが動いている。",
        action=lambda profile: (
            by_person(profile) if profile.readers or profile.generic_reader else None
        ),
        who="oqscomapp",
        how="manual",
        unlike_row="A switch on the reader, which only a person reaches.",
    ),
)
