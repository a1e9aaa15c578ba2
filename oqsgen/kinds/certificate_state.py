"""Whether the client certificates are as they should be in use."""

from oqsgen.kinds.kind import Action, kind

KIND = kind("certificate-state", "user", target="store", wanted="count noted", changes=False)


def usable(count: int) -> Action:
    """Exactly ``count`` current ones, with keys that cannot be exported, and their root."""
    return KIND.action({"store": "My"}, {"count": count})


def noted() -> Action:
    """There is one, whose thumbprint the results name."""
    return KIND.action({"store": "My"}, {"noted": True})
