"""操作8: the accounts of the portal, which a person makes there with this clinic's exact values."""

from collections.abc import Iterator
from dataclasses import dataclass

from oqsgen.clinic import TerminalProfile
from oqsgen.clinic.accounts import face_accounts
from oqsgen.clinic.linkage import linkage_account, prefixes
from oqsgen.clinic.readers import name_of
from oqsgen.manual.rows import row
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values, by_person
from oqsgen.plan.step import Given
from oqsgen.resources import spec
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.common.credential_names import LOGIN_KEY
from oqsgen.subjects.common.portal_accounts import (
    decides,
    face_titles,
    named,
    secret_name,
)
from oqsgen.subjects.portal import kinds
from oqsgen.subjects.portal.connection import ADDRESS

DOWNLOADS = r"C:\Users\OqsComApp\Downloads"
EDGE_DOWNLOADS = r"C:\Users\OqsComApp\AppData\Local\Temp\MicrosoftEdgeDownloads\XXXXXX"
"""Where Edge puts what is opened instead of saved; the last folder differs each time."""

START_PACK_FOLDER = r"C:\Work"


def administrator(profile: TerminalProfile) -> str | None:
    """The ID of the administrator's account; None where the clinic chooses it."""
    return spec("portal")["start_pack"]["administrator"] if profile.ntt_start_pack else None


@dataclass(frozen=True)
class Account:
    """An account that is made in the portal: how it is called, and what the fields of its form take."""

    label: str
    id: str | None
    name: str
    kana: str

    def fields(self, secret: str, of: str) -> Iterator[Given]:
        """In the order of the form; the password is given and repeated at the first sign-in."""
        if self.id:
            yield Given(f"{self.label} ユーザID", self.id, of=of)
        yield Given(f"{self.label} ユーザ名", self.name, of=of)
        yield Given(f"{self.label} カナ", self.kana, of=of)
        yield Given(f"{self.label} 新パスワード", secret=secret, of=of)
        yield Given(f"{self.label} 新（確認）", secret=secret, of=of)

    @property
    def told(self) -> str:
        return f"（ユーザ名 {self.name}、カナ {self.kana}）"


def _administrator(profile: TerminalProfile) -> Account:
    fields = dict(_administrator_values(profile))
    return Account("管理", administrator(profile), fields["ユーザ名"], fields["ユーザ名(カナ)"])


def _face(number: int, account: str | None) -> Account:
    return Account(f"顔{number}", account, **spec("portal")["names"]["face"])


def _linkage(profile: TerminalProfile) -> Account:
    return Account("連携", linkage_account(profile), **spec("portal")["names"]["linkage"])


def _linked(profile: TerminalProfile) -> bool:
    return "linkage" in profile.facts


def _passwords(profile: TerminalProfile) -> Action | None:
    """The passwords to decide; what is made anew for a new code is no account that was there before."""
    if not decides(profile):
        return None
    administers, *others = _password_titles(profile)
    accounts = [kinds.portal_account(administers, expires=True)]
    for number, title in enumerate(others):
        credential = None if number < len(profile.readers) else LOGIN_KEY
        accounts.append(kinds.portal_account(title, expires=False, credential=credential))
    return kinds.passwords_decided(accounts)


def _password_titles(profile: TerminalProfile) -> list[str]:
    """Whose passwords are decided: administrator, readers, linkage."""
    code = f"（{profile.facility.code}）" if "new-accounts" in profile.facts else ""
    linked = [named("連携用", linkage_account(profile))] if _linked(profile) else []
    administers = named("管理アカウント", administrator(profile))
    return [title + code for title in (administers, *face_titles(profile), *linked)]


def _password_values(_: TerminalProfile) -> Values:
    return (
        ("長さ", "8～20文字（13文字以上を推奨）"),
        ("文字の種類", "数字・英小文字・英大文字・記号を各1文字以上"),
        ("使える記号", "~ ! @ # $ % ^ & * _ { } [ ] | ; ' < > , . ? - ( ) /"),
        (
            "有効期限",
            "13文字未満は60日、13文字以上は無期限（2021/5/28 以前に設定したものは60日）。"
            "顔認証用・連携用・WebAPI用は文字数に関係なく無期限",
        ),
        (
            "5世代の制限（13文字未満）",
            "5世代前までと同じもの、先頭5文字が同じ類似のもの（staff123→staff456 など）は使えない",
        ),
    )


