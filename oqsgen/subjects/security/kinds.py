"""What is read of what the guideline asks."""

from oqsgen.plan.kind import Action, kind

FIREWALL = kind("firewall", "machine", target="profiles", wanted="private public", changes=False)
"""Whether Windows' firewall is on. Source: MSFT_NetFirewallProfile, store ActiveStore."""


def firewall_on() -> Action:
    """On for private and for public networks."""
    return FIREWALL.action({"profiles": "private public"}, {"private": True, "public": True})


FOLDER_EVERYONE = kind("folder-everyone", "machine", target="path", wanted="full", changes=False)
"""Whether Everyone has full control of a folder. Source: MS-DTYP, S-1-1-0."""


def not_full_for_everyone(path: str) -> Action:
    """Everyone has no full control of ``path``."""
    return FOLDER_EVERYONE.action({"path": path}, {"full": False})


FOLDER_UNTOUCHED = kind(
    "folder-untouched", "machine", target="path", wanted="changed", changes=False
)
"""Whether owners, access lists and signed programs of an application's folder are as installed.

Source: SignatureStatus (HashMismatch); MS-DTYP (access lists).
"""


def folder_untouched(path: str) -> Action:
    """Only administrators may change anything in ``path``."""
    return FOLDER_UNTOUCHED.action({"path": path}, {"changed": 0})


GUEST = kind("guest", "machine", target="account", wanted="enabled", changes=False)
"""Windows' account for guests. Source: MS-DTYP 2.4.2.4, relative identifier 501."""


def guest_disabled() -> Action:
    """Nobody can come in as a guest."""
    return GUEST.action({"account": "guest"}, {"enabled": False})
