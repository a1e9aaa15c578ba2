"""A copy of the imported .p12 in a folder on the desktop, for the customer's own medium."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("certificate-backup", "user", target="code folder", wanted="copied")


def copied(code: str, folder: str) -> Action:
    """What was imported for ``code`` has been copied into ``folder`` on the desktop."""
    return KIND.action({"code": code, "folder": folder}, {"copied": True})
