"""Files from which a client certificate can be imported."""

from oqsgen.kinds.kind import Action, kind

KIND = kind(
    "certificate-file", "user", target="part code newer folder", wanted="ready", changes=False
)


def at_hand(code: str, folder: str, *, newer: bool) -> Action:
    """There is a file to import, or the certificate; ``newer``: than the certificate that is there."""
    target = {"part": "ready", "code": code, "newer": newer, "folder": folder}
    return KIND.action(target, {"ready": True})


def left(code: str, folder: str) -> Action:
    """Warns of files that are left on the PC; ``folder``: on the desktop, looked into too."""
    target = {"part": "rest", "code": code, "newer": False, "folder": folder}
    return KIND.action(target, {"ready": True})
