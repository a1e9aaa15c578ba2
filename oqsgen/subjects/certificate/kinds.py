"""What is set and read of the client certificate."""

from datetime import date
from typing import Literal

from oqsgen.plan.kind import DONE, THERE, Action, Field, Kept, Kind, Wording

_CODE = Field(
    "code", "医療機関等コード, for which is remembered what the person chose", "10 digits"
)
_CERTIFICATES = "thumbprint, subject, from and to (yyyymmdd), key, exportable and strong or null"

CERTIFICATE = Kind(
    "certificate",
    "Client certificates of 操作6 in the person's store, imported from a .p12 that the person brings.",
    target=(_CODE,),
    wanted=(
        Field(
            "count",
            "how many that can be used, at least",
            label="使える電子証明書",
            wording=Wording(at="certificates", form="count", unit=" 枚", bound="以上"),
        ),
        Field(
            "chosen",
            "whether only such count as the person chose, since an old one is there",
            label="選んだ電子証明書",
            wording=Wording(at="chosen", form="count", unit=" 枚"),
        ),
    ),
    found=(
        Field("certificates", f"of each of the issuer's: {_CERTIFICATES}", ours=True),
        Field("authorities", "thumbprints of the issuer's intermediates, which others use too"),
        Field("chosen", "thumbprints that the person chose", ours=True),
        Field("files", "of the files that were imported", "SHA-256", ours=True),
    ),
    source="setup P.24-26 and P.50, almex ①, ③-⑥",
    scopes=("user",),
    keeps=(
        Kept(
            "key of the certificate, in the person's store; its password nowhere",
            "the certificate has no key (`key`), or Windows cannot open it",
        ),
    ),
    thing="電子証明書",
    cause="電子証明書が消されたか、別のものに替わった",
)


def imported(code: str, count: int, *, chosen: bool) -> Action:
    """``count`` current certificates with their keys.

    ``chosen``: only such count as the person has named for ``code``, since an old one is there too.
    """
    return CERTIFICATE.action({"code": code}, {"count": count, "chosen": chosen})


CERTIFICATE_BACKUP = Kind(
    "certificate-backup",
    "A copy of the imported .p12 in a folder on the desktop, for the customer's own medium.",
    target=(_CODE, Field("folder", "name of the folder on the desktop")),
    wanted=(
        Field(
            "copied",
            "true: each imported file was copied, wherever the copy is by now",
            label="電子証明書のバックアップ",
            wording=Wording(words=DONE),
        ),
    ),
    found=(
        Field("saved", "of the files that were copied", "SHA-256", ours=True),
        Field("names", "names of the copies", ours=True),
        Field("made", "whether we made the folder", ours=True),
        Field("files", "of the files that were imported", "SHA-256"),
    ),
    source="almex ①, ④, ⑫",
    scopes=("user",),
    thing="電子証明書のバックアップ",
)


def backup_copied(code: str, folder: str) -> Action:
    """What was imported for ``code`` has been copied into ``folder`` on the desktop."""
    return CERTIFICATE_BACKUP.action({"code": code, "folder": folder}, {"copied": True})


_SAVED = Field(
    "saved",
    "true: each file of the folder was saved",
    label="施設の媒体への保存",
    wording=Wording(words=DONE),
)

CERTIFICATE_MEDIUM = Kind(
    "certificate-medium",
    "The imported .p12 on a medium of the customer's: copied and compared by the PC, or by a person.",
    target=(Field("folder", "name of the folder on the desktop from which it is copied"),),
    wanted=(_SAVED,),
    found=(
        _SAVED,
        Field("at", "when the last one was saved", "yyyy-MM-dd HH:mm"),
        Field("by", "`pc` where it was compared, `person` where somebody said so"),
    ),
    source="almex ①, ④, ⑫",
    scopes=("user",),
    thing="施設の媒体への電子証明書の保存",
    remedy="1_適用 をもう一度開き、施設の媒体を挿して保存してください。",
)


def saved_on_medium(folder: str) -> Action:
    """What lies in ``folder`` on the desktop is on a medium of the customer's."""
    return CERTIFICATE_MEDIUM.action({"folder": folder}, {"saved": True})


