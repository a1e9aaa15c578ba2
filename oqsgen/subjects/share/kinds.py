"""What is set and read of shared folders."""

from collections.abc import Mapping, Sequence

from oqsgen.plan.kind import ABLE, ENABLED, ON_OFF, THERE, Action, Field, Kind, Wording

_EXISTS = (
    Field(
        "exists",
        "whether it is; unknown of another device that does not answer",
        label="フォルダー",
        wording=Wording(words=THERE),
    ),
)

FOLDER = Kind(
    "folder",
    "Whether a folder is there, on this PC or on another device.",
    target=(Field("path", "the folder"),),
    wanted=_EXISTS,
    found=_EXISTS,
    source="setup P.21 and P.23",
    thing="フォルダー",
    remedy="フォルダーの場所と、別の機器のときはその電源と接続を確かめてください。",
)


def folder_there(path: str) -> Action:
    """``path`` is a folder."""
    return FOLDER.action({"path": path}, {"exists": True})


_GRANTED = (
    Field(
        "granted",
        "whether the account holds it itself",
        ours=True,
        label="サインインの権利の割り当て",
        wording=Wording(words=THERE),
    ),
)

LOGON_RIGHT = Kind(
    "logon-right",
    "A right to sign in, or its denial, of one account; "
    "no denial is applicable to an account that has a profile.",
    target=(Field("account", "name of the account"), Field("right", "name of the right")),
    wanted=_GRANTED,
    found=_GRANTED,
    source="Account Rights Constants",
    scopes=("machine",),
    thing="サインインの制限",
)


def right_granted(account: str, privilege: str) -> Action:
    """``account`` itself holds the logon right ``privilege`` (``Se…``), which may be a denial (``SeDeny…``)."""
    return LOGON_RIGHT.action({"account": account, "right": privilege}, {"granted": True})


_PUBLIC = (
    Field(
        "public",
        "how many of those from which shares are opened count as public",
        label="パブリック ネットワーク",
        wording=Wording(unit=" 件"),
    ),
)

NETWORK_CATEGORY = Kind(
    "network-category",
    "What Windows takes the networks for that this PC is on, a private one and not the line's where "
    "there are several; unknown without a line.",
    target=(Field("networks", "always `all`"),),
    wanted=_PUBLIC,
    found=_PUBLIC,
    source="MSFT_NetConnectionProfile, MSFT_NetIPAddress",
    scopes=("machine",),
    thing="ネットワークの種類",
    cause="ルーターやアダプターの入れ替えで、Windows がパブリックにした",
    remedy="設定の「ネットワークとインターネット」で、プライベート ネットワークにしてください。",
)


def network_private() -> Action:
    """None of them counts as public."""
    return NETWORK_CATEGORY.action({"networks": "all"}, {"public": 0})


_SHARED = (Field("name", "name of the share"), Field("path", "folder on this PC"))

SHARE = Kind(
    "share",
    "A folder of this PC that is shared with one account: folder, access list and share together.",
    target=_SHARED,
    wanted=(
        Field(
            "account",
            "local account that may change files in it; Everyone and guests get nothing",
            label="共有を使うアカウント",
            wording=Wording(at="share.path"),
        ),
    ),
    found=(
        Field("exists", "deepest folder that exists, at or above it", ours=True),
        Field(
            "access",
            "its own access list, or null: protected, entries (type, flags, rights, sid)",
            ours=True,
        ),
        Field("share", "path, security (SDDL) and caching of the share, or null", ours=True),
        Field(
            "without",
            "where there is no such share: rules (of file sharing that are on), shares (others)",
        ),
        Field(
            "sharing",
            "there too: names (of all rules of file sharing), reach (of those that are on: name, "
            "profile, remote)",
        ),
        Field(
            "opened",
            "of a share whose making was cut short: rules of file sharing that are still on for it",
        ),
    ),
    source="MSFT_SmbShare, MS-DTYP (access lists); setup P.19-23",
    scopes=("machine",),
    thing="共有",
    cause="別の作業で、共有やアクセス許可が変えられた",
)


def shared_with(name: str, path: str, account: str) -> Action:
    """``path`` is shared as ``name``: ``account`` may change files in it, Everyone nothing."""
    return SHARE.action({"name": name, "path": path}, {"account": account})


def not_shared(name: str, path: str) -> Action:
    """Nothing is shared as ``name``."""
    return SHARE.action({"name": name, "path": path}, None)


_WORKS = (
    Field(
        "enabled",
        "whether the account is on",
        label="共有に使うアカウント",
        wording=Wording(words=ENABLED),
    ),
    Field(
        "network",
        "whether it may come over the network",
        label="ネットワークからのアクセス",
        wording=Wording(words=ABLE),
    ),
    Field("read", "whether it can read files", label="読み取り", wording=Wording(words=ABLE)),
    Field("create", "whether it can make files", label="作成", wording=Wording(words=ABLE)),
    Field("delete", "whether it can delete files", label="削除", wording=Wording(words=ABLE)),
)

