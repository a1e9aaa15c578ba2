"""承継: whether the accounts of the code before are carried over."""

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.setting import Setting, Values, by_person
from oqsgen.subjects.portal.accounts import administrator, code_values, portal_code
from oqsgen.subjects.portal.connection import ADDRESS


def _carry_over(profile: TerminalProfile) -> Values:
    carried_over = "carry-over" in profile.facts
    expected = (
        "引き継がれている（ログインできる。手順書の操作8のアカウントの作成は要らない）"
        if carried_over
        else "引き継がれていない（ログインできない。手順書の操作8で全アカウントを作り直す）"
    )
    otherwise = (
        "ログインできなければ作業を止め、アカウントを登録し直す一式に替える（用意した人に、引き継がれない施設として作り直してもらう）"
        if carried_over
        else "ログインできたら、引き継がれた施設の一式に替える（用意した人に作り直してもらう）"
    )
    return (
        ("使うアカウント", administrator(profile) or "これまでの管理アカウント"),
        ("この施設の予定", expected),
        ("予定と違うとき", otherwise),
    )


SETTINGS = (
    Setting(
        id="carry-over",
        rows=("succ-carryover", "login-id-error"),
        action=lambda profile: by_person(profile) if "succession" in profile.facts else None,
        open=ADDRESS,
        values=_carry_over,
    ),
    Setting(
        id="portal-code",
        rows=("succ-code-copy",),
        action=lambda profile: portal_code(profile) if "carry-over" in profile.facts else None,
        open=ADDRESS,
        values=code_values,
    ),
)
