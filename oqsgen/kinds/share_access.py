"""Whether an account could work with the files of a share. Source: MS-DTYP 2.5.3.2, access check."""

from oqsgen.kinds.kind import Action, kind

KIND = kind(
    "share-access",
    "machine",
    target="name path account",
    wanted="enabled network read create delete",
    changes=False,
)


def works(name: str, path: str, account: str) -> Action:
    """``account`` may come over the network and read, make and delete files in ``name``."""
    wanted = dict.fromkeys(("enabled", "network", "read", "create", "delete"), True)
    return KIND.action({"name": name, "path": path, "account": account}, wanted)
