"""操作4 and 操作5: the shared folders, the account that uses them, and the way in through the firewall."""

from collections.abc import Callable

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values, by_person
from oqsgen.plan.step import Given
from oqsgen.resources import spec
from oqsgen.subjects.common import kinds as common
from oqsgen.subjects.common.shared_folders import folder, is_elsewhere, is_used
from oqsgen.subjects.share import kinds

NAMES = {"face": "face", "req": "req", "res": "res"}
"""Name of each share, as the manual's folders are called (setup P.19, P.22)."""

LEVEL = "読み取り/書き込み"
"""アクセス許可のレベル (setup P.20): Change of the share, Modify of the folder."""

NO_CONSOLE = "SeDenyInteractiveLogonRight"
"""ローカルでログオンを拒否: the account is for other computers only."""


def _is_official(profile: TerminalProfile, key: str) -> bool:
    official: str = spec("windows")["paths"][key]
    return folder(profile, key).casefold() == official.casefold()


def _account(profile: TerminalProfile) -> str | None:
    """The account that uses the shares; None where a person shares them, or nobody."""
    return None if profile.his.local else profile.his.share_account


def _is_shared(profile: TerminalProfile, key: str) -> bool:
    return (
        _account(profile) is not None and is_used(profile, key) and not is_elsewhere(profile, key)
    )


def _is_set_up(profile: TerminalProfile) -> bool:
    """Whether this job sets shares up, or looks whether they are: not an update, not a succession."""
    return not profile.facts.isdisjoint({"new", "audit"})


def _shares_any(profile: TerminalProfile) -> bool:
    return "shares" in profile.facts


def _new_account(profile: TerminalProfile) -> Action | None:
    account = _account(profile)
    return common.standard_user(account) if account and _shares_any(profile) else None


def _no_console(profile: TerminalProfile) -> Action | None:
    account = _account(profile)
    return kinds.right_granted(account, NO_CONSOLE) if account and _shares_any(profile) else None


def _account_values(profile: TerminalProfile) -> Values:
    return (("アカウント", _account(profile) or ""), ("アカウントの種類", "標準ユーザー"))


def _let_in(profile: TerminalProfile) -> Action | None:
    if not _is_set_up(profile) or not _shares_any(profile):
        return None
    return kinds.smb_let_in(profile.his.share_from)


def _share(key: str) -> Callable[[TerminalProfile], Action | None]:
    def action(profile: TerminalProfile) -> Action | None:
        account = _account(profile)
        if account is None or not _is_set_up(profile) or not _is_shared(profile, key):
            return None
        return kinds.shared_with(NAMES[key], folder(profile, key), account)

    return action


def _share_values(key: str) -> Callable[[TerminalProfile], Values]:
    return lambda profile: (
        ("フォルダー", folder(profile, key)),
        ("共有名", NAMES[key]),
        ("共有するアカウント", _account(profile) or ""),
        ("アクセス許可のレベル", LEVEL),
        *_encrypted(profile, key),
    )


def _not_shared(profile: TerminalProfile) -> Action | None:
    if not (profile.his.local and _is_set_up(profile) and is_used(profile, "face")):
        return None
    return kinds.not_shared(NAMES["face"], folder(profile, "face"))


def _on_nas(profile: TerminalProfile) -> tuple[str, ...]:
    """The folders of the link that are another device's to share."""
    keys = [key for key in ("req", "res") if is_used(profile, key) and is_elsewhere(profile, key)]
    return tuple(keys) if _account(profile) and _is_set_up(profile) else ()


def _by_hand(profile: TerminalProfile) -> Action | None:
    """A person shares where no account is decided in the clinic's file."""
    if not profile.readers or profile.his.local or _account(profile):
        return None
    return by_person(profile)


def _works_here(profile: TerminalProfile) -> Action | None:
    """The receipt computer is this PC: a person looks with it."""
    return by_person(profile) if profile.his.local else None


