"""A folder of this PC that is shared with one account: folder, access list and share together.

Source: MSFT_SmbShare, MS-DTYP (access lists); setup P.19-23.
"""

from oqsgen.kinds.kind import Action, kind

KIND = kind("share", "machine", target="name path", wanted="account")


def with_account(name: str, path: str, account: str) -> Action:
    """``path`` is shared as ``name``: ``account`` may change files in it, Everyone nothing."""
    return KIND.action({"name": name, "path": path}, {"account": account})


def absent(name: str, path: str) -> Action:
    """Nothing is shared as ``name``."""
    return KIND.action({"name": name, "path": path}, None)