CERTIFICATE_DEADLINE = Kind(
    "certificate-deadline",
    "A day until which something about the client certificate has to be done.",
    target=(
        Field(
            "limit",
            "`download` (of the notice) or `succession` (of the certificate of the code before)",
        ),
        Field("day", "the day; 0: the person types it", "yyyymmdd"),
        _CODE,
        Field("newer", "whether a certificate that was there before a succession does not count"),
    ),
    wanted=(
        Field(
            "met",
            "true: the day has not passed, or does not matter any more",
            label="期限",
            wording=Wording(words={"true": "過ぎていない", "false": "過ぎている"}),
        ),
    ),
    found=(
        Field(
            "left",
            "until the day; negative after it",
            "days",
            label="残りの日数",
            wording=Wording(unit=" 日"),
        ),
        Field("open", "whether it still matters"),
    ),
    source="almex ①",
    scopes=("user",),
    thing="期限",
    remedy="通知書の「ダウンロードサイト有効期限」を見て、過ぎていれば申請し直すか、新しい電子証明書に切り替えてください。",
)


def deadline_met(
    limit: Literal["download", "succession"], day: date | None, code: str, *, newer: bool
) -> Action:
    """``day`` has not passed, or the certificate of ``code`` is there already.

    Without ``day`` the person types it; for a guided setting. ``newer``: a certificate that was
    there before a succession does not count.
    """
    number = int(day.strftime("%Y%m%d")) if day else 0
    target = {"limit": limit, "day": number, "code": code, "newer": newer}
    return CERTIFICATE_DEADLINE.action(target, {"met": True})


_STORE = Field("store", "always `My`")

CERTIFICATE_EXPIRY = Kind(
    "certificate-expiry",
    "Until when the client certificates can be used; a warning in the last 90 days.",
    target=(_STORE,),
    wanted=(
        Field(
            "count",
            "how many that have not ended, at least",
            label="有効期限の切れていない電子証明書",
            wording=Wording(at="days", form="positive", unit=" 枚", bound="以上"),
        ),
    ),
    found=(
        Field("days", "how long each can still be used, the longest first", "days"),
        Field("ends", "last day of each, in the same order", "yyyymmdd"),
    ),
    source="setup P.50",
    scopes=("user",),
    thing="電子証明書",
    remedy="新しい電子証明書を申請してください。",
)


def not_ended(count: int) -> Action:
    """At least ``count`` certificates have not ended: one for each code."""
    return CERTIFICATE_EXPIRY.action({"store": "My"}, {"count": count})


CERTIFICATE_FILE = Kind(
    "certificate-file",
    "Files from which a client certificate can be imported.",
    target=(
        Field("part", "`ready` (those to import are at hand) or `rest` (some are left)"),
        _CODE,
        Field("newer", "whether only such count as are newer than the certificate that is there"),
        Field("folder", "name of a folder on the desktop that is looked into too"),
        Field("count", "how many have to be `ready`: one for each certificate of the terminal"),
    ),
    wanted=(
        Field(
            "ready",
            "true: at hand, or imported already; of `rest` always",
            label="電子証明書のファイル",
            wording=Wording(words=THERE),
        ),
    ),
    found=(
        Field("files", "their paths"),
        Field("imported", "of `ready`: whether the certificate is there already"),
    ),
    source="setup P.24 and P.50, almex ④",
    scopes=("user",),
    thing="電子証明書のファイル",
    remedy="電子証明書のファイル（*.p12）を、ダウンロードか USB メモリーに置いてください。",
)


def files_at_hand(code: str, folder: str, count: int, *, newer: bool) -> Action:
    """There are files to import, or the certificates; ``newer``: than the certificate that is there."""
    target = {"part": "ready", "code": code, "newer": newer, "folder": folder, "count": count}
    return CERTIFICATE_FILE.action(target, {"ready": True})


def files_left(code: str, folder: str) -> Action:
    """No files are left on the PC; ``folder``: on the desktop, looked into too."""
    target = {"part": "rest", "code": code, "newer": False, "folder": folder, "count": 0}
    return CERTIFICATE_FILE.action(target, {"ready": True})


