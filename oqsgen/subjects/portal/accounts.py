"""操作8: the accounts of the portal, which a person makes there with this site's exact values."""

from collections.abc import Iterator

from oqsgen.clinic import Site
from oqsgen.clinic.linkage import linkage_account, prefixes
from oqsgen.manual.rows import row
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values, by_person
from oqsgen.resources import spec
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.common.credential_names import LOGIN_KEY
from oqsgen.subjects.portal import kinds
from oqsgen.subjects.portal.connection import ADDRESS

DOWNLOADS = r"C:\Users\OqsComApp\Downloads"
EDGE_DOWNLOADS = r"C:\Users\OqsComApp\AppData\Local\Temp\MicrosoftEdgeDownloads\XXXXXX"
"""Where Edge puts what is opened instead of saved; the last folder differs each time."""

START_PACK_FOLDER = r"C:\Work"


def administrator(site: Site) -> str | None:
    """The ID of the administrator's account; None where the clinic chooses it."""
    return spec("portal")["start_pack"]["administrator"] if site.ntt_start_pack else None


def face_accounts(site: Site) -> tuple[str | None, ...]:
    """The ID of each reader's account: as written, else NTT's; None where the clinic chooses it."""
    prefix = spec("portal")["start_pack"]["face"]
    usual = [f"{prefix}{n:02}" if site.ntt_start_pack else None for n in range(1, 100)]
    return tuple(
        reader.account or usual[number % len(usual)] for number, reader in enumerate(site.readers)
    )


def _reader(site: Site, number: int) -> str:
    reader = site.readers[number]
    maker = spec("readers")["vendors"][reader.vendor]["title"]
    return f"{maker} {reader.name}" if reader.name else maker


def _named(label: str, account: str | None) -> str:
    return f"{label} {account}" if account else label


def _face_titles(site: Site) -> list[str]:
    accounts = face_accounts(site)
    if len(accounts) == 1:
        return [_named("顔認証用", accounts[0])]
    return [_named(f"顔認証用（{n}台目）", account) for n, account in enumerate(accounts, 1)]


def _linked(site: Site) -> bool:
    return "linkage" in site.facts


def _new_accounts(site: Site) -> bool:
    return bool(site.facts & {"new", "new-accounts"})


def _passwords(site: Site) -> Action | None:
    """The passwords to decide; what is made anew for a new code is no account that was there before."""
    if not _new_accounts(site):
        return None
    code = f"（{site.facility.code}）" if "new-accounts" in site.facts else ""
    administers = _named("管理アカウント", administrator(site)) + code
    accounts = [
        kinds.portal_account(administers, expires=True),
        *(kinds.portal_account(title + code, expires=False) for title in _face_titles(site)),
    ]
    if _linked(site):
        title = _named("連携用", linkage_account(site)) + code
        accounts.append(kinds.portal_account(title, expires=False, credential=LOGIN_KEY))
    return kinds.passwords_decided(accounts)


def _password_values(_: Site) -> Values:
    return (
        ("長さ", "8～20文字（13文字以上を推奨）"),
        ("文字の種類", "数字・英小文字・英大文字・記号を各1文字以上"),
        ("使える記号", "~ ! @ # $ % ^ & * _ { } [ ] | ; ' < > , . ? - ( ) /"),
        ("有効期限", "13文字未満は60日、13文字以上は無期限。顔認証用・連携用・WebAPI用は無期限"),
        ("5世代の制限（13文字未満）", "過去5回と同じもの、先頭5文字が過去5回と同じものは使えない"),
    )


def _flow(site: Site) -> Iterator[str]:
    yield "マスタアカウントでログイン"
    yield _named("管理アカウントの作成", administrator(site))
    yield _named("管理アカウントでログイン", administrator(site))
    yield "管理アカウントのパスワード変更"
    yield "一般利用者・医療情報閲覧アカウントの作成（利用者ごと）"
    for number, account in enumerate(face_accounts(site)):
        yield _named(f"顔認証用アカウントの作成（{_reader(site, number)}）", account)
    if _linked(site):
        made = _named("連携用・WebAPI用アカウントの作成（この端末用）", linkage_account(site))
        yield made
        yield "資格情報マネージャーへの登録（操作12で行う）"


def _flow_values(site: Site) -> Values:
    return tuple((str(number), text) for number, text in enumerate(_flow(site), 1))


