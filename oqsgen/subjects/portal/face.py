"""操作10: the accounts of the card readers, which a person enters at each of them."""

from collections.abc import Iterator

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.kind import BY_PERSON, Action
from oqsgen.plan.setting import Setting, Values
from oqsgen.plan.step import Given
from oqsgen.subjects.portal.accounts import face_accounts, face_passwords, reader_name

_ANY = "顔認証用アカウントは1台に1つ"


def _entered(profile: TerminalProfile) -> list[int]:
    """The readers whose account is entered by their maker's manual: Almex's is in its console (almex ⑩)."""
    return [n for n, reader in enumerate(profile.readers) if reader.vendor != "almex"]


def _values(profile: TerminalProfile) -> Values:
    accounts = face_accounts(profile)
    return tuple((reader_name(profile, n), accounts[n] or _ANY) for n in _entered(profile))


def _action(profile: TerminalProfile) -> Action | None:
    return BY_PERSON if _entered(profile) else None


def _gives(profile: TerminalProfile) -> Iterator[Given]:
    accounts, secrets = face_accounts(profile), face_passwords(profile)
    for number in _entered(profile) if secrets else ():
        if account := accounts[number]:
            yield Given(f"顔{number + 1} ID", account)
        yield Given(f"顔{number + 1} パスワード", secret=secrets[number])


SETTINGS = (
    Setting(
        id="reader-account",
        rows=("reader-manuals",),
        title="顔認証用アカウントの設定",
        what="顔認証機器の各社の取扱説明書・操作マニュアルに従って、顔認証用アカウントのIDとパスワードを、機器ごとに設定します。"
        "パスワードは、アカウントを作成したときに決めたものです。",
        looks="顔認証用アカウントの設定を、機器ごとに見ます。",
        check="顔認証アプリが受付可能の表示になり、機器ごとに別の顔認証用アカウントが設定されている。",
        action=_action,
        values=_values,
        gives=lambda profile: tuple(_gives(profile)),
    ),
)
