"""What is set and read of shared folders."""

from oqsgen.plan.kind import Action, kind

FOLDER = kind("folder", "machine user", target="path", wanted="exists", changes=False)
"""Whether a folder is there, on this PC or on another device."""


def folder_there(path: str) -> Action:
    """``path`` is a folder."""
    return FOLDER.action({"path": path}, {"exists": True})


LOGON_RIGHT = kind("logon-right", "machine", target="account right", wanted="granted")
"""A right to sign in, or its denial, of one account. Source: Account Rights Constants."""


def right_granted(account: str, right: str) -> Action:
    """``account`` holds ``right``, the name of an account right."""
    return LOGON_RIGHT.action({"account": account, "right": right}, {"granted": True})


NETWORK_CATEGORY = kind(
    "network-category", "machine", target="networks", wanted="public", changes=False
)
"""What Windows takes the networks for that this PC is on. Source: MSFT_NetConnectionProfile."""


def network_private() -> Action:
    """None of them counts as public."""
    return NETWORK_CATEGORY.action({"networks": "all"}, {"public": 0})


SHARE = kind("share", "machine", target="name path", wanted="account")
"""A folder of this PC that is shared with one account: folder, access list and share together.

Source: MSFT_SmbShare, MS-DTYP (access lists); setup P.19-23.
"""


def shared_with(name: str, path: str, account: str) -> Action:
    """``path`` is shared as ``name``: ``account`` may change files in it, Everyone nothing."""
    return SHARE.action({"name": name, "path": path}, {"account": account})


def not_shared(name: str, path: str) -> Action:
    """Nothing is shared as ``name``."""
    return SHARE.action({"name": name, "path": path}, None)


SHARE_ACCESS = kind(
    "share-access",
    "machine",
    target="name path account",
    wanted="enabled network read create delete",
    changes=False,
)
"""Whether an account could work with the files of a share. Source: MS-DTYP 2.5.3.2, access check."""


def share_works(name: str, path: str, account: str) -> Action:
    """``account`` may come over the network and read, make and delete files in ``name``."""
    wanted = dict.fromkeys(("enabled", "network", "read", "create", "delete"), True)
    return SHARE_ACCESS.action({"name": name, "path": path, "account": account}, wanted)


SHARE_OPEN = kind("share-open", "machine", target="shares", wanted="open", changes=False)
"""Shares of this PC that anybody can open. Source: MSFT_SmbShare."""


def no_open_share() -> Action:
    """No share lets Everyone, guests or anonymous people in."""
    return SHARE_OPEN.action({"shares": "all"}, {"open": []})


SMB_FIREWALL = kind("smb-firewall", "machine", target="rule", wanted="enabled profile remote wide")
"""The rule of Windows' firewall that lets other computers reach the shares.

Source: the rule FPS-SMB-In-TCP of each Windows, and FPS-SMB-In-TCP-V2 of Windows 11 24H2;
NET_FW_PROFILE_TYPE2.
"""


PRIVATE = 2


def smb_from_own_subnet() -> Action:
    """Open for private networks and their own subnet, and for nothing else."""
    wanted = {"enabled": True, "profile": PRIVATE, "remote": ["LocalSubnet"], "wide": False}
    return SMB_FIREWALL.action({"rule": "FPS-SMB-In-TCP"}, wanted)