def _count_values(site: Site) -> Values:
    counts = [
        ("一般・医療情報閲覧", "利用者ごと（人数は施設に確かめる）"),
        ("顔認証用", f"{len(site.readers)} 個（カードリーダーごと）"),
        (
            "連携用・WebAPI用",
            "1 個ずつ（この端末用）" if _linked(site) else "0 個（連携アプリケーションを使わない）",
        ),
    ]
    codes = 1 + len(site.facility.more_codes)
    if codes > 1:
        counts.append(("医療機関等コード", f"{codes} 個。コードごとにアカウントがある"))
    return tuple(counts)


def _administrator_values(_: Site) -> Values:
    return tuple((entry["label"], entry["value"]) for entry in spec("portal")["administrator"])


def _bulk_accounts(site: Site) -> int:
    return len(site.readers) + int(_linked(site))


def _csv(site: Site) -> Action | None:
    return kinds.csv_readable(_bulk_accounts(site)) if _bulk_accounts(site) else None


def _bulk_values(site: Site) -> Values:
    pharmacy = prefixes(site) == ("R1",)
    return (
        ("使うアカウント", administrator(site) or "管理アカウント"),
        ("CSV", "薬局用" if pharmacy else "医科歯科用"),
        ("文字コード", "Shift-JIS（環境設定の文字コードにかかわらず）"),
        ("登録されるアカウント", "、".join(_bulk_titles(site))),
        ("処理件数", str(_bulk_accounts(site))),
    )


def _bulk_titles(site: Site) -> list[str]:
    linked = [_named("連携用", linkage_account(site))] if _linked(site) else []
    return [*linked, *_face_titles(site)]


def _list_values(site: Site) -> Values:
    titles = [_named("管理アカウント", administrator(site)), *_bulk_titles(site)]
    return tuple((str(number), title) for number, title in enumerate(titles, 1))


def _sign_in_values(site: Site) -> Values:
    codes = (site.facility.code, *site.facility.more_codes)
    of_codes = tuple(("医療機関等コード", code) for code in codes) if len(codes) > 1 else ()
    return (*of_codes, *_list_values(site))


def portal_code(site: Site) -> Action:
    return common.code_compared(
        "アカウント管理の画面の医療機関等コード（10桁）", site.facility.code
    )


def code_values(site: Site) -> Values:
    return (("医療機関等コード", site.facility.code),)


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
        action=lambda site: common.code_compared(
            "マスタアカウント通知書の医療機関等コード（10桁）", site.facility.code
        ),
        values=lambda site: (
            ("利用環境", "本番環境"),
            ("医療機関等コード", site.facility.code),
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
        what="オンライン資格確認等システムのアカウントのパスワードを、規則に合うように決めます。"
        "この PC で16文字のものを作って画面に一度だけ表示するか、自分で決めたものを入力して規則に合うかを調べるか、"
        "ほかで決めるかを選びます。手順書などに印刷された全施設共通の初期パスワードは受け付けません。"
        "パスワードは表示したあと、ファイルにも記録にも残りません。"
        "Windows のユーザーとマスタアカウントに共通の初期パスワードが残っていたら、それも変更します。",
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
    # Where the accounts are made anew, that page can be seen once they are.
    Setting(
        id="portal-code-new-accounts",
        rows=("acct-list", "succ-code-copy"),
        title=row("succ-code-copy").title,
        what=row("succ-code-copy").what,
        check=row("succ-code-copy").check,
        action=lambda site: portal_code(site) if "new-accounts" in site.facts else None,
        how="guided",
        open=ADDRESS,
        values=code_values,
        unlike_row="The code of the page is typed and compared by the PC.",
    ),
    Setting(
        id="portal-account-list",
        rows=("acct-list",),
        action=by_person,
        values=_list_values,
    ),
    Setting(
        id="portal-sign-ins",
        rows=("acct-login-test",),
        action=by_person,
        values=_sign_in_values,
    ),
    Setting(
        id="initial-password-pdf",
        rows=("acct-init-pdf",),
        action=lambda site: kinds.none_left(["person", "edge"], ["*.pdf"], 1, "onshikaku.org"),
        open=DOWNLOADS,
        values=lambda site: (("保存先", DOWNLOADS), ("保存先（一時）", EDGE_DOWNLOADS)),
    ),
    Setting(
        id="start-pack-folder",
        rows=("so-batch-folder",),
        action=lambda site: kinds.none_left(
            [START_PACK_FOLDER], ["*セットアップ用テキスト*.txt", "*.csv", "*.pdf"], 3, None
        ),
        open=START_PACK_FOLDER,
    ),
)
