"""操作4 and 操作5: the shared folders, the account that uses them, and the way in through the firewall."""

from collections.abc import Callable

from oqsgen.clinic import TerminalProfile
from oqsgen.plan.kind import Action
from oqsgen.plan.setting import Setting, Values, by_person
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
    return profile.job.mode in ("new", "audit")


def _shares_any(profile: TerminalProfile) -> bool:
    return any(_is_shared(profile, key) for key in NAMES)


def _new_account(profile: TerminalProfile) -> Action | None:
    account = _account(profile)
    return common.standard_user(account) if account and _shares_any(profile) else None


def _no_console(profile: TerminalProfile) -> Action | None:
    account = _account(profile)
    return kinds.right_granted(account, NO_CONSOLE) if account and _shares_any(profile) else None


def _account_values(profile: TerminalProfile) -> Values:
    return (("アカウント", _account(profile) or ""), ("アカウントの種類", "標準ユーザー"))


def _when_shared(action: Callable[[], Action]) -> Callable[[TerminalProfile], Action | None]:
    return lambda profile: action() if _is_set_up(profile) and _shares_any(profile) else None


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
    )


def _not_shared(profile: TerminalProfile) -> Action | None:
    if not (profile.his.local and _is_set_up(profile) and is_used(profile, "face")):
        return None
    return kinds.not_shared(NAMES["face"], folder(profile, "face"))


def _on_nas(profile: TerminalProfile) -> tuple[str, ...]:
    """The folders of the link that are another device's to share."""
    keys = [key for key in ("req", "res") if is_used(profile, key) and is_elsewhere(profile, key)]
    return tuple(keys) if _account(profile) and _is_set_up(profile) else ()


def _works(key: str) -> Callable[[TerminalProfile], Action | None]:
    def action(profile: TerminalProfile) -> Action | None:
        account = _account(profile)
        if account is None or not _is_shared(profile, key):
            return None
        return kinds.share_works(NAMES[key], folder(profile, key), account)

    return action


def _folder_action(key: str, *, elsewhere: bool) -> Callable[[TerminalProfile], Action | None]:
    def action(profile: TerminalProfile) -> Action | None:
        if not is_used(profile, key) or is_elsewhere(profile, key) != elsewhere:
            return None
        made_here = _is_set_up(profile) and _is_shared(profile, key)
        if _is_official(profile, key) and not made_here:
            # The application's own folder, which its installer brings.
            return common.FILE.action({"path": folder(profile, key)}, {"exists": True})
        return kinds.folder_there(folder(profile, key))

    return action


def _folder_values(key: str) -> Callable[[TerminalProfile], Values]:
    def values(profile: TerminalProfile) -> Values:
        encrypted = "する" if profile.his.encrypt else "しない"
        label = ((f"{NAMES[key]}フォルダー", folder(profile, key)),)
        return label if key == "face" else (*label, ("暗号化", encrypted))

    return values


def _folder_setting(key: str, document: str, *, elsewhere: bool) -> Setting:
    return Setting(
        id=f"share-place-{key}" + ("-nas" if elsewhere else ""),
        rows=("share-other-location",),
        title=f"{NAMES[key]}フォルダーの場所",
        what=f"{NAMES[key]}フォルダーが、決めた場所にあることを確かめます。場所を変える場合と暗号化する場合のアプリの設定は、"
        f"「{document}」に従います。",
        check="そのフォルダーがあり、レセプトコンピューター等とアプリの設定が、この場所になっている。",
        action=_folder_action(key, elsewhere=elsewhere),
        who="oqscomapp" if elsewhere else None,
        values=_folder_values(key),
        unlike_row="Another device is asked as the person who is signed in." if elsewhere else "",
    )


def _share_setting(key: str, row: str) -> Setting:
    return Setting(
        id=f"share-{key}",
        rows=(row, "share-permission"),
        title=f"{NAMES[key]}フォルダーの共有",
        what=f"{NAMES[key]}フォルダーが無ければ作り、決めたアカウントだけが読み取りと書き込みをできるように共有します。"
        "Everyone には許可しません。同じ名前の共有が別のフォルダーにあるときは、変更せずにお知らせします。",
        check=f"{NAMES[key]}フォルダーのプロパティ→共有に「共有」と表示され、ネットワーク パスが出ている。",
        action=_share(key),
        values=_share_values(key),
    )


def _works_setting(key: str) -> Setting:
    return Setting(
        id=f"share-works-{key}",
        rows=("share-trouble",),
        title=f"{NAMES[key]}フォルダーをレセプトコンピューター等から読み書きできること",
        what="共有とフォルダーのアクセス許可、アカウントのグループとサインインの許可から、共有するアカウントがネットワーク経由で"
        "ファイルを読み取り、作成、削除できることを確かめます。パスワードは使いません。",
        mends="できないときは、表示された理由を直します。結果のファイルが表示されない、または操作できないときは、"
        "別紙トラブルシューティングの補9に従います。",
        check="共有するアカウントで、読み取り、作成、削除がどれもできる。",
        action=_works(key),
        values=_share_values(key),
    )


FACE_DLL = "顔認証DLL定義説明書"
LINKAGE = "連携アプリケーション導入手順書"

