"""What is set and read of the card readers and of the 顔認証ライブラリ."""

from datetime import date

from oqsgen.plan.kind import ENABLED, Action, Field, Kind, Wording

_ENABLED = (
    Field("enabled", "whether it does", label="証明書の伝達", wording=Wording(words=ENABLED)),
)

CERTIFICATE_PROPAGATION = Kind(
    "certificate-propagation",
    "Whether Windows takes the certificates of smart cards over.",
    target=(Field("library", "file of the face library without which nothing can be said yet"),),
    wanted=_ENABLED,
    found=_ENABLED,
    source="setup P.5; SmartCard.admx",
    thing="証明書の伝達",
    remedy="顔認証ライブラリを入れ直してください。",
)


def propagation_off(library: str) -> Action:
    """The policy is off once the file ``library`` of the face library is there."""
    return CERTIFICATE_PROPAGATION.action({"library": library}, {"enabled": False})


DEVICE_CLASS = Kind(
    "device-class",
    "Connected devices of one class.",
    target=(Field("class", "setup class", "GUID"),),
    wanted=(
        Field(
            "minimum",
            "how many at least",
            label="つながっている機器",
            wording=Wording(at="count", unit=" 台", bound="以上"),
        ),
    ),
    found=(
        Field("count", "how many"),
        Field("devices", "name of each, with its maker and its number in USB where they are known"),
    ),
    source="System-Defined Device Setup Classes (learn.microsoft.com)",
    thing="機器",
    remedy="ケーブルと、メーカーのドライバーを確かめてください。",
)


_AS_ACCOUNT = Field(
    "asAccount",
    "whether all of them run as the account",
    label="OqsComApp での顔認証アプリの実行",
    wording=Wording(words={"true": "している", "false": "していない"}),
)

LIBRARY_USER = Kind(
    "library-user",
    "As whom the programs run that use a library.",
    target=(
        Field("library", "folder of the library"),
        Field("account", "name of the account"),
    ),
    wanted=(_AS_ACCOUNT,),
    found=(Field("programs", "paths of the programs that use it now"), _AS_ACCOUNT),
    source="EnumProcessModulesEx, OpenProcessToken; setup P.31",
    thing="顔認証アプリ",
    remedy="OqsComApp でサインインして、アプリを入れ直してください。",
)


def library_runs_as(account: str, library: str) -> Action:
    """Every program that has loaded something from the folder ``library`` runs as ``account``."""
    return LIBRARY_USER.action({"library": library, "account": account}, {"asAccount": True})


READER_INFO = Kind(
    "reader-info",
    "The file in which a terminal keeps which 顔認証機器 is signed in with which account.",
    target=(Field("path", "where it is"),),
    wanted=(
        Field(
            "notBefore",
            "absent, or made on that day or later",
            "yyyymmdd",
            label="ReaderInfo.ini の作成日",
            wording=Wording(at="made", form="day", bound=" 以降"),
        ),
    ),
    found=(
        Field(
            "made", "when it was made, or null; setting the readers up again makes one", "yyyymmdd"
        ),
        Field("aside", "whether one is set aside as `.bak`", ours=True),
    ),
    source="almex ⑩",
    thing="ReaderInfo.ini",
)


def reader_info_made_since(path: str, day: date) -> Action:
    """The file is absent (set aside as ``.bak``, say), or was made on ``day`` or later."""
    return READER_INFO.action({"path": path}, {"notBefore": int(f"{day:%Y%m%d}")})
