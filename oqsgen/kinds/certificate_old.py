"""Client certificates of the code before a succession."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("certificate-old", "user", target="code", wanted="count")


def retired(code: str) -> Action:
    """No certificate of the issuer is left but those that were chosen for ``code``."""
    return KIND.action({"code": code}, {"count": 0})