def _works(*keys: str) -> Callable[[TerminalProfile], Action | None]:
    def action(profile: TerminalProfile) -> Action | None:
        account = _account(profile)
        shared = {NAMES[key]: folder(profile, key) for key in keys if _is_shared(profile, key)}
        return kinds.shares_work(shared, account) if account and shared else None

    return action


def _works_values(*keys: str) -> Callable[[TerminalProfile], Values]:
    return lambda profile: (
        *(
            (f"{NAMES[key]}フォルダー", folder(profile, key))
            for key in keys
            if _is_shared(profile, key)
        ),
        ("共有するアカウント", _account(profile) or ""),
    )


def _folder_action(key: str, *, elsewhere: bool) -> Callable[[TerminalProfile], Action | None]:
    def action(profile: TerminalProfile) -> Action | None:
        if not is_used(profile, key) or is_elsewhere(profile, key) != elsewhere:
            return None
        if _is_set_up(profile) and _is_shared(profile, key):
            return None  # Sharing makes it, and looks for it.
        if _is_official(profile, key):
            # The application's own folder, which its installer brings.
            return common.FILE.action({"path": folder(profile, key)}, {"exists": True})
        return kinds.folder_there(folder(profile, key))

    return action


def _encrypted(profile: TerminalProfile, key: str) -> Values:
    return () if key == "face" else (("暗号化", "する" if profile.his.encrypt else "しない"),)


def _folder_values(key: str) -> Callable[[TerminalProfile], Values]:
    return lambda profile: (
        (f"{NAMES[key]}フォルダー", folder(profile, key)),
        *_encrypted(profile, key),
    )


def _folder_setting(key: str, *, elsewhere: bool) -> Setting:
    of_link = key != "face"
    return Setting(
        id=f"share-place-{key}" + ("-nas" if elsewhere else ""),
        rows=("share-link-other-location" if of_link else "share-other-location",),
        title=f"{NAMES[key]}フォルダーの場所",
        action=_folder_action(key, elsewhere=elsewhere),
        who="oqscomapp" if elsewhere else None,
        values=_folder_values(key),
        unlike_row="Another device is asked as the person who is signed in." if elsewhere else "",
    )


def _test_setting(id: str, key: str) -> Setting:
    """A test whose result is a file that comes into a folder of this PC (setup P.19, P.22)."""
    return Setting(
        id=id,
        rows=(id,),
        action=by_person,
        sign=lambda profile: (
            None
            if is_elsewhere(profile, key)
            else {"folder": folder(profile, key), "what": "結果のファイル"}
        ),
    )


def _share_setting(key: str, *rows: str) -> Setting:
    return Setting(
        id=f"share-{key}",
        rows=(*rows, "share-permission"),
        title=f"{NAMES[key]}フォルダーの共有",
        what=f"{NAMES[key]}フォルダーが無ければ作り、決めたアカウントに共有を許可します。"
        "同じ名前の共有が別のフォルダーにあるときは、変更せずにお知らせします。",
        check=f"{NAMES[key]}フォルダーのプロパティ→共有に「共有」と表示され、ネットワーク パスが出ている。",
        action=_share(key),
        values=_share_values(key),
    )


def _works_setting(id_: str, row: str, *keys: str) -> Setting:
    return Setting(
        id=id_,
        rows=(row,),
        what="共有とフォルダーのアクセス許可、アカウントのグループとサインインの許可から、共有するアカウントがネットワーク経由で"
        "ファイルを読み取り、作成、削除できることを、この PC が確かめます。パスワードは使いません。",
        mends="できないときは、表示された理由を直します。結果データファイルが表示されない、または操作できないときは、"
        "別紙トラブルシューティングの補9に従います。",
        check="共有するアカウントで、読み取り、作成、削除がどれもできる。",
        action=_works(*keys),
        values=_works_values(*keys),
    )