CERTIFICATE_OLD = Kind(
    "certificate-old",
    "Client certificates of the code before a succession; their keys and a copy stay on the PC.",
    target=(_CODE,),
    wanted=(
        Field(
            "count",
            "how many besides the chosen ones, always 0",
            label="古い電子証明書",
            wording=Wording(at="old", form="count", unit=" 枚"),
        ),
    ),
    found=(Field("old", f"of each besides the chosen ones: {_CERTIFICATES}", ours=True),),
    source="almex ③",
    scopes=("user",),
    thing="古い電子証明書",
)


def old_retired(code: str) -> Action:
    """No certificate of the issuer is left but those that were chosen for ``code``."""
    return CERTIFICATE_OLD.action({"code": code}, {"count": 0})


CERTIFICATE_ROOT = Kind(
    "certificate-root",
    "The issuer's root among the roots that the person trusts; Windows asks, here and at undoing.",
    target=(Field("store", "always `Root`, of the person"),),
    wanted=(
        Field(
            "registered",
            "true: that of each certificate is there",
            label="ルート証明書の登録",
            wording=Wording(words=DONE),
        ),
    ),
    found=(
        Field("roots", "thumbprints of the issuer's roots", ours=True),
        Field(
            "missing",
            "names of the roots that the certificates need and that are not there",
            label="足りないルート証明書",
            wording=Wording(always=([],)),
        ),
    ),
    source="setup P.25-26",
    scopes=("user",),
    thing="ルート証明書",
)


def root_registered() -> Action:
    """The issuer's root is trusted; Windows asks the person before it is."""
    return CERTIFICATE_ROOT.action({"store": "Root"}, {"registered": True})


CERTIFICATE_STATE = Kind(
    "certificate-state",
    "Whether the client certificates are as they should be in use.",
    target=(_STORE,),
    wanted=(
        Field(
            "count",
            "how many that can be used, those that end last: key not exportable, with their roots",
            label="使える電子証明書",
            wording=Wording(at="current", form="count", unit=" 枚"),
        ),
        Field(
            "renewals",
            "whether those may stand beside them that were renewed by one of them",
            label="更新前の電子証明書",
            wording=Wording(at="renewed", form="count", unit=" 枚"),
        ),
        Field(
            "noted",
            "true: there is one, and the results name its thumbprint",
            label="今日使える電子証明書",
            wording=Wording(words=THERE),
        ),
    ),
    found=(
        Field("certificates", f"of each of the issuer's: {_CERTIFICATES}"),
        Field("roots", "thumbprints of the issuer's roots"),
        Field("missing", "names of the roots that those of today need and that are not there"),
        Field("current", "thumbprints of those that can be used today"),
        Field("renewed", "thumbprints of those of them that another one has replaced"),
    ),
    source="setup P.26, P.28 and P.50, almex ⑥",
    scopes=("user",),
    thing="電子証明書",
    cause="電子証明書が消されたか、期限が切れた",
    remedy="1_適用 をもう一度開き、「電子証明書」の番号で取り込み直してください。",
)


def usable(count: int, *, renewals: bool) -> Action:
    """``count`` current ones, one for each code, with keys that cannot be exported, and their roots.

    ``renewals``: those that were renewed may stand beside them until they end.
    """
    return CERTIFICATE_STATE.action({"store": "My"}, {"count": count, "renewals": renewals})


def noted() -> Action:
    """The person's store holds a client certificate that is valid today; the results name its thumbprint."""
    return CERTIFICATE_STATE.action({"store": "My"}, {"noted": True})


_INSTALLED = (
    Field(
        "installed", "true: it is in the list", label="アプリの導入", wording=Wording(words=DONE)
    ),
)

INSTALLED_PROGRAM = Kind(
    "installed-program",
    "A program in the list of installed apps.",
    target=(Field("names", "what it may be called: a name has all the words of one of these"),),
    wanted=_INSTALLED,
    found=(
        *_INSTALLED,
        Field("name", "what it is called"),
        Field("version", "the version that the list gives"),
    ),
    source="setup P.26; the registry's keys Uninstall",
    scopes=("user",),
    thing="アプリ",
    remedy="ポータルから取ったインストーラーで、アプリを入れてください。",
)
