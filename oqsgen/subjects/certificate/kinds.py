"""What is set and read of the client certificate."""

from datetime import date
from typing import Literal

from oqsgen.plan.kind import Action, kind

CERTIFICATE = kind("certificate", "user", target="code", wanted="count chosen")
"""Client certificates of 操作6: imported from a .p12, looked at, backed up, retired.

Sources: setup P.24-26 and P.50, almex ①, ③-⑥.
"""


def imported(code: str, count: int, *, chosen: bool) -> Action:
    """``count`` current certificates with their keys.

    ``chosen``: only such count as the person has named for ``code``, since an old one is there too.
    """
    return CERTIFICATE.action({"code": code}, {"count": count, "chosen": chosen})


CERTIFICATE_BACKUP = kind("certificate-backup", "user", target="code folder", wanted="copied")
"""A copy of the imported .p12 in a folder on the desktop, for the customer's own medium."""


def backup_copied(code: str, folder: str) -> Action:
    """What was imported for ``code`` has been copied into ``folder`` on the desktop."""
    return CERTIFICATE_BACKUP.action({"code": code, "folder": folder}, {"copied": True})


CERTIFICATE_DEADLINE = kind(
    "certificate-deadline", "user", target="limit day code newer", wanted="met", changes=False
)
"""A day until which something about the client certificate has to be done."""


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


CERTIFICATE_EXPIRY = kind(
    "certificate-expiry", "user", target="store", wanted="count", changes=False
)
"""Until when the client certificates can be used; a warning in the last 90 days."""


def not_ended(count: int) -> Action:
    """At least ``count`` certificates have not ended."""
    return CERTIFICATE_EXPIRY.action({"store": "My"}, {"count": count})


CERTIFICATE_FILE = kind(
    "certificate-file", "user", target="part code newer folder", wanted="ready", changes=False
)
"""Files from which a client certificate can be imported."""


def file_at_hand(code: str, folder: str, *, newer: bool) -> Action:
    """There is a file to import, or the certificate; ``newer``: than the certificate that is there."""
    target = {"part": "ready", "code": code, "newer": newer, "folder": folder}
    return CERTIFICATE_FILE.action(target, {"ready": True})


def files_left(code: str, folder: str) -> Action:
    """Warns of files that are left on the PC; ``folder``: on the desktop, looked into too."""
    target = {"part": "rest", "code": code, "newer": False, "folder": folder}
    return CERTIFICATE_FILE.action(target, {"ready": True})


CERTIFICATE_OLD = kind("certificate-old", "user", target="code", wanted="count")
"""Client certificates of the code before a succession."""


def old_retired(code: str) -> Action:
    """No certificate of the issuer is left but those that were chosen for ``code``."""
    return CERTIFICATE_OLD.action({"code": code}, {"count": 0})


CERTIFICATE_ROOT = kind("certificate-root", "user", target="store", wanted="registered")
"""The root of the client certificate among the roots that the signed-in person trusts."""


def root_registered() -> Action:
    """The issuer's root is trusted; Windows asks the person before it is."""
    return CERTIFICATE_ROOT.action({"store": "Root"}, {"registered": True})


CERTIFICATE_STATE = kind(
    "certificate-state", "user", target="store", wanted="count noted", changes=False
)
"""Whether the client certificates are as they should be in use."""


def usable(count: int) -> Action:
    """Exactly ``count`` current ones, with keys that cannot be exported, and their root."""
    return CERTIFICATE_STATE.action({"store": "My"}, {"count": count})


def noted() -> Action:
    """There is one, whose thumbprint the results name."""
    return CERTIFICATE_STATE.action({"store": "My"}, {"noted": True})


INSTALLED_PROGRAM = kind(
    "installed-program", "user", target="names", wanted="installed", changes=False
)
"""A program in the list of installed apps."""