SETTINGS = (
    Setting(
        id="share-network",
        rows=("share-network", "ext-firewall-on"),
        action=lambda profile: kinds.network_private() if _shares_any(profile) else None,
    ),
    Setting(
        id="share-account",
        rows=("share-account",),
        title="共有に使うアカウントの作成",
        what="共有を許可するのは、施設ごとに決めたレセコン等のアカウントです。パスワードは、"
        "作成時にこの PC の画面で2回尋ねます。",
        check="設定→アカウント→その他のユーザーに、このアカウントが標準ユーザーとして表示される。",
        action=_new_account,
        values=_account_values,
    ),
    Setting(
        id="share-account-console",
        rows=("share-console",),
        action=_no_console,
        values=_account_values,
    ),
    # Before the shares: creating one makes Windows open rules of its own, which are then put back to this.
    Setting(
        id="share-firewall",
        rows=("share-firewall", "ext-firewall-on"),
        action=_let_in,
        values=lambda profile: (
            ("規則", "ファイルとプリンターの共有 (SMB 受信)"),
            ("プロファイル", "プライベート"),
            ("リモート アドレス", "、".join(("ローカル サブネット", *profile.his.share_from))),
        ),
    ),
    _share_setting("face", "share-face", "share-other-location"),
    Setting(
        id="share-by-hand",
        rows=("share-face", "share-account", "share-permission", "share-trouble"),
        action=_by_hand,
        who="oqscomapp",
        how="manual",
        unlike_row="The clinic's file names no account, so the person who shares decides it.",
    ),
    Setting(
        id="share-not-needed",
        rows=("share-not-needed",),
        action=_not_shared,
        values=lambda profile: (("フォルダー", folder(profile, "face")),),
    ),
    # face is always on this PC (oqsgen check refuses another place).
    _folder_setting("face", elsewhere=False),
    _test_setting("test-face", "face"),
    _test_setting("test-his", "res"),
    _works_setting("share-works-face", "share-trouble", "face"),
    Setting(
        id="share-works-here",
        rows=("share-trouble", "share-link-trouble"),
        title="フォルダーを、この PC のレセコンから読み書きできること",
        action=_works_here,
        who="oqscomapp",
        how="manual",
        values=lambda profile: tuple(
            (f"{NAMES[key]}フォルダー", folder(profile, key))
            for key in NAMES
            if is_used(profile, key)
        ),
        unlike_row="No other computer uses the folders: a person looks with the receipt computer's software.",
    ),
    _share_setting("req", "share-req-res", "share-link-other-location"),
    _share_setting("res", "share-req-res", "share-link-other-location"),
    Setting(
        id="share-nas",
        rows=("share-req-res", "share-permission", "share-link-trouble"),
        title="NAS等のフォルダーの共有",
        what="NAS等の説明書に従って、このアカウントに、次のフォルダーの読み取りと書き込みを許可します。",
        looks="NAS等の画面で、このアカウントに、次のフォルダーの読み取りと書き込みが許可されているかを見ます。",
        check="このアカウントで、レセコン等からフォルダーを開き、ファイルを作成して、削除できる。",
        action=lambda profile: by_person(profile) if _on_nas(profile) else None,
        who="oqscomapp",
        how="manual",
        values=lambda profile: (
            *((f"{NAMES[key]}フォルダー", folder(profile, key)) for key in _on_nas(profile)),
            ("共有するアカウント", _account(profile) or ""),
            ("アクセス許可のレベル", LEVEL),
        ),
        gives=lambda profile: [
            Given(f"{NAMES[key]} アカウント", _account(profile) or "") for key in _on_nas(profile)
        ],
        unlike_row="The folder is another device's to share, by that device's manual.",
    ),
    *(
        _folder_setting(key, elsewhere=elsewhere)
        for key in ("req", "res")
        for elsewhere in (False, True)
    ),
    _works_setting("share-works-link", "share-link-trouble", "req", "res"),
    Setting(
        id="shares-not-open",
        rows=("ext-open-shares",),
        action=lambda profile: kinds.no_open_share(),
    ),
)
