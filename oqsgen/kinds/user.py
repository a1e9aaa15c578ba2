"""A local account of this PC.

Source: Microsoft.PowerShell.LocalAccounts; well-known SID S-1-5-32-544 (Administrators).
"""

from oqsgen.kinds.kind import Action, kind

KIND = kind("user", "machine", target="name", wanted="enabled administrator passwordNeverExpires")


def administrator(name: str) -> Action:
    """An enabled administrator called exactly ``name``; made where missing, never reset."""
    wanted = {"enabled": True, "administrator": True, "passwordNeverExpires": True}
    return KIND.action({"name": name}, wanted)


def standard(name: str) -> Action:
    """An enabled standard user called ``name``; made where missing, never reset."""
    wanted = {"enabled": True, "administrator": False, "passwordNeverExpires": True}
    return KIND.action({"name": name}, wanted)
