"""A day until which something about the client certificate has to be done."""

from datetime import date
from typing import Literal

from oqsgen.kinds.kind import Action, kind

KIND = kind(
    "certificate-deadline", "user", target="limit day code newer", wanted="met", changes=False
)


def met(
    limit: Literal["download", "succession"], day: date | None, code: str, *, newer: bool
) -> Action:
    """``day`` has not passed, or the certificate of ``code`` is there already.

    Without ``day`` the person types it; for a guided setting. ``newer``: a certificate that was
    there before a succession does not count.
    """
    number = int(day.strftime("%Y%m%d")) if day else 0
    target = {"limit": limit, "day": number, "code": code, "newer": newer}
    return KIND.action(target, {"met": True})