def _flow(profile: TerminalProfile) -> Iterator[tuple[str, Account | None]]:
    """What is done one after another, and the account that comes of it with a form."""
    administers = _administrator(profile)
    yield "マスタアカウントでログイン", None
    yield (
        named("管理アカウントの作成", administers.id) + f"{administers.told}。済んだらログアウト",
        administers,
    )
    yield named("管理アカウントでログイン", administers.id), None
    yield "管理アカウントのパスワード変更", None
    yield "一般利用者・医療情報閲覧アカウントの作成（利用者ごと）", None
    for number, face in enumerate(face_accounts(profile)):
        account = _face(number + 1, face)
        text = named(f"顔認証用アカウントの作成（{name_of(profile.readers[number])}）", face)
        yield text + account.told, account
    if _linked(profile):
        account = _linkage(profile)
        linked = named("連携用", account.id) + account.told
        text = f"連携用・WebAPI用アカウントの作成（{profile.terminal.name} 用に 1 個ずつ）"
        yield f"{text}。{linked}、WebAPI用のIDは施設が決める", account
        yield "資格情報マネージャーへの登録（この PC が行います）", None


def _flow_values(profile: TerminalProfile) -> Values:
    return tuple((str(number), text) for number, (text, _) in enumerate(_flow(profile), 1))


def _flow_gives(profile: TerminalProfile) -> list[Given]:
    accounts = [(str(n), account) for n, (_, account) in enumerate(_flow(profile), 1) if account]
    return [
        field
        for (line, account), title in zip(accounts, _password_titles(profile), strict=True)
        for field in account.fields(secret_name(title), line)
    ]


def _count_values(profile: TerminalProfile) -> Values:
    counts = [("一般・医療情報閲覧", "利用者ごと（人数は施設に確かめる）")]
    if profile.readers:
        counts.append(("顔認証用", f"{len(profile.readers)} 個（カードリーダーごと）"))
    if _linked(profile):
        counts.append(("連携用・WebAPI用", f"1 個ずつ（{profile.terminal.name} 用）"))
    codes = 1 + len(profile.facility.more_codes)
    if codes > 1:
        counts.append(("医療機関等コード", f"{codes} 個。コードごとにアカウントがある"))
    return tuple(counts)


def _administrator_values(_: TerminalProfile) -> Values:
    return tuple((entry["label"], entry["value"]) for entry in spec("portal")["administrator"])


def _bulk_accounts(profile: TerminalProfile) -> int:
    return len(profile.readers) + int(_linked(profile))


def _csv(profile: TerminalProfile) -> Action | None:
    return kinds.csv_readable(_bulk_accounts(profile)) if _bulk_accounts(profile) else None


def _bulk_values(profile: TerminalProfile) -> Values:
    pharmacy = prefixes(profile) == ("R1",)
    return (
        ("使うアカウント", administrator(profile) or "管理アカウント"),
        ("CSV", "薬局用" if pharmacy else "医科歯科用"),
        ("文字コード", "Shift-JIS（環境設定の文字コードにかかわらず）"),
        ("登録されるアカウント", "、".join(_bulk_titles(profile))),
        ("処理件数", str(_bulk_accounts(profile))),
    )


def _bulk_titles(profile: TerminalProfile) -> list[str]:
    linked = [named("連携用", linkage_account(profile))] if _linked(profile) else []
    return [*linked, *face_titles(profile)]


def account_titles(profile: TerminalProfile) -> Values:
    """Every account of the terminal, counted."""
    titles = [named("管理アカウント", administrator(profile)), *_bulk_titles(profile)]
    return tuple((str(number), title) for number, title in enumerate(titles, 1))


def _sign_in_values(profile: TerminalProfile) -> Values:
    codes = (profile.facility.code, *profile.facility.more_codes)
    of_codes = tuple(("医療機関等コード", code) for code in codes) if len(codes) > 1 else ()
    return (*of_codes, *account_titles(profile))


def portal_code(profile: TerminalProfile) -> Action:
    return common.code_compared(
        "アカウント管理の画面の医療機関等コード（10桁）", profile.facility.code
    )


