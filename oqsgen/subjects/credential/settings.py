"""操作12: the credentials of the linkage application, and the new code of 承継.

The application reads them when it starts. They are changed after the pass that could restart it,
so that Windows is restarted, as the manual demands anyway.
"""

from oqsgen.clinic import TerminalProfile
from oqsgen.clinic.linkage import linkage_account, prefixes
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values
from oqsgen.resources import spec
from oqsgen.subjects.common.credential_names import CODE, CRYPT_PASS, LOGIN_KEY, NAS_LOGIN_KEY
from oqsgen.subjects.credential import kinds

TYPED = "担当者がこの PC の画面で 2 回入力（ファイルにも記録にも残りません）"
NOT_SHOWN = "表示も記録もしません"


def _user(profile: TerminalProfile, name: str | None, where: str) -> str:
    typed = "" if "audit" in profile.facts else "（担当者がこの PC の画面で入力）"
    return name or where + typed


def _secret(profile: TerminalProfile, whose: str) -> str:
    return f"{whose}。{NOT_SHOWN if 'audit' in profile.facts else TYPED}"


def _values(name: str, user: str, secret: str) -> Values:
    return (
        ("インターネットまたはネットワークのアドレス", name),
        ("ユーザー名", user),
        ("パスワード", secret),
    )


def _login_key(profile: TerminalProfile) -> Action:
    return kinds.secret_credential(LOGIN_KEY, linkage_account(profile), prefixes=prefixes(profile))


def _login_key_values(profile: TerminalProfile) -> Values:
    begins = " か ".join(f"{prefix}…" for prefix in prefixes(profile))
    user = _user(profile, linkage_account(profile), f"連携用アカウントの ID。{begins}")
    return _values(LOGIN_KEY, user, _secret(profile, "連携用アカウントのパスワード"))


def _code(profile: TerminalProfile) -> Action:
    return kinds.clinic_code_credential(
        CODE, spec("portal")["credential_user"], profile.facility.code
    )


def _code_before_succession(profile: TerminalProfile) -> Action | None:
    return None if profile.job.mode == "succession" else _code(profile)


def _code_of_succession(profile: TerminalProfile) -> Action | None:
    return _code(profile) if profile.job.mode == "succession" else None


def _code_values(profile: TerminalProfile) -> Values:
    further = tuple(
        ("ほかの医療機関等コード", f"{code}（この資格情報には登録しない）")
        for code in profile.facility.more_codes
    )
    return (*_values(CODE, spec("portal")["credential_user"], profile.facility.code), *further)


def _nas(profile: TerminalProfile) -> Action:
    return kinds.secret_credential(NAS_LOGIN_KEY, profile.his.share_account, caseless=True)


def _nas_values(profile: TerminalProfile) -> Values:
    user = _user(profile, profile.his.share_account, "共有フォルダーに接続するアカウント")
    return _values(NAS_LOGIN_KEY, user, _secret(profile, "そのアカウントのパスワード"))


SETTINGS = (
    Setting(
        id="login-key",
        rows=("cred-login-key",),
        action=_login_key,
        restart=True,
        values=_login_key_values,
    ),
    Setting(
        id="login-key-kind",
        rows=("acct-login-key-kind",),
        action=lambda profile: kinds.login_key_begins_with(LOGIN_KEY, prefixes(profile)),
        values=lambda profile: (("ユーザー名の先頭2文字", " か ".join(prefixes(profile))),),
    ),
    Setting(
        id="clinic-code",
        rows=("cred-med-code",),
        action=_code_before_succession,
        restart=True,
        values=_code_values,
    ),
    Setting(
        id="clinic-code-succession",
        rows=("succ-cred", "cred-med-code"),
        action=_code_of_succession,
        restart=True,
        values=_code_values,
    ),
    Setting(
        id="crypt-pass",
        rows=("cred-crypt-pass",),
        action=lambda profile: kinds.secret_credential(
            CRYPT_PASS, spec("portal")["credential_user"]
        ),
        restart=True,
        values=lambda profile: _values(
            CRYPT_PASS,
            spec("portal")["credential_user"],
            _secret(profile, "半角英数字12桁以内（既存システムと同じもの）"),
        ),
    ),
    Setting(
        id="nas-login-key",
        rows=("cred-nas-login-key",),
        action=_nas,
        restart=True,
        values=_nas_values,
    ),
)
