"""操作10 and 承継: the card readers, one line for each that the clinic has."""

from collections.abc import Iterator, Sequence
from typing import Any

from oqsgen.clinic import TerminalProfile
from oqsgen.clinic.accounts import face_accounts
from oqsgen.clinic.model import Reader
from oqsgen.clinic.readers import maker_of, name_of
from oqsgen.clinic.windows import ACCOUNT
from oqsgen.manual.rows import row
from oqsgen.manual.versions import version
from oqsgen.plan.kind import BY_PERSON, Action
from oqsgen.plan.setting import Setting, Values, by_person, sign_of
from oqsgen.plan.step import Given
from oqsgen.resources import spec
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.common.portal_accounts import (
    decides,
    face_titles,
    secret_name,
)
from oqsgen.subjects.reader import kinds
from oqsgen.subjects.reader.reader_info import READER_INFO

LIBRARY = version("face-library")
"""Which the applications of all makers load (setup P.5)."""

MAKERS = tuple(spec("readers")["vendors"])
_BY_MANUAL = tuple(maker for maker in MAKERS if maker != "almex")
_ONE_EACH = "顔認証用アカウントは1台に1つ"
_DEVICE_ID = "顔認証用アカウントのID（例 F0FACE01）"


def readers_of(profile: TerminalProfile, makers: Sequence[str] = MAKERS) -> Values:
    """Each reader of a clinic of some makers: its place and name, and the account bound to it."""
    chosen = [reader for reader in profile.readers if reader.vendor in makers]
    return tuple(
        (_label(number, reader, chosen), f"{maker_of(reader)}、{_account(reader)}")
        for number, reader in enumerate(chosen, 1)
    )


def _label(number: int, reader: Reader, among: Sequence[Reader]) -> str:
    label = f"{number}台目" if len(among) > 1 else "機器"
    return f"{label}（{reader.name}）" if reader.name else label


def _account(reader: Reader) -> str:
    return f"顔認証用アカウント {reader.account}" if reader.account else _ONE_EACH


def _manuals(profile: TerminalProfile, makers: Sequence[str] = MAKERS) -> Values:
    vendors = spec("readers")["vendors"]
    chosen = {
        maker_of(r): vendors[r.vendor]["manuals"] for r in profile.readers if r.vendor in makers
    }
    return tuple((title, "、".join(manuals)) for title, manuals in chosen.items())


def _started(profile: TerminalProfile) -> dict[str, Any] | None:
    """The application of the terminal's one reader begins to use the library; of several the PC does not know which."""
    if len(profile.readers) != 1:
        return None
    action = kinds.library_runs_as(ACCOUNT, LIBRARY.folder)
    return sign_of(action, "顔認証機器のアプリ", "動くと", "動き始めました")


def _by_manual(profile: TerminalProfile) -> list[int]:
    """The readers whose account is entered by their maker's manual: Almex's is in its console (almex ⑩)."""
    return [n for n, reader in enumerate(profile.readers) if reader.vendor in _BY_MANUAL]


def _entered(profile: TerminalProfile) -> Action | None:
    return BY_PERSON if _by_manual(profile) else None


def _entered_values(profile: TerminalProfile) -> Values:
    accounts = face_accounts(profile)
    return tuple(
        (name_of(profile.readers[n]), accounts[n] or _ONE_EACH) for n in _by_manual(profile)
    )


def _entered_gives(profile: TerminalProfile) -> Iterator[Given]:
    accounts, titles = face_accounts(profile), face_titles(profile)
    for number in _by_manual(profile) if decides(profile) else ():
        if account := accounts[number]:
            yield Given(f"顔{number + 1} ID", account)
        yield Given(f"顔{number + 1} パスワード", secret=secret_name(titles[number]))


def _versions(maker: str) -> Setting:
    name = f"ver-{maker}"
    return Setting(
        id=f"reader-versions-{maker}",
        rows=(name,),
        action=by_person,
        values=lambda profile: row(name).values + readers_of(profile, [maker]),
    )


def _console(profile: TerminalProfile) -> Values:
    """The buttons of the console in their order, and the ID that each reader gets there."""
    readers = [reader for reader in profile.readers if reader.vendor == "almex"]
    devices = tuple(
        (f"{_label(number, reader, readers)}のデバイスID", reader.account or _DEVICE_ID)
        for number, reader in enumerate(readers, 1)
    )
    return row("reader-almex-console").values + devices


def _rebound(profile: TerminalProfile) -> Values:
    """What is set up again by the manuals of the makers whose console no row describes."""
    return _manuals(profile, _BY_MANUAL) + readers_of(profile, _BY_MANUAL)


SETTINGS = (
    Setting(
        id="reader-user",
        rows=("reader-install-user",),
        action=lambda profile: kinds.library_runs_as(ACCOUNT, LIBRARY.folder),
    ),
    Setting(
        id="reader-set-up",
        rows=("reader-manuals",),
        title="顔認証機器の設置",
        what="顔認証機器の各社の取扱説明書・操作マニュアルに従って、機器を設置してつなぎ、OqsComApp のまま、顔認証機器のアプリをインストールします。"
        "アプリの実行権限は変えません。顔認証用アカウントは、アカウントを作成した後に設定します。",
        looks="顔認証機器の接続とアプリを、各社の取扱説明書・操作マニュアルと見比べます。",
        check="顔認証機器がつながり、アプリがインストールされている。",
        claim="つないで入れた",
        sign=_started,
        action=by_person,
        values=lambda profile: _manuals(profile) + readers_of(profile),
    ),
    Setting(
        id="reader-account",
        rows=("reader-manuals",),
        title="顔認証用アカウントの設定",
        what="顔認証機器の各社の取扱説明書・操作マニュアルに従って、顔認証用アカウントのIDとパスワードを、機器ごとに設定します。"
        "パスワードは、アカウントを作成したときに決めたものです。",
        looks="顔認証用アカウントの設定を、機器ごとに見ます。",
        check="顔認証アプリが受付可能の表示になり、機器ごとに別の顔認証用アカウントが設定されている。",
        action=_entered,
        values=_entered_values,
        gives=lambda profile: tuple(_entered_gives(profile)),
    ),
    Setting(
        id="reader-console-almex",
        rows=("reader-almex-console", "reader-almex-password"),
        action=by_person,
        values=_console,
    ),
    Setting(
        id="reader-name-almex",
        rows=("reader-almex-name",),
        action=by_person,
        values=lambda profile: (
            *row("reader-almex-name").values,
            ("新しい医療機関名", profile.facility.name),
        ),
    ),
    Setting(
        id="readers-each",
        rows=("reader-multi",),
        action=by_person,
        values=readers_of,
    ),
    Setting(
        id="readers-bound",
        rows=("reader-multi",),
        title="顔認証機器の紐付けの有無",
        what="この端末に、顔認証機器と顔認証用アカウントの紐付けが保存されているかを見ます。中身は読みません。",
        check="紐付けのファイルがある（どの機器がどのアカウントかは、機器の画面で見る）。",
        action=lambda profile: common.FILE.action({"path": READER_INFO}, {"exists": True}),
        how="verify",
        values=lambda profile: (("ファイル", READER_INFO),),
        unlike_row="The PC sees that something is bound; the person sees which reader.",
    ),
    Setting(
        id="readers-rebound",
        rows=("succ-reader",),
        action=by_person,
        values=_rebound,
    ),
    *(_versions(maker) for maker in MAKERS if maker != "other"),
)