def code_values(profile: TerminalProfile) -> Values:
    return (("医療機関等コード", profile.facility.code),)


SETTINGS = (
    Setting(
        id="account-counts",
        rows=("pre-account-kinds",),
        action=by_person,
        values=_count_values,
    ),
    Setting(
        id="master-notice-code",
        rows=("acct-env-check",),
        action=lambda profile: common.code_compared(
            "マスタアカウント通知書の医療機関等コード（10桁）", profile.facility.code
        ),
        values=lambda profile: (
            ("利用環境", "本番環境"),
            ("医療機関等コード", profile.facility.code),
            ("初期パスワードの記載が有るとき", "マスタアカウントでのログインへ"),
            ("記載が無いとき", "リセット用ユーザIDと秘密の番号（4桁）で初期化"),
        ),
    ),
    Setting(
        id="portal-passwords",
        rows=(
            "acct-pw-length",
            "acct-pw-classes",
            "acct-pw-history",
            "acct-pw-expiry",
            "acct-default-passwords",
        ),
        title="ポータルのアカウントのパスワード",
        what="アカウントごとに、この PC が作るか（16文字）、決めたものを入力して規則に合うかを調べるか、ほかで決めるかを選びます。"
        "PC が作ったものは、書き写すまで画面に表示し、アカウントを作り終えるまで、このユーザーだけが読めるように暗号化して"
        "控え、終われば消します。結果や記録には残しません。全施設共通の初期パスワードは受け付けません。",
        check="どのアカウントのパスワードも規則に合い、13文字以上で、共通の初期パスワードのままのものがない。",
        action=_passwords,
        values=_password_values,
    ),
    Setting(
        id="portal-accounts",
        rows=("acct-flow",),
        action=by_person,
        open=ADDRESS,
        values=_flow_values,
        gives=_flow_gives,
    ),
    Setting(
        id="portal-administrator",
        rows=("acct-admin-create",),
        action=by_person,
        values=_administrator_values,
    ),
    Setting(
        id="account-csv",
        rows=("acct-bulk-csv",),
        title="アカウント一括登録の CSV の形式",
        what="ベンダーから渡された CSV を、この一式のフォルダーと同じ場所に置いておくと、Shift-JIS（BOM なし、"
        "改行 CRLF）で保存されていること、行数がこの施設のアカウントの数と合うことを調べます。中の値は記録しません。",
        check="CSV が Shift-JIS で保存されていて、行数が処理件数（見出しがあれば 1 行多い）と同じである。",
        action=_csv,
        how="verify",
        values=_bulk_values,
        unlike_row="The form of the file, before the person uploads it.",
    ),
    Setting(
        id="account-csv-upload",
        rows=("acct-bulk-csv",),
        action=by_person,
        open=ADDRESS,
        values=_bulk_values,
    ),
    Setting(
        id="portal-account-list",
        rows=("acct-list",),
        action=by_person,
        values=account_titles,
    ),
    Setting(
        id="portal-sign-ins",
        rows=("acct-login-test",),
        action=by_person,
        values=_sign_in_values,
    ),
    # Where the accounts are made anew, that page is seen once they are (almex 補足①: back to ⑦).
    Setting(
        id="portal-code-new-accounts",
        rows=("acct-login-test", "succ-code-copy"),
        title=row("succ-code-copy").title,
        what=row("succ-code-copy").what,
        check=row("succ-code-copy").check,
        action=lambda profile: portal_code(profile) if "new-accounts" in profile.facts else None,
        how="guided",
        open=ADDRESS,
        values=code_values,
        unlike_row="The code of the page is typed and compared by the PC.",
    ),
    Setting(
        id="initial-password-pdf",
        rows=("acct-init-pdf",),
        action=lambda profile: kinds.none_left(["person", "edge"], ["*.pdf"], 1, "onshikaku.org"),
        open=DOWNLOADS,
        values=lambda profile: (("保存先", DOWNLOADS), ("保存先（一時）", EDGE_DOWNLOADS)),
    ),
    Setting(
        id="start-pack-folder",
        rows=("so-batch-folder",),
        action=lambda profile: kinds.none_left(
            [START_PACK_FOLDER], ["*セットアップ用テキスト*.txt", "*.csv", "*.pdf"], 3, None
        ),
        open=START_PACK_FOLDER,
    ),
)
