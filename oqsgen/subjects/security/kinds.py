"""What is read of what the guideline asks."""

from oqsgen.plan.kind import ENABLED, THERE, Action, Field, Kind, Wording

_ON = (
    Field(
        "private",
        "whether it is on for private networks",
        label="プライベート ネットワーク",
        wording=Wording(words=ENABLED),
    ),
    Field(
        "public",
        "whether it is on for public networks",
        label="パブリック ネットワーク",
        wording=Wording(words=ENABLED),
    ),
)

FIREWALL = Kind(
    "firewall",
    "Whether Windows' firewall is on, as in force.",
    target=(Field("profiles", "always `private public`"),),
    wanted=_ON,
    found=_ON,
    source="MSFT_NetFirewallProfile, store ActiveStore",
    scopes=("machine",),
    thing="ファイアウォール",
    cause="セキュリティのソフトか、ほかの担当者が切った",
    remedy="Windows セキュリティの「ファイアウォールとネットワーク保護」で、オンにしてください。",
)


def firewall_on() -> Action:
    """On for private and for public networks."""
    return FIREWALL.action({"profiles": "private public"}, {"private": True, "public": True})


_RECOVERABLE = Field(
    "recoverable",
    "whether it opens without a key, or has a recovery key",
    label="回復キー",
    wording=Wording(words=THERE),
)

DISK_ENCRYPTION = Kind(
    "disk-encryption",
    "Whether the drive of Windows is encrypted, and has a recovery key; no key is read.",
    target=(Field("drive", "always `windows`"),),
    wanted=(_RECOVERABLE,),
    found=(
        Field("encrypted", "whether it is, or is about to be"),
        Field("protected", "whether it opens by its key protectors alone"),
        _RECOVERABLE,
    ),
    source="Win32_EncryptableVolume; learn.microsoft.com, BitLocker overview (device encryption)",
    scopes=("machine",),
    thing="Windows のドライブ",
    remedy="設定の「デバイスの暗号化」か、コントロール パネルの「BitLocker ドライブ暗号化」で、回復キーをバックアップしてください。",
)


_FULL = (
    Field(
        "full",
        "whether Everyone has full control",
        label="Everyone",
        wording=Wording(words={"true": "フル コントロール", "false": "フル コントロールなし"}),
    ),
)

FOLDER_EVERYONE = Kind(
    "folder-everyone",
    "Whether Everyone has full control of a folder; unknown until it is there.",
    target=(Field("path", "the folder"),),
    wanted=_FULL,
    found=_FULL,
    source="MS-DTYP, S-1-1-0",
    scopes=("machine",),
    thing="フォルダー",
    remedy="施設とベンダーに確かめてから、Everyone のアクセス許可を直してください。",
)


def not_full_for_everyone(path: str) -> Action:
    """Everyone has no full control of ``path``."""
    return FOLDER_EVERYONE.action({"path": path}, {"full": False})


_CHANGED = (
    Field(
        "changed",
        "how many paths have another owner or access list, or a broken signature",
        label="導入されたときと違うもの",
        wording=Wording(unit=" 件"),
    ),
)

FOLDER_UNTOUCHED = Kind(
    "folder-untouched",
    "Whether owners, access lists and signed programs of an application's folder are as installed.",
    target=(Field("path", "the folder"),),
    wanted=_CHANGED,
    found=_CHANGED,
    source="SignatureStatus (HashMismatch); MS-DTYP (access lists)",
    scopes=("machine",),
    thing="フォルダー",
    remedy="アプリのセットアップをやり直してください。",
)


def folder_untouched(path: str) -> Action:
    """Owners, access lists and signed programs in ``path`` and below are as the installer left them."""
    return FOLDER_UNTOUCHED.action({"path": path}, {"changed": 0})


_ENABLED = (
    Field(
        "enabled",
        "whether it is on, whatever it is called",
        label="ゲスト用のアカウント",
        wording=Wording(words=ENABLED),
    ),
)

GUEST = Kind(
    "guest",
    "Windows' account for guests.",
    target=(Field("account", "always `guest`"),),
    wanted=_ENABLED,
    found=_ENABLED,
    source="MS-DTYP 2.4.2.4, relative identifier 501",
    scopes=("machine",),
    thing="ゲスト用のアカウント",
    remedy="無効にしてください。",
)


def guest_disabled() -> Action:
    """Nobody can come in as a guest."""
    return GUEST.action({"account": "guest"}, {"enabled": False})