SETTINGS = (
    Setting(
        id="share-account",
        rows=("share-account",),
        title="共有に使うアカウントの作成",
        what="共有フォルダーを使うレセプトコンピューター等のアカウントが無ければ、標準ユーザーとして作り、パスワードを無期限に"
        "します。パスワードは作成時にこのPCの画面で2回尋ねます。既にあるアカウントのパスワードは変えません。"
        "レセプトコンピューター等にも、同じ名前とパスワードを設定します。",
        check="設定→アカウント→他のユーザーに、このアカウントが標準ユーザーとして表示される。",
        action=_new_account,
        values=_account_values,
    ),
    Setting(
        id="share-account-console",
        rows=("share-account",),
        title="共有に使うアカウントでサインインさせないこと",
        what="共有に使うアカウントで、このPCの画面からサインインできないようにします。ネットワークからの利用はできます。"
        "既にこのアカウントでサインインしている人がいるPCでは、変更しません。",
        check="ローカル セキュリティ ポリシー→ローカル ポリシー→ユーザー権利の割り当て→「ローカルでログオンを拒否」に、"
        "このアカウントがある。",
        action=_no_console,
        values=_account_values,
    ),
    Setting(
        id="share-not-needed",
        rows=("share-account", "share-face", "share-permission"),
        title="faceフォルダーを共有していないこと",
        what="レセプトコンピューターがこのPCにあるため、共有は要りません。faceという名前の共有が無いことを確かめます。",
        mends="共有がある場合は、使っている人がいないことを確かめてから、プロパティ→共有→「共有」で共有を止めます。",
        check="コンピューターの管理→共有フォルダー→共有に、faceが無い。",
        action=_not_shared,
        how="verify",
        values=lambda profile: (("フォルダー", folder(profile, "face")),),
        unlike_row="Nothing is shared where the receipt computer is this PC; a share that is there is not ours.",
    ),
    # Before the shares: creating one makes Windows open rules of its own, which are then put back to this.
    Setting(
        id="share-firewall",
        rows=("share-face", "share-req-res", "ext-firewall-on"),
        title="共有フォルダーのためのファイアウォールの許可",
        what="Windows のファイアウォールで、ファイルとプリンターの共有（SMB 受信）だけを、プライベート ネットワークの"
        "同じサブネットに限って許可します。パブリック ネットワークへの許可は外します。",
        check="セキュリティが強化された Windows Defender ファイアウォール→受信の規則で、"
        "「ファイルとプリンターの共有 (SMB 受信)」がプライベートだけで有効で、リモート アドレスが「ローカル サブネット」である。"
        "レセプトコンピューター等が別のサブネットにある場合は、この許可では開けないため、ベンダーに確かめる。",
        action=_when_shared(kinds.smb_from_own_subnet),
        values=lambda profile: (
            ("規則", "ファイルとプリンターの共有 (SMB 受信)"),
            ("プロファイル", "プライベート"),
            ("リモート アドレス", "ローカル サブネット"),
        ),
    ),
    _share_setting("face", "share-face"),
    _share_setting("req", "share-req-res"),
    _share_setting("res", "share-req-res"),
    Setting(
        id="share-nas",
        rows=("share-req-res", "share-permission"),
        title="NAS等のフォルダーの共有",
        what="NAS等の説明書に従って、このアカウントに、次のフォルダーの読み取りと書き込みを許可します。だれでも開ける許可は"
        "しません。",
        looks="NAS等の画面で、このアカウントに、次のフォルダーの読み取りと書き込みが許可されているかを見ます。",
        check="このアカウントで、レセプトコンピューター等からフォルダーを開き、ファイルを作成して、削除できる。",
        action=lambda profile: by_person(profile) if _on_nas(profile) else None,
        who="oqscomapp",
        how="manual",
        values=lambda profile: (
            *((f"{NAMES[key]}フォルダー", folder(profile, key)) for key in _on_nas(profile)),
            ("共有するアカウント", _account(profile) or ""),
            ("アクセス許可のレベル", LEVEL),
        ),
        unlike_row="The folder is another device's to share, by that device's manual.",
    ),
    Setting(
        id="share-network",
        rows=("share-trouble", "ext-firewall-on"),
        title="ネットワークが「プライベート ネットワーク」であること",
        what="共有フォルダーを許可するファイアウォールの規則は、プライベート ネットワークだけで働きます。このPCがつながっている"
        "ネットワークが、パブリックになっていないことを確かめます。設定は変えません。",
        mends="パブリックのときは、院内LANであることを確かめ、設定→ネットワークとインターネット→プロパティで"
        "「プライベート ネットワーク」を選びます。それでも開けない古い機器は、Windows 11 24H2 以降が求める SMB 署名に対応しているか、"
        "ゲストとして開こうとしていないかを確かめます。Windows の設定は弱めません。",
        check="設定→ネットワークとインターネット→プロパティで、「プライベート ネットワーク」が選ばれている。",
        action=lambda profile: kinds.network_private() if _shares_any(profile) else None,
        values=lambda profile: (("ネットワーク プロファイルの種類", "プライベート ネットワーク"),),
    ),
    *(_works_setting(key) for key in NAMES),
    # face is always on this PC (oqsgen check refuses another place).
    _folder_setting("face", FACE_DLL, elsewhere=False),
    *(
        _folder_setting(key, LINKAGE, elsewhere=elsewhere)
        for key in ("req", "res")
        for elsewhere in (False, True)
    ),
    Setting(
        id="shares-not-open",
        rows=("ext-open-shares",),
        action=lambda profile: kinds.no_open_share(),
    ),
)