SHARES_ACCESS = Kind(
    "shares-access",
    "Whether an account could work with the files of some shares: "
    "worked out from both access lists, groups and rights, without its password.",
    target=(
        Field("shares", "of each share: its name, and path, the folder on this PC"),
        Field("account", "name of the account"),
    ),
    wanted=_WORKS,
    found=_WORKS,
    source="MS-DTYP 2.5.3.2, access check",
    scopes=("machine",),
    thing="共有に使うアカウント",
    remedy="共有とフォルダーのアクセス許可、アカウントを確かめてください。",
)


def shares_work(shares: Mapping[str, str], account: str) -> Action:
    """``account`` may come over the network and read, make and delete files in each of ``shares``.

    ``shares`` gives the folder of each by its name.
    """
    of_each = [{"name": name, "path": path} for name, path in shares.items()]
    wanted = dict.fromkeys(("enabled", "network", "read", "create", "delete"), True)
    return SHARES_ACCESS.action({"shares": of_each, "account": account}, wanted)


_OPEN = (
    Field(
        "open",
        "names of those that Everyone, guests or nameless people can open",
        label="だれでも開ける共有",
    ),
)

SHARE_OPEN = Kind(
    "share-open",
    "Shares of this PC that anybody can open.",
    target=(Field("shares", "always `all`"),),
    wanted=_OPEN,
    found=_OPEN,
    source="MSFT_SmbShare",
    scopes=("machine",),
    thing="共有",
    remedy="共有のアクセス許可から Everyone を外してください。",
)


def no_open_share() -> Action:
    """No share lets Everyone, guests or anonymous people in."""
    return SHARE_OPEN.action({"shares": "all"}, {"open": []})


_RULE = (
    Field(
        "enabled",
        "whether it is on",
        ours=True,
        label="ファイル共有の受信の規則",
        wording=Wording(words=ON_OFF),
    ),
    Field(
        "profile",
        "for which networks",
        "NET_FW_PROFILE_TYPE2 bits; 0: any",
        label="対象のネットワーク",
        wording=Wording(
            words={
                "0": "すべて",
                "1": "ドメイン",
                "2": "プライベート",
                "3": "ドメインとプライベート",
                "4": "パブリック",
                "5": "ドメインとパブリック",
                "6": "プライベートとパブリック",
                "7": "すべて",
                "2147483647": "すべて",
            }
        ),
    ),
    Field(
        "remote",
        "addresses that it lets in",
        label="受け付けるアドレス",
        wording=Wording(words={"LocalSubnet": "同じサブネット", "Any": "すべて"}),
    ),
    Field(
        "wide",
        "whether its successor of Windows 11 24H2 is on, for every address",
        label="すべてのアドレスへの規則（Windows 11 24H2）",
        wording=Wording(words=ON_OFF),
    ),
)

SMB_FIREWALL = Kind(
    "smb-firewall",
    "The rules of Windows' firewall that let other computers reach the shares (TCP 445): one does, "
    "and no other one for public networks.",
    target=(Field("rule", "always `FPS-SMB-In-TCP`"),),
    wanted=(
        *_RULE,
        Field(
            "exact",
            "whether private addresses beyond `remote` are shut out, or else left",
            label="受け付けるアドレスの範囲",
            wording=Wording(words={"true": "決めたアドレスだけ", "false": "ほかのアドレスも"}),
        ),
    ),
    found=(
        *_RULE,
        Field(
            "others",
            "of each other rule that is on and lets TCP 445 in: name, sharing (Windows' own of file "
            "sharing), profile, remote",
        ),
    ),
    source="the rule FPS-SMB-In-TCP of each Windows, and FPS-SMB-In-TCP-V2 of Windows 11 24H2; "
    "NET_FW_PROFILE_TYPE2",
    scopes=("machine",),
    thing="ファイアウォールの規則",
    cause="セキュリティのソフトや、ネットワークの種類の変更",
)


PRIVATE = 2
OWN_SUBNET = "LocalSubnet"


def smb_let_in(networks: Sequence[str]) -> Action:
    """Open for private networks, for their own subnet and these ``networks`` (CIDR).

    With none, what is open for other private addresses stays: the facility may have them.
    """
    wanted = {
        "enabled": True,
        "profile": PRIVATE,
        "remote": [OWN_SUBNET, *networks],
        "wide": False,
        "exact": bool(networks),
    }
    return SMB_FIREWALL.action({"rule": "FPS-SMB-In-TCP"}, wanted)
