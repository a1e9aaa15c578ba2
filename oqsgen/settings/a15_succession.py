"""承継: what is recorded before anything changes, and the two ways that accounts can go."""

from datetime import timedelta

from oqsgen.catalogue import row
from oqsgen.kinds import Action, typed_code
from oqsgen.settings.op08_portal import ADDRESS, administrator
from oqsgen.settings.setting import Setting, Values, by_person
from oqsgen.site import Site

OLD_CERTIFICATE_DAYS = 120
"""So long the certificate of the previous code works (KB0012429 of the portal)."""


def _before(site: Site) -> Values:
    succession = site.job.succession
    assert succession
    recorded = [
        ("前の医療機関等コード", succession.previous_code),
        ("新しい医療機関等コード", site.facility.code),
    ]
    if succession.date:
        last = succession.date + timedelta(days=OLD_CERTIFICATE_DAYS)
        recorded += [
            ("承継日", succession.date.isoformat()),
            ("旧コードの電子証明書を使える期限", f"{last.isoformat()}（承継日から120日）"),
        ]
    recorded += [
        ("電子証明書", "発行先、シリアル番号、有効期限と、控えの *.p12 の場所"),
        ("アカウント", "アカウント管理の一覧（ユーザーIDと権限区分。パスワードは控えない）"),
    ]
    if site.readers:
        recorded.append(
            ("カードリーダー", r"台数とID。C:\ProgramData\OQS-Auth\ReaderInfo.ini の更新日時")
        )
    if "linkage" in site.facts:
        recorded.append(
            ("資格情報", "OQS_LOGIN_KEY と OQS_MEDICAL_INSTITUTION_CODE のユーザー名と更新日")
        )
    return tuple(recorded)


def _carry_over(site: Site) -> Values:
    kept = "carry-over" in site.facts
    expected = (
        "引き継がれている（ログインできる。操作8のアカウントの作成は要らない）"
        if kept
        else "引き継がれていない（ログインできない。操作8で全アカウントを作り直す）"
    )
    otherwise = (
        "ログインできなければ作業を止め、設定ファイルの carry_over を false にして一式を作り直す"
        if kept
        else "ログインできたら、設定ファイルの carry_over を true にして一式を作り直す"
    )
    return (
        ("使うアカウント", administrator(site) or "これまでの管理アカウント"),
        ("この施設の予定", expected),
        ("予定と違うとき", otherwise),
    )


def _portal_code(site: Site) -> Action:
    return typed_code.compared("アカウント管理の画面の医療機関等コード（10桁）", site.facility.code)


def _code_values(site: Site) -> Values:
    return (("医療機関等コード", site.facility.code),)


SETTINGS = (
    Setting(
        id="before-succession",
        rows=("succ-win-login",),
        title="承継の前に控えること",
        what="作業を始める前に、いまの状態を控えます。電子証明書を消し、カードリーダーの紐付けを初期化すると、"
        "後からは分からなくなります。",
        check="次の項目をすべて控えた。コードは、通知書と10桁とも見比べた。",
        action=by_person,
        scope="user",
        who="oqscomapp",
        how="manual",
        values=_before,
    ),
    Setting(
        id="succession-sign-in",
        rows=("succ-win-login",),
        action=by_person,
        scope="user",
        who="oqscomapp",
        how="manual",
    ),
    Setting(
        id="carry-over",
        rows=("succ-carryover",),
        action=by_person,
        scope="user",
        who="oqscomapp",
        how="guided",
        open=ADDRESS,
        values=_carry_over,
    ),
    Setting(
        id="portal-code",
        rows=("succ-code-copy",),
        action=lambda site: _portal_code(site) if "carry-over" in site.facts else None,
        scope="user",
        who="oqscomapp",
        how="guided",
        open=ADDRESS,
        values=_code_values,
    ),
    # Where the accounts are made anew, that page can be seen once they are.
    Setting(
        id="portal-code-new-accounts",
        rows=("acct-list", "succ-code-copy"),
        title=row("succ-code-copy").title,
        what=row("succ-code-copy").what,
        check=row("succ-code-copy").check,
        action=lambda site: _portal_code(site) if "new-accounts" in site.facts else None,
        scope="user",
        who="oqscomapp",
        how="guided",
        open=ADDRESS,
        values=_code_values,
    ),
)
