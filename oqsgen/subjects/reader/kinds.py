"""What is set and read of the card readers and of the 顔認証ライブラリ."""

from datetime import date

from oqsgen.plan.kind import Action, kind

CERTIFICATE_PROPAGATION = kind(
    "certificate-propagation", "machine user", target="library", wanted="enabled", changes=False
)
"""Whether Windows takes the certificates of smart cards over. Source: setup P.5; SmartCard.admx."""


def propagation_off(library: str) -> Action:
    """The policy is off once the file ``library`` of the face library is there."""
    return CERTIFICATE_PROPAGATION.action({"library": library}, {"enabled": False})


DEVICE_CLASS = kind("device-class", "machine user", target="class", wanted="minimum", changes=False)
"""Connected devices of one class. Source: System-Defined Device Setup Classes (learn.microsoft.com)."""


LIBRARY_USER = kind(
    "library-user", "machine user", target="library account", wanted="asAccount", changes=False
)
"""As whom the programs run that use a library."""


def library_runs_as(account: str, library: str) -> Action:
    """Every program that has loaded something from the folder ``library`` runs as ``account``."""
    return LIBRARY_USER.action({"library": library, "account": account}, {"asAccount": True})


READER_INFO = kind("reader-info", "machine user", target="path", wanted="notBefore")
"""The file in which a terminal keeps which 顔認証機器 is signed in with which account."""


def reader_info_made_since(path: str, day: date) -> Action:
    """The file is absent (set aside as ``.bak``, say), or was made on ``day`` or later."""
    return READER_INFO.action({"path": path}, {"notBefore": int(f"{day:%Y%m%d}")})
